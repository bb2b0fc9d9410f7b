"""What people concluded about claims: each verdict with its reason and evidence, none ever erased."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select

from sayso.core.errors import BadInput, BadSpan
from sayso.core.ids import ClaimId
from sayso.core.records import Capture, Document, Evidence, Verdict
from sayso.ledger import index, ordered, schema


def verdicts(
    connection: Connection, claim: ClaimId | None = None, *, after: str | None = None
) -> Iterator[Verdict]:
    """Yield the verdicts on a claim or on all, superseded ones too, in the order in which they were made.

    `after` is the one before the first, as `ordered.bodies` takes it.
    """
    # The database leaves out what does not even name the claim; what it rests on is read from the record.
    naming = () if claim is None else (schema.records.c.body.contains(claim, autoescape=True),)
    for body in ordered.bodies(connection, Verdict, *naming, after=after):
        found = index.record(body, Verdict)
        if claim is None or found.claim == claim:
            yield found


def standing(made: Iterable[Verdict]) -> Verdict | None:
    """Return the verdict on one claim that no other supersedes; None where nobody concluded anything."""
    found = tuple(made)
    superseded = {one.supersedes for one in found}
    return next((one for one in found if one.id not in superseded), None)


def need_evidence(connection: Connection, evidence: Evidence) -> None:
    """Raise BadInput unless the case holds what a verdict is said to rest on."""
    hint = "evidence is a capture of this case, or words of a document that was read from it"
    records = schema.records.c
    wanted = select(records.body).where(
        records.id == evidence.capture, records.kind == Capture.__name__.lower()
    )
    if connection.execute(wanted.limit(1)).first() is None:
        raise BadInput("no-evidence", f"the case holds no capture {evidence.capture}", hint=hint)
    if evidence.document is None:
        if evidence.span is not None:
            raise BadInput("no-evidence", "words need the document that they stand in", hint=hint)
        return
    wanted = select(records.body).where(records.id == evidence.document)
    body = connection.execute(wanted.limit(1)).scalar()
    document = None if body is None else index.record(body, Document)
    if document is None or document.capture != evidence.capture:
        raise BadInput("no-evidence", f"{evidence.document} was not read from {evidence.capture}", hint=hint)
    if evidence.span is not None:
        try:
            evidence.span.of(document.text)
        except BadSpan as error:
            raise BadInput("no-evidence", error.message, hint=hint) from error
