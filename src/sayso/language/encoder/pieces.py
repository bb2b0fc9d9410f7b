"""Turn words into the word pieces of the encoder's vocabulary; a word of a name is one anonymous piece."""

import unicodedata
from pathlib import Path

from sayso.language.encoder.words import BREAK, NAME

MAX_PIECES = 4
MAX_LETTERS = 64
_MOST_REMEMBERED = 200_000


class Pieces:
    """Greedy longest-match word pieces (BERT uncased), remembered per word.

    Written out here because it must never fail: lone surrogates and control characters become the unknown
    piece.
    """

    def __init__(self, vocabulary: list[str]) -> None:
        self.index = {piece: i for i, piece in enumerate(vocabulary)}
        self.unknown = self.index["[UNK]"]
        self.start = self.index["[CLS]"]
        self.stop = self.index["[SEP]"]
        self.padding = self.index["[PAD]"]
        self.name = self.index["[unused1]"]
        self.paragraph = self.index["[unused2]"]
        self.mask = self.index["[MASK]"]
        self._known: dict[str, tuple[int, ...]] = {}

    @classmethod
    def read(cls, path: Path) -> "Pieces":
        """Read a vocabulary of one piece a line."""
        return cls(path.read_text(encoding="utf-8").split("\n"))

    def of(self, word: str, case: int) -> tuple[int, ...]:
        """Return the pieces of a word, at most `MAX_PIECES`: the rest of a long word says little."""
        if case == NAME:
            return (self.name,)
        if case == BREAK:
            return (self.paragraph,)
        known = self._known.get(word)
        if known is None:
            if len(self._known) > _MOST_REMEMBERED:
                self._known.clear()
            known = self._known[word] = self._split(word)
        return known

    def _split(self, word: str) -> tuple[int, ...]:
        if len(word) > MAX_LETTERS:
            return (self.unknown,)
        plain = unicodedata.normalize("NFD", word.lower())
        plain = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cc", "Cf"))
        pieces: list[int] = []
        begin = 0
        while begin < len(plain) and len(pieces) < MAX_PIECES:
            end = len(plain)
            while end > begin:
                found = self.index.get(("##" if begin else "") + plain[begin:end])
                if found is not None:
                    break
                end -= 1
            else:
                return (self.unknown,)
            pieces.append(found)
            begin = end
        return tuple(pieces) or (self.unknown,)
