"""Claims that are near in meaning: which claims the vectors of `nearest` are of."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select

from sayso.core.ids import ClaimId, DocumentId
from sayso.core.records import Claim
from sayso.core.spans import words
from sayso.ledger import schema
from sayso.ledger.index import LedgerIndex
from sayso.ledger.nearest import Model, Nearest
from sayso.ledger.shelves import hashed, in_lots


class _Row(NamedTuple):
    """One row of `meanings`."""

    number: int
    claim: str
    words: int


class Meanings:
    """The vectors through one run of the linkers, lot after lot.

    Equal words are there once, for the claim that had them first, so that what ten thousand documents repeat
    is one vector. Nothing is read or computed before the first claim is asked for.
    """

    def __init__(self, folder: Path, model: Model) -> None:
        self._folder = folder
        self.model = model
        self._nearest: Nearest | None = None

    def opened(self, connection: Connection, index: LedgerIndex) -> Nearest:
        """Return the vectors of all that is stored."""
        if self._nearest is None:
            self._nearest = Nearest(self._folder, self.model)
            self._nearest.open(
                stored(connection),
                lambda start, end: list(_texts(connection, index, start, end)),
                lambda number: _claim_of(connection, number),
            )
        return self._nearest

    def forget(self) -> None:
        """Let go of vectors that were added and not stored."""
        self._nearest = None

    def save(self, connection: Connection) -> None:
        """Write the files of what is stored."""
        if self._nearest is not None:
            self._nearest.save(lambda number: _claim_of(connection, number))


class LotMeanings:
    """The vectors while one lot is linked: those that are stored, and those that `write` stores."""

    def __init__(
        self,
        meanings: Meanings,
        connection: Connection,
        index: LedgerIndex,
        documents: Sequence[DocumentId],
    ) -> None:
        """`documents` are those of the lot, in the order of first appearance."""
        self._meanings = meanings
        self._connection = connection
        self._index = index
        self._documents = documents
        self._nearest: Nearest | None = None
        self._first_new = 0
        self._new: list[_Row] = []
        self._number_of: dict[int, int] = {}  # by the hash of the words

    def alike(self, claim: ClaimId, most: int) -> tuple[tuple[ClaimId, float], ...]:
        """Return the claims nearest in meaning with their cosine; nothing for one without words."""
        nearest = self._prepared()
        said = self._words(self._index.claim(claim))
        if not said or most < 1:
            return ()
        number = self._number(hashed(said))
        vector = self._meanings.model.vectors([said])[0] if number is None else nearest.vector(number)
        near = nearest.near(vector, most + 1)
        claims = self._claims([found for found, _ in near])
        rated = [(claims[found], cosine) for found, cosine in near if claims[found] != claim]
        return tuple(rated[:most])

    def _prepared(self) -> Nearest:
        if self._nearest is None:
            self._nearest = self._meanings.opened(self._connection, self._index)
            self._first_new = len(self._nearest)
            self._add(self._nearest)
        return self._nearest

    def _add(self, nearest: Nearest) -> None:
        """Add the words of the lot that nobody has said before."""
        claims: dict[int, tuple[str, str]] = {}
        for document in self._documents:
            for claim in sorted(self._index.claims_of(document), key=lambda claim: claim.content):
                if said := self._words(claim):
                    claims.setdefault(hashed(said), (claim.id, said))
        self._look_up(list(claims))
        new = [(key, *said) for key, said in claims.items() if key not in self._number_of]
        if not new:
            return
        nearest.add(self._meanings.model.vectors([said for _, _, said in new]))
        self._new = [_Row(number, claim, key) for number, (key, claim, _) in enumerate(new, self._first_new)]
        self._number_of |= {row.words: row.number for row in self._new}

    def _words(self, claim: Claim) -> str:
        document = self._index.attribution(claim.attribution).document
        return words(claim.content, self._index.document(document).text).strip()

    def _number(self, key: int) -> int | None:
        if key not in self._number_of:
            self._look_up([key])
        return self._number_of.get(key)

    def _look_up(self, keys: Sequence[int]) -> None:
        columns = schema.meanings.c
        for some in in_lots(keys):
            wanted = select(columns.words, columns.number).where(columns.words.in_(some))
            self._number_of |= {row.words: row.number for row in self._connection.execute(wanted)}

    def _claims(self, numbers: Sequence[int]) -> dict[int, ClaimId]:
        columns = schema.meanings.c
        found = {n: ClaimId(self._new[n - self._first_new].claim) for n in numbers if n >= self._first_new}
        for some in in_lots([number for number in numbers if number < self._first_new]):
            wanted = select(columns.number, columns.claim).where(columns.number.in_(some))
            found |= {number: ClaimId(claim) for number, claim in self._connection.execute(wanted)}
        return found

    def fits(self, connection: Connection) -> bool:
        """Tell whether the lot's vectors still come right after those that are stored."""
        return not self._new or stored(connection) == self._first_new

    def write(self, connection: Connection) -> None:
        """Store which claims the lot's vectors are of."""
        if self._new:
            connection.execute(insert(schema.meanings), [row._asdict() for row in self._new])


def stored(connection: Connection) -> int:
    """Return how many vectors there are of what is stored."""
    last = connection.execute(select(func.max(schema.meanings.c.number))).scalar()
    return 0 if last is None else int(last) + 1


def _claim_of(connection: Connection, number: int) -> str:
    wanted = select(schema.meanings.c.claim).where(schema.meanings.c.number == number)
    return str(connection.execute(wanted).scalar() or "")


def _texts(connection: Connection, index: LedgerIndex, start: int, end: int) -> Iterator[str]:
    columns = schema.meanings.c
    wanted = select(columns.claim).where(columns.number >= start, columns.number < end)
    for (claim,) in connection.execute(wanted.order_by(columns.number)).all():
        found = index.claim(claim)
        document = index.attribution(found.attribution).document
        yield words(found.content, index.document(document).text).strip()
