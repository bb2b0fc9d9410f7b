"""What somebody says is not so, by calling it untrue: "it is a lie that X", "the report that X is false".

What is rejected is then X, and not the words that reject it. Each form is read from the first words of a
claim, or from the last, in linear time.
"""

import re
from collections import deque
from collections.abc import Sequence
from functools import cache

import msgspec

from sayso.claims.atoms import either
from sayso.claims.embedded import is_finite
from sayso.claims.identities import is_adjective
from sayso.core.records import Attribution
from sayso.core.spans import Span, hull, trimmed
from sayso.language.lexicon import acts, cues, grammar
from sayso.language.lexicon.frames import frames
from sayso.language.lexicon.verdicts import is_half_true, is_withheld, naming_forms, verdict_words
from sayso.language.segments import Segments, Token

_EDGES = " \t\r\n\u00a0,.;:–—-“”«»„\"'’‘"
_FEWEST_WORDS = 2  # of what is rejected
_WHOSE = 10  # words of "the Ministry of Defence of Ordania"
_SUBJECT = 12  # words of "the shelling of the old port of Brenna by Vesland"
_BEFORE_NOUN = 6  # words of "the Ordanian ministry's earlier reports"
_LONGEST_LABEL = 120  # characters of "is a lie and a blatant fabrication"
_CLAUSE = 400  # characters in which the verb of a clause stands
_MOST_VERDICTS = 3  # within each other
_BEFORE = 12  # characters before a claim in which "whether" stands
_FEWEST_OF_CLAUSE = 3  # words: "the ferry sank"
# Behind these stands no object but a clause, or a clause begins.
_BEFORE_CLAUSE = frozenset(
    {
        "that",
        "said",
        "says",
        "say",
        "saying",
        "insisted",
        "insists",
        "thinks",
        "thought",
        ":",
        ";",
        "“",
        '"',
        "«",
        "but",
    }
)
_POINTING = frozenset({"it", "this", "that", "these", "those", "them", "they"})
_BE = r"(?:is|are|was|were|has\s+been|have\s+been|had\s+been|remains?|remained)"
_OPENING = r"\W*(?:(?:no|and|but|so|that|however|in\s+fact|of\s+course)\b[\s,]*){0,3}"
_SUPPOSED = re.compile(r"\b(?:whether|if)\s+\Z", re.IGNORECASE)


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What a claim says is not so, or says is so beyond doubt."""

    content: Span  # what is said to be so or not
    mark: Span  # the words that say it
    rejects: bool


class _Forms(msgspec.Struct, frozen=True, kw_only=True):
    it_is: re.Pattern[str]  # "it is a lie that"
    wrong_to_say: re.Pattern[str]  # "is wrong to claim that"
    affirmed: re.Pattern[str]  # "it is no secret that"
    no_truth: re.Pattern[str]  # "there is no truth in"
    called: re.Pattern[str]  # behind "called": "it a lie that", "as false"
    predicate: re.Pattern[str]  # "is a lie" at the end of a clause
    called_last: re.Pattern[str]  # "as a lie" at the end of what somebody calls so
    behind: re.Pattern[str]  # ": that is a lie"
    told: re.Pattern[str]  # "the report that", from the noun on
    pronoun: re.Pattern[str]  # "That is a lie."
    naming: frozenset[str]
    nouns: frozenset[str]
    told_nouns: frozenset[str]


@cache
def _forms() -> _Forms:
    table = verdict_words()
    degrees = rf"(?:{either(table.degrees.split())}\s+){{0,4}}"
    # "Was not true", "wasn't true", "was by no means true".
    untrue = rf"{either(table.not_so)}\s+{degrees}{either(table.truths)}"
    words = either([*table.adjectives.split(), *table.nouns.split(), *table.named])
    brand = rf"(?:{degrees}(?:{words}|{untrue})\b)"
    also = rf"(?:{brand}|{degrees}{either(table.misjudged.split())}\b)"
    more = rf"(?:(?:,|\s+and|\s+or|,\s+and|\s+but(?:\s+also)?)\s+{also}){{0,3}}"
    told = rf"\b{either(table.told.split())}"
    it = rf"(?:it\s*(?:['’]s|\s{_BE}|\s+would\s+be)|(?:it\s+)?(?={either(['not true', 'untrue'])}))"
    says = rf"to\s+{either(table.sayings.split())}\s+that"
    misjudged = rf"{degrees}{either(table.misjudged.split())}\s+{says}"
    lacking = rf"{either(table.lacking)}(?:\s+(?:in\s+)?(?:the\s+)?(?:reality|facts?|truth))?"
    predicate = rf"(?:{_BE}\s*(?:not\s+only\s+)?{brand}{more}|{lacking})"
    flags = re.IGNORECASE
    return _Forms(
        it_is=re.compile(
            rf"{_OPENING}(?P<mark>{it}\s*(?:(?:not\s+(?:only|just|merely)\s+)?{brand}{more}\s*,?\s+(?:{says}|that)|{misjudged}))\s+",
            flags,
        ),
        wrong_to_say=re.compile(
            rf"(?<=\s)(?P<mark>(?:{_BE}\s+{degrees}(?:{either(table.misjudged.split())}|lying|incorrect)|lies?|lied)\s+"
            rf"(?:to\s+{either(table.sayings.split())}|(?:in|by)\s+[a-z]+ing|when\s+\w+\s+(?:said|{either(table.sayings.split())}(?:s|e?d)?))"
            r"\s+that)\s+",
            flags,
        ),
        affirmed=re.compile(
            rf"{_OPENING}(?P<mark>(?:{either(table.affirming)}|(?:nobody|no\s+one)\s+(?:can|could|may|will|would)"
            rf"\s+{either(table.naming.split())}\s+it\s+{brand})\s+that)\s+",
            flags,
        ),
        no_truth=re.compile(
            rf"{_OPENING}(?P<mark>there(?:['’]s|\s+(?:is|was|are|were|has\s+been))\s+{degrees}"
            r"(?:no|not\s+(?:any|(?:a|one)\s+(?:word|grain|shred|iota|bit)\s+of))\s+"
            r"(?:truth|substance|foundation|basis)(?:\s+(?:whatsoever|at\s+all))?\s+(?:in|to|for|behind))\s+",
            flags,
        ),
        called=re.compile(rf"(?P<mark>(?:it\s+)?(?:as\s+)?{brand}{more})\s+(?:that\s+)?(?=\w)", flags),
        predicate=re.compile(rf"(?<=[\s”\"’])(?P<mark>{predicate})(?=\W*\Z|\s*[,;])", flags),
        called_last=re.compile(rf"\s(?P<mark>(?:as\s+)?{brand}{more})\W*\Z", flags),
        behind=re.compile(
            r"\s*(?P<joint>[:;,–—-])\s*(?:and\s+)?(?P<mark>(?:that|this|which|it|all\s+(?:of\s+)?(?:this|that)|"
            rf"these|those|they)\s*(?:['’]s|\s{_BE})\s*{brand}{more})\W*\Z",
            flags,
        ),
        told=re.compile(
            # "The statement of the ministry of Ordania that X", "the accusation of having done it".
            rf"{told}\s+(?:(?:(?:of|by|from|in)\s+(?:[^\s,;:.]+\s+){{1,{_WHOSE}}}?)?that"
            r"|of\s+(?:[a-z]+ly\s+)?(?:having\s+)?[a-z]+ing)\b",
            flags,
        ),
        pronoun=re.compile(
            rf"{_OPENING}(?P<mark>(?:(?:that|this|it|these|those|they|all\s+(?:of\s+)?(?:this|that|it))"
            rf"\s*(?:['’]s|\s{_BE})\s*)?{brand}{more})\W*",
            flags,
        ),
        naming=naming_forms(),
        nouns=frozenset(table.nouns.split()),
        told_nouns=frozenset(table.told.split()),
    )


def is_brand(word: str) -> bool:
    """Whether a noun in lower case calls something untrue: "it is a [lie] that" tells no voice's words."""
    return word in _forms().nouns


