"""Pages of lists that `Case` gives as a whole. `after` asks for the next page; None: this is the last."""

from sayso.core.records import Annotation, Judgement, LinkJudgement, Problem, Verdict
from sayso.core.views import (
    Added,
    Hit,
    Imported,
    LogEntry,
    Proposition,
    Quoted,
    RankedReview,
    SearchView,
    VerdictView,
    View,
)


class RankedReviews(View, frozen=True, kw_only=True):
    """Published fact-checks that may be of a claim, the nearest first."""

    rows: tuple[RankedReview, ...]


class VerdictRows(View, frozen=True, kw_only=True):
    """A page of verdicts, superseded ones too, in the order in which they were made."""

    rows: tuple[Verdict, ...]
    after: str | None


class Concluded(View, frozen=True, kw_only=True):
    """The verdicts on one claim with what they rest on, superseded ones too; the last one stands."""

    rows: tuple[VerdictView, ...]


class AnnotationRows(View, frozen=True, kw_only=True):
    """A page of what people annotated, in the order in which they did."""

    rows: tuple[Annotation, ...]
    after: str | None


class Quotes(View, frozen=True, kw_only=True):
    """Claims where they stand, in the order in which they were asked for."""

    rows: tuple[Quoted, ...]


class Searches(View, frozen=True, kw_only=True):
    """The searches that people gave a name, by name."""

    rows: tuple[SearchView, ...]


class JudgementRows(View, frozen=True, kw_only=True):
    """A page of judgements on parties, superseded ones too, in the order in which they were made."""

    rows: tuple[Judgement, ...]
    after: str | None


class LinkJudgementRows(View, frozen=True, kw_only=True):
    """A page of judgements on links, superseded ones too, in the order in which they were made."""

    rows: tuple[LinkJudgement, ...]
    after: str | None


class ProblemRows(View, frozen=True, kw_only=True):
    """A page of what went wrong with files and with linking, in the order of ids."""

    rows: tuple[Problem, ...]
    after: str | None


class LogRows(View, frozen=True, kw_only=True):
    """A page of the log, the newest entry first."""

    rows: tuple[LogEntry, ...]
    after: str | None


class Hits(View, frozen=True, kw_only=True):
    """Places where a search found its words, the best first."""

    rows: tuple[Hit, ...]


class Propositions(View, frozen=True, kw_only=True):
    """What most documents say, the widest spread first."""

    rows: tuple[Proposition, ...]


class Taken(View, frozen=True, kw_only=True):
    """What became of each text or file, and how many links are new."""

    rows: tuple[Added, ...]
    links: int


class ReviewsTaken(View, frozen=True, kw_only=True):
    """What became of each file of published fact-checks, and how many links are new."""

    rows: tuple[Imported, ...]
    links: int


class Linked(View, frozen=True, kw_only=True):
    """How many links are new."""

    links: int
