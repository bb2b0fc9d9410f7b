"""Rewrite training articles: append a wire credit to sentences that already report somebody's words."""

from typing import Any

from training.phrases import REPORTS, Phrases


def whole_sentence(text: str, start: int, end: int) -> bool:
    """Say whether a range is a sentence without its full stop, or its stop is just outside."""
    before = text[:start].rstrip(" ")
    opens = not before or before[-1] in '.!?\n\u201d"'
    return opens and text[end : end + 1] == "." and "\n" not in text[start:end]


def with_wire_credits(record: dict[str, Any], p: Phrases, *, share: float = 0.35) -> dict[str, Any]:
    """Return a copy in which some sentences "X said Y." end in ", Z reports", their spans moved along."""
    text = record["text"]
    places: list[tuple[int, int]] = []
    for attribution in record["attributions"]:
        ends = [span for role in ("source", "cue", "content") for span in attribution[role]]
        if not attribution["cue"] or not attribution["content"]:
            continue
        start, end = min(s for s, _ in ends), max(e for _, e in ends)
        if whole_sentence(text, start, end) and p.chance(share):
            places.append((start, end))
    places = [(s, e) for s, e in sorted(set(places))]
    added: list[dict[str, Any]] = []
    told = [dict(a) for a in record["attributions"]]
    moved = 0
    last = -1
    for start, end in places:
        if start < last:
            continue
        last = end
        outlet, reports = p.outlet(), p.one(REPORTS)
        at = end + moved
        credit = f", {outlet} {reports}"
        text = text[:at] + credit + text[at:]
        told = [shifted(a, at, len(credit)) for a in told]
        added.append(
            {
                "source": [[at + 2, at + 2 + len(outlet)]],
                "cue": [[at + 3 + len(outlet), at + len(credit)]],
                "content": [[start + moved, at]],
            }
        )
        moved += len(credit)
    return {"doc_id": f"wire-{record['doc_id']}", "text": text, "attributions": told + added}


def shifted(attribution: dict[str, Any], at: int, by: int) -> dict[str, Any]:
    """Move the spans that lie behind `at`."""
    return {
        role: [[start + by * (start >= at), end + by * (end > at)] for start, end in attribution[role]]
        for role in ("source", "cue", "content")
    }
