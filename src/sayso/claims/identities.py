"""Whose body a name names: the state or place in it, and what is left, so that two ministries stay two.

Nothing here knows a side: known states come from one table of all of them, others by the shape of words.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from sayso.language.lexicon import names, states

_SMALL = frozenset({"of", "the", "for", "and", "on", "'s", "a", "an", "to"})
# Words for one thing in the names of public bodies.
_SAME = {"defense": "defence", "external": "foreign", "interior": "internal", "labor": "labour"}
_IDLE = frozenset({"affairs", "service", "services"})
_REALMS = frozenset({"republic", "kingdom", "state"})  # before "of" and the name
_SHORTEST_STEM = 3


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """A public body taken apart: what it is, in a fixed order, and whose, in lower case or empty."""

    what: str
    whose: str

    @property
    def identity(self) -> str:
        """What makes the body's id; empty while nobody knows whose it is."""
        return f"{self.what}|{self.whose}" if self.whose else ""


def body_of(name: str) -> Body | None:
    """Take "Ordanian Defence Ministry" apart; None for a name that is not made of the words of public bodies.

    "Ministry of Defence of Ordania" and "Ordania's Defence Ministry" give the same; "Lantern Guard" gives
    None, since "Lantern" says not whose it is but what it is called.
    """
    plain = name.replace("’", "'").replace("'s", " 's").replace("s' ", "s 's ")
    words = plain.split()
    lower = [word.lower() for word in words]
    table = names()
    heads = table.organisation | table.armed_force | table.public_bodies
    generic = heads | table.portfolios | _SMALL
    own = [word for word in lower if word in generic and word not in _SMALL]
    if not any(word in heads for word in own):
        return None
    rest = [at for at, word in enumerate(lower) if word not in generic]
    if not rest:
        return Body(what=_what(own), whose="")
    owner = " ".join(words[rest[0] : rest[-1] + 1])
    if rest[-1] - rest[0] + 1 != len(rest) and state_of(owner) is None:
        # Two words apart from each other are no one owner, but for "the Republic of Ordania".
        if lower[rest[0]] not in _REALMS or lower[rest[0] + 1] != "of":
            return None
        rest = [at for at in rest if at > rest[0] + 1]
        owner = " ".join(words[rest[0] : rest[-1] + 1])
    if not _owns(words, lower, rest):
        return None
    return Body(what=_what(own), whose=owner_key(owner))


def _owns(words: Sequence[str], lower: Sequence[str], rest: Sequence[int]) -> bool:
    """Whether the words at `rest` say whose a body is.

    They do before "'s", after "of" at the end, as an adjective, before what only a state has, and before what
    is written as no name: "the Orvale army", but not "the Lantern Army".
    """
    first, last = rest[0], rest[-1]
    if last + 1 < len(lower) and lower[last + 1] == "'s":
        return True
    before = [word for word in lower[:first] if word != "the"]
    if last == len(lower) - 1 and before and before[-1] == "of":
        return True
    if first != 0:
        return False
    if state_of(" ".join(lower[: last + 1])) is not None or is_adjective(lower[last]):
        return True
    behind = lower[last + 1 :]
    return is_of_a_state(behind) or (words[last + 1] == lower[last + 1] and words[-1] == lower[-1])


def is_of_a_state(body: Sequence[str]) -> bool:
    """Whether the words of a body, in lower case, are those of one that only a state has.

    A ministry is for something, and forces are armed: "Foreign Ministry", "ministry of the interior".
    """
    table = names()
    own = [word for word in body if word not in _SMALL]
    if not table.portfolios.issuperset(word for word in own if word not in {"ministry", "forces"}):
        return False
    if "forces" in own:
        return own == ["armed", "forces"]
    return own.count("ministry") == 1 and len(own) > 1


def _what(own: Sequence[str]) -> str:
    """Return what a body is, in a fixed order of words that leaves out those that make no difference."""
    if own == ["military"]:
        return "armed forces"
    idle = _IDLE | {"national"} if "ministry" in own else _IDLE
    return " ".join(sorted({_SAME.get(word, word) for word in own if word not in idle}))


def is_adjective(word: str) -> bool:
    """Whether a word has an ending that makes adjectives of many countries; `state_of` knows the others."""
    return word.endswith(("ian", "ean", "ese", "ish"))


def state_of(name: str) -> str | None:
    """Return the first name of the state that a name or an adjective is of, in any case; None if none."""
    return _lower_states().get(_plain(name))


def owner_key(name: str) -> str:
    """Return a key that a country's name and its adjective share: the state's, else the common stem."""
    known = state_of(name)
    if known is not None:
        return _plain(known)
    return stem(_plain(name))


def stem(word: str) -> str:
    """Return a word without the ending of an adjective and without its last vowels."""
    for ending in names().demonym:
        cut = word.removesuffix(ending)
        if cut != word and len(cut) >= _SHORTEST_STEM:
            word = cut
            break
    bare = word.rstrip("aeiouy")
    return bare if len(bare) >= _SHORTEST_STEM else word


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.lower())
    return "".join(c for c in folded if not unicodedata.combining(c)).replace("’", "'").rstrip(".")


@cache
def _lower_states() -> dict[str, str]:
    """Return the states by plain lower-case name."""
    known = (states().names, states().adjectives)
    return {_plain(name): state for one in known for name, state in one.items()}


def acronyms(name: str) -> Iterator[str]:
    """Yield the acronyms that a name gives: of all its words, and of those that are not small."""
    words = [word for word in name.replace("-", " ").split() if word[:1].isalpha()]
    yield "".join(word[0] for word in words).upper()
    yield "".join(word[0] for word in words if word.lower() not in _SMALL).upper()
