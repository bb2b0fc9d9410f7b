"""Make training texts in forms PolNeAR lacks: layered, impersonal, listed, wire-credited, nested, long.

A form is a text with marks: `[s1 …]` source, `[q1 …]` cue, `[c1 …]` content of attribution 1; marks may nest.
"""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from training.phrases import DEEDS, DEMANDS, EVENTS, PASSIVE, PEOPLE, REPORTS, SAID, Phrases
from training.rewrite import with_wire_credits

MARK = re.compile(r"\[([sqc])(\d) |\]")
ROLE = {"s": "source", "q": "cue", "c": "content"}


def read_marks(marked: str) -> tuple[str, list[dict[str, list[list[int]]]]]:
    """Take the marks out of a text and return it with its attributions, spans in code points."""
    text = ""
    last = 0
    waiting: list[tuple[str, str, int]] = []
    spans: dict[str, dict[str, list[list[int]]]] = {}
    for found in MARK.finditer(marked):
        text += marked[last : found.start()]
        last = found.end()
        if found.group(1):
            waiting.append((found.group(1), found.group(2), len(text)))
            continue
        role, number, start = waiting.pop()
        told = spans.setdefault(number, {"source": [], "cue": [], "content": []})
        told[ROLE[role]].append([start, len(text)])
    return text + marked[last:], list(spans.values())


def say(p: Phrases) -> str:
    """Return a verb of speech."""
    verb = p.one(SAID)
    return verb if p.chance(0.8) else p.either("has |had |also |later ") + verb


def capital(text: str) -> str:
    """Write the first letter big, past any marks."""
    at = re.match(r"(\[\w\d )*", text)
    start = at.end() if at else 0
    return text[:start] + text[start : start + 1].upper() + text[start + 1 :]


def statement(p: Phrases, n: int = 1, *, inner: bool = False) -> str:
    """Return a clause in which somebody conveys something; `inner`: short enough to be quoted itself."""
    s, q, c = f"[s{n} ", f"[q{n} ", f"[c{n} "
    who = f"{s}{p.who()}]"
    kinds = [
        lambda: f"{who} {q}{say(p)}] that {c}{p.claim()}]",
        lambda: f"{who} {q}{say(p)}] {c}{p.claim()}]",
        lambda: (
            f"{who} {q}{p.either('accused|has accused|had accused|accuses|is accusing')}] "
            f"{c}{p.party()} of {p.one(DEEDS)}]"
        ),
        lambda: (
            f"{who} {q}{p.either('blamed|has blamed|blames')}] {c}{p.party()} for {p.one(EVENTS + DEEDS)}]"
        ),
        lambda: (
            f"{who} {q}{p.either('urged|called on|called upon|has urged|asked|ordered')}] "
            f"{c}{p.party()} {p.one(DEMANDS)}]"
        ),
        lambda: (
            f"{who} {q}{p.either('denied|has denied|rejected|denies|dismissed')}] {c}{p.one(EVENTS + DEEDS)}]"
        ),
        lambda: (
            f"{who} {q}{p.either('condemned|welcomed|criticized|denounced|praised')}] {c}{p.one(EVENTS)}]"
        ),
        lambda: (
            f"{who} {q}{p.either('demanded|called for|promised|announced|threatened')}] {c}{p.one(EVENTS)}]"
        ),
        lambda: (
            f"{who} {q}{p.either('pledged|vowed|promised|agreed|refused|threatened')}] {c}{p.one(DEMANDS)}]"
        ),
        lambda: (
            f"{who} {q}{p.either('warned|told reporters|told')}] {'' if p.chance(0.5) else p.outlet() + ' '}"
            f"that {c}{p.claim()}]"
        ),
        lambda: f"{who} {q}claimed] {c}responsibility for {p.one(EVENTS)}]",
        lambda: (
            f"{who} {q}{p.either('believes|believe|concluded|found|suspects|fears|acknowledged')}] "
            f"that {c}{p.claim()}]"
        ),
    ]
    if not inner:
        kinds += [
            lambda: f"according to {who}, {c}{p.claim()}]".replace("according to", f"{q}according to]"),
            lambda: f"{c}{p.claim()}], {who} {q}{say(p)}]",
            lambda: f"{c}{p.claim()}], {q}according to] {who}",
        ]
    return p_choice(p, kinds)()


