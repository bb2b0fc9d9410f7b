"""Names and who bears them: mentions in a text, grouped into parties, by the shape of words alone.

Two names are one party when one is a part of the other that nobody else shares (a surname, a short form),
its adjective (Ordania, Ordanian) or its acronym in parentheses. The states of the world come from one table
of all of them; no table names a person or an outlet. A public body's id says whose it is, where the text or
its issuer does, so that the ministries of two states stay two.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import ClassVar

import msgspec

from sayso.claims.identities import acronyms, body_of, is_of_a_state, state_of
from sayso.core.ports import Example
from sayso.core.reading import Reading, Values
from sayso.core.records import Mention, MentionKind, Party, PartyKind, Record
from sayso.core.spans import Span
from sayso.language.encoder.words import is_name, ordinary
from sayso.language.lexicon import acts, cues, grammar, names, states
from sayso.language.segments import Segments, Token, segments_of

_JOINING = frozenset({"of", "the", "for", "and", "-"})
_PARTICLES_IN_A_ROW = 3  # "de la", "van der", "abd al"
_WORDS_OF_A_PERSON = (2, 3)
_SENT_TO = frozenset({"ambassador", "envoy", "representative", "delegate"})  # "… to Ordania Ada Brenn"
_LONGEST_BODY = 4  # lower-case words behind "Ordanian": "foreign ministry", "defence ministry press service"
_APPOSITION = 6  # words behind "Ada Brenn," in which her office stands
_LONGEST_STATE = 6  # tokens: "Saint Vincent and the Grenadines"
_LONGEST_AGE = 3  # digits
_LONGEST_ACRONYM = 10
_SHORT_CAPITALS = 3
_LONGEST_NAME = 12  # words of a name that has short forms
_MOST_ALIKE = 8  # names among which the fullest is looked for
_NO_NAME = frozenset(
    {"i", "by", "the", "a", "an", "in", "on", "at", "and", "but", "for", "from", "to", "with"}
)
_NAMES_TOO = frozenset({"jan", "april", "may", "june", "august"})
_SENTENCE_START = frozenset({".", "!", "?", ":", "“", '"', "«", "„", "”", "»", "(", "-", "–", "—", "•", "*"})


class Name(msgspec.Struct, frozen=True, kw_only=True):
    """One name where it stands, and what kind of thing its words say it names."""

    span: Span
    words: tuple[str, ...]  # as written, without titles
    kind: MentionKind

    @property
    def text(self) -> str:
        """The name as written, with single spaces."""
        return " ".join(self.words).replace(" 's", "'s")


class PartyStage:
    """Yields the parties of a document and where they are mentioned."""

    name: ClassVar[str] = "parties"
    version: ClassVar[str] = "5"
    needs: ClassVar[tuple[type[Record | Values], ...]] = ()
    gives: ClassVar[tuple[type[Record | Values], ...]] = (Mention, Party)
    examples: ClassVar[tuple[Example, ...]] = (
        Example(
            content=b"The Ministry of Defence denied it. President Ada Brenn spoke in Halm. Brenn left.",
            yields=("Ministry of Defence", "Ada Brenn", "Halm", "Brenn"),
        ),
    )

    def __call__(self, reading: Reading) -> Iterator[Record]:
        """Yield one Party for each group of names, and a Mention for each name."""
        document = reading.document
        found = find_names(segments_of(document.text))
        parties = group(found, document.outlet)
        shown = {party.id: party for party in parties}
        if document.outlet is not None:
            outlet = party_named(document.outlet, document.outlet)
            shown.setdefault(outlet.id, outlet)
        for name in _seated(found):
            # "Halm said": the state speaks, which the text may never call by its name.
            seated = party_named(name, None)
            shown.setdefault(seated.id, seated)
        yield from shown.values()
        placed = {party.id for one, party in zip(found, parties, strict=True) if one.kind == "place"}
        for one, party in zip(found, parties, strict=True):
            # "in Hulvane" makes "the attack on Hulvane" a place too; a state can be both.
            place = one.kind == "place" or (party.id in placed and party.kind == "unknown")
            yield Mention(
                document=document.id,
                span=one.span,
                kind="place" if place else party.kind,
                party=party.id,
            )


def _seated(found: Iterable[Name]) -> list[str]:
    """Return the states and unions whose seats a text names other than as a place, in text order."""
    table = states()
    acting = [one.text for one in found if one.kind != "place"]
    return [name for seat in acting if (name := table.capitals.get(seat) or table.unions.get(seat))]


def find_names(segments: Segments) -> list[Name]:
    """Return the names of a text in order; nested names ("Ministry of X") count once, as the longest."""
    text, tokens = segments.text, segments.tokens
    known = _capitalised_inside_sentences(text, tokens)
    found: list[Name] = []
    at = 0
    while at < len(tokens):
        end = _common_body_end(text, tokens, at)
        if end is not None:
            found.extend(_name(text, tokens, at, end))
            at = end
            continue
        if not _can_start(text, tokens, at, known):
            at += 1
            continue
        end = _name_end(text, tokens, at)
        found.extend(_names_in(text, tokens, at, end))
        at = end
    return found


def is_capital(text: str, token: Token) -> bool:
    """Whether a token begins with an upper-case letter, an Arabic article not counted ("al-Eryani")."""
    if text[token.start].isupper():
        return True
    article, hyphen, rest = text[token.start : token.end].partition("-")
    return bool(hyphen) and article in names().articles and rest[:1].isupper()


def _capitalised_inside_sentences(text: str, tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(
        token.lower
        for before, token in pairwise(tokens)
        if is_capital(text, token)
        and before.lower not in _SENTENCE_START
        and "\n" not in text[before.end : token.start]
    )


def _starts_sentence(text: str, tokens: Sequence[Token], at: int) -> bool:
    if at > 1 and tokens[at - 1].lower == "." and tokens[at - 2].lower in grammar().abbreviations:
        # "Mr. Brenn"
        return False
    return (
        at == 0
        or tokens[at - 1].lower in _SENTENCE_START
        or "\n" in text[tokens[at - 1].end : tokens[at].start]
    )


def _can_start(text: str, tokens: Sequence[Token], at: int, known: frozenset[str]) -> bool:
    token = tokens[at]
    if not is_capital(text, token) or token.lower in _NO_NAME or _is_date(text, tokens, at):
        return False
    if not _starts_sentence(text, tokens, at):
        return True
    # The first word of a sentence has a capital anyway: it is a name when it is one elsewhere, or when a
    # name follows and it is no function word ("Marek Dunsil", but not "Yesterday Dunsil").
    if token.lower in known:
        return token.lower not in _JOINING | names().particles or _behind_particles(text, tokens, at) > at
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is not None and following.lower == "'s" and not _is_function_word(token.lower):
        return True
    if _acts_alone(text, tokens, at):
        return True
    if _behind_particles(text, tokens, at + 1) > at + 1 and not _is_function_word(token.lower):
        return True
    return (
        following is not None
        and is_capital(text, following)
        and text[token.end : following.start] == " "
        and following.lower not in names().calendar | _NO_NAME
        and not _is_function_word(token.lower)
    )


def _acts_alone(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether one word that opens a sentence is the name of its subject: "Ordania said", "Ordania and …".

    Such a word is rare in lower case; "Sappers" is not, by its singular.
    """
    if at + 1 >= len(tokens) or tokens[at].lower in acts().negations or _is_function_word(tokens[at].lower):
        return False
    if _joined_state_end(text, tokens, at) is not None:
        return True
    word = text[tokens[at].start : tokens[at].end]
    if not is_name(word, ordinary()) or word.lower().removesuffix("s") in ordinary():
        return False
    following = tokens[at + 1].lower
    if text[tokens[at].end] != " ":
        return False
    if following == "and":
        return at + 2 < len(tokens) and is_capital(text, tokens[at + 2])
    verb = cues().verbs.get(following)
    finite = verb is not None and verb.form in {"third", "past"}
    return finite or following in grammar().finite_auxiliaries or following in acts().blame


