"""Words that a text names a voice for without giving them to it: "did not say that", "no official claimed".

Who declines to say, has yet to say or never said so puts nothing forward, and "did not deny" is no denial.
The attribution is kept, as the text speaks of somebody and some words, but no claim is made of it, neither
the silent one's nor the outlet's. To doubt, "could not confirm", is to take a stand: that stays a claim, with
polarity "-". Nor does "contrary to what the council says" give the council the clause behind it.
"""

import re
from collections.abc import Sequence

from sayso.claims.identities import state_of
from sayso.core.ids import AttributionId
from sayso.core.ports import Found
from sayso.core.records import Attribution
from sayso.core.spans import Span, Spans, hull
from sayso.language.lexicon import acts, cues, grammar, names
from sayso.language.lexicon.deeds import deeds
from sayso.language.segments import Segments, Token

_NOT = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "cannot", "hardly", "scarcely", "without"})
# "Refused to say", "has yet to say", "stopped short of saying", "will not say".
_REFUSING = frozenset(
    {"refused", "refuse", "refuses", "refusing", "declined", "decline", "declines", "declining", "failed",
     "fail", "fails", "failing", "neglected", "omitted", "yet", "unable", "unwilling", "reluctant", "short",
     "refrained", "refrains", "avoided", "avoids", "apologised", "apologized"}
)  # fmt: skip
_HALF = frozenset({"yet", "apologised", "apologized"})  # "not yet", "never apologised": one negation, not two
_IN_GROUP = frozenset(
    {"to", "for", "of", "from", "so", "far", "even", "ever", "also", "still", "able",
     "willing", "prepared", "ready", "having", "yet", "longer", "however", ",", "directly", "once"}
)  # fmt: skip
# "The minister, still reluctant, said": behind a comma, what one is or does says nothing of the verb …
_APART = (_REFUSING - _HALF) | {"able", "willing", "prepared", "ready"}
# … unless one of these leads to it: "refused, again, to say".
_LINKING = frozenset({"to", "of", "from", "for"})
_LITTLE_MORE = frozenset({"only", "just", "merely", "simply", "least", "surprisingly"})
_NO_SUBJECT = frozenset({"no", "nobody", "none", "neither", "few", "nothing", "not", "nor"})
_BUT = frozenset({"but", "except", "besides", "save"})  # "nobody but the mayor says"
_NO_FEWER = frozenset({"fewer", "less", "."})  # "no fewer than 12 witnesses", "No. 2"
_NO_ONE_BEFORE = frozenset({"nor", "no", "neither", "hardly", "scarcely", "barely"})
_BEHIND_A_NAME = frozenset({",", "(", "of", "from", "in", "at", "for"})  # "No Kwang Chol, the minister"
_HYPHENS = frozenset("-\u2010\u2011")
# How a people's name ends that no table knows: "no Ordanian".
_PEOPLE = re.compile(r".*(?:[ae]ns?|ese|ish|men|er|i|s)", re.IGNORECASE | re.DOTALL)
_PARTICLES = frozenset({"out", "on", "for", "upon", "of", "to", "as", "with"})
# "It was not the army that said"; "nor did the army say".
_CLEFT = re.compile(r"\b(?:it|that|this)\s+(?:was|is|were)\s*(?:not|n['’]t|never)\s+\Z", re.IGNORECASE)
_INVERTED = re.compile(
    r"\b(?:nor|neither|never|nowhere)\s+(?:did|does|do|has|have|had|would|will|could|can)\s+\Z", re.IGNORECASE
)
_COUNTER = re.compile(
    r"(?:\b(?:contrary|contrast|opposed|opposition|compared)\s+(?:to|with)|\bdespite|\bunlike|\bagainst|"
    r"\bnotwithstanding|\bdifferent\s+from|\b(?:regardless|irrespective|instead)\s+of|\bno\s+matter)\s+"
    r"(?:what(?:ever)?\s+|the\s+)?\Z|\bwhatever\s+\Z",
    re.IGNORECASE,
)
_BEFORE = 40  # characters before a source in which it is told that it says nothing, or something else
_GROUP = 10  # words of a verb group
_OPENERS = frozenset({"that", "whether", "if"})


def spoken(attributions: Sequence[Attribution], segments: Segments) -> list[Attribution]:
    """Return the attributions that put something forward; outer ones come before those they hold.

    Left out are those whose cue keeps silent, and what stands in a clause that nobody has said.
    """
    unsaid: dict[AttributionId, bool] = {}  # of each: whether what stands in it is unsaid too
    said: list[Attribution] = []
    for one in attributions:
        silent = is_silent(one, segments)
        within = one.within is not None and unsaid.get(one.within, False)
        unsaid[one.id] = within or (silent and _says_a_clause(one, segments))
        if not (silent or within):
            said.append(one)
    return said


def _says_a_clause(one: Attribution, segments: Segments) -> bool:
    """Whether the content is a clause: "did not comment on the claim that" leaves the claim whose it is."""
    first = one.content[0]
    before = segments.tokens_in(Span(max(0, first.start - len("whether ")), max(1, first.start)))
    opening = segments.tokens_in(first)[:1]
    return any(token.lower in _OPENERS for token in (*before[-1:], *opening))