def p_choice(p: Phrases, options: list[Callable[[], str]]) -> Callable[[], str]:
    """Pick a way of saying it."""
    return options[int(p.draw.integers(len(options)))]


def wire(p: Phrases) -> str:
    """X said, Y reports."""
    inner = statement(p, 1)
    outlet, reports = p.outlet(), p.one(REPORTS)
    late = p.one(
        [f"[s2 {outlet}] [q2 {reports}]"] * 5
        + [f"[q2 according to] [s2 {outlet}]", f"[q2 reports] [s2 {outlet}]"]
    )
    ways = [
        lambda: f"[c2 {inner}], {late}.",
        lambda: f"[c2 {inner}], {late}.",
        lambda: f"[c2 [c1 {p.claim()}], [s1 {p.who()}] [q1 {say(p)}]], {late}.",
        lambda: f"[c2 [c1 {p.claim()}], [s1 {p.person()}] [q1 {say(p)}]], {late}.",
        lambda: f"[s2 {outlet}] [q2 {reports}] that [c2 {inner}].",
        lambda: f"[q2 According to] [s2 {outlet}], [c2 {inner}].",
        lambda: f"As [s2 {outlet}] [q2 {reports}], [c2 {inner}].",
        lambda: (
            f"[s2 {outlet}] [q2 quoted] [c2 [s1 {p.who()}] as [q1 saying] {p.either('|that ')}[c1 "
            f"{p.claim()}]]."
        ),
        lambda: (
            f"[s2 {outlet}], [q1 citing] [s1 {p.who()}], [q2 {p.either('reported|said')}] that [c1 [c2 "
            f"{p.claim()}]]."
        ),
        lambda: f"[c2 {p.claim()}], {late}.",
        lambda: f"[c2 [c1 \u201c{p.sentence()[:-1]},\u201d] [s1 {p.who()}] [q1 {say(p)}]], {late}.",
    ]
    return capital(p_choice(p, ways)())


def impersonal(p: Phrases) -> str:
    """Write "It was noted that X": nobody is named."""
    verb = p.one(PASSIVE)
    lead = p.either("||Likewise, |In addition, |Moreover, |In the statement, |At the meeting, |Also, ")
    it = "it" if lead else "It"
    ways = [
        lambda: f"{lead}{it} [q1 was {verb}] that [c1 {p.claim()}].",
        lambda: f"{lead}{it} [q1 was {verb}] that [c1 {p.claim()}].",
        lambda: f"{lead}{it} [q1 was also {verb}] that [c1 {p.claim()}].",
        lambda: (
            f"It [q1 is {p.either('alleged|reported|believed|said|claimed|understood')}] that [c1 "
            f"{p.claim()}]."
        ),
        lambda: f"It [q1 has been {verb}] that [c1 {p.claim()}].",
        lambda: f"[c1 {p.sentence()[:-1]}], it [q1 was {verb}].",
        lambda: f"[q1 {p.either('Reportedly|Allegedly')}], [c1 {p.claim()}].",
        lambda: f"There were [q1 {p.either('reports|claims|rumours|allegations')}] that [c1 {p.claim()}].",
        lambda: (
            f"There have been [q1 {p.either('reports|allegations|accusations')}] of [c1 {p.one(EVENTS)}]."
        ),
        lambda: f"[c1 {p.party()} is] [q1 allegedly] [c1 {p.one(DEEDS)}].",
        lambda: f"[c1 {capital(p.one(EVENTS))}] [q1 was reported] on Monday.",
    ]
    return capital(p_choice(p, ways)())


