"""The stages in their order: one document in, its reading out; a stage that fails is a Problem."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from sayso.core import ids, plugins
from sayso.core import settings as all_settings
from sayso.core.errors import BadInput, BadPlugin
from sayso.core.ids import CaptureId
from sayso.core.ports import Stage
from sayso.core.reading import Reading
from sayso.core.records import Capture, Document, Problem, Record, Run
from sayso.core.settings import Settings
from sayso.core.version import __version__
from sayso.language.heads import head

_SURROGATE = re.compile("[\ud800-\udfff]")


def in_order(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Return stages so that each comes after those that give what it needs; raises BadPlugin for a circle."""
    waiting = sorted(stages, key=lambda stage: stage.name)
    ordered: list[Stage] = []
    while waiting:
        missing = {kind for stage in waiting for kind in stage.gives}
        ready = [stage for stage in waiting if not missing & set(stage.needs)]
        if not ready:
            names = ", ".join(stage.name for stage in waiting)
            raise BadPlugin(
                "stages-in-a-circle", f"each of these needs another: {names}", hint="uninstall one"
            )
        ordered.extend(ready)
        waiting = [stage for stage in waiting if stage not in ready]
    return tuple(ordered)


def run_of(settings: Settings) -> Run:
    """Return the Run that these settings make: every part with its version."""
    stages = plugins.stages()
    finder = plugins.finder(settings.extraction.finder)
    return Run(
        tool="sayso",
        version=__version__,
        model=finder.model,
        settings={
            "finder": finder.name,
            f"finder.{finder.name}": finder.version,
            **{f"stage.{stage.name}": stage.version for stage in stages},
        },
    )


def read_claims(document: Document, settings: Settings) -> Reading:
    """Run every installed stage over a document; each record carries the run."""
    run = run_of(settings)
    return through(in_order(plugins.stages()), Reading(document=document, run=run))


def through(stages: Sequence[Stage], reading: Reading) -> Reading:
    """Run stages over a reading. What a failing stage would have found is missing, and a Problem says so."""
    for stage in stages:
        try:
            found = [_with_run(one, reading.run) for one in stage(reading)]
        # The one broad except: a stage's fault is kept from the other stages.
        except Exception as error:  # noqa: BLE001 - see above
            found = [
                Problem(
                    code="stage-failed",
                    message=f"{stage.name} failed: {type(error).__name__}: {error}",
                    stage=stage.name,
                    document=reading.document.id,
                    hint="the rest of the document was read; please report this text",
                    run=reading.run.id,
                )
            ]
        reading = reading.plus(found)
    return reading


def _with_run(found: Any, run: Run) -> Any:  # noqa: ANN401 - a record or values; only records have a run
    if isinstance(found, Record) and getattr(found, "run", run.id) is None:
        return msgspec.structs.replace(found, run=run.id)
    return found


def extract(
    text: str,
    *,
    published: str | None = None,
    publisher: str | None = None,
    settings: Settings | None = None,
) -> Reading:
    """Read one text: who says what, and what is claimed.

    `published` is an ISO 8601 date; without it the day of a dateline in the text counts, as its byline does.
    Offsets in the reading are code points into `text` as given: half a surrogate pair is read as U+FFFD and
    is a Problem. It takes the time that the text needs; `sayso extract` and `Case.add` hold to the limits
    of the settings. Raises BadRecord for a date that is none, and BadInput for what is no text.
    """
    given: object = text
    if not isinstance(given, str):
        raise BadInput("bad-text", f"text is {type(given).__name__}", hint="decode bytes first")
    clean = _SURROGATE.sub("\ufffd", text)
    dateline = head(clean)
    capture = Capture(
        sha256=ids.text_sha256(clean), size=len(clean.encode()), origin="-", media_type="text/plain"
    )
    document = Document(
        capture=CaptureId(capture.id),
        text=clean,
        text_sha256=capture.sha256,
        byline=dateline.byline,
        publisher=publisher,
        published_at=published or dateline.published_at,
        reader="given",
    )
    reading = read_claims(document, settings or all_settings.load())
    if clean != text:
        lost = Problem(
            code="lone-surrogate",
            message="the text holds half a character; it is read as U+FFFD",
            stage="extract",
            document=document.id,
        )
        reading = reading.plus([lost])
    return reading
