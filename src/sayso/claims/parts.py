"""Parts and wholes among the figures of a sentence, and the outcomes that they share."""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

import msgspec

from sayso.claims.corrections import Reading
from sayso.claims.events import Counted, Event, Events
from sayso.claims.outcomes import outcome_of
from sayso.core.records import Number, Problem, Quantity
from sayso.core.spans import Span, hull
from sayso.language.lexicon.figures import outcome_words

_OF_BATTLE = frozenset({"killed", "wounded", "missing", "casualties", "captured"})
_LOOK_BACK = 32  # code points in which "Of the" stands before a figure
_OPENS = re.compile(
    # "Most of them motorists" opens nothing: it names a part without a figure.
    r"(?<!most )(?<!many )(?<!some )(?<!all )(?<!none )(?<!both )\b"
    r"(?:including|of\s+(?:whom|them|which|those)|among\s+(?:them|whom|those|the\s+latter))\b"
)
_OPENS_BARE = re.compile(  # "of whom only 12 stood trial"
    r"\b(?:including|of\s+(?:whom|them|which|those)|among\s+(?:them|whom))\s+(?:only\s+|just\s+|fully\s+)?\Z"
)
_OTHER_CLAUSE = re.compile(r"\b(?:after|when|as|while|since|because|before|until)\b")
_NO_PARTICIPLES = frozenset({"died", "perished", "fled", "disappeared", "vanished", "succumbed"})
_FINITE = re.compile(
    r"\b(?:had|has|have|was|were|is|are|been|being|later|since|then|also|subsequently)\s+(?:[a-z]+ly\s+)?\Z"
)
# "Wounded ten, two fatally", "20 are in hospital, seven in intensive care"
_ELLIPTIC = re.compile(
    r"\s+[^\W\d_]+ly\b|\s+in\s+(?:intensive\s+care|(?:an?\s+)?(?:critical|serious|grave)\s+condition)\b"
)
_OF_THEM = re.compile(r"\s+(?:[^\W\d_]+\s+)?of\s+(?:them|whom|these|those)\b")
_LOST = re.compile(
    r"\b(?:lost|losing|loss(?:es)?\s+of|losses\s+(?:amounted\s+to|came\s+to|were|are|total(?:led)?|include|included))\s+"
    r"(?:up\s+to\s+)?\Z"
)
_AND_LOST = re.compile(r"(?:\s+(?:killed|wounded|dead|injured|missing))?(?:,|\s+and|,\s+and)\s+(?:some\s+)?")
_COST = re.compile(r"\b(?:lost|losing|loses?|cost|costs|costing|losses)\b[^.;:]{0,60}\Z")
_AMONG_THEM = re.compile(r"\s+among\s+(?:them|whom)\b")
# "Nine out of the eleven", "13 of its crew of 21"
# "Half the 400 homes"
_THE_NEXT = re.compile(r"\s+(?:the|its|their|all|those|these)\s+(?:[^\W\d_]+['’]s?\s+)?")
OF_NEXT = re.compile(
    r"\s+(?:out\s+)?of\s+(?:(?:an?|the|these|those|its|their|his|her|our|some)\s+)?(?:[^\W\d_]+['’]s?\s+)?"
    r"(?:(?:crew|group|party|team|force|total|population|unit|staff|workforce|garrison|company|convoy|batch)\s+of\s+)?"
)
_OUT_OF_NEXT = re.compile(r"\s+out\s+of\s+(?:(?:an?|the|its|their)\s+(?:total\s+of\s+)?)?")
_AMONG_NEXT = re.compile(
    r"(?:\s+[^\W\d_]+){0,3}\s+(?:(?:was|were|is|are)\s+)?among\s+(?:(?:the|those|at\s+least|some)\s+){0,2}"
)
_LISTS = re.compile(r"(?::(?:\s+(?:in|at|near|on)(?:\s+[\w'’-]+){1,4}?,?)?|\(|[–—])\s*\Z")
_MOST_LISTED = 6  # parts
_WHO = 60  # code points behind a whole in which the people of its part are named
_VERBS = 5  # outcome words behind a whole among which that of its part is sought
_ARE = re.compile(r"\b(?:was|were|is|are)\s+(?:all\s+)?(?P<whom>[a-z]+)\b")
_OF_THE = re.compile(r"(?:\A|[.:;,]\s+)\s*of\s+(?:(?:the|these|those|its|their)\s+)?(?:some\s+|about\s+)?\Z")
_JOINED = re.compile(
    # "120 men killed and wounded, six tanks"
    r"(?:\s+(?:killed|wounded|dead|injured)(?:\s+(?:and|or)\s+(?:wounded|injured|killed))?(?=,))?"
    # "11 in the north and 8 in the south"
    r"(?:\s+(?:on|in|at|from|near|outside|inside|around|along|aboard|of)(?:[ -][^\W\d_]+(?:['’]s)?){1,6}?)?"
    # "in Halm since 2003"
    r"(?:\s+(?:since|in|during|by)\s+(?:(?:early|late)[ -])?(?:[^\W\d_]+\s+)?(?:19|20)\d\d)?"
    # "two posts, a depot and 11 trucks"
    r"(?:,\s+(?:an?|the|his|her|its|their)(?:[ -][^\W\d_]+){1,4}?)?"
    r"(?:,?\s+(?:and|or|as\s+well\s+as|along\s+with|plus)\s+(?:another\s+|a\s+further\s+|at\s+least\s+|the\s+)?|,\s+)"
)


