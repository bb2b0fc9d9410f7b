"""The values of a whole text: figures, times, places, law."""

from collections.abc import Iterator
from typing import ClassVar

from sayso.claims.law import law_in
from sayso.claims.parts import parts_beyond
from sayso.claims.places import places_in
from sayso.claims.quantities import quantities_in
from sayso.claims.times import times_in
from sayso.core.ports import Example
from sayso.core.reading import Reading, Values
from sayso.core.records import Law, Mention, Problem, Record, Time
from sayso.core.spans import Span
from sayso.language.segments import segments_of


class ValueStage:
    """Yields the values of a document once, for claims to pick theirs by where they stand."""

    name: ClassVar[str] = "values"
    version: ClassVar[str] = "5"
    needs: ClassVar[tuple[type[Record | Values], ...]] = (Mention,)
    gives: ClassVar[tuple[type[Record | Values], ...]] = (Values,)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            content=b"At least 21 civilians were killed near Halm on 5 May 2020. It cites resolution 14.",
            yields=("At least 21 civilians", "Halm", "5 May 2020", "14"),
        ),
    )

    def __call__(self, reading: Reading) -> Iterator[Record | Values]:
        """Yield one Values, and a Problem for each value that cannot be."""
        document = reading.document
        segments = segments_of(document.text)
        dated = times_in(document.text, document.published)
        times = tuple(one for one in dated if isinstance(one, Time))
        referred = law_in(segments)
        law = tuple(one for one in referred if isinstance(one, Law))
        # A figure inside a date or a law's number counts nothing; a duration is both.
        taken = [one.span for one in times if one.kind != "duration"] + [one.span for one in law]
        taken += [one.span for one in dated if isinstance(one, Problem) and one.span is not None]
        quantities = quantities_in(segments, sorted(taken, key=_by_start))
        for one in (*dated, *referred, *parts_beyond(quantities)):
            if isinstance(one, Problem):
                yield Problem(
                    code=one.code,
                    message=one.message,
                    stage=one.stage,
                    document=document.id,
                    span=one.span,
                    hint=one.hint,
                )
        yield Values(
            quantities=quantities,
            times=times,
            places=places_in(segments, reading.mentions),
            law=law,
        )


def _by_start(span: Span) -> int:
    return span.start