def own_words(p: Phrases) -> str:
    """In her words, X."""
    whose = p.one(
        [
            "her",
            "his",
            "their",
            "the minister's",
            "the spokesman's",
            f"{p.either('Berg|Orlov|Haddad')}'s",
        ]
    )
    noun = p.either("words|words|words|opinion|view|account|assessment|estimate")
    ways = [
        lambda: f"In [s1 {whose}] [q1 {noun}], [c1 {p.claim()}].",
        lambda: f"In [s1 {whose}] [q1 {noun}], [c1 {p.claim()}].",
        lambda: f"In the [q1 words] of [s1 {p.person()}], [c1 {p.claim()}].",
        lambda: f"[c1 {p.sentence()[:-1]}], in [s1 {whose}] [q1 {noun}].",
        lambda: (
            f"[q1 According to] [s1 {p.either('him|her|them|the minister|the spokesman')}], [c1 {p.claim()}]."
        ),
        lambda: f"[q1 According to] [s1 {p.who()}], [c1 {p.claim()}].",
        lambda: f"As [s1 {p.who()}] [q1 {p.either('put it|noted|said|explained')}], [c1 {p.claim()}].",
    ]
    return capital(p_choice(p, ways)())


def nested(p: Phrases) -> str:
    """Write "A said that B had accused C": two layers, sometimes three."""
    inner = statement(p, 2, inner=True)
    who, verb = p.who(), say(p)
    ways = [
        lambda: f"[s1 {who}] [q1 {verb}] that [c1 {inner}].",
        lambda: f"[s1 {who}] [q1 {verb}] [c1 {inner}].",
        lambda: f"[s1 {who}] [q1 {verb}] that [c1 {inner}].",
        lambda: f"[c1 {inner}], [s1 {who}] [q1 {verb}].",
        lambda: (
            f"[s1 {who}] [q1 {p.either('denied|rejected|dismissed|disputed')}] [c1 [s2 {p.party()}]'s "
            f"[q2 {p.either('claim|claims|allegation|accusation|assertion')}] that [c2 {p.claim()}]]."
        ),
        lambda: (
            f"[s1 {who}] [q1 {p.either('denied|rejected|dismissed')}] [c1 [q2 "
            f"{p.either('reports|claims|accusations')}] "
            f"that [c2 {p.claim()}]]."
        ),
        lambda: (
            f"[s1 {who}] [q1 {p.either('denied|rejected|condemned|welcomed|dismissed')}] "
            f"[c1 {p.either('the allegations|the accusations|all the charges|the report|the claims')}]."
        ),
        lambda: (
            f"[s1 {who}] [q1 {verb}] that [c1 [s2 {p.who()}] [q2 {say(p)}] that [c2 [s3 {p.party()}] "
            f"[q3 {p.either('had accused|accused')}] [c3 {p.party()} of {p.one(DEEDS)}]]]."
        ),
        lambda: f"[s1 {who}] [q1 {verb}]: [c1 \u201c{capital(inner)}.\u201d]",
        lambda: (
            f"[c1 \u201cWe [q2 {p.either('believe|know|demand|insist')}] that [c2 {p.claim()}],\u201d] "
            f"[s1 {who}] [q1 {verb}]."
        ),
        lambda: f"[q1 According to] [s1 {p.outlet()}], [c1 {inner}].",
        lambda: (
            f"[s1 {p.either('The report|A statement|The document|An inquiry|The letter')}] "
            f"[q1 {p.either('said|found|states|concluded|alleges')}] that [c1 {inner}]."
        ),
    ]
    return capital(p_choice(p, ways)())


def quote_marks(p: Phrases) -> tuple[str, str]:
    """Return a pair of quotation marks."""
    pairs = (
        [("\u201c", "\u201d")] * 4
        + [('"', '"')] * 3
        + [("\u00ab", "\u00bb"), ("''", "''"), ("\u201e", "\u201c")]
    )
    return pairs[int(p.draw.integers(len(pairs)))]


def listed(p: Phrases) -> str:
    """Write "The ministry restated the following", and a list."""
    bullet = p.one(["\u2022 ", "- ", "* ", "\u2013 ", "", "{n}) ", "{n}. "])
    gap = p.either("\n\n|\n")
    many = int(p.draw.integers(2, 6))
    items = [bullet.replace("{n}", str(i + 1)) + p.sentence()[: -1 if bullet else None] for i in range(many)]
    items = [item + p.either(";|.|;") if bullet else item for item in items]
    body = gap.join(items)
    who = p.one([p.one(BODIES_AS_SPEAKERS), p.who()])
    verb = p.either("stated|said|announced|declared|reported|noted|informed|stressed")
    lead = p.either("|In this connection, |In its statement, |On Monday, |Therefore, ")
    after = p.either(" the following:| the following:|:| the following points:| as follows:")
    return capital(f"{lead}[s1 {who}] [q1 {verb}]{after}{gap}[c1 {body}]")


