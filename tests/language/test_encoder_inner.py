"""The second look inside what somebody says, and how contents are widened around what it finds."""

from sayso.language.encoder.decode import Found, Thresholds, over_nested, repeats
from sayso.language.encoder.finder import EncoderFinder
from sayso.language.encoder.inner import moved, passages, with_missed
from sayso.language.encoder.pieces import Pieces
from sayso.language.encoder.windows import Prepared, prepare
from sayso.language.encoder.words import cut

SPECIAL = ["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[unused1]", "[unused2]", "[MASK]"]
TEXT = "“The envoy told us that ‘nobody fired’ and that the bridge stands,” the mayor said."


def ready(text: str) -> Prepared:
    return prepare(cut(text, frozenset()), Pieces(SPECIAL))


WORDS = ready("a b c d e f g h i j k l m n o p")
STOPPED = ready("a b c d e . g h i j k l m n o p")


def attribution(
    cue: tuple[int, int], *content: tuple[int, int], source: tuple[int, int] | None = None
) -> Found:
    return Found(score=0.9, cue=cue, source=(source,) if source else (), content=content)


def test_a_content_is_read_without_its_outer_marks_and_keeps_the_inner_ones() -> None:
    text = ready(TEXT)
    end = text.words.surface.index("stands") + 3
    said = text.words.surface.index("said")
    [passage] = passages(text, [attribution((said, said + 1), (0, end))])
    assert passage.begin == 1
    assert passage.text.words.surface[0] == "The"
    quoted = [
        w for w, inside in zip(passage.text.words.surface, passage.text.words.quoted, strict=True) if inside
    ]
    assert quoted[1:3] == ["nobody", "fired"]
    start = int(passage.text.words.start[0])
    assert TEXT[start : start + len("The envoy")] == "The envoy"


def test_a_content_without_a_word_of_speech_or_with_a_known_cue_alone_is_not_read_again() -> None:
    text = ready("The mayor said that the bridge over the river is closed for the whole of May.")
    said = attribution((2, 3), (4, len(text) - 1))
    assert list(passages(text, [said])) == []
    text = ready("The mayor said that the envoy said the bridge over the river is closed now.")
    both = [attribution((2, 3), (4, len(text) - 1)), attribution((6, 7), (7, len(text) - 1))]
    assert list(passages(text, both)) == []


def test_what_the_first_look_found_stands_and_a_cue_counts_once() -> None:
    first = [attribution((2, 3), (4, 20))]
    more = [attribution((0, 1), (1, 2)), attribution((0, 1), (2, 3))._replace(score=0.4)]
    moved_on = [moved(one, 6) for one in more] + [attribution((2, 3), (4, 9))]
    assert with_missed(first, moved_on) == [*first, attribution((6, 7), (7, 8))]


def test_a_content_reaches_as_far_as_what_stands_in_it() -> None:
    outer = attribution((1, 2), (3, 10), source=(0, 1))
    inner = attribution((5, 6), (7, 14), source=(4, 5))
    assert over_nested(WORDS, [outer, inner])[0].content == ((3, 14),)


def test_a_content_takes_in_the_noun_it_hangs_on() -> None:
    outer = attribution((2, 3), (5, 12), source=(0, 2))
    inner = attribution((3, 4), (5, 12))
    assert over_nested(WORDS, [outer, inner])[0].content == ((3, 12),)
    assert not repeats(outer, inner, Thresholds())


def test_a_gap_is_closed_around_whoever_is_cited_in_it_and_not_around_the_speaker() -> None:
    outer = attribution((1, 2), (2, 4), (7, 12), source=(0, 1))
    inner = attribution((5, 6), (7, 12), source=(4, 5))
    assert over_nested(WORDS, [outer, inner])[0].content == ((2, 12),)
    assert over_nested(STOPPED, [outer, inner])[0].content == outer.content
    split = attribution((5, 6), (0, 4), (7, 12), source=(4, 5))
    assert over_nested(WORDS, [split])[0].content == split.content


def test_the_second_look_finds_whom_a_speaker_quotes() -> None:
    text = (
        "“They told our engineers that the bridge had been mined, and the council has rejected the charge "
        "that we moved the stones,” the governor of Halm said on Monday."
    )
    cues = [text[span.start : span.end] for one in EncoderFinder().find(text) for span in one.cue]
    assert "said" in cues
    assert "told" in cues
