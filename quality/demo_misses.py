"""What of the bundled case is not as a reader has it."""

from collections.abc import Iterator

import msgspec

from quality.demo_case import Matched, Score, is_cited, nearest
from quality.demo_gold import Snippet
from sayso.core.spans import words


class Miss(msgspec.Struct, frozen=True):
    """Something that is not as a reader has it."""

    kind: str
    file: str  # or the line of a file that holds several documents
    words: str
    note: str


def misses(score: Score) -> Iterator[Miss]:
    """Yield all misses, the gravest kinds first: words in the wrong mouth."""
    yield from _wrong_voices(score)
    yield from _missed_rows(score)
    yield from _wrong_attributions(score)
    yield from _missed_links(score)
    yield from _wrong_links(score)
    yield from _wrong_stands(score)


def _wrong_voices(score: Score) -> Iterator[Miss]:
    for one in score.cited:
        if not one.speaker_is_right:
            yield _miss("wrong speaker", one, f"not {one.speaker} but {one.row.speaker}")
    for one in score.cited:
        if not one.source_is_right:
            found = words(one.attribution.source, one.text)
            yield _miss("wrong source", one, f"not {found!r} but {_said(one.row.source)!r}")
    for one, right in score.nestings():
        if not right:
            yield _miss("wrong nesting", one, f"expected within {one.row.within}")


def _missed_rows(score: Score) -> Iterator[Miss]:
    had = {one.row.id for one in score.found}
    for row in score.gold.rows:
        if row.id in had:
            continue
        page = score.pages[row.key]
        claim = nearest(row, page.claims, page.document.text)
        found = "nothing" if claim is None else f"{claim.voice}, {claim.speaker}: {claim.words!r}"
        wanted = f"{_said(row.source) or row.voice}, {_said(row.cue) or 'no cue'}"
        kind = "missed attribution" if row.cited else "missed own voice"
        yield Miss(kind, row.part or row.file, _said(row.content), f"of {wanted}; found {found}")


def _wrong_attributions(score: Score) -> Iterator[Miss]:
    had = {one.attribution.id for one in score.cited}
    for (file, part), page in score.pages.items():
        text = page.document.text
        for one in page.attributions:
            if is_cited(one) and one.id not in had:
                by = f"by {words(one.source, text) or one.voice}, {words(one.cue, text) or 'no cue'}"
                yield Miss("wrong attribution", part or file, words(one.content, text), by)


def _missed_links(score: Score) -> Iterator[Miss]:
    for pair in score.gold.pairs:
        if not score.links.finds(pair):
            other = f"{pair.right.file}: {_said(pair.right.words)!r} ({pair.why})"
            yield Miss(f"missed {pair.kind}", pair.left.file, _said(pair.left.words), other)


def _wrong_links(score: Score) -> Iterator[Miss]:
    for link in score.telling:
        if not score.links.supports(link):
            other = f"{link.right.document.origin}: {link.right.words!r} ({link.link.why})"
            yield Miss(f"wrong {link.link.kind}", link.left.document.origin, link.left.words, other)


def _wrong_stands(score: Score) -> Iterator[Miss]:
    for one in score.found:
        if not one.polarity_is_right:
            yield _miss("wrong polarity", one, _stand(one))
    for one in score.found:
        if not one.act_is_right:
            yield _miss("wrong act", one, _stand(one))


def _stand(one: Matched) -> str:
    wanted = f"{one.row.act} {one.row.polarity}"
    if one.claim is None:
        return f"no claim, but {wanted}"
    return f"not {one.claim.claim.act} {one.claim.claim.polarity} but {wanted}"


def _miss(kind: str, one: Matched, note: str) -> Miss:
    return Miss(kind, one.row.part or one.row.file, _said(one.row.content), note)


def _said(snippets: tuple[Snippet, ...]) -> str:
    return " … ".join(said for said, _ in snippets)
