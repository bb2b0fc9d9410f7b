"""Numbers as English texts write them, in digits, in words and in both."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from sayso.claims.atoms import Atom, atoms_from, number_starts
from sayso.claims.cardinals import HUNDRED, LARGEST, TEN, Form, Read, cardinal, small
from sayso.claims.digits import whole_if_whole
from sayso.core.records import Number

_SECOND = 2
_MOST_OF = 1000  # of "one in 500"; "30000 in 2009" is a year
_LOOK_BACK = 12  # code points in which a minus, an article or a pronoun stands before a number
# A dash between two numbers is no minus, and one with a space behind it only where nothing else stands.
_MINUS = re.compile(
    r"(?:(?P<word>\b(?:minus|negative)\s+)|(?:^|[(<>=]|(?<!\d)\s)(?P<sign>-)|(?:^|[(<>=])\s*(?P<apart>-\s+))\Z"
)
_ARTICLE = re.compile(r"\ban?\s+\Z")
_PRONOUN = re.compile(
    r"\b(?:no|any|every|each|this|that|these|another|other|the|next|last|previous|first|current|"
    # "In which one of them died" counts one.
    r"(?<!\bin )(?<!\bduring )(?<!\bafter )which)\s+\Z"
)
# "Reports that one of its men died" counts one, "that one" points.
_ONE_OF = re.compile(r"\s+of\b")
_ENDS = re.compile(r"\s*(?:\Z|[.,;:?!)](?!\d)|(?:or|of|people|adults|men|women|children)\b)")
# "One in four houses is empty": what follows is said of one, as of each fourth.
_EACH_IS = re.compile(
    r"\s+(?:[^\W\d_][\w'’-]*\s+){0,2}?[^\W\d_][\w'’-]*s\s+(?:is|was|has|had|lives|lacks|needs)\b"
)
_CLOSES = re.compile(r"\s*(?:\Z|[.,;:?!)](?!\d))")
_TOUCHED = re.compile(r"[^\W_]\Z|[^\W_][/.,_]\Z|[^\W\d_]\w*-\Z|\d-\d+-\Z")


class Numeral(msgspec.Struct, frozen=True, kw_only=True):
    """One number of a text: its offsets in code points, its value and how it is written."""

    start: int
    end: int
    value: Number
    form: Form = "whole"
    scale: Number = 1  # the last one: "million" of "5 million"
    ambiguous: bool = False  # "1.200"
    code: bool = False  # letters, a slash, a point or a hyphen touch its start: "BM-21", "5/17"
    glued: bool = False  # letters touch its end: "75ml"


def numerals_in(text: str, lower: str, start: int = 0, end: int | None = None) -> Iterator[Numeral]:
    """Yield the numbers of a text in order; `lower` is its `folded` form.

    Time is linear: every atom is looked at a bounded number of times.
    """
    end = len(text) if end is None else end
    starts = number_starts()
    at = start
    while match := starts.search(lower, at, end):
        atoms, at = atoms_from(text, lower, match.start(), end)
        done = 0
        while done < len(atoms):
            numeral, done = _numeral(lower, atoms, done)
            if numeral is not None:
                yield numeral


def _numeral(lower: str, atoms: Sequence[Atom], at: int) -> tuple[Numeral | None, int]:
    """Read the number that begins at an atom, and return it with the atom after it."""
    start = atoms[at].start
    before = lower[max(0, start - _LOOK_BACK) : start]
    article = _ARTICLE.search(before)
    read = _reading(lower, atoms, at, article=article is not None, between=before.endswith("between "))
    if read is None:
        return None, at + 1
    last = atoms[read.after - 1]
    lone = read.after == at + 1
    if lone and atoms[at].kind == "ones" and read.value == 1 and _PRONOUN.search(before):
        counts = before.endswith("that ") and _ONE_OF.match(lower, last.end)
        if not counts:
            return None, read.after  # "no one", "each one"
    if read.article and article is not None:
        start -= len(article.group())
        before = before[: article.start()]
    minus = _MINUS.search(before) if read.form != "ordinal" else None
    if minus is not None:
        start -= len(minus[minus.lastgroup or 0])
    touched = minus is None and _TOUCHED.search(before) is not None
    return Numeral(
        start=start,
        end=last.end,
        value=read.value if minus is None else -read.value,
        form="decimal" if read.form == "whole" and isinstance(read.value, float) else read.form,
        scale=read.scale,
        ambiguous=lone and atoms[at].ambiguous,
        code=touched,
        glued=lower[last.end : last.end + 1].isalpha(),
    ), read.after


def _reading(lower: str, atoms: Sequence[Atom], at: int, *, article: bool, between: bool) -> Read | None:
    if atoms[at].kind in {"part", "parts", "ordinal"}:
        return _lone_part(lower, atoms, at, article=article)
    # "Between two hundred and three thousand": what "and" joins there are the ends of a range.
    ends_joined = between and sum(atom.link == "and" for atom in atoms[at + 1 :]) == 1
    read = cardinal(atoms, at, article=article, joins=not ends_joined)
    if read is None:
        return None
    for extend in (_parts_of, _point, _mixed, _ratio):
        extended = extend(lower, atoms, read) if not ends_joined else None
        if extended is None:
            continue
        a_part = article and extended.form == "ordinal" and _ENDS.match(lower, atoms[extended.after - 1].end)
        return Read(1 / extended.value, extended.after, "fraction", article=True) if a_part else extended
    return read


def _lone_part(lower: str, atoms: Sequence[Atom], at: int, *, article: bool) -> Read | None:
    """Read a part or an ordinal that no number stands before: "half a million", "a third", "twelfth"."""
    first = atoms[at]
    if first.kind == "part" and not isinstance(first.value, int):
        return _scaled(atoms, at + 1, first.value, article=False)  # "3/4", "½"
    if first.kind == "part":
        read = _scaled(atoms, at + 1, 1 / first.value, article=article)
        # "Quarter" alone is one of a town or a year.
        return read if article or read.scale > 1 or first.value == _SECOND else None
    if first.kind == "parts":
        return None
    a_part = article and first.value > _SECOND and _ENDS.match(lower, first.end)
    if a_part or (article and first.value > HUNDRED):
        return _scaled(atoms, at + 1, 1 / first.value, article=True)
    return Read(first.value, at + 1, "ordinal")


def _scaled(atoms: Sequence[Atom], after: int, part: float, *, article: bool) -> Read:
    """Apply the scale behind a fraction: "half a million", "two thirds of a million"."""
    scaled = after < len(atoms) and atoms[after].kind in {"hundred", "scale", "dozen"}
    if scaled and atoms[after].link in {" ", "-", "a", "of a"}:
        scale = atoms[after].value
        return Read(whole_if_whole(part * scale), after + 1, "fraction", article, scale)
    return Read(part, after, "fraction", article)


def _parts_of(_lower: str, atoms: Sequence[Atom], read: Read) -> Read | None:
    """Read what follows a number at once: "three fifths", "10 1/2", "one twenty-fifth", "two hundredth"."""
    after = read.after
    if after >= len(atoms) or atoms[after].link not in {" ", "-", ""}:
        return None
    following = atoms[after]
    if following.kind == "part" and isinstance(following.value, float):
        mixed = isinstance(read.value, int) and following.value < 1
        return Read(read.value + following.value, after + 1, "fraction") if mixed else None
    if following.kind == "tens" and after + 1 < len(atoms):
        small = atoms[after + 1]
        joined = small.link in {" ", "-"} and small.value < TEN
        if joined and (small.kind == "parts" or (small.kind == "ordinal" and read.value == 1)):
            return _scaled(atoms, after + 2, read.value / (following.value + small.value), article=False)
        return None
    if following.kind in {"parts", "part"}:
        if following.kind == "part" and read.value != 1:
            return None
        above, below = read.value, following.value
        if read.loose and below < TEN and above > read.loose:
            above, below = above - read.loose, below + read.loose
        return _scaled(atoms, after + 1, above / below, article=read.article)
    # "$280 million first mortgage notes": words join words, not digits.
    in_words = all(atom.kind != "digits" for atom in atoms[max(0, after - 2) : after])
    return _ordinal(read, following) if following.kind == "ordinal" and in_words else None


def _ordinal(read: Read, following: Atom) -> Read | None:
    value = following.value
    if read.value == 1 and value > _SECOND:
        return Read(1 / value, read.after + 1, "fraction")
    if not isinstance(read.value, int):
        return None
    if value >= HUNDRED:
        whole = read.value * value
        return Read(whole, read.after + 1, "ordinal") if whole < LARGEST else None
    if (read.loose and value < TEN) or (not read.loose and read.value % HUNDRED == 0 and read.value > 0):
        return Read(read.value + value, read.after + 1, "ordinal")
    return None


def _point(_lower: str, atoms: Sequence[Atom], read: Read) -> Read | None:
    """Read "two point seven one" and "nought point nought three"."""
    after = read.after
    if after >= len(atoms) or atoms[after].link != "point" or not isinstance(read.value, int):
        return None
    digits = ""
    while after < len(atoms) and atoms[after].kind in {"ones", "tens", "digits"} and len(digits) < TEN:
        if digits and atoms[after].link not in {" ", "-"}:
            break
        if atoms[after].kind == "digits":
            value, step = atoms[after].value, after + 1
        else:
            value, step, _ = small(atoms, after)
        digits, after = f"{digits}{value}", step
    if not digits.isdecimal():
        return None
    return Read(float(f"{read.value}.{digits}"), after, "decimal")


def _mixed(lower: str, atoms: Sequence[Atom], read: Read) -> Read | None:
    """Read "five and a quarter", "three and two thirds", "one million and a half"."""
    after = read.after
    if after >= len(atoms) or atoms[after].link not in {"and", "and a", "and an"}:
        return None
    first = atoms[after]
    part: Read | None
    if first.kind == "part":
        half = first.value if isinstance(first.value, float) else 1 / first.value
        part = _scaled(atoms, after + 1, half, article=False)
    elif first.kind == "ordinal" and first.link != "and" and first.value > _SECOND:
        # "Killed two and a third was hurt": a third person.
        part = _scaled(atoms, after + 1, 1 / first.value, article=False)
        part = part if _CLOSES.match(lower, first.end) or part.scale > 1 else None
    elif first.kind in {"ones", "tens", "digits"}:
        above = cardinal(atoms, after, article=False, joins=False)
        part = _parts_of(lower, atoms, above) if above is not None else None
        part = part if part is not None and part.form == "fraction" else None
    else:
        part = None
    if part is None or not isinstance(read.value, int):
        return None
    if part.scale == 1:
        value = read.value + part.value * read.scale  # "three million and a half"
    elif read.scale > 1:
        value = read.value + part.value  # "one billion and a half million"
    else:
        value = read.value * part.scale + part.value  # "five and a half million"
    scale = max(read.scale, part.scale)
    return Read(whole_if_whole(value), part.after, "fraction", read.article, scale)


def _ratio(lower: str, atoms: Sequence[Atom], read: Read) -> Read | None:
    """Read "one in five", "two out of three", "1 over 3", where nothing that is counted follows."""
    if read.after >= len(atoms) or atoms[read.after].link not in {"in", "over", "out of"}:
        return None
    link = atoms[read.after].link
    below = cardinal(atoms, read.after, article=False)
    if below is None or below.value == 0:
        return None
    end = atoms[below.after - 1].end
    share = 0 < read.value < below.value <= _MOST_OF
    if link == "over" and not _CLOSES.match(lower, end):
        return None
    told_of_one = read.value == 1 and _EACH_IS.match(lower, end)
    if link == "in" and not (share and (told_of_one or _ENDS.match(lower, end))):
        return None
    if link == "out of" and not share:
        return None
    return Read(read.value / below.value, below.after, "fraction")