def is_verdict_alone(span: Span, text: str) -> bool:
    """Whether some words are a verdict and nothing else: "A lie", "Nonsense"."""
    return _forms().pronoun.fullmatch(text, span.start, span.end) is not None


def is_called_untrue(span: Span, text: str) -> bool:
    """Whether some words are what something is called, and name nobody: "as [fake news] reports that"."""
    return span.of(text).lower() in verdict_words().named


def verdict_in(
    content: Span, attribution: Attribution, inner: Sequence[Attribution], segments: Segments
) -> Verdict | None:
    """Return what one claim of an attribution calls untrue, or undeniable; None where it does neither.

    `inner` are the attributions inside it, in text order. Nothing where the cue denies or asks, as there the
    verdict is what is denied or asked about.
    """
    text = segments.text
    cue = [token.lower for span in attribution.cue for token in segments.tokens_in(span)]
    names = not _forms().naming.isdisjoint(cue)
    verb = next((cues().verbs[word] for word in cue if word in cues().verbs), None)
    if verb is not None and verb.act in {"deny", "demand"} and not names:
        return None
    if not acts().negations.isdisjoint(cue) or "?" in text[content.end - 1 : content.end + 1]:
        return None
    if _SUPPOSED.search(text[max(0, content.start - _BEFORE) : content.start]) is not None:
        return None
    affirmed = _affirmed(content, segments)
    if affirmed is not None:
        return affirmed
    if withholds(content, attribution, segments):
        return None
    if names:
        found = _called(content, attribution, segments)
    else:
        found = _behind(content, inner, segments) or _passed(content, segments)
    if found is None or is_half_true(segments.text, found.mark.start, found.mark.end):
        return None
    return _of_a_verdict(found, segments)


