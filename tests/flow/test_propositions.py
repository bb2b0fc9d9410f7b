"""What is said in several places is one point, never with its denial or another figure."""

from collections.abc import Iterable, Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sayso.core.ids import AttributionId, ClaimId
from sayso.core.records import Act, Claim, Judged, Link, LinkKind, Polarity, Quantity
from sayso.core.spans import Span
from sayso.flow.propositions import gathered, moment


def killed(*counts: tuple[int | None, int | None]) -> tuple[Quantity, ...]:
    return tuple(
        Quantity(
            span=Span(n, n + 1), kind="count", low=low, best=None, high=high, bound="range", outcome="killed"
        )
        for n, (low, high) in enumerate(counts)
    )


def claim(
    number: int,
    *,
    polarity: Polarity = "+",
    act: Act = "assert",
    quantities: tuple[Quantity, ...] = (),
) -> Claim:
    return Claim(
        attribution=AttributionId(f"att_{number:032}"),
        content=(Span(0, 9),),
        act=act,
        polarity=polarity,
        quantities=quantities,
    )


def tie(
    left: Claim, right: Claim, kind: LinkKind = "same", *, score: float = 0.8, judged: Judged = "unjudged"
) -> Link:
    return Link(
        kind=kind, left=left.id, right=right.id, score=score, rule="test", why="Alike.", judgement=judged
    )


def groups(claims: Sequence[Claim], same: Iterable[Link], apart: Iterable[Link] = ()) -> list[set[ClaimId]]:
    return sorted(gathered(claims, same, apart), key=sorted)


def together(*groups_of: Iterable[Claim]) -> list[set[ClaimId]]:
    return sorted(({one.id for one in group} for group in groups_of), key=sorted)


ONE, TWO, THREE, FOUR = (claim(n) for n in range(4))


def test_links_from_one_to_the_next_make_one_point() -> None:
    same = [tie(TWO, ONE), tie(THREE, TWO)]
    assert groups([ONE, TWO, THREE, FOUR], same) == together([ONE, TWO, THREE], [FOUR])


def test_a_point_never_swallows_what_is_set_against_it() -> None:
    same = [tie(TWO, ONE, score=0.9), tie(THREE, TWO)]
    for kind in ("denies", "contradicts", "updates"):
        apart = [tie(THREE, ONE, kind)]
        assert groups([ONE, TWO, THREE], same, apart) == together([ONE, TWO], [THREE])


def test_what_is_denied_and_its_denial_are_two_points_whatever_links_them() -> None:
    denial = claim(9, polarity="-", act="deny")
    assert groups([ONE, denial], [tie(denial, ONE)]) == together([ONE], [denial])


def test_figures_that_exclude_each_other_are_two_points() -> None:
    nine, twelve, least = (
        claim(n, quantities=killed(bounds)) for n, bounds in enumerate([(9, 9), (12, 12), (5, None)], 5)
    )
    same = [tie(least, twelve, score=0.9), tie(nine, least), tie(nine, twelve, score=0.7)]
    assert groups([nine, twelve, least], same) == together([least, twelve], [nine])


def test_a_claim_that_gives_two_figures_makes_no_one_point_of_them() -> None:
    town, valley = (claim(n, quantities=killed((low, None))) for n, low in ((5, 2), (6, 5)))
    both = claim(7, quantities=killed((2, None), (5, None)))
    same = [tie(both, town, score=0.9), tie(both, valley, score=0.8)]
    assert groups([town, valley, both], same) == together([town, both], [valley])


def test_whoever_confirms_a_link_is_believed_but_not_against_a_denial() -> None:
    nine, twelve = (claim(n, quantities=killed(bounds)) for n, bounds in ((5, (9, 9)), (6, (12, 12))))
    confirmed = [tie(nine, twelve, judged="confirmed")]
    assert groups([nine, twelve], confirmed) == together([nine, twelve])
    assert groups([nine, twelve], confirmed, [tie(nine, twelve, "denies")]) == together([nine], [twelve])


@given(st.data(), st.randoms())
def test_the_order_of_links_makes_no_difference(data: st.DataObject, random: Random) -> None:
    bounds = st.sampled_from([(), ((3, 3),), ((5, None),), ((3, 3), (5, 5))])
    claims = [claim(n, quantities=killed(*data.draw(bounds))) for n in range(data.draw(st.integers(2, 9)))]
    pairs = st.tuples(st.sampled_from(claims), st.sampled_from(claims)).filter(
        lambda pair: pair[0] != pair[1]
    )
    same = {
        link.id: link
        for link in (
            tie(*pair, score=score)
            for pair, score in data.draw(st.lists(st.tuples(pairs, st.sampled_from([0.6, 0.8])), max_size=12))
        )
    }
    apart = [tie(*pair, "denies") for pair in data.draw(st.lists(pairs, max_size=4))]
    found = groups(claims, same.values(), apart)
    assert sorted(one for group in found for one in group) == sorted(one.id for one in claims)
    assert not [link for link in apart for group in found if {link.left, link.right} <= group]
    mixed = list(same.values())
    for _ in range(3):
        random.shuffle(mixed)
        assert groups(claims, mixed, apart) == found


def test_what_has_no_day_comes_last_and_what_has_no_hour_last_on_its_day() -> None:
    days = ["2031-05-04", None, "2031-05-03", "2031-05-03T22:00", "long ago", "2031-05-03T07:30Z"]
    assert sorted(days, key=moment) == [
        "2031-05-03T07:30Z",
        "2031-05-03T22:00",
        "2031-05-03",
        "2031-05-04",
        None,
        "long ago",
    ]
