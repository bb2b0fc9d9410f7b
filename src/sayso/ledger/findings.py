"""What `verify` says, in words that can be printed whatever the bytes in the ledger are."""

from sayso.core.views import Finding


def finding(code: str, message: str, where: object) -> Finding:
    """Return a finding; bytes that are no UTF-8 are shown as question marks."""
    return Finding(code=code, message=_printable(message), where=_printable(str(where)))


def _printable(words: str) -> str:
    return words.encode("utf-8", "replace").decode()
