"""Whether a speaker that was found is the one that an annotator named by a code: `state:TUR`, `org:TUR-MFA`.

The rule for each kind of code is one sentence:
`unknown` nobody is named; `unnamed:` a description without a party; `person:` the last name is in the name,
or two of the names are; `state:` the name is the state's own, its adjective or its capital, with no more than
a word for its side or government; `org:`, `office:` a word of the body, or its initials, is in the name, and
no other state than the code's is. One of several joined by `+` is enough, as a speaker is one.
"""

import re
import unicodedata
from functools import cache

from sayso.core.records import Speaker
from sayso.language.lexicon import states

# What an annotator's abbreviation of a body stands for.
_BODIES = {
    "mfa": "foreign",
    "mod": "defence defense",
    "dod": "defense pentagon",
    "dos": "state department",
    "moi": "interior",
    "nyt": "york",
    "isil": "isis islamic daesh",
    "idf": "defense defence",
}
_SMALL = frozenset({"of", "the", "and", "for", "a", "in", "on", "s", "to"})
# What a state's own voice is called besides its name.
_VOICES = frozenset(
    {
        "state",
        "states",
        "side",
        "government",
        "authorities",
        "party",
        "delegation",
        "republic",
        "administration",
    }
)
_TWO = 2


def is_same(code: str, speaker: Speaker | None) -> bool:
    """Whether the speaker is who the code names."""
    return any(_fits(part, speaker) for part in code.split("+"))


def _fits(code: str, speaker: Speaker | None) -> bool:
    kind, _, slug = code.partition(":")
    if kind == "unknown":
        return speaker is None
    if speaker is None:
        return False
    if kind == "unnamed":
        return speaker.party is None
    name = words(speaker.name)
    wanted = [also for word in slug.split("-") for also in words(states().codes.get(word, word))]
    if kind == "person":
        return wanted[-1] in name or len(set(wanted) & set(name)) >= _TWO
    if kind == "state":
        return is_state(slug, name)
    return _is_body(wanted, name, _initials(speaker.name))


def is_state(code: str, name: list[str]) -> bool:
    """Whether a name is that of a state, by its code or its slug, with nothing of a body in it."""
    own = _state_words(code)
    left = [word for word in name if word not in _SMALL]
    return bool(own & set(left)) and not set(left) - own - _VOICES


def _is_body(wanted: list[str], name: list[str], initials: str) -> bool:
    """Whether a body's name is the code's; its state may be left out, but be no other."""
    body = {also for word in wanted for also in _BODIES.get(word, word).split()} - _SMALL
    of_states = {word for word in body if word in _states()}
    theirs, named = (
        {state for word in one if word in _states() for state in _states()[word]} for one in (body, set(name))
    )
    if theirs and named and not theirs & named:
        return False
    own = body - of_states or body
    short = any(len(word) > 1 and initials.endswith(word) for word in own)
    return not own.isdisjoint(name) or short


@cache
def _state_words(code: str) -> frozenset[str]:
    """Return the words that name a state given by its code; a code that no state has is a name itself."""
    known = states().codes.get(code.upper())
    if known is None:
        return frozenset(words(code))
    tables = (states().names, states().adjectives, states().capitals)
    written = [name for table in tables for name, state in table.items() if state == known]
    return frozenset(word for name in written for word in words(name)) - _SMALL


@cache
def _states() -> dict[str, frozenset[str]]:
    """Return, for each single word that names a state or is its adjective, which states those are."""
    found: dict[str, set[str]] = {"usa": {states().codes["USA"]}}
    for table in (states().names, states().adjectives, states().capitals):
        for name, state in table.items():
            if len(words(name)) == 1:
                found.setdefault(words(name)[0], set()).add(state)
    return {word: frozenset(of) for word, of in found.items()}


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper()).lower()


def words(name: str) -> list[str]:
    """Return the words of a name in lower case without accents, as codes are written."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    # "U.S." is "us", "O'Brenn" is "obrenn", but "Ordania's" is "ordania".
    joined = re.sub(r"(?<=\b\w)\.(?=\w)|(?<=\b\w)['’](?=\w\w)", "", plain)
    return re.findall(r"\w+", joined)
