"""What stands around a text and claims nothing: bylines, credits, rights, contacts, links, dates alone.

A line or a sentence counts only when it is nothing else from its first word to its last. Names are
capitalised words, so that "By nightfall the bridge was closed" and "Photo: a woman walks home" are no part
of it. Each test takes a time linear in the length of a line.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from sayso.language.lexicon import cues, grammar, names
from sayso.language.lexicon.calendar import calendar
from sayso.language.lexicon.deeds import deeds
from sayso.language.lexicon.furniture import furniture

LONGEST_LINE = 300  # characters; longer lines are prose
BAR = r"\s*[,|·•\u2013\u2014-]\s*"
BREAK = rf"(?:{BAR}|\s+)"
CLOCK = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d\d(?:\s*(?i:[ap]\.?m\.?))?(?:\s+\(?[A-Z]{2,4}\)?)?)?"
_WORD = r"[^\W\d_a-z][\w.'\u2019&-]*"
_SMALL = r"(?:of|the|for|and|de|da|van|von|al|bin|in|at|via|from|with|du|des|la|el|&)"
# Marks and small words may stand between two words of it, never anything else: there is one way to read it.
_NEXT = rf"(?:(?:\s*[,/|·•\u2013\u2014();]){{1,3}}\s*|\s+-\s+|\s+)(?:{_SMALL}\s+){{0,3}}{_WORD}"
NAMES = rf"{_WORD}(?:{_NEXT}){{0,40}}"
FEW_NAMES = rf"{_WORD}(?:{_NEXT}){{0,40}}?"  # as few as what follows allows
_YEARS = r"(?:19|20|21)\d\d(?:\s*[\u2013-]\s*(?:19|20|21)?\d\d)?"
_URL = r"(?:https?://|www\.)\S+"
_ADDRESS = rf"(?:{_URL}|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w+|(?:\+|\(?0)\d[\d\s().-]{{5,20}}\d)"
_EDGES = " \t\r\n\u00a0*_#>~|[](){}<>•·.!…"
_LETTERS = re.compile(r"[^\W\d_]+")
_ABBREVIATED = re.compile(r"(?:^|[\s.])(?:[^\W\d_]|jr|sr)\.$", re.IGNORECASE)
_ENDS = frozenset({"end", "ends", "more", "mtf"})
_BETWEEN_NAMES = re.compile(r"[,/|·•–—();]|\band\b")
_MOST_TOPICS = 15
_LONGEST_TOPIC = 3  # words
_LONGEST_WHOLE = 2  # words of a phrase that is furniture only on a line of its own


def is_furniture(sentence: str) -> bool:
    """Tell whether a sentence, or a line, is furniture wherever in a text it stands.

    Credits, pictures' credits, rights, contacts, and links to other texts.
    """
    bare = sentence.strip(_EDGES)
    if not bare or len(bare) > LONGEST_LINE:
        return False
    first = _LETTERS.match(bare)
    led = first is None or first[0].lower() in _leads()
    if not led and "hoto" not in bare and "contributed" not in bare:
        return False
    spaced = " ".join(bare.lower().split())
    if spaced in furniture().whole:
        return spaced.count(" ") >= _LONGEST_WHOLE
    return any(form.fullmatch(bare) for form in _forms()) or _gives_address(bare)


def is_furniture_line(line: str) -> bool:
    """Tell whether a line of its own is furniture: as a sentence is, or a byline, a date, a labelled name."""
    bare = line.strip(_EDGES)
    if len(bare) > LONGEST_LINE:
        return False
    spaced = " ".join(bare.lower().split())
    if spaced in furniture().whole or spaced.strip("-–—/ ") in _ENDS:
        return True
    if not _LETTERS.search(bare):
        # "3", "2/5", "-30-"; but "30,000." may answer a question.
        return not line.rstrip().endswith(".")
    if _dates().fullmatch(bare) or _is_labelled(bare) or is_furniture(line):
        return True
    byline = _bylines().fullmatch(line.strip(" \t\r\n\u00a0*_"))
    if byline is None or (byline["name"] is not None and not are_names(byline["name"])):
        return False
    # "By Ordania." may answer a question.
    return not line.endswith(".") or _ABBREVIATED.search(line) is not None


def are_names(words: str) -> bool:
    """Tell whether words may be names and no headline: "Monday The Army Had Left" are none."""
    if re.fullmatch(NAMES, words) is None:
        return False
    each = [one.split() for one in _BETWEEN_NAMES.split(words.lower()) if one.strip()]
    first, days = each[0][0], calendar()
    if first in days.weekdays or (first in days.months and [first] in each):
        return False
    return all(_clausal().isdisjoint(one[1:-1]) for one in each)


@cache
def _clausal() -> frozenset[str]:
    """Return words that stand in the midst of a headline and of no name: "Army Denies Strike"."""
    said = (word for word, verb in cues().verbs.items() if verb.form in {"third", "past"})
    done = (word for word in deeds().harm_verbs | deeds().wrong_verbs if word.endswith(("ed", "s")))
    verbs = frozenset((*said, *done)) - grammar().also_nouns
    return verbs | grammar().finite_auxiliaries | grammar().pronouns


def labelled(labels: Iterable[str]) -> str:
    """Return a pattern of some labels, the longest first, in any capitals."""
    return rf"(?i:{'|'.join(_spaced(label) for label in sorted(labels, key=len, reverse=True))})"


def month() -> str:
    """Return a pattern of a month's names, in a group of that name."""
    listed = sorted(calendar().all_months, key=len, reverse=True)
    return rf"(?P<month>(?i:{'|'.join(listed)}))\b\.?"


