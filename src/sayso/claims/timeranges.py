"""Times with two ends or one: from May to October, since August, no later than 1 January."""

from collections.abc import Sequence

from sayso.claims import calendar as cal
from sayso.claims.calendar import Stretch, When
from sayso.claims.timephrases import for_duration_from, read_apposed, says, weekday_near
from sayso.claims.timewords import Context, Rules, Word, tagged
from sayso.core.records import TimeModifier

# -- from one to another


def _range(words: Sequence[Word], context: Context) -> Word | list[Word] | None:
    """Read "from May to October 2020", "between 2007 and the end of 2008", "2014-2018", "March to date"."""
    ends = [word.says for word in words if isinstance(word.says, When)]
    if words[-1].tag == "date" and context.written is not None:
        ends.append(cal.day_of(context.written, context.written))
    if len(ends) < 2:  # noqa: PLR2004 - two ends
        return None
    if any(one.also is not None for one in ends):
        return None
    if any(one.grain == "fixed" and one.fixed != "PRESENT_REF" for one in ends):
        return None
    first, last = (_present(one, context) for one in ends)
    dash = any(word.tag == "dash" for word in words)
    if dash and "day" in {first.grain, last.grain} and {first.grain, last.grain} & {"year"}:
        return None
    if words[0].tag == "in" and {first.grain, last.grain} != {"year"}:
        return [words[0], tagged("stretch", words[1:], Stretch(first=first, last=last))]
    inside = bool(set(first.modifiers) - {"start"} or set(last.modifiers) - {"end"})
    return tagged("stretch", words, Stretch(first=first, last=last, modifiers=("approx",) if inside else ()))


def _present(when: When, context: Context) -> When:
    if when.fixed == "PRESENT_REF" and context.written is not None:
        return cal.day_of(context.written, context.written)
    return when


RANGES = Rules(
    ("dur comma? (?: starting (?: from )? | phase (?: on )? ) when", for_duration_from),
    ("when comma? on when (?! apostrophe )", weekday_near),
    ("when comma? when (?! apostrophe )", weekday_near),
    ("when comma? on? when", read_apposed),
    ("from (?: the )? when (?: to | until | dash ) (?: the )? (?: when | date ) (?! apostrophe )", _range),
    ("between (?: the )? when (?: and | dash | until | to ) (?: the )? when (?! apostrophe )", _range),
    ("in when until when (?! apostrophe )", _range),
    ("when (?: to | until | dash ) (?: the )? when (?! apostrophe )", _range),
    ("when to date", _range),
)


# -- before, after, since, until, about


_SIDES: dict[str, TimeModifier] = {
    "since": "on_or_after",
    "starting": "on_or_after",
    "before": "before",
    "after": "after",
    "until": "on_or_before",
    "ending": "on_or_before",
    "by": "on_or_before",
    "about": "approx",
}


def _directed(words: Sequence[Word], context: Context) -> Word | None:
    if words[0].tag == "about" and _lower(words[0], context) == "about":
        return None  # "how about Friday", "talks about 2019"
    return _direction(words, context)


def _direction(words: Sequence[Word], context: Context) -> Word | None:
    """Read "since August", "before 2018", "no later than 1 January"."""
    when = says(words, When)
    if when.grain == "fixed" and when.fixed.endswith("_REF"):
        return None
    tags = [word.tag for word in words]
    said: TimeModifier
    if tags[0] in {"no", "not"}:
        said = "on_or_before" if _lower(words[1], context) == "later" else "on_or_after"
    elif tags[0] in {"later", "earlier"}:
        said = "after" if _lower(words[0], context) == "later" else "before"
    elif tags[0] == "as":
        said = "on_or_before" if _lower(words[1], context) == "late" else "on_or_after"
    elif tags[0] == "phase":
        if _lower(words[0], context) != "beginning":
            return None
        said = "on_or_after"
    elif tags[0] == "when":
        said = (
            "on_or_before"
            if tags[-1] == "before" or _lower(words[-1], context) == "earlier"
            else "on_or_after"
        )
    else:
        said = _SIDES[tags[0]]
    if tags[0] == "since" and context.written is not None:
        when = cal.gone_by(when, context.written)
    if said == "on_or_before" and context.written is not None:
        when = cal.nearest(when, context.written)
    return tagged("when", words, cal.with_modifiers(when, (said,)))


def _onwards(words: Sequence[Word], context: Context) -> Word:
    del context
    return tagged("when", words, cal.with_modifiers(says(words, When), ("on_or_after",)))


def _lower(word: Word, context: Context) -> str:
    return context.text[word.start : word.end].lower()


DIRECTIONS = Rules(
    ("when (?: and | or ) (?: after | later | before | earlier )", _directed),
    ("from when onwards", _onwards),
    ("(?: no | not ) (?: later | earlier ) than (?: the )? when (?! apostrophe )", _directed),
    ("(?: later | earlier ) than (?: the )? when (?! apostrophe )", _directed),
    ("as phase as when (?! apostrophe )", _directed),
    (
        (
            "(?: since | until | starting (?: on | from )? | phase on? | ending (?: on )? )"
            " (?: the )? when (?! apostrophe )"
        ),
        _directed,
    ),
    ("(?: before | after | by | about ) (?: the )? when (?! apostrophe )", _directed),
)