def is_silent(one: Found | Attribution, segments: Segments) -> bool:
    """Whether a cue tells that somebody, or nobody, has said what it seems to introduce."""
    tokens = segments.tokens_in(one.cue[0]) if one.cue else ()
    if not tokens:
        return False
    if is_nobody(one.source, one.cue, segments):
        return True
    at = len(tokens) - 1
    while at and (tokens[at].lower in _PARTICLES or tokens[at].lower in _OPENERS):
        at -= 1
    verb = next((token for token in reversed(tokens) if token.lower in cues().verbs), tokens[at])
    negated, plainly = _negated(verb, segments)
    return negated and not (plainly and verb.lower in deeds().doubting)


def _negated(verb: Token, segments: Segments) -> tuple[bool, bool]:
    """Tell whether the group that a verb ends is negated, an odd number of times, and if by "not" alone."""
    sentence = segments.sentences[segments.sentence_at(verb.start)].span
    begin = max(sentence.start, verb.start - 12 * _GROUP)
    group = [token for token in segments.tokens_in(Span(begin, verb.end)) if token.start < verb.start]
    negations = 0
    refuses = False
    after = verb.lower
    apart = linked = False
    for token in reversed(group[-_GROUP:]):
        word = token.lower
        if apart and not linked and word in _APART:
            break
        apart, linked = apart or word == ",", linked or word in _LINKING
        if word in _NOT or (word == "no" and after == "longer"):
            if after in _LITTLE_MORE:
                return False, False
            negations += 1
        elif word in _REFUSING:
            if word == "short" and after != "of":
                break
            refuses = True
            negations += word not in _HALF or (word == "yet" and after == "to")
        elif not _in_group(word):
            break
        after = word
    return negations % 2 == 1, not refuses


def _in_group(word: str) -> bool:
    return (
        word in _IN_GROUP
        or word in _LITTLE_MORE
        or word in grammar().auxiliaries
        or word in acts().be
        or word.endswith("ly")
    )


def is_nobody(source: Spans, cue: Spans, segments: Segments) -> bool:
    """Whether nobody is named as saying it: "no official", "neither side", "it was not the army that"."""
    if not source or not cue:
        return False
    tokens = segments.tokens_in(hull(source))
    words = [token.lower for token in tokens]
    if words and words[0] in _NO_SUBJECT:
        if _is_name(tokens, cue, segments):
            return False
        return not _BUT.intersection(words) and (len(words) == 1 or words[1] not in _NO_FEWER)
    start = source[0].start
    if start > cue[0].start:
        return False
    before = segments.text[max(0, start - _BEFORE) : start]
    last = segments.tokens_in(Span(max(0, start - _BEFORE), max(1, start)))[-1:]
    if last and last[0].end < start and before.endswith(" ") and last[0].lower in _NO_ONE_BEFORE:
        return not _is_name((*last, *tokens), cue, segments)
    return _CLEFT.search(before) is not None or _INVERTED.search(before) is not None


def _is_name(tokens: Sequence[Token], cue: Spans, segments: Segments) -> bool:
    """Whether a "No" or "Few" begins a name: "No Kwang Chol, the minister", "No 10", not "No Ordanian".

    Capitals tell, so they are asked for, and the cue must have none: in a headline every word may have one.
    """
    text, first = segments.text, tokens[0]
    if not text[first.start].isupper() or text[cue[0].start].isupper():
        return False
    behind = tokens[1:]
    if first.lower == "no" and behind and text[behind[0].start : behind[0].end].isdigit():
        return text[behind[0].end : behind[0].end + 1] not in _HYPHENS  # "No 5-year-old"
    at = next((at for at, token in enumerate(behind) if not text[token.start].isupper()), len(behind))
    follows = behind[at].lower if at < len(behind) else ","
    if not at or follows not in _BEHIND_A_NAME or behind[at - 1].lower in names().role:
        return False
    if first.lower == "nor":  # "nor did Ordania say" has its verb first
        return True
    inside = first.start > segments.sentences[segments.sentence_at(first.start)].span.start
    return inside or at > 1 or not _is_people(text[behind[0].start : behind[0].end])


def _is_people(word: str) -> bool:
    return _PEOPLE.fullmatch(word) is not None or state_of(word) is not None


def is_counter(one: Found, segments: Segments) -> bool:
    """Whether a source says something else than the clause given to it: "despite what the mayor says, …"."""
    if not (one.cue and one.source and one.content):
        return False
    named = hull((*one.cue, *one.source))
    content = one.content[-1]
    if content.start < named.end or "," not in segments.text[named.end : content.start]:
        return False
    # What is left is the "what" itself.
    if any(len(piece) > len("whatever") for piece in one.content[:-1]):
        return False
    before = segments.text[max(0, named.start - _BEFORE) : named.start]
    return _COUNTER.search(before) is not None
