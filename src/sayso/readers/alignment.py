"""Where the words of an extract stand in the text they were taken from.

An extract is its source with parts left out, so the order is the same in both. Runs of three words found in
both are chained so that as many words as possible are placed with as few jumps as possible: a teaser that
repeats the first paragraph of an article does not attract it. What lies between two placed runs is then
looked for between them and nowhere else.
"""

import re
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from heapq import nlargest

NOWHERE = -1

_WORD = re.compile(r"\w+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_RUN = 3  # words; a run this long rarely repeats by chance
_JUMP = 2  # what leaving words out costs, in runs; a lone run elsewhere is chance and must not pay
_PLACES = 16  # how many places of a run are followed at once; a text with more is periodic

Words = Sequence[str]


def aligned(extract: str, source: str) -> list[int]:
    """Return, for each character of the extract, its offset in the source, or `NOWHERE`.

    White space is placed nowhere. The offsets rise strictly. Takes time in proportion to the two lengths.
    """
    words = [match.span() for match in _WORD.finditer(extract)]
    source_words = [match.span() for match in _WORD.finditer(source)]
    chain = _chained([extract[s:e] for s, e in words], [source[s:e] for s, e in source_words])
    places = [NOWHERE] * len(extract)
    end = source_end = 0
    for word, source_word in chain:
        (start, next_end), (source_start, next_source_end) = words[word], source_words[source_word]
        _fill(places, extract, (end, start), source, (source_end, source_start))
        places[start:next_end] = range(source_start, next_source_end)
        end, source_end = next_end, next_source_end
    _fill(places, extract, (end, len(extract)), source, (source_end, len(source)))
    _drop_scatter(places, extract)
    return places


class _Best:
    """The best chain that ends before a place: a Fenwick tree of maxima. An empty chain scores 0."""

    def __init__(self, size: int) -> None:
        self._tree: list[tuple[int, int]] = [(0, NOWHERE)] * (size + 1)
        self.score = 0  # of the best chain wherever it ends

    def put(self, at: int, score: int, link: int) -> None:
        self.score = max(self.score, score)
        at += 1
        while at < len(self._tree) and self._tree[at] < (score, link):
            self._tree[at] = (score, link)
            at += at & -at

    def before(self, at: int) -> tuple[int, int]:
        best = (0, NOWHERE)
        while at > 0:
            best = max(best, self._tree[at])
            at -= at & -at
        return best


class _Chains:
    """Every chain that may still win. A link is a run placed somewhere, its score and the link before it."""

    def __init__(self, source_words: Words) -> None:
        self._best = _Best(len(source_words))
        self._links: list[tuple[int, int, int, int]] = []  # word, source word, score, link before
        self._rows: deque[dict[int, int]] = deque([{}] * _RUN, maxlen=_RUN)

    def place(self, word: int, candidates: set[int]) -> None:
        """Place the run that starts at `word` at each of the candidates."""
        # Only runs that end before this one may come before it by a jump.
        for source_word, link in self._rows[0].items():
            self._best.put(source_word, self._links[link][2], link)
        touching = self._rows[-1]
        scored = [(*self._score(at, touching), at) for at in sorted(candidates)]
        row = {}
        for score, before, at in nlargest(_PLACES, scored, key=lambda entry: entry[0]):
            row[at] = len(self._links)
            self._links.append((word, at, score, before))
        self._rows.append(row)

    def next_to(self, word: str, source_words: Words) -> set[int]:
        """Return the places that go on where the last run stands, when `word` goes on with them."""
        ends = ((at + 1, at + _RUN) for at in self._rows[-1])
        return {at for at, end in ends if end < len(source_words) and source_words[end] == word}

    def longest(self) -> list[tuple[int, int]]:
        """Return the best chain as pairs of words."""
        link = max(range(len(self._links)), key=lambda n: self._links[n][2], default=NOWHERE)
        pairs: set[tuple[int, int]] = set()
        while link != NOWHERE:
            word, at, _, link = self._links[link]
            pairs.update((word + n, at + n) for n in range(_RUN))
        return sorted(pairs)

    def _score(self, at: int, touching: dict[int, int]) -> tuple[int, int]:
        """Return the best score with a run at this place, and the link before it."""
        link = touching.get(at - 1, NOWHERE)
        going_on = self._links[link][2] + 1 if link != NOWHERE else NOWHERE
        if going_on > self._best.score - _JUMP:
            return going_on, link
        score, before = self._best.before(at - _RUN + 1)
        return max((going_on, link), (score + 1 - _JUMP, before), key=lambda entry: entry[0])


def _chained(words: Words, source_words: Words) -> list[tuple[int, int]]:
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, run in enumerate(_runs(source_words)):
        if len(places[run]) < _PLACES:
            places[run].append(at)
    chains = _Chains(source_words)
    for word, run in enumerate(_runs(words)):
        chains.place(word, {*places.get(run, ()), *chains.next_to(run[-1], source_words)})
    return chains.longest()


def _runs(words: Words) -> Iterator[tuple[str, ...]]:
    return zip(*(words[n:] for n in range(_RUN)), strict=False)


def _fill(places: list[int], extract: str, gap: tuple[int, int], source: str, room: tuple[int, int]) -> None:
    """Place what no run holds, line by line, between the runs before and after it."""
    if gap[0] == gap[1] or room[0] == room[1] or extract[slice(*gap)].isspace():
        return
    rest = _Room(source, *room)
    for line in _LINE.finditer(extract, *gap):
        letters = [at for at in range(*line.span()) if not extract[at].isspace()]
        found = rest.in_one("".join(extract[at] for at in letters)) or rest.word_by_word(line[0])
        for at, place in zip(letters, found, strict=False):
            places[at] = place


def _drop_scatter(places: list[int], extract: str) -> None:
    """Take back a line most of whose characters are missing: it was taken from elsewhere."""
    for line in _LINE.finditer(extract):
        letters = [at for at in range(*line.span()) if not extract[at].isspace()]
        if 2 * sum(places[at] == NOWHERE for at in letters) > len(letters):
            for at in letters:
                places[at] = NOWHERE


class _Room:
    """What is left of the source between two runs: each find begins after the last."""

    def __init__(self, source: str, start: int, end: int) -> None:
        # Without white space: an extract may part a word where the source has a tag.
        self._offsets = [at for at in range(start, end) if not source[at].isspace()]
        self._letters = "".join(source[at] for at in self._offsets)
        self._from = 0
        self._starts: defaultdict[str, list[int]] = defaultdict(list)
        for match in _WORD.finditer(source, start, end):
            self._starts[match[0]].append(match.start())

    def in_one(self, line: str) -> list[int]:
        """Return the offsets of a line's letters, wherever its spaces are, or nothing."""
        start = self._letters.find(line, self._from)
        if start < 0:
            return []
        self._from = start + len(line)
        return self._offsets[start : self._from]

    def word_by_word(self, line: str) -> list[int]:
        """Return the offsets of all words of a line in their order, or nothing: a scatter is chance."""
        found: list[int] = []
        least = self._offsets[self._from] if self._from < len(self._offsets) else None
        for word in _WORD.findall(line):
            starts = self._starts[word]
            at = len(starts) if least is None else bisect_left(starts, least)
            if at == len(starts):
                return []
            found.extend(range(starts[at], starts[at] + len(word)))
            least = found[-1] + 1
        self._from = bisect_left(self._offsets, least or 0)
        return found
