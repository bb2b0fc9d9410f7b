"""What kind of file it is, told by its first bytes and its name."""

import re
from pathlib import PurePath

UNKNOWN = "application/octet-stream"
HEAD_BYTES = 4096  # how much of a file is enough to tell its kind

# First bytes that no text begins with, whatever the file is called.
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"OggS", "application/ogg"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"ID3", "audio/mpeg"),
    (b"\x7fELF", "application/x-elf"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ZIP_SUFFIXES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".epub": "application/epub+zip",
}
_HEIC, _MP4, _WEBP, _AVI = "image/heic", "video/mp4", "image/webp", "video/x-msvideo"
_TOLD_BY_BYTES = frozenset(
    {*(kind for _, kind in _MAGIC), "application/zip", *_ZIP_SUFFIXES.values(), _HEIC, _MP4, _WEBP, _AVI}
)
_SUFFIXES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/plain",
    ".htm": "text/html",
    ".html": "text/html",
    ".xhtml": "text/html",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".ndjson": "application/jsonl",
}
_WORDS = {
    "application/pdf": "a PDF",
    "application/gzip": "a gzip archive",
    "application/x-bzip2": "a bzip2 archive",
    "application/x-xz": "an xz archive",
    "application/x-7z-compressed": "a 7-Zip archive",
    "application/vnd.rar": "a RAR archive",
    "application/zip": "a ZIP archive",
    "application/x-ole-storage": "an old Office document",
    "application/rtf": "a rich-text document",
    "application/vnd.sqlite3": "an SQLite database",
    "application/x-elf": "a program",
    "application/epub+zip": "an e-book",
    _ZIP_SUFFIXES[".docx"]: "a Word document",
    _ZIP_SUFFIXES[".xlsx"]: "an Excel workbook",
    _ZIP_SUFFIXES[".pptx"]: "a PowerPoint presentation",
    _ZIP_SUFFIXES[".odt"]: "an OpenDocument text",
}
# Other names under which servers send what we read.
_ALSO = {
    "application/xhtml+xml": "text/html",
    "application/x-ndjson": "application/jsonl",
    "text/markdown": "text/plain",
}
_FAMILIES = {"image": "a picture", "video": "a video", "audio": "a sound recording"}
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
# "Note of 5.11" and "Vol. 2" end in a dot and more, but have no suffix.
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,9}\Z", re.ASCII)
_ROW = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')


def media_type(name: str, head: bytes, *, stated: str = "") -> str:
    """Return the media type of a file, from its name and its first bytes (`HEAD_BYTES` are enough).

    Bytes that no text begins with decide first, then a page's beginning, then the name's suffix, then what a
    server `stated`; without any of them it is left to the content. `UNKNOWN` where nothing tells.
    """
    suffix = PurePath(name).suffix.lower()
    named = _SUFFIXES.get(suffix)
    if binary := _binary(suffix, head):
        return binary
    if _PAGE.match(head) and named in (None, "text/plain"):
        return "text/html"
    if named:
        return named
    if stated not in ("", UNKNOWN):
        return _ALSO.get(stated, stated)
    if _SUFFIX.match(suffix):
        return UNKNOWN
    return "application/jsonl" if _ROW.match(head) else "text/plain"


def is_told_by_bytes(kind: str) -> bool:
    """Tell whether a media type is known by a file's first bytes, so that no name makes it another."""
    return kind in _TOLD_BY_BYTES


def in_words(kind: str) -> str:
    """Return what a media type is called, e.g. "a PDF", "a picture (image/png)"."""
    if kind in _WORDS:
        return _WORDS[kind]
    family = _FAMILIES.get(kind.partition("/")[0])
    return f"{family} ({kind})" if family else "of no known type"


def _binary(suffix: str, head: bytes) -> str | None:
    if head.startswith(_ZIP):
        return _ZIP_SUFFIXES.get(suffix, "application/zip")
    if head[4:8] == b"ftyp":
        return _HEIC if head[8:11] == b"hei" else _MP4
    if head[:4] == b"RIFF":
        return _WEBP if head[8:12] == b"WEBP" else _AVI
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