def _spaced(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


def _gives_address(bare: str) -> bool:
    """Whether a sentence tells where somebody is reached, and is no more than that."""
    if re.fullmatch(rf"{_ADDRESS}(?:[\s|,/·•]+(?:(?:and|or)\s+)?{_ADDRESS}){{0,5}}", bare):
        return True
    lead = _contacts().match(bare)
    if lead is None:
        return False
    said = any(
        word.strip(",") in cues().verbs and word != "contact" for word in bare[lead.end() :].lower().split()
    )
    address = re.search(_ADDRESS, bare) is not None
    return (address and not said) or (lead["colon"] is not None and are_names(bare[lead.end() :]))


def _is_labelled(bare: str) -> bool:
    """Whether a line is a label with a name, an address or topics behind its colon, and nothing more."""
    label, colon, value = (part.strip() for part in bare.partition(":"))
    if not colon or not value:
        return False
    label, labels = " ".join(label.lower().split()), furniture().labels
    if label in labels.topic:
        return _are_topics(value)
    if label in labels.address:
        return re.fullmatch(rf"{_ADDRESS}|[\w.-]+(?:/\S*)?", value) is not None
    if label not in {*labels.source, *labels.author, *labels.place}:
        return False
    if label == "sources" and not re.search(r"[,/|]|\band\b", value):
        # "Sources: Army Leaves Tollen" is a headline.
        return _is_outlet(value)
    return are_names(value) or re.fullmatch(_ADDRESS, value) is not None


def _are_topics(value: str) -> bool:
    topics = re.split(r"[,;|/#•]", value)
    return len(topics) <= _MOST_TOPICS and all(len(topic.split()) <= _LONGEST_TOPIC for topic in topics)


def _is_outlet(value: str) -> bool:
    return are_names(value) and not names().outlet.isdisjoint(value.lower().split())


@cache
def _leads() -> frozenset[str]:
    """Return the first words of what may be furniture, so that other sentences are read once."""
    words = furniture()
    phrases = (*words.work, *words.picture, *words.link_leads, *words.link_outlets, *words.contact_leads)
    first = (_LETTERS.search(phrase) for phrase in (*phrases, *words.whole))
    return frozenset(
        {found[0] for found in first if found is not None}
        | {"c", "copyright", "this", "the", "our", "no", "http", "https", "www"}
    )


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Return the forms of a sentence that is furniture."""
    return tuple(re.compile(form) for form in (*_works(), *_pictures(), *_rights(), *_links()))


def _works() -> Iterator[str]:
    """Yield who wrote and edited a text: "Reporting by Anna Vell in Tollen; Editing by Tom Kern"."""
    work = rf"{labelled(furniture().work)}(?:\s+(?i:by|from)\s+|\s*:\s*)"
    yield rf"{work}{NAMES}(?:[;,.]?\s+(?:and\s+)?{work}{NAMES}){{0,5}}"
    where = rf"(?:\s+(?:in|from)\s+{NAMES})?"
    what = r"(?:to\s+this\s+(?:report|story|article)|(?:additional\s+)?reporting)"
    yield rf"{NAMES}\s+(?:also\s+)?contributed\s+{what}{where}"


def _pictures() -> Iterator[str]:
    """Yield whose a picture is: "Photo: Ada Brenn / Kestrel Wire", "KWA Photo/Ada Brenn"."""
    handed = rf"(?i:{'|'.join(furniture().handed)})"
    who = rf"(?:(?:{handed}\s+){{0,4}}{NAMES}|(?:{handed}\s+){{0,4}}{handed})"
    mark = r"(?:\s*[:/©]\s*|\s+[\u2013\u2014-]\s+)(?:©\s*)?"
    by = r"\s+(?i:by|courtesy of|courtesy|from|credit|copyright)\s*:?\s+"
    yield rf"{labelled(furniture().picture)}(?:{by}|{mark}){who}"
    yield rf"[A-Z]{{2,6}}(?:\s+(?i:file))?\s+(?i:photos?)(?:\s*[/:]\s*{who})?"


def _rights() -> Iterator[str]:
    """Yield whose a text is and what may be done with it: "© 2031 Kestrel Wire"."""
    sign = r"(?:©|\(?(?i:c)\)|(?i:copyright))"
    years = rf"(?:{_YEARS}[\s,]*)?"
    reserved = r"(?:[\s.,|–—-]*(?i:all rights reserved))?"
    yield rf"{sign}\s*(?:{sign}\s*)?{years}(?:(?:by\s+)?{FEW_NAMES}[\s,]*)?{years}{reserved}"
    works, uses = "|".join(furniture().works), "|".join(furniture().uses)
    subject = rf"(?:this|the|our|no\s+part\s+of\s+this)\s+(?:{works})\s+(?:may|must|can)(?:\s+not)?\s+be"
    behind = r"(?:\s+without\b.*|\s+in\s+(?:any|whole|part)\b.*)?"
    yield rf"(?i:{subject}\s+(?:{uses})\b(?:,?\s+(?:or\s+)?(?:{uses}))*{behind})"


def _links() -> Iterator[str]:
    """Yield where else to read: "Read more: …", "Follow us on Twitter"."""
    yield rf"{labelled(furniture().link_leads)}\s*[:»→].*"
    yield rf"{labelled(furniture().link_outlets)}\s+{NAMES}"


@cache
def _contacts() -> re.Pattern[str]:
    """Return the beginning of a sentence that tells where somebody is reached."""
    return re.compile(rf"{labelled(furniture().contact_leads)}(?:\s*(?P<colon>:)\s*|\b)")


@cache
def _dates() -> re.Pattern[str]:
    """Return the form of a line that is days or times of day and nothing else."""
    label = rf"(?:{labelled(furniture().labels.day)}(?:\s+(?i:on|at))?\s*:?\s+)?"
    weekday = rf"(?:(?i:{'|'.join(calendar().weekdays)}),?\s+)?"
    named = month().replace("?P<month>", "?:")
    number, year = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:,?\s+(?:19|20|21)\d\d)?"
    moments = (
        r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?",
        rf"{weekday}{number}\s+{named}{year}{CLOCK}",
        rf"{weekday}{named}\s+{number}{year}{CLOCK}",
        rf"\d\d?[./]\d\d?[./]\d\d(?:\d\d)?{CLOCK}",
        r"(?:at\s+)?\d{1,2}[:.]\d\d(?:\s*(?i:[ap]\.?m\.?))?(?:\s+\(?[A-Z]{2,4}\)?)?",
        r"\d{1,3}\s+(?:minute|min|hour|hr|day|week)s?\s+ago",
    )
    one = rf"{label}(?:{'|'.join(moments)})"
    return re.compile(rf"{one}(?:{BREAK}{one}){{0,3}}(?:{BREAK}(?i:by)\s+{NAMES})?")


@cache
def _bylines() -> re.Pattern[str]:
    """Return the form of a byline."""
    desk = rf"(?i:by|from)\s+(?:(?i:our|a|an|the)\s+)?(?:[\w-]+\s+){{0,3}}(?i:{'|'.join(furniture().desk)})"
    return re.compile(rf"(?i:by)\s+(?P<name>{NAMES})|{desk}(?:\s+in\s+{NAMES})?")