BODIES_AS_SPEAKERS = [
    "the ministry",
    "the statement",
    "the Foreign Ministry",
    "the government",
    "the army",
    "the document",
]


def long_quote(p: Phrases) -> str:
    """Quote over several paragraphs, the opening mark repeated."""
    left, right = quote_marks(p)
    many = int(p.draw.integers(2, 4))
    parts = [" ".join(p.sentence() for _ in range(int(p.draw.integers(1, 4)))) for _ in range(many)]
    who, verb = p.who(), say(p)
    if p.chance(0.5):
        blocks = "\n\n".join(f"[c1 {left}{part}{right if part is parts[-1] else ''}]" for part in parts)
        colon = p.either(": |:\n\n|, ")
        return capital(f"[s1 {who}] [q1 {verb}]{colon}{blocks}")
    first = f"[c1 {left}{parts[0][:-1]},{right}] [s1 {who}] [q1 {verb}]. [c1 {left}{p.sentence()}]"
    rest = "\n\n".join(f"[c1 {left}{part}{right if part is parts[-1] else ''}]" for part in parts[1:])
    return f"{first}\n\n{rest}"


def short_quote(p: Phrases) -> str:
    """Quote in one paragraph, split or not, with any marks."""
    left, right = quote_marks(p)
    first, second = p.sentence()[:-1], p.claim()
    who, verb = p.who(), say(p)
    ways = [
        lambda: f"[c1 {left}{first},{right}] [s1 {who}] [q1 {verb}].",
        lambda: f"[c1 {left}{first}{right}], [q1 {verb}] [s1 {who}].",
        lambda: f"[c1 {left}{first},{right}] [s1 {who}] [q1 {verb}], [c1 {left}{second}.{right}]",
        lambda: (
            f"[c1 {left}{first},{right}] [s1 {who}] [q1 {verb}]. [c1 {left}{p.sentence()} "
            f"{p.sentence()}{right}]"
        ),
        lambda: f"[s1 {who}] [q1 {verb}]: [c1 {left}{first}.{right}]",
        lambda: f"[s1 {who}] [q1 {verb}] that [c1 {p.claim()} {left}{p.one(EVENTS)}{right}].",
        lambda: (
            f"The so-called {left}{p.either('republic|peace plan|news|volunteers')}{right} was set up in May."
        ),
        lambda: f"Some {left}experts{right} on television [q1 claim] that [c1 {p.claim()}].".replace(
            "Some", "[s1 Some"
        ).replace("television", "television]"),
    ]
    return capital(p_choice(p, ways)())


def signed(p: Phrases) -> str:
    """Sign with a dash, or with a name and a colon as transcripts and headlines do: the mark is the cue."""
    left, right = quote_marks(p)
    dash = p.one(["\u2015", "\u2014", "\u2013", "--", "-"])
    words = " ".join(p.sentence() for _ in range(int(p.draw.integers(1, 4))))
    name = p.one([p.person(), p.person().upper(), p.one(BODIES_AS_SPEAKERS)])
    after = p.one(["", "", f", {p.either('in May|at a rally|in an interview|on Sunday')}"])
    gap = p.either(" | |\n")
    ways = [
        lambda: f"[c1 {left}{words}{right}]{gap}[q1 {dash}] [s1 {name}]{after}",
        lambda: f"[c1 {left}{words}{right}]{gap}[q1 {dash}] [s1 {name}]{after}",
        lambda: f"[c1 {words}] [q1 {dash}] [s1 {name}]",
        lambda: f"[s1 {name}][q1 :] [c1 {words}]",
        lambda: (
            f"[s1 {name.upper()}][q1 :] [c1 {words}]\n\n[s2 {p.one(PEOPLE).upper()}][q2 :] [c2 "
            f"{p.sentence()}]"
        ),
        lambda: f"[s1 {name}][q1 :] [c1 {left}{words}{right}]",
        lambda: f"[s1 {name}][q1 :] [c1 {p.claim()}].",
    ]
    return capital(p_choice(p, ways)())


