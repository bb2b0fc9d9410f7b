"""A reading: one document and all that the stages found in it so far."""

from collections.abc import Iterable
from typing import TypeVar

import msgspec

from sayso.core.ids import AttributionId
from sayso.core.records import (
    Attribution,
    Claim,
    Document,
    Law,
    Mention,
    Party,
    Place,
    Problem,
    Quantity,
    Record,
    Run,
    Time,
)

_R = TypeVar("_R", bound=Record)


class Values(msgspec.Struct, frozen=True, kw_only=True):
    """The values of a whole text, each in text order."""

    quantities: tuple[Quantity, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    law: tuple[Law, ...] = ()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one document. A stage takes a reading and yields new records."""

    document: Document
    run: Run
    records: tuple[Record, ...] = ()
    values: Values = msgspec.field(default_factory=Values)

    def of(self, kind: type[_R]) -> tuple[_R, ...]:
        """Return the records of one kind, in the order they were found."""
        return tuple(record for record in self.records if isinstance(record, kind))

    def plus(self, found: Iterable[Record | Values]) -> "Reading":
        """Return this reading with more records; values replace the values so far."""
        records = list(self.records)
        values = self.values
        for one in found:
            if isinstance(one, Values):
                values = one
            else:
                records.append(one)
        return msgspec.structs.replace(self, records=tuple(records), values=values)

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """Who says what, in text order."""
        return self.of(Attribution)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is claimed, in text order."""
        return self.of(Claim)

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Where parties and places are named, in text order."""
        return self.of(Mention)

    @property
    def parties(self) -> tuple[Party, ...]:
        """Who is named."""
        return self.of(Party)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be done."""
        return self.of(Problem)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The figures of the whole text."""
        return self.values.quantities

    @property
    def times(self) -> tuple[Time, ...]:
        """The times of the whole text."""
        return self.values.times

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of the whole text."""
        return self.values.places

    @property
    def law(self) -> tuple[Law, ...]:
        """The legal documents the whole text refers to."""
        return self.values.law

    def chain(self, attribution: AttributionId | None) -> tuple[Attribution, ...]:
        """Return the source chain from the innermost attribution outwards."""
        by_id = {a.id: a for a in self.attributions}
        chain: list[Attribution] = []
        while attribution is not None and attribution in by_id:
            chain.append(by_id[attribution])
            attribution = chain[-1].within
        return tuple(chain)
