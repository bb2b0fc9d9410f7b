"""Silver labels: what most answers hold is kept, what few hold is doubtful, and no words are stored."""

from pathlib import Path

import msgspec
import pytest
from training.pool import Plain, documents
from training.silver import ChangedText, Labels, chosen, digest, is_same, labelled, records, voters

from sayso.core.ports import Found
from sayso.core.spans import Span

MODEL = Path("src/sayso/language/model")
TEXT = "The ferry will sail again, the harbour master of Orle said on Friday. The quay is forty metres long."


def found(cue: tuple[int, int], content: tuple[int, int]) -> Found:
    return Found(cue=(Span(*cue),), content=(Span(*content),))


def test_what_is_surely_said_is_kept_with_its_spans_in_the_text() -> None:
    labels = labelled(Plain("own/1", TEXT), voters([MODEL]))
    (only,) = labels.attributions
    assert "".join(span.of(TEXT) for span in only.cue) == "said"
    assert "".join(span.of(TEXT) for span in only.source) == "the harbour master of Orle"
    assert labels.text_sha256 == digest(TEXT)


def test_a_cue_that_only_the_free_answer_holds_is_doubtful() -> None:
    texts = [f"The {who} {how} the {what} {when}." for who, how, what, when in _VAGUE]
    strict, free = voters([MODEL])
    text = " ".join(texts)
    more = [one for one in free.find(text) if not any(is_same(one, other) for other in strict.find(text))]
    assert more, "the sentences are not vague enough for this test"
    labels = labelled(Plain("own/2", text), [strict, free])
    assert {span for one in more for span in ((c.start, c.end) for c in one.cue)} <= set(labels.doubtful)


_VAGUE = (
    ("council", "backs", "new road", "to the coast"),
    ("mayor", "considered", "plan", "a poor one"),
    ("union", "is against", "closing of the yard", "this year"),
    ("envoy", "pointed to", "long delay", "at the border"),
    ("general", "is confident of", "victory of his side", "by spring"),
    ("families", "hope for", "return of the men", "soon"),
    ("minister", "described", "border as calm", "and the talks as useful"),
    ("court", "was told of", "beatings in the cells", "by two guards"),
)


def test_answers_are_one_where_cues_touch_and_contents_mostly_agree() -> None:
    assert is_same(found((30, 34), (0, 28)), found((30, 34), (2, 28)))
    assert not is_same(found((30, 34), (0, 28)), found((40, 44), (0, 28)))
    assert not is_same(found((30, 34), (0, 28)), found((30, 34), (0, 10)))


def test_no_document_of_the_open_set_is_labelled(shared: Path) -> None:
    names = {plain.name for plain in chosen(shared, releases=2000, seed=0)}
    assert "wikinews/wn2019-68" in {plain.name for plain in documents(shared)} - names


def test_a_text_that_was_changed_is_refused(shared: Path, tmp_path: Path) -> None:
    labels = Labels(name="wikinews/wn2019-0", text_sha256="0" * 64, attributions=(), doubtful=())
    path = tmp_path / "labels.jsonl"
    path.write_bytes(msgspec.json.encode(labels))
    with pytest.raises(ChangedText):
        list(records(path, shared))