def withholds(content: Span, attribution: Attribution, segments: Segments) -> bool:
    """Whether a claim names a verdict that it does not pass: "nobody said it was false", "Is it a lie?"."""
    cue = [piece for piece in attribution.cue if piece.end <= content.start]
    naming = cue and not _forms().naming.isdisjoint(token.lower for token in segments.tokens_in(cue[-1]))
    # What is called so may stand right behind the verb that calls it so: "[called it] false that".
    start = cue[-1].start if naming and content.start - cue[-1].end < _LONGEST_LABEL else content.start
    return is_withheld(segments.text, start, content.end)


def _passed(content: Span, segments: Segments) -> Verdict | None:
    return (
        _that(content, segments)
        or _wrong_to_say(content, segments)
        or _no_truth(content, segments)
        or _of_a_subject(content, segments)
    )


def _of_a_verdict(found: Verdict, segments: Segments) -> Verdict:
    """Read a verdict on a verdict: who calls it a lie "that it was a lie that X" holds X to be so."""
    for _ in range(_MOST_VERDICTS):
        inner = _that(found.content, segments) or _no_truth(found.content, segments)
        if inner is None:
            return found
        found = msgspec.structs.replace(inner, rejects=not found.rejects)
    return found


def calls_untrue(sentence: Span, segments: Segments) -> bool:
    """Whether a sentence passes a verdict on what somebody told: "The claim of the army that X is false"."""
    found = _of_a_subject(sentence, segments)
    return found is not None and _told(found.content, segments) is not None


def points_back(content: Span, attribution: Attribution, segments: Segments) -> bool:
    """Whether a claim is no more than "that is a lie", "it is false", or "called [the report a lie]"."""
    text = segments.text
    if len(content) > _LONGEST_LABEL or text[content.end : content.end + 1] == "?":
        return False
    if is_half_true(text, content.start, content.end):
        return False
    if _forms().pronoun.fullmatch(text, content.start, content.end) is not None:
        return True
    cue = [token.lower for span in attribution.cue for token in segments.tokens_in(span)]
    names = not _forms().naming.isdisjoint(cue)
    form = _forms().called_last if names else _forms().predicate
    last = form.search(text, content.start, content.end)
    if last is None or last.start() <= content.start or last.end() < content.end - _FEWEST_WORDS:
        return False
    return _is_pointer(Span(content.start, last.start()), segments)


