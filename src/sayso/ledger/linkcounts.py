"""How many links of each kind some claims have, without reading a single link's record."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping

from sqlalchemy import Connection, or_, select

from sayso.core.ids import ClaimId
from sayso.core.records import LinkKind
from sayso.core.views import LinkCount
from sayso.ledger import schema
from sayso.ledger.shelves import in_lots


def of_claims(
    connection: Connection, claims: Iterable[ClaimId], replaced: Container[str]
) -> Mapping[ClaimId, tuple[LinkCount, ...]]:
    """Return the counts of each of the claims that has links.

    Rejected links are left out, and those to claims that somebody replaced.
    """
    columns, judged = schema.links.c, schema.judged_links.c
    counted: Counter[tuple[ClaimId, LinkKind, bool]] = Counter()
    for some in in_lots(claims):
        # By one end at a time, each with its own index: together a database may go through all links.
        for end, other, acts in ((columns.left, columns.right, True), (columns.right, columns.left, False)):
            wanted = (
                select(columns.kind, end, other)
                .join(schema.judged_links, judged.link == columns.link, isouter=True)
                .where(end.in_(some), or_(judged.judged.is_(None), judged.judged != "rejected"))
            )
            for kind, claim, beside in connection.execute(wanted):
                if beside not in replaced:
                    counted[claim, kind, acts] += 1
    of: defaultdict[ClaimId, tuple[LinkCount, ...]] = defaultdict(tuple)
    for (claim, kind, acts), count in sorted(counted.items()):
        of[claim] += (LinkCount(kind=kind, acts=acts, count=count),)
    return of