# "Seven militants were killed in the clashes, along with two policemen"
_ALONGSIDE = re.compile(r"[^.;:]{0,80}?,?\s+(?:along|together)\s+with\s+(?:at\s+least\s+|the\s+)?")
_AND_IN = re.compile(r"\s+(?:in|at|from|near)(?:\s+[\w'’-]+){1,4}?(?:,|,?\s+and)\s+(?:another\s+)?")
_IN_PLACE = re.compile(r"\s+(?:in|at|from|near)\s+")  # "nearly 400, with 154 in the capital"
_AND_VERB = re.compile(r",?\s+and\s+(?:[a-z]+ly\s+|also\s+)?(?P<verb>[a-z]+)\s+\Z")
_AND_DID = re.compile(r"\band\s+(?:then\s+|later\s+)?[a-z]+\s+\Z")
_APPOSED = re.compile(r",\s+an?\s+(?:[^\W\d_]+[ -]){1,3}and\s+(?:his|her|their)\s+")
_WERE = re.compile(r"\s+(?:was|were|had|has|have|are)\b")
_OF_EVENTS = re.compile(r"\b(?:deaths|fatalities|lives|injuries)\Z")
_NEXT_ITEM = re.compile(r"\s*(?:[.,;)]|\Z)|,?\s+and\s")
_OF_THINGS = frozenset({"destroyed", "damaged"})
# What befalls nothing but people; things are missing and rescued too.
OF_PEOPLE = frozenset({"killed", "wounded", "casualties", "detained", "displaced"})