def _is_pointer(subject: Span, segments: Segments) -> bool:
    """Whether a subject only points at what was said: "the Ordanian report", "these accusations"."""
    tokens = segments.tokens_in(subject)
    if not tokens or len(tokens) > _BEFORE_NOUN or any(_is_clausal(token, segments) for token in tokens[:-1]):
        return False
    last = tokens[-1].lower
    return last in _forms().told_nouns or (len(tokens) == 1 and last in _POINTING)


def _made(content: Span, mark: Span, segments: Segments, *, rejects: bool = True) -> Verdict | None:
    bare = trimmed(content, segments.text, edges=_EDGES) if len(content) else None
    if bare is None or len(bare.of(segments.text).split()) < _FEWEST_WORDS:
        return None
    return Verdict(content=bare, mark=mark, rejects=rejects)


def _that(content: Span, segments: Segments) -> Verdict | None:
    """Read "it is untrue that X"."""
    found = _forms().it_is.match(segments.text, content.start, content.end)
    if found is None or found.end() >= content.end:
        return None
    return _made(Span(found.end(), content.end), Span(*found.span("mark")), segments)


def _wrong_to_say(content: Span, segments: Segments) -> Verdict | None:
    """Read "Ostrany is wrong to claim that X", "they lie when they say that X"."""
    end = min(content.end, content.start + _LONGEST_LABEL)
    found = _forms().wrong_to_say.search(segments.text, content.start, end)
    if found is None or found.end() >= content.end:
        return None
    before = Span(content.start, max(found.start(), content.start + 1))
    if found.start() > content.start and _has_verb(before, segments):
        return None
    return _made(Span(found.end(), content.end), Span(*found.span("mark")), segments)


def _affirmed(content: Span, segments: Segments) -> Verdict | None:
    """Read "it is no secret that X", "there is no doubt that X": a negation that negates nothing of X."""
    found = _forms().affirmed.match(segments.text, content.start, content.end)
    if found is None or found.end() >= content.end:
        return None
    return _made(Span(found.end(), content.end), Span(*found.span("mark")), segments, rejects=False)


def _no_truth(content: Span, segments: Segments) -> Verdict | None:
    """Read "there is no truth in the report that X"; of what is only pointed at no words are known."""
    found = _forms().no_truth.match(segments.text, content.start, content.end)
    if found is None or found.end() >= content.end:
        return None
    rest = Span(found.end(), content.end)
    if _told(rest, segments) is None:
        return None
    return _made(rest, Span(*found.span("mark")), segments)


def _told(span: Span, segments: Segments) -> int | None:
    """Return where what is told begins in "the ministry's reports that X", or None for other words."""
    found = _forms().told.search(segments.text, span.start, span.end)
    if found is None:
        return None
    before = segments.tokens_in(Span(span.start, found.start() + 1))
    words = [token for token in before if token.start < found.start()]
    verbs = cues().verbs.keys() | grammar().finite_auxiliaries
    plain = [word for word in words if not segments.text[word.start].isupper()]
    if len(words) > _BEFORE_NOUN or any(word.lower in verbs for word in plain):
        return None
    # "Vesland claims that …" tells who claims it; "claims that …" and "the Veslandian claim that …" do not.
    articles = grammar().determiners
    named = bool(words) and words[-1].lower not in articles and segments.text[words[-1].start].isupper()
    described = named and words[0].lower in articles and is_adjective(words[-1].lower)
    noun = segments.text[found.start() : found.end()].split()[0].lower()
    if named and not described and noun in cues().verbs:
        return None
    return found.end()


