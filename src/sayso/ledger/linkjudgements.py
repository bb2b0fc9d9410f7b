"""What people say about links: which hold, which do not, and what was taken back."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, or_, select, union

from sayso.core.errors import BadInput, NotFound
from sayso.core.ids import LinkId
from sayso.core.records import Judged, Link, LinkJudgement, LinkKind
from sayso.ledger import index, ordered, schema
from sayso.ledger.values import one_of

# Whoever says that two claims are the same, or cannot both hold, says it whichever of them came first.
_BOTH_WAYS: frozenset[LinkKind] = frozenset({"same", "contradicts"})


class Standing:
    """The judgements on links that no other supersedes."""

    def __init__(self, judgements: Iterable[LinkJudgement]) -> None:
        made = tuple(judgements)
        superseded = {one.supersedes for one in made}
        self._of = {one.link: one for one in made if one.id not in superseded}

    def of(self, link: Link) -> LinkJudgement | None:
        """Return the judgement that stands on a link, or on its mirror where the kind has no direction."""
        if not self._of:
            return None
        found = self._of.get(link.id)
        if found is not None or link.kind not in _BOTH_WAYS:
            return found
        return self._of.get(_mirrored(link))

    def applied(self, link: Link) -> tuple[Link, LinkJudgement | None]:
        """Return a link as people judged it, and the judgement that stands."""
        judged = self.of(link)
        if judged is None:
            return msgspec.structs.replace(link, judgement="unjudged", judged_by=None), None
        by = None if judged.judgement == "unjudged" else judged.by
        return msgspec.structs.replace(link, judgement=judged.judgement, judged_by=by), judged


def alike(link: Link) -> tuple[LinkId, ...]:
    """Return the ids of the links that a judgement on this one is about: it, and its mirror if it has one."""
    return (link.id, _mirrored(link)) if link.kind in _BOTH_WAYS else (link.id,)


def _mirrored(link: Link) -> LinkId:
    return msgspec.structs.replace(link, id="", left=link.right, right=link.left).id


def judgements(
    connection: Connection, link: Link | None = None, *, after: str | None = None
) -> Iterator[LinkJudgement]:
    """Yield the judgements on links, the superseded ones too, in the order in which they were made.

    All of them, or those that are about one link or its mirror; `after` is the one before the first, as
    `ordered.bodies` takes it.
    """
    body = schema.records.c.body
    naming = () if link is None else (or_(*(body.contains(one, autoescape=True) for one in alike(link))),)
    for found in ordered.bodies(connection, LinkJudgement, *naming, after=after):
        yield index.record(found, LinkJudgement)


def judged_now(
    connection: Connection, beginning: str, judgement: Judged, *, by: str, reason: str | None
) -> LinkJudgement:
    """Return a new judgement on the link whose id begins so; the caller stores it.

    It supersedes the one that stands on the same link. Raises NotFound for no link or several, BadInput
    where nothing is to be taken back.
    """
    link = link_of(connection, beginning)
    former = Standing(judgements(connection, link)).of(link)
    if judgement == "unjudged" and (former is None or former.judgement == "unjudged"):
        raise BadInput(
            "not-judged", f"nobody's judgement stands on {link.id}", hint="it is a suggestion already"
        )
    return judgement_on(link, former, judgement, by=by, reason=reason)


def unjudged(
    connection: Connection, claims: Collection[str], kind: LinkKind
) -> Iterator[tuple[Link, LinkJudgement | None]]:
    """Yield the links of a kind at these claims that nobody has judged, with a judgement that was taken back.

    Of two links that say the same both ways only one comes: what is said of it stands for both.
    """
    columns = schema.links.c
    standing = Standing(judgements(connection))
    # By their ends alone, each with its own index.
    at = union(*(select(columns.link).where(one_of(end, claims)) for end in (columns.left, columns.right)))
    records = schema.records.c
    wanted = (
        select(records.body)
        .join(schema.links, columns.link == records.id)
        .where(columns.link.in_(at), columns.kind == kind)
        .order_by(columns.link)
    )
    done: set[LinkId] = set()
    for body in connection.scalars(wanted).all():
        link = index.record(body, Link)
        former = standing.of(link)
        if link.id not in done and (former is None or former.judgement == "unjudged"):
            done.update(alike(link))
            yield link, former


def judgement_on(
    link: Link, former: LinkJudgement | None, judgement: Judged, *, by: str, reason: str | None
) -> LinkJudgement:
    """Return a new judgement on a link that supersedes the former one; the caller stores it."""
    return LinkJudgement(
        link=link.id if former is None else former.link,
        judgement=judgement,
        by=by,
        at=datetime.now(UTC),
        reason=reason,
        supersedes=None if former is None else former.id,
    )


def link_of(connection: Connection, beginning: str) -> Link:
    """Return the only link whose id begins so, as it was stored; raises NotFound."""
    start = index.id_start(beginning, Link)
    if start is None:
        raise NotFound("no-link", f"{beginning!r} is no link's id", hint="`sayso links` lists them")
    columns = schema.links.c
    # "g" comes after every hex digit.
    wanted = (
        select(schema.records.c.body)
        .join(schema.links, columns.link == schema.records.c.id)
        .where(columns.link >= start, columns.link < f"{start}g")
        .order_by(columns.link)
        .limit(2)
    )
    found = [index.record(row.body, Link) for row in connection.execute(wanted)]
    if not found:
        raise NotFound("no-link", f"no link's id begins with {start}", hint="`sayso links` lists them")
    if len(found) > 1:
        raise NotFound(
            "ambiguous-link",
            f"more than one link's id begins with {start}",
            hint=f"write more of it: {found[0].id}, {found[1].id} …",
        )
    return found[0]