def _joined_state_end(text: str, tokens: Sequence[Token], at: int) -> int | None:
    """Return where the name of a state with an "and" in it ends, if one begins here."""
    reach = range(min(len(tokens), at + _LONGEST_STATE), at + 2, -1)
    if not any(token.lower == "and" for token in tokens[at + 1 : at + _LONGEST_STATE]):
        return None
    return next(
        (end for end in reach if text[tokens[at].start : tokens[end - 1].end] in states().names), None
    )


def _is_date(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether a word of the calendar is one, and not the name of Jan Brenn or Ada May."""
    word = tokens[at].lower
    if word not in names().calendar:
        return False
    joined = _behind_particles(text, tokens, at + 1) > at + 1  # "Jan van der Berg"
    if word == "jan" and joined:
        return False
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if word not in _NAMES_TOO or before is None or after is None or after.lower[:1].isdigit():
        return True
    near = text[before.end : tokens[at].start] == " "
    if (
        before.lower[:1].isdigit()
        or _is_function_word(before.lower)
        or before.lower in names().locative | {"of"}
    ):
        return not (word == "jan" and is_capital(text, after))
    first = joined or (text[tokens[at].end : after.start] == " " and is_capital(text, after))
    last = near and is_capital(text, before) and before.lower not in names().calendar
    return not ((first and after.lower not in names().calendar) or last)


def _is_function_word(word: str) -> bool:
    table = grammar()
    closed = table.determiners | table.pronouns | table.breaks | table.when_where | table.time_words
    return word in closed | table.auxiliaries | acts().negations or word.endswith("ly")


def _name_end(text: str, tokens: Sequence[Token], at: int) -> int:
    heads = names().organisation | names().armed_force | {"republic"}
    organised, seen = False, at
    end = _joined_state_end(text, tokens, at) or at + 1
    while end < len(tokens) and text[tokens[end - 1].end : tokens[end].start] in {" ", "", "\u00a0", "\n"}:
        token = tokens[end]
        if is_capital(text, token) and not _is_date(text, tokens, end):
            end += 1
            continue
        joined = end + 1 < len(tokens) and token.lower == "&" and is_capital(text, tokens[end + 1])
        if joined or (token.lower == "." and _abbreviates(text, tokens, end)):
            end += 2
            continue
        behind = _behind_particles(text, tokens, end)
        if behind > end:
            end = behind + 1
            continue
        owned = _owned_body_end(text, tokens, end) if _is_genitive(text, tokens, at, end) else None
        if owned is not None:
            end = owned
            continue
        reach = end
        while reach < len(tokens) and tokens[reach].lower in {"of", "the", "for", "on"} and reach - end < 2:  # noqa: PLR2004 - "of the"
            reach += 1
        organised = organised or any(one.lower in heads for one in tokens[seen:end])
        seen = end
        if reach > end and organised and reach < len(tokens) and is_capital(text, tokens[reach]):
            end = reach + 1
            continue
        break
    return _public_body_end(text, tokens, at, end)


def _behind_particles(text: str, tokens: Sequence[Token], at: int) -> int:
    """Return where the capital word behind the small words of a name stands, or `at` where none begins here.

    "Ana de la Cruz", "Jan van der Berg"; the small words may have capitals, too.
    """
    behind = at
    while behind < len(tokens) and behind - at < _PARTICLES_IN_A_ROW:
        if tokens[behind].lower not in names().particles:
            break
        behind += 1
    if behind == at or behind >= len(tokens) or not is_capital(text, tokens[behind]):
        return at
    between = range(max(at, 1), behind + 1)
    apart = (text[tokens[one - 1].end : tokens[one].start] not in {" ", "\u00a0"} for one in between)
    return at if any(apart) else behind


def _abbreviates(text: str, tokens: Sequence[Token], dot: int) -> bool:
    """Whether a full stop ends no sentence but "J." in a name, or "U.S." before "Department"."""
    if dot + 1 >= len(tokens) or text[tokens[dot].end : tokens[dot + 1].start] != " ":
        return False
    before, after = tokens[dot - 1], tokens[dot + 1]
    if text[before.end : tokens[dot].start] or not is_capital(text, after):
        return False
    if before.end - before.start == 1:
        # "Ada J. Brenn", but not "Plan B. Brenn said".
        return dot > 1 and is_capital(text, tokens[dot - 2]) and after.lower not in names().calendar
    table = names()
    public = table.organisation | table.armed_force | table.public_bodies | table.portfolios | table.role
    return "." in before.lower and after.lower in public


def _public_body_end(text: str, tokens: Sequence[Token], start: int, end: int) -> int:
    """Return where "Ordanian defence ministry" ends, whose last words have no capital."""
    table = names()
    if tokens[end - 1].lower in table.organisation | table.armed_force | table.role:
        return end
    reach = end
    if reach < len(tokens) and tokens[reach].lower == "." and state_of(tokens[end - 1].lower) is not None:
        reach += 1
    best = end
    while reach < len(tokens) and reach - end < _LONGEST_BODY and text[tokens[reach].start - 1] == " ":
        word = tokens[reach].lower
        if word in table.public_bodies:
            best = reach + 1
        elif word not in table.portfolios:
            break
        reach += 1
    if best > end and tokens[best - 1].lower == "ministry":
        best = _purpose_end(tokens, best)
    body = [token.lower for token in tokens[end:best]]
    if best > end + 1 and not is_of_a_state(body) and not _is_of_a_state(text, tokens, start, end):
        # "Halm police", but of "Halm former army" only the first word is a name.
        return end
    return best


def _is_of_a_state(text: str, tokens: Sequence[Token], start: int, end: int) -> bool:
    name = text[tokens[start].start : tokens[end - 1].end]
    return state_of(name) is not None or tokens[end - 1].lower.endswith(names().demonym)


def _common_body_end(text: str, tokens: Sequence[Token], at: int) -> int | None:
    """Return where "[the] defence ministry of Ordania" ends, which has a capital only in whose it is."""
    end = _body_words_end(tokens, at)
    if end is None or not at or tokens[at - 1].lower != "the" or end + 1 >= len(tokens):
        return None
    if tokens[end].lower != "of":
        return None
    owner = end + 1 + (tokens[end + 1].lower == "the")
    if owner >= len(tokens) or not is_capital(text, tokens[owner]) or _is_date(text, tokens, owner):
        return None
    stop = _name_end(text, tokens, owner)
    # "The army of Ordanian volunteers" is not Ordania's.
    return stop if _is_whole(text, tokens, stop) else None


def _is_whole(text: str, tokens: Sequence[Token], end: int) -> bool:
    """Whether no noun goes on a phrase, as far as closed classes and forms of verbs tell."""
    if end < len(tokens) and tokens[end].lower == "'s":
        return False
    if end >= len(tokens) or text[tokens[end - 1].end : tokens[end].start] != " ":
        return True
    word = tokens[end].lower
    if word in {"and", "or"} and end + 1 < len(tokens) and is_capital(text, tokens[end + 1]):
        return False  # "the armed forces of Ordania and Calvaria" are two
    closed = _is_function_word(word) or word in names().locative | grammar().ends_noun_phrase
    return closed or not word.isalpha() or word in cues().verbs or word.endswith("ed")


def _body_words_end(tokens: Sequence[Token], at: int) -> int | None:
    """Return where "foreign ministry" or "ministry of foreign affairs" ends, the longest that begins here."""
    table = names()
    if tokens[at].lower not in table.portfolios | table.public_bodies:
        return None
    reach = at
    while reach < len(tokens) and reach - at < _LONGEST_BODY:
        word = tokens[reach].lower
        if word in table.state_bodies or (word == "forces" and tokens[reach - 1].lower == "armed"):
            break
        if word not in table.portfolios:
            return None
        reach += 1
    else:
        return None
    return _purpose_end(tokens, reach + 1) if tokens[reach].lower == "ministry" else reach + 1


def _purpose_end(tokens: Sequence[Token], behind: int) -> int:
    """Return where "of foreign affairs" ends behind a ministry, or where the ministry does."""
    reach = behind + 1
    if reach < len(tokens) and tokens[behind].lower == "of" and tokens[reach].lower == "the":
        reach += 1
    first = reach
    while reach < len(tokens) and reach - first < _LONGEST_BODY and tokens[reach].lower in names().portfolios:
        reach += 1
    return reach if reach > first and tokens[behind].lower == "of" else behind


def _is_genitive(text: str, tokens: Sequence[Token], start: int, at: int) -> bool:
    """Whether a token makes a name an owner: "Ordania's", and "the Norlands'" of one that ends so."""
    if tokens[at].lower == "'s":
        return True
    name = text[tokens[start].start : tokens[at - 1].end]
    return tokens[at].lower in {"'", "’"} and name.endswith("s")


def _owned_body_end(text: str, tokens: Sequence[Token], clitic: int) -> int | None:
    """Return where "'s Defence Ministry" ends: whose ministry it is belongs to its name."""
    if clitic + 1 < len(tokens) and (common := _body_words_end(tokens, clitic + 1)) is not None:
        written = text[tokens[clitic + 1].start : tokens[common - 1].end]
        if written.islower():
            return common
    end = clitic + 1
    while end < len(tokens) and is_capital(text, tokens[end]) and text[tokens[end].start - 1] == " ":
        end += 1
        if tokens[end - 1].lower in names().organisation | names().armed_force:
            return end
    return None


def _names_in(text: str, tokens: Sequence[Token], start: int, end: int) -> Iterator[Name]:
    """Split "Foreign Ministry Mira Dovan" after the word that ends an organisation."""
    heads = names().organisation | names().armed_force
    cut = _end_of_state(text, tokens, start, end)
    if cut > start:
        yield from _name(text, tokens, start, cut)
    for at in range(cut, end - 1):
        if (
            tokens[at].lower in heads
            and tokens[at + 1].lower not in heads | _JOINING | names().particles | {"general"}
            and is_capital(text, tokens[at + 1])
        ):
            yield from _name(text, tokens, cut, at + 1)
            cut = at + 1
    yield from _name(text, tokens, cut, end)


def _end_of_state(text: str, tokens: Sequence[Token], start: int, end: int) -> int:
    """Return where the state ends in "[envoy to] Ordania Ada Brenn", or the start where there is none."""
    before = start - 1 - (start > 1 and tokens[start - 1].lower == "the")
    if before < 0 or tokens[before].lower not in {"to", "of", "for"}:
        return start
    table = names()
    if before and tokens[before - 1].lower in _SENT_TO and end - start == 1 + min(_WORDS_OF_A_PERSON):
        return start + 1
    for cut in range(min(end - 2, start + 4), start, -1):
        rest = {token.lower for token in tokens[cut:end]}
        if rest & (table.organisation | table.armed_force | table.place | table.particles | _JOINING):
            continue
        name = text[tokens[start].start : tokens[cut - 1].end]
        if name in states().names or tokens[cut - 1].lower == "nations":
            return cut
    return start


def _name(text: str, tokens: Sequence[Token], start: int, end: int) -> Iterator[Name]:
    table = names()
    heads = table.organisation | table.armed_force | table.place | table.public_bodies
    titled = start > 1 and tokens[start - 1].lower == "of" and is_role(tokens[start - 2].lower)
    if titled:
        # "Secretary of State Ada Brenn": what the office is for is no part of her name.
        first = start
        while first < end and tokens[first].lower in table.portfolios | {"and"}:
            first += 1
        titled, start = first > start, first
    if start < end and tokens[end - 1].lower not in heads:
        # "Foreign Minister Radim Verodan": the name begins after the last title.
        titles = [at for at in range(start, end - 1) if is_role(tokens[at].lower)]
        if any(token.lower in heads for token in tokens[start : titles[-1] if titles else start]):
            titles = []  # "Directorate General of Roads"
        titled = titled or bool(titles)
        start = titles[-1] + 1 if titles else start
        while start < end and tokens[start].lower == ".":
            start += 1
        if start < end and is_role(tokens[end - 1].lower):
            # "Ordanian Foreign Minister" is an office; of it only "Ordanian" is a name.
            end = _before_office(tokens, start, end)
    if start >= end:
        return
    last = tokens[end - 1]
    stop = last.end + ("." in last.lower and text[last.end : last.end + 1] == ".")
    span = Span(tokens[start].start, stop)
    words = tuple(span.of(text).replace("’s", "'s").split())
    yield Name(span=span, words=words, kind=_kind(text, tokens, slice(start, end), titled=titled))


def _before_office(tokens: Sequence[Token], start: int, end: int) -> int:
    table = names()
    while end > start and (is_role(tokens[end - 1].lower) or tokens[end - 1].lower in table.portfolios):
        end -= 1
    return end


def _kind(text: str, tokens: Sequence[Token], at: slice, *, titled: bool) -> MentionKind:
    start, end = at.start, at.stop
    lower = [token.lower for token in tokens[at]]
    table = names()
    after = tokens[end].lower if end < len(tokens) else ""
    before = tokens[start - 1].lower if start else ""
    earlier = tokens[start - 2].lower if start > 1 else ""
    if titled or (before == "." and is_role(earlier)):
        return "person"
    body = _body_kind(lower)
    if body is not None:
        return body
    if lower[-1] in table.place or after in table.place:
        return "place"
    if is_role(before):
        return "person"
    # "the relief society Blue Lintel", but not what follows "the Foreign Ministry".
    noun = "" if not start or is_capital(text, tokens[start - 1]) else before
    if noun in table.organisation | table.body_nouns:
        return "organisation"
    if noun in table.outlet | table.outlet_nouns:
        return "outlet"
    if before in table.locative or (before == "of" and earlier in table.place | table.outskirts):
        return "place"
    if before == "the":
        # Nobody calls a person "the Ada Brenn": "in the Eastern Sea", "the Northern Alliance".
        return "place" if earlier in table.locative else "group"
    return "person" if after == "," and _is_somebody(tokens, end + 1) else "unknown"


def _body_kind(lower: Sequence[str]) -> MentionKind | None:
    """Return the kind of body that the words of a name tell."""
    table = names()
    of = lower[lower.index("of") - 1] if "of" in lower else ""
    for kind, heads in (("armed_force", table.armed_force), ("organisation", table.organisation)):
        if lower[-1] in heads or of in heads:
            return "armed_force" if kind == "armed_force" else "organisation"
    if len(lower) > 1 and lower[-1] in table.public_bodies | table.outlet:
        # An agency is an outlet when it is one of news.
        outlet = lower[-1] in table.outlet and (
            lower[-1] != "agency" or not table.outlet.isdisjoint(lower[:-1])
        )
        return "outlet" if outlet else "organisation"
    return None


def _is_somebody(tokens: Sequence[Token], start: int) -> bool:
    """Whether ", the mayor of Halm" or ", 70," follows a name."""
    for token in tokens[start : start + _APPOSITION]:
        if token.lower in {",", ".", ";", ":", "(", "and", "said", "in", "of", "which"}:
            aged = tokens[start].lower.isdigit() and token.start - tokens[start].start <= _LONGEST_AGE
            return token.lower == "," and aged
        if is_role(token.lower) or token.lower in names().individuals:
            return True
    return False


def is_role(word: str) -> bool:
    """Whether a word is a title or an office: "Minister", "Lt.", "Secretary-General"."""
    return word.rstrip(".") in names().role or word.partition("-")[0] in names().role


def group(found: Sequence[Name], issuer: str | None = None) -> list[Party]:
    """Return, for each name, the party it belongs to.

    A body that a text never says whose it is ("Ministry of Defence") is the issuer's state's, where the
    issuer is a body of a state itself, else that of the only state whose body of that kind the text names.
    """
    full = fullest({one.text: one.kind for one in reversed(found)}, _introduced(found))
    bodies = {name: body for name in full.values() if (body := body_of(name)) is not None}
    owners: dict[str, set[str]] = {}
    for body in bodies.values():
        owners.setdefault(body.what, set()).update({body.whose} - {""})
    implied = body_of(issuer) if issuer is not None else None
    identities: dict[str, str] = {}
    for name, body in bodies.items():
        known = owners[body.what]
        whose = body.whose or (implied.whose if implied is not None else "")
        whose = whose or (next(iter(known)) if len(known) == 1 else "")
        identities[name] = f"{body.what}|{whose}" if whose else ""
    identities |= {name: spelled for name in full.values() if (spelled := _spelled(name))}
    members: dict[str, list[Name]] = {}
    for one in found:
        members.setdefault(identities.get(full[one.text]) or full[one.text], []).append(one)
    parties: dict[str, Party] = {}
    for key, same in members.items():
        name = max((full[one.text] for one in same), key=lambda name: (len(name.split()), len(name), name))
        parties[key] = Party(
            name=name,
            kind=_party_kind(name, same),
            names=tuple(sorted({one.text for one in same})),
            identity=identities.get(name, ""),
        )
    return [parties[identities.get(full[one.text]) or full[one.text]] for one in found]


def party_named(name: str, issuer: str | None) -> Party:
    """Return the party of a name that stands in no text, such as a publisher's."""
    if name in states().names:
        return Party(name=name, kind="state")
    lower = name.lower().split()
    table = names()
    press = bool(set(lower) & table.outlet)
    body = None if press else body_of(name)
    implied = body_of(issuer) if issuer is not None else None
    whose = "" if body is None else body.whose or (implied.whose if implied is not None else "")
    heads = table.organisation | table.armed_force
    return Party(
        name=name,
        kind="outlet" if press else "organisation" if set(lower) & heads else "unknown",
        names=(name,),
        identity=f"{body.what}|{whose}" if body is not None and whose else _spelled(name),
    )


def _spelled(name: str) -> str:
    """Return what a name with small words in it has in all its spellings: "Omar al-Fadl", "Omar Al Fadl".

    Empty where there is no small word, or where it is that of a state.
    """
    words = name.casefold().replace("-", " ").split()
    small = names().particles.union(names().articles).intersection(words[:-1])
    return " ".join(words) if small and name not in states().names and body_of(name) is None else ""


def _introduced(found: Sequence[Name]) -> dict[str, str]:
    """Return the acronyms that stand right behind their names: "Truce Monitoring Mission (TMM)"."""
    known: dict[str, str] = {}
    for before, after in pairwise(found):
        short = after.text
        near = after.span.start - before.span.end == len(" (")
        if (
            near
            and short.isupper()
            and 1 < len(short) <= _LONGEST_ACRONYM
            and short in set(acronyms(before.text))
        ):
            known.setdefault(short, before.text)
    return known


def fullest(kinds: Mapping[str, MentionKind], acronym: Mapping[str, str] | None = None) -> dict[str, str]:
    """Map each name to the fullest name of the same party; a short form that fits two stays itself."""
    by_part: dict[str, set[str]] = {}
    for name, kind in kinds.items():
        if name not in states().names:
            for part in _short_forms(name, kind):
                by_part.setdefault(part, set()).add(name)
    mapped: dict[str, str] = {}
    for name in kinds:
        longer = by_part.get(name, set()) - {name}
        if 1 < len(longer) <= _MOST_ALIKE:
            # "Ministry of Defence" and "Ministry of Defence of Ordania" are one for "the Ministry".
            longer = {
                one for one in longer if not any(other != one and other.startswith(one) for other in longer)
            }
        if 1 < len(longer) <= _MOST_ALIKE:
            # "Van der Berg" is Jan van der Berg, and both are "Berg".
            whole = {one: f" {one}".casefold() for one in longer}
            longer = {
                one
                for one in longer
                if not any(
                    whole[other] != whole[one] and whole[other].endswith(whole[one]) for other in longer
                )
            }
        if len(longer) > 1 and len({_spelled(one) or one for one in longer}) == 1:
            longer = {min(longer)}  # "Omar al-Fadl", "Omar Al-Fadl"
        if len(longer) == 1 and name not in states().names:
            mapped[name] = next(iter(longer))
        else:
            mapped[name] = (acronym or {}).get(name) or _state_named(name) or country_of(name, kinds) or name
    return {name: mapped.get(to, to) for name, to in mapped.items()}


def _short_forms(name: str, kind: MentionKind) -> Iterator[str]:
    """Yield what a text may call a name later: a surname, a given name, "Ministry of Defence", "Ministry"."""
    words = name.split()
    if not 1 < len(words) <= _LONGEST_NAME:
        return
    if kind in {"person", "unknown"}:
        for at in range(1, len(words)):
            part = " ".join(words[at:])
            if part.isupper() and len(part) <= _SHORT_CAPITALS:
                continue  # "Harbour MP" is not who every "MP" is
            # "al-Eryani" at the start of a sentence is "Al-Eryani", and elsewhere "Eryani"; a transcript
            # has "BRENN".
            yield from (part, part[:1].upper() + part[1:], part.upper())
    if kind == "person":
        yield words[0]
    if kind in {"organisation", "armed_force"}:
        yield from (" ".join(words[:at]) for at, word in enumerate(words) if word == "of" and at)
        for word in (words[0], words[-1]):
            if word.lower() in names().organisation | names().armed_force:
                yield word[:1].upper() + word[1:]


def _state_named(name: str) -> str | None:
    """Return the first name of the state that a name or an adjective as written means."""
    table = states()
    return table.names.get(name) or table.adjectives.get(name) or table.adjectives.get(name.removesuffix("s"))


def country_of(adjective: str, known: Container[str]) -> str | None:
    """Return the name that a word is the adjective or the inhabitant of, if the text has that name."""
    for ending in names().demonym:
        stem = adjective.removesuffix(ending)
        if stem != adjective and stem in known:
            return stem
    return None


def is_person(party: Party) -> bool:
    """Whether a party is a person: told so, or named by two or three words that tell of nothing else."""
    words = party.name.lower().split()
    table = names()
    if party.name in states().names or party.name in states().capitals:
        return False
    return party.kind == "person" or (
        party.kind == "unknown"
        and len(words) in _WORDS_OF_A_PERSON
        and not set(words) & (table.organisation | table.place | table.outlet | table.armed_force)
    )


def _party_kind(name: str, members: Sequence[Name]) -> PartyKind:
    if name in states().names:
        return "state"
    told = [one.kind for one in members if one.kind not in {"place", "unknown"}]
    for kind in sorted(set(told), key=lambda kind: (-told.count(kind), kind)):
        if kind != "place":
            return kind
    # Only what has inhabitants has an adjective: a state, or a region that acts like one.
    return "state" if any(country_of(one.text, {name}) for one in members) else "unknown"
