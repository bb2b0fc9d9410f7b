"""Bytes to characters, once: which encoding a text has, and what cannot be stored as it stands."""

import codecs
import re

import msgspec

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_CONTROLS = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f]")
# Written text has hardly any control characters; one character in ten is far from every script.
_MOST_CONTROLS = 0.1
# One damaged byte must not turn a page of UTF-8 into mojibake: most sequences must still be whole.
_WHOLE_PER_BROKEN = 4
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


# The encodings that a label may mean: those of the WHATWG Encoding Standard, "Names and labels", by their
# names in Python. Others, "unicode_escape" among them, would make other words of a page than browsers show.
_LABELLED = frozenset(
    {*(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16))}
    | {*(f"cp{number}" for number in (866, 874, *range(1250, 1259)))}
    | {"koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "gb18030", "euc_jp", "iso2022_jp"}
    | {"utf-16", "utf-16-le", "utf-16-be"}
)
# What pages and programs mean is often a wider one: in ISO 8859-1 the bytes of curly quotation marks are
# control characters, and browsers show the marks.
_MEANT_BY = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", "shift_jis": "cp932", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030",
    "big5": "big5hkscs",
}  # fmt: skip
_WESTERN = "cp1252"
# English with foreign names needs few accented letters. Other scripts need far more, and what other code
# pages have for letters are signs here that stand inside no word: "m³ody".
_WESTERN_LETTERS = 0.1  # bytes from 0xC0 on, at most this share of all
_ASCII_AND_SIGNS = bytes(range(0xC0))
_SIGN_IN_WORD = re.compile(r"[^\W\d_][¡-¿×÷ƒ†‡‰‹›“”„•][^\W\d_]")


class Decoded(msgspec.Struct, frozen=True, kw_only=True):
    """The characters of some bytes. `replaced`: how many of them stand as U+FFFD for what was unreadable.

    `guessed`: nothing says which encoding it is, so that any letter beyond ASCII may be another one.
    """

    text: str
    encoding: str
    replaced: int = 0
    guessed: bool = False


def decoded(content: bytes, *, declared: str | None = None) -> Decoded | None:
    """Return the characters of a text, without a byte order mark, or None when these bytes are no text.

    Tried in this order: byte order mark, UTF-8, what the text declares, then a guess: Windows-1252 where
    few letters are beyond ASCII, else charset-normalizer's.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _stored(content[len(mark) :].decode(encoding, "replace"), encoding)
    try:
        utf8 = _stored(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _declared(content, declared) or _damaged_utf8(content) or _guessed(content)
    # UTF-16 without a mark is valid UTF-8 with a NUL beside every letter.
    return utf8 or _guessed(content)


def storable(text: str) -> str:
    """Return the text with U+FFFD, one for one, for what no ledger can store: NUL and half characters."""
    return _UNSTORABLE.sub("\ufffd", text)


def _stored(text: str, encoding: str) -> Decoded | None:
    if len(_CONTROLS.findall(text)) > len(text) * _MOST_CONTROLS:
        return None
    before = text.count("\ufffd") if encoding == "utf-8" else 0
    text = storable(text)
    return Decoded(text=text, encoding=encoding, replaced=text.count("\ufffd") - before)


def _declared(content: bytes, label: str | None) -> Decoded | None:
    if not label:
        return None
    try:
        known = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    # That it is UTF-8 was tried, whatever the page says.
    meant = _MEANT_BY.get(known, known)
    return _in(content, meant) if known in _MEANT_BY or meant in _LABELLED else None


def _in(content: bytes, encoding: str) -> Decoded | None:
    try:
        return _stored(content.decode(encoding), encoding)
    except (LookupError, UnicodeError):
        return None


def _damaged_utf8(content: bytes) -> Decoded | None:
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if len(_SEQUENCE.findall(content)) < broken * _WHOLE_PER_BROKEN:
        return None
    return _stored(text, "utf-8 with errors")


def _guessed(content: bytes) -> Decoded | None:
    found = _western(content) or _likeliest(content)
    return None if found is None else msgspec.structs.replace(found, guessed=True)


def _western(content: bytes) -> Decoded | None:
    letters = len(content.translate(None, delete=_ASCII_AND_SIGNS))
    found = _in(content, _WESTERN) if letters <= len(content) * _WESTERN_LETTERS else None
    return None if found is None or _SIGN_IN_WORD.search(found.text) else found


def _likeliest(content: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, rarely needed

    best = from_bytes(content).best()
    return None if best is None else _in(content, best.encoding)