def _of_a_subject(content: Span, segments: Segments) -> Verdict | None:
    """Read "the report that X is false", "the shelling of X is an invention", "“X” is a lie"."""
    found = _forms().predicate.finditer(segments.text, content.start, content.end)
    last = next(iter(deque(found, maxlen=1)), None)
    if last is None or last.start() <= content.start:
        return None
    subject, mark = Span(content.start, last.start()), Span(*last.span("mark"))
    told = _told(subject, segments)
    if told is not None:
        of_deed = segments.text[told - len("that") : told].lower() != "that"
        inside = Span(told, max(last.start(), told + 1))
        if of_deed or _has_verb(inside, segments) or _is_clause(inside, mark, content.start, segments):
            return _made(subject, mark, segments)
        return None
    if _is_quoted(subject, segments) or _names_a_deed(subject, segments):
        return _made(subject, mark, segments)
    return None


def _is_clause(inside: Span, verdict: Span, start: int, segments: Segments) -> bool:
    """Whether the words before a verdict are a clause of their own, whatever their verb is.

    "[The claim that the ferry sank] was false": a sentence that a report begins must have a verb behind what
    is reported, and where its last words are the verdict, no other is left.
    """
    tokens = segments.tokens_in(inside)
    if len([token for token in tokens if token.lower.isalnum()]) < _FEWEST_OF_CLAUSE:
        return False
    return _begins_clause(start, segments) and _ends_clause(verdict.end, segments)


def _begins_clause(at: int, segments: Segments) -> bool:
    """Whether a subject can stand here: at the beginning of a sentence, behind "said", "that" or a mark."""
    sentence = segments.sentences[segments.sentence_at(at)].span
    if sentence.start >= at:
        return True
    before = segments.tokens_in(Span(max(sentence.start, at - _LONGEST_LABEL), at))
    words = [token.lower for token in before if token.end <= at]
    return not words or words[-1] in _BEFORE_CLAUSE


def _ends_clause(at: int, segments: Segments) -> bool:
    return segments.text[at : at + 1] in {".", ",", ";", "!", "”", '"', "»"}


def _is_quoted(subject: Span, segments: Segments) -> bool:
    bare = trimmed(subject, segments.text)
    quotation = None if bare is None else segments.quotation_at(bare.start)
    return (
        bare is not None
        and quotation is not None
        and quotation.outer == bare
        and _has_verb(quotation.inner, segments)
    )


def _names_a_deed(subject: Span, segments: Segments) -> bool:
    """Whether a subject is a deed of somebody and no clause: "the shelling of Brenna by Vesland"."""
    tokens = segments.tokens_in(subject)
    if len(tokens) > _SUBJECT or any(_is_clausal(token, segments) for token in tokens):
        return False
    return any(token.lower in frames().nouns for token in tokens)


def _is_clausal(token: Token, segments: Segments) -> bool:
    return token.lower in {"that", "which", "who", ","} or is_finite(token, segments)


def _behind(content: Span, inner: Sequence[Attribution], segments: Segments) -> Verdict | None:
    """Read "X: that is a lie", of "A says that X: that is a lie" the X."""
    label = label_behind(content, segments.text)
    if label is None:
        return None
    said = [one for one in inner if one.content and one.content[0].start < label.start and one.cue]
    within = [one for one in said if one.content[0].within(content) or one.content[0].overlaps(content)]
    if within:
        # The first is the outermost: what it holds is its own matter.
        outermost = hull(within[0].content)
        end = min(outermost.end, label.start)
        if outermost.start < end:
            return _made(Span(outermost.start, end), label, segments)
    if segments.text[label.start - 2 : label.start].strip() == ",":
        return None  # "a video, which is false": who knows what
    rest = Span(content.start, label.start) if content.start < label.start else None
    if rest is None or not _has_verb(rest, segments):
        return None
    return _made(rest, label, segments)


def label_behind(content: Span, text: str) -> Span | None:
    """Return where the "that is a lie" behind a clause stands, or None where none does."""
    # It begins at the last mark that parts clauses: looked for from behind, a long text costs no more.
    begin = max(content.start, content.end - _LONGEST_LABEL)
    found = _forms().behind.search(text, begin, content.end)
    return None if found is None else Span(*found.span("mark"))