ALL_BUT = "all but "  # "saved all but three of the 25": what is told of the whole is not told of the part


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of a sentence with the numbers around it."""

    quantity: Quantity
    counted: Counted
    told_until: int  # the end of the words that tell its outcome, where they stand behind it
    reading: Reading
    silent: bool = False  # a bare number, of which its own words tell nothing
    called: bool = False  # its noun is a name: "160 Ordanians"


def with_parts(lower: str, start: int, placed: Sequence[Placed], events: Events) -> list[Quantity]:
    """Point each part at its whole and share outcomes between them.

    The figures are those of one sentence, which begins at `start`, in order. Ages are parts of nobody.
    """
    ages = [each.quantity for each in placed if each.quantity.kind == "age"]
    counts = [each for each in placed if each.quantity.kind != "age"]
    found = _with_parts(lower, start, counts, events)
    return sorted([*found, *ages], key=lambda one: one.span) if ages else found


def _with_parts(lower: str, start: int, placed: Sequence[Placed], events: Events) -> list[Quantity]:
    found: list[Quantity] = []
    forward: list[tuple[int, int]] = []  # parts of the figure behind them: their numbers in both lists
    told_apart: set[Span] = set()  # wholes that what is said of their parts is not said of
    whole: Quantity | None = None
    opened = False  # by "among them", and by no outcome closed
    of_the = False  # "Of the 140 …": what follows in the sentence are parts
    listed = 0  # how many figures from here on are the listed parts of the whole
    looked = start
    for number, each in enumerate(placed):
        one, counted = each.quantity, each.counted
        between = lower[looked : one.span.start]
        elliptic = _is_elliptic(lower, counted, between)
        behind = _OF_THEM.match(lower, counted.end) or _AMONG_THEM.match(lower, one.span.end)
        listed = max(listed - 1, _listed(between, placed[number : number + _MOST_LISTED], whole), 0)
        opens = bool(
            elliptic or behind or listed or _opens(between, one, whole) or _apposed(lower, one, whole)
        )
        opened = opens or of_the or (opened and not events.between(looked, one.span.start))
        looked = counted.end if behind is None else behind.end()
        opened = opened and not (not opens and _is_of_another_fate(one, whole, between))
        is_whole = bool(forward) and forward[-1][1] == number - 1
        goes_on = bool(found) and _goes_on(lower, found[-1], each, between)
        opens = opens or goes_on
        bare = each.silent and not is_whole and not listed and not elliptic and not goes_on
        if bare and not _OPENS_BARE.search(between) and not _is_among_next(lower, placed, number):
            continue
        if whole is not None and opened and _smaller(one, whole, or_equal=opens):
            part = msgspec.structs.replace(one, part_of=whole.span)
            if behind is not None and _is_told_apart(lower, each, whole, behind.group()):
                told_apart.add(whole.span)
            if listed and part.population is None:
                part = msgspec.structs.replace(part, population=whole.population, unit=whole.unit)
            found.append(part)
            continue
        found.append(one)
        if _is_of_next(lower, placed, number):
            forward.append((len(found) - 1, number))
            continue
        if one.kind == "ordinal" or (whole is not None and whole.stated == "held" != one.stated):
            continue  # "19 died, not 23": what follows are parts of the 19; "the third strike" has none
        whole, looked = one, max(looked, one.span.end)
        before = lower[max(start, counted.start - _LOOK_BACK) : counted.start]
        opened = of_the = _OF_THE.search(before) is not None
        if of_the:
            told_apart.add(one.span)
    for at, number in forward:
        read = _spared if lower.endswith(ALL_BUT, 0, found[at].span.start) else _of_next
        found[at : at + 2] = read(lower, found[at], placed[number + 1], events)
        told_apart.add(found[at + 1].span)
    called = {each.quantity.span for each in placed if each.called}
    # Of whom something says that nothing befell them: "of the 200 missing, 40 were found alive"
    spared = {
        each.quantity.span
        for each in placed
        if each.quantity.outcome is None and each.told_until > each.quantity.span.end
    }
    return _shared(lower, found, told_apart, called, spared)


def _is_elliptic(lower: str, counted: Counted, between: str) -> bool:
    """Whether a bare figure is a part of the one before it: ", two fatally", ", with 154 in the capital"."""
    if counted.named or not between.endswith((", ", ", with ")):
        return False
    words = _IN_PLACE if between.endswith("with ") else _ELLIPTIC
    return words.match(lower, counted.end) is not None


def _goes_on(lower: str, former: Quantity, each: Placed, between: str) -> bool:
    """Whether a bare figure goes on with the parts of a whole: "including four in Varn and five in Halm"."""
    if former.part_of is None or not each.silent or _IN_PLACE.match(lower, each.counted.end) is None:
        return False
    return _AND_IN.fullmatch(between) is not None


def _is_told_apart(lower: str, part: Placed, whole: Quantity, of_them: str) -> bool:
    """Whether what is said of a part behind its whole is not said of the whole."""
    if part.quantity.outcome is None:
        return False
    if "wh" in of_them and "," not in lower[part.counted.end : part.told_until]:
        return True  # "treated 90 patients, 12 of whom died"
    # "Infected 120 people and killed 62 of them"
    start = part.quantity.span.start
    return _AND_DID.search(lower, max(whole.span.end, start - 2 * _LOOK_BACK), start) is not None


def _is_of_another_fate(one: Quantity, whole: Quantity | None, between: str) -> bool:
    """Whether ", and 75 wounded" goes on behind the parts of "27 were killed, including 12 in a bus"."""
    if whole is None or one.outcome is None or whole.outcome in {None, "casualties"}:
        return False
    return one.outcome != whole.outcome and between.rstrip().endswith(", and")


def _listed(between: str, rest: Sequence[Placed], whole: Quantity | None) -> int:
    """Return how many parts of a whole a colon or a bracket lists: "96 casualties: 31 killed …".

    They are parts when they come to the whole.
    """
    if whole is None or whole.best is None or not _LISTS.search(between):
        return 0
    total: Number = 0
    for number, each in enumerate(rest, start=1):
        total += each.quantity.best or 0
        if total == whole.best and number > 1:
            return number
    return 0


def _opens(between: str, one: Quantity, whole: Quantity | None) -> bool:
    """Whether "among them" stands before a figure, in its clause; no things are parts of people."""
    opened = _OPENS.search(between)
    table = outcome_words()
    unlike = whole is not None and whole.population in table.people and one.population in table.objects
    if opened is None or unlike or _OTHER_CLAUSE.search(between, opened.end()):
        return False
    # "Killed three, including a child, and injured 16"
    verb = _AND_VERB.search(between, opened.end())
    return verb is None or verb["verb"] not in table.outcomes


def _apposed(lower: str, one: Quantity, whole: Quantity | None) -> bool:
    """Whether a whole is said to be others and a figure: "four people, a couple and their two sons"."""
    if whole is None or whole.outcome is None or whole.population not in outcome_words().people:
        return False
    return _APPOSED.fullmatch(lower, whole.span.end, one.span.start) is not None


def parts_beyond(quantities: Sequence[Quantity]) -> Iterator[Problem]:
    """Yield a Problem for each part that exceeds its whole, alone or with others that exclude each other."""
    by_whole: defaultdict[Span, list[Quantity]] = defaultdict(list)
    for one in quantities:
        if one.part_of is not None:
            by_whole[one.part_of].append(one)
    for whole in quantities:
        parts = by_whole.get(whole.span)
        if parts and whole.high is not None and _least(parts, whole) > whole.high:
            yield Problem(
                code="part-exceeds-whole",
                message=f"the parts come to {_least(parts, whole):,}, the whole to {whole.high:,} at most",
                stage="quantities",
                span=hull([whole.span, *(part.span for part in parts)]),
                hint="kept as stated; check the source",
            )


def _least(parts: Sequence[Quantity], whole: Quantity) -> Number:
    """Return what the parts come to at least: the largest, or the sum of those that exclude each other."""
    alike = [one for one in parts if one.kind == whole.kind and one.low is not None]
    sums: list[Number] = [one.low for one in alike if one.low is not None]
    for group in outcome_words().exclusive:
        stated = {one.population: one.low for one in alike if one.population in group and one.low is not None}
        sums.append(sum(stated.values()))
    return max(sums, default=0)


def _smaller(part: Quantity, whole: Quantity, *, or_equal: bool) -> bool:
    """Whether a figure is a part of another; what "among them" opens is one, however large."""
    if or_equal:
        return True
    least = part.low if part.low is not None else part.best
    return least is None or whole.high is None or least < whole.high


def _is_among_next(lower: str, placed: Sequence[Placed], number: int) -> bool:
    """Whether a figure is said to be among the next: "the two were among 14 people arrested"."""
    if number + 1 >= len(placed):
        return False
    start, end = placed[number].counted.end, placed[number + 1].counted.start
    return _AMONG_NEXT.fullmatch(lower, start, end) is not None


def _is_of_next(lower: str, placed: Sequence[Placed], number: int) -> bool:
    """Whether a figure is a part of the next: "two of the five medics"."""
    if number + 1 >= len(placed):
        return False
    one, other = placed[number], placed[number + 1]
    start, end = one.counted.phrase_end, other.counted.start
    # "Three of the 12", "three miners out of 12"
    of_next = OF_NEXT.fullmatch(lower, one.counted.end, end) or _OUT_OF_NEXT.fullmatch(lower, start, end)
    half = lower.endswith("half", 0, one.counted.end) and _THE_NEXT.fullmatch(
        lower, one.counted.end, other.counted.start
    )
    joined = bool(of_next or half) or _is_among_next(lower, placed, number)
    return joined and _smaller(one.quantity, other.quantity, or_equal=False)


def _spared(_lower: str, part: Quantity, other: Placed, _events: Events) -> list[Quantity]:
    """Tell of the whole alone what is told: "saved all but three of the 25"."""
    whole = other.quantity
    return [
        msgspec.structs.replace(
            part, part_of=whole.span, outcome=None, population=whole.population, unit=whole.unit
        ),
        whole,
    ]


def _of_next(lower: str, part: Quantity, other: Placed, events: Events) -> list[Quantity]:
    """Give the part what the clause says last: "two of the five medics injured later died"."""
    whole, counted = other.quantity, other.counted
    first = events.between(counted.end, counted.limit)
    last = None
    if first:
        # "Seven of the 12 wounded evacuated to the city had died": the finite verb, not the participles.
        finite = (
            e.start
            for e in first[1:_VERBS]
            if e.word in _NO_PARTICIPLES or _FINITE.search(lower, first[0].end, e.start)
        )
        at = next(finite, first[0].end)
        if at > first[0].end:
            told, _ = outcome_of(lower, msgspec.structs.replace(counted, limit=at - 1), events)
            whole = msgspec.structs.replace(whole, outcome=told)
        behind = msgspec.structs.replace(counted, end=at, floor=at, start=at)
        last, _ = outcome_of(lower, behind, events)
    at_once = bool(first) and not counted.named and not lower[counted.end : first[0].start].strip()
    at_once = at_once and first[0].word not in _NO_PARTICIPLES
    among = _AMONG_NEXT.fullmatch(lower, part.span.end, whole.span.start) is not None
    if among:
        last = whole.outcome
    elif part.outcome is not None:
        last = part.outcome  # "freed 14 of their 60 captives"
    elif at_once:
        last = last or whole.outcome  # "eight of the 30 wounded"
    elif last is None and _told_by_noun(lower, counted, whole):
        last = whole.outcome  # "48,000 of the 61,000 displaced people"
    elif last is None and first and _are_named(lower, first[0].end, counted.limit):
        last = whole.outcome  # "half of the 400 patients evacuated were children"
    elif last is None and first and _is_told_by_participle(lower, whole, first[0]):
        pass  # "one in ten of the 60,000 people displaced in May have returned"
    elif last is None:
        last, whole = whole.outcome, msgspec.structs.replace(whole, outcome=None)
    part = msgspec.structs.replace(
        part,
        part_of=whole.span,
        outcome=last,
        population=part.population if among else _who(lower, counted) or part.population or whole.population,
        unit=part.unit or whole.unit,
    )
    return [part, whole]


def _is_told_by_participle(lower: str, whole: Quantity, first: Event) -> bool:
    """Whether a participle at its noun tells of the whole: "40 of the 90 people displaced in May"."""
    told = outcome_words().outcomes.get(first.word)
    if first.word in _NO_PARTICIPLES:
        return False  # "40 of the 300 residents perished"
    return told is not None and told == whole.outcome and not lower[whole.span.end : first.start].strip()


def _told_by_noun(lower: str, counted: Counted, whole: Quantity) -> bool:
    """Whether a participle before its noun tells the outcome of a figure: "61,000 displaced people"."""
    words = lower[counted.end : whole.span.end].split()
    return any(outcome_words().outcomes.get(word) == whole.outcome for word in words)


def _who(lower: str, counted: Counted) -> str | None:
    """Return who they are said to be: "41 of the 58 patients were children"."""
    return _are_named(lower, counted.end, min(counted.limit, counted.end + _WHO))


def _are_named(lower: str, start: int, end: int) -> str | None:
    are = _ARE.search(lower, start, end)
    named = None if are is None else outcome_words().populations.get(are["whom"])
    return named if named in outcome_words().people else None


def _shared(
    lower: str,
    found: Sequence[Quantity],
    told_apart: Container[Span],
    called: Container[Span],
    spared: Container[Span],
) -> list[Quantity]:
    """Share outcomes: between figures joined by "and", then between a whole and its parts."""
    joined = list(found)
    for number in range(len(joined) - 2, -1, -1):
        pair = joined[number : number + 2]
        joined[number] = _like(lower, pair[0], pair[1], pair, called=pair[0].span in called)
    for number in range(1, len(joined)):
        pair = joined[number - 1 : number + 1]
        joined[number] = _like(lower, pair[1], pair[0], pair, called=pair[1].span in called)
    of_parts = {
        one.part_of: one.outcome for one in reversed(joined) if one.part_of is not None and one.outcome
    }
    wholes = [
        msgspec.structs.replace(one, outcome=of_parts[one.span])
        if _open(one) and one.part_of is None and one.span in of_parts and one.span not in told_apart
        else one
        for one in joined
    ]
    outcome_of_whole = {one.span: one.outcome for one in wholes}
    return [
        msgspec.structs.replace(one, outcome=outcome_of_whole.get(one.part_of))
        if one.part_of is not None
        and one.outcome is None
        and one.kind == "count"
        and one.span not in spared
        and not lower.endswith(ALL_BUT, 0, one.span.start)
        else one
        for one in wholes
    ]


def _open(one: Quantity) -> bool:
    return one.outcome is None and one.kind == "count" and one.population is not None


def _told_in_phrase(lower: str, one: Quantity) -> bool:
    """Whether an adjective tells what befell the counted: "40 captured fighters and 90 women"."""
    words = lower[one.span.start : one.span.end].split()
    return any(outcome_words().outcomes.get(word) == one.outcome for word in words[1:-1])


def _people(
    one: Quantity, other: Quantity, pair: Sequence[Quantity]
) -> tuple[Quantity, Quantity, Sequence[Quantity]]:
    """Return a pair in which one figure counts people."""
    people = msgspec.structs.replace(one, population="person", unit="person")
    return people, other, [people if each is one else each for each in pair]


def _begins_clause(lower: str, joint: str, other: Quantity) -> bool:
    """Whether a bare figure behind a joint begins a clause of its own.

    As in "to disperse 2,000 protesters, and dozens were hurt", "met 200 officers and 12 were arrested".
    """
    if other.unit is not None:
        return False
    if joint.startswith(", and"):
        return True
    if joint.endswith(", and ") and not _IN_PLACE.match(lower, other.span.end):
        return True  # "a boat with 40 people aboard capsized, and 12 drowned"
    alone = other.population is None and joint.endswith(" and ")
    return alone and _WERE.match(lower, other.span.end) is not None


def _like(lower: str, one: Quantity, other: Quantity, pair: Sequence[Quantity], *, called: bool) -> Quantity:
    """Return a figure with the outcome of the one it is joined to: "17 officers and 3 guards were hurt".

    `called` tells that a name counts it: "160 Ordanians".
    """
    things = outcome_words().objects
    of_things = other.outcome in _OF_THINGS
    of_events = _OF_EVENTS.search(lower, other.span.start, other.span.end)
    if of_events or _told_in_phrase(lower, other) or (one.unit in outcome_words().things and not of_things):
        return one  # "12 deaths and 90 infections"
    if called and one.population is None and other.outcome in OF_PEOPLE and other.population not in things:
        like = _like(lower, *_people(one, other, pair), called=False)
        return like if like.outcome is not None else one
    alike = (one.population in things) == (other.population in things)
    alike = alike or (one.population in things and of_things)
    joined = pair[1].part_of is None and (
        _JOINED.fullmatch(lower, pair[0].span.end, pair[1].span.start)
        or (one is pair[1] and _ALONGSIDE.fullmatch(lower, pair[0].span.end, pair[1].span.start))
    )
    lost = alike or one.population not in things or other.outcome not in _OF_BATTLE
    before = lower[max(0, pair[0].span.start - 2 * _LOOK_BACK) : pair[0].span.start]
    if (
        not lost
        and one.outcome is None
        and _COST.search(before)
        and _AND_LOST.fullmatch(lower, pair[0].span.end, pair[1].span.start)
    ):
        # "Cost the army 90 dead, 200 wounded and 12 tanks"
        return msgspec.structs.replace(one, outcome="destroyed")
    # Of whom nothing is known is only told where "and" joins the two.
    whom = one.population is not None or (joined and "and" in joined.group() and one.unit is not None)
    # "Destroyed six stills, three caches, two guns and a tank"
    listed = one.unit is not None and of_things and one is pair[1]
    listed = listed and one.population not in outcome_words().people
    listed = listed and _NEXT_ITEM.match(lower, one.span.end) is not None
    whom, alike = whom or listed, alike or listed
    told = one.outcome is None and one.kind == "count" and other.outcome is not None
    told = told and not (one is pair[0] and joined and _begins_clause(lower, joined.group(), other))
    if not told or not joined or not whom:
        return one
    if not alike and _LOST.search(before):
        # "Lost 40 men and five tanks": of people and of things it tells two outcomes.
        return msgspec.structs.replace(one, outcome="destroyed" if one.population in things else "killed")
    if not alike:
        return one
    return msgspec.structs.replace(one, outcome=other.outcome)