def issued(p: Phrases) -> str:
    """Let the issuer of a statement speak for itself."""
    us = p.one(["we", "the United States", "I", p.one(BODIES_AS_SPEAKERS)])
    ways = [
        lambda: f"[s1 {us}] [q1 {p.either('condemn|condemns|welcome|welcomes')}] [c1 {p.one(EVENTS)}].",
        lambda: (
            f"[s1 {us}] [q1 {p.either('urge|urges|call on|calls on')}] [c1 {p.party()} {p.one(DEMANDS)}]."
        ),
        lambda: f"[s1 {us}] [q1 {p.either('urge|urges|call on|calls on')}] [c1 both sides {p.one(DEMANDS)}].",
        lambda: (
            f"[s1 {us}] {p.either('also |strongly |once again ')}[q1 {p.either('reject|deny')}] [c1 "
            f"{p.one(EVENTS)}]."
        ),
        lambda: f"A press release appeared on Monday. [s1 The ministry] [q1 {say(p)}] that [c1 {p.claim()}].",
    ]
    return capital(p_choice(p, ways)())


def stated(p: Phrases) -> str:
    """Write an ordinary statement, sometimes with a time and a place."""
    body = statement(p, 1)
    when = p.either("|| on Monday| in a statement| at a news conference| in an interview| on Twitter")
    if when and body.endswith("]") and re.search(r"\[q1 [^\]]*\]$", body):
        return capital(body) + when + "."
    return capital(body) + "."


def followed(p: Phrases) -> str:
    """Two sentences of one speaker, the second with a pronoun."""
    who = p.either("He|She|They|The minister|The ministry|The spokesman|The army|The statement")
    verb = p.either("also said|added|went on to say|noted|said|stressed|underlined|recalled")
    second = f"[s9 {who}] [q9 {verb}] that [c9 {p.claim()}]."
    return f"{stated(p)} {second}"


def background(p: Phrases) -> str:
    """Write in the outlet's own voice."""
    return " ".join(p.background() for _ in range(int(p.draw.integers(1, 4))))


FORMS: tuple[tuple[Callable[[Phrases], str], float], ...] = (
    (wire, 0.19),
    (impersonal, 0.11),
    (own_words, 0.08),
    (nested, 0.17),
    (listed, 0.05),
    (long_quote, 0.05),
    (short_quote, 0.08),
    (signed, 0.07),
    (issued, 0.04),
    (stated, 0.09),
    (followed, 0.05),
    (background, 0.09),
)


def moved(attribution: dict[str, list[list[int]]], by: int) -> dict[str, list[list[int]]]:
    """Return an attribution whose spans lie `by` code points further on."""
    return {role: [[a + by, b + by] for a, b in spans] for role, spans in attribution.items()}


def text_of(p: Phrases, name: str) -> dict[str, Any]:
    """Put some paragraphs together into one annotated text."""
    kinds = [form for form, _ in FORMS]
    weights = np.array([share for _, share in FORMS])
    text = ""
    told: list[dict[str, list[list[int]]]] = []
    for _ in range(int(p.draw.integers(3, 9))):
        form = kinds[int(p.draw.choice(len(kinds), p=weights / weights.sum()))]
        paragraph, spans = read_marks(form(p))
        # Sentences of the outlet's own voice stand beside the others, not only in paragraphs of their own.
        if form not in (listed, long_quote) and p.chance(0.25):
            paragraph += " " + p.background()
        if text:
            text += "\n\n" if p.chance(0.85) else "\n"
        told += [moved(attribution, len(text)) for attribution in spans]
        text += paragraph
    return {"doc_id": name, "text": text, "attributions": told}


def generated(
    records: list[dict[str, Any]], sentences: list[str], *, seed: int, many: int = 700
) -> list[dict[str, Any]]:
    """Return generated annotated texts, and copies of training articles with wire credits added."""
    draw = np.random.default_rng(seed)
    phrases = Phrases(draw, [s for s in sentences if "[" not in s])
    texts = [text_of(phrases, f"form{i}") for i in range(many)]
    chosen = draw.permutation(len(records))[: many // 6].tolist()
    return texts + [with_wire_credits(records[i], phrases) for i in chosen]