def without_brand(content: Span, segments: Segments) -> Span:
    """Return what a noun of speech tells without the verdict on it: "reports that [X] are untrue"."""
    begin = max(content.start, content.end - _LONGEST_LABEL)
    found = _forms().predicate.search(segments.text, begin, content.end)
    if found is None or found.start() <= content.start:
        return content
    bare = trimmed(Span(content.start, found.start()), segments.text, edges=" \t\r\n,;")
    if bare is None:
        return content
    verdict = Span(*found.span("mark"))
    begins = _noun_phrase_start(content.start, segments)
    apart = _has_verb(bare, segments) or (begins is not None and _is_clause(bare, verdict, begins, segments))
    return bare if apart else content


def _noun_phrase_start(at: int, segments: Segments) -> int | None:
    """Return where "the ministry's report that" begins, whose told words begin at `at`."""
    tokens = segments.tokens_in(Span(max(0, at - _LONGEST_LABEL), at)) if at else ()
    words = [token for token in tokens if token.end <= at]
    if words and words[-1].lower == "that":
        words = words[:-1]
    if not words or words[-1].lower not in _forms().told_nouns:
        return None
    start = len(words) - 1
    while start and len(words) - start <= _BEFORE_NOUN:
        before = words[start - 1]
        if before.lower in _BEFORE_CLAUSE or before.lower in _EDGES or is_finite(before, segments):
            break
        if segments.sentence_at(before.start) != segments.sentence_at(at):
            break
        start -= 1
    return words[start].start


def _has_verb(span: Span, segments: Segments) -> bool:
    tokens = segments.tokens_in(Span(span.start, min(span.end, span.start + _CLAUSE)))
    if any(is_finite(token, segments) for token in tokens):
        return True
    verbs = frames().verbs.keys() | acts().blame | acts().framed_blame.keys()
    capital = [segments.text[token.start].isupper() for token in tokens]
    return any(
        # "Vesland uses", but not "the attack".
        (token.lower in verbs and not capital[at + 1] and tokens[at].lower not in grammar().determiners)
        or (token.lower.endswith("s") and capital[at] and not capital[at + 1])
        for at, token in enumerate(tokens[1:])
    )


def _called(content: Span, attribution: Attribution, segments: Segments) -> Verdict | None:
    """Read what stands behind "called": "it a lie that X", "as false the claim that X", "the claim a lie"."""
    text = segments.text
    first = _forms().called.match(text, content.start, content.end)
    if first is not None and first.end() < content.end:
        return _made(Span(first.end(), content.end), Span(*first.span("mark")), segments)
    last = _forms().called_last.search(text, content.start, content.end)
    if last is not None and _is_told_or_deed(
        Span(content.start, max(last.start(), content.start + 1)), segments
    ):
        return _made(Span(content.start, last.start()), Span(*last.span("mark")), segments)
    cue = hull(attribution.cue)
    if (
        last is not None
        and cue.end < content.start < last.start()
        # "Labelled reports that [X] as fake news": the finder has left the noun out.
        and _told(Span(cue.end, last.start()), segments) == _word_end(content.start, text)
    ):
        return _made(Span(content.start, last.start()), Span(*last.span("mark")), segments)
    if cue.end < content.start:
        # "called it [untrue] that X": the finder has left the word out.
        between = _forms().called_last.search(text, cue.start, content.start)
        that = re.search(r"\sthat\s+\Z", text[cue.end : content.start])
        if between is None and that is not None:
            between = _forms().called_last.search(text, cue.start, cue.end + that.start())
        if between is not None:
            return _made(content, Span(*between.span("mark")), segments)
    return None


def _word_end(at: int, text: str) -> int:
    """Return where the word before a place ends."""
    while at and text[at - 1].isspace():
        at -= 1
    return at


def _is_told_or_deed(span: Span, segments: Segments) -> bool:
    return _told(span, segments) is not None or _names_a_deed(span, segments)
