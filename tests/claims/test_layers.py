"""Voices within voices that a finder leaves flat, and passives of speech, by the spans of a finder."""

import time

import pytest

from sayso.claims.layers import with_layers
from sayso.claims.passives import with_subjects
from sayso.core.ports import Found
from sayso.core.spans import Span, Spans
from sayso.flow.pipeline import extract
from sayso.language.segments import Segments


def found(text: str, source: str, cue: str, content: str) -> Found:
    def spans(words: str) -> Spans:
        start = text.index(words)
        return (Span(start, start + len(words)),) if words else ()

    return Found(source=spans(source), cue=spans(cue), content=spans(content))


def told(text: str, one: Found) -> tuple[str, str, str]:
    source, cue, content = (
        " … ".join(span.of(text) for span in role) for role in (one.source, one.cue, one.content)
    )
    return source, cue, content


def layers(text: str, *given: Found) -> list[tuple[str, str, str]]:
    return [told(text, one) for one in with_layers(given, Segments(text))]


def passives(text: str, one: Found) -> tuple[str, str, str]:
    return told(text, with_subjects([one], Segments(text))[0])


def test_a_report_that_is_confirmed_holds_another_voice() -> None:
    text = "The mission confirmed earlier reports that the dam had burst."
    flat = found(text, "The mission", "confirmed earlier reports", "the dam had burst")
    assert layers(text, flat) == [
        ("The mission", "confirmed", "earlier reports that the dam had burst"),
        ("", "reports", "the dam had burst"),
    ]


def test_charges_that_are_denied_belong_to_whom_the_words_before_them_name() -> None:
    text = "Ordania has denied Keldovia's charges that it moved the border."
    flat = found(text, "Ordania", "has denied", "Keldovia's charges that it moved the border")
    assert layers(text, flat)[1] == ("Keldovia's", "charges", "it moved the border")


def test_a_verb_that_looks_like_a_noun_of_speech_makes_no_layer() -> None:
    text = "The mayor said he claims that the road is safe."
    flat = found(text, "The mayor", "said", "he claims that the road is safe")
    assert layers(text, flat) == [told(text, flat)]


def test_a_content_goes_on_into_a_last_clause_that_another_voice_fills() -> None:
    text = "The judge said the right to hold him lapsed, when the high court ordered a halt."
    outer = found(text, "The judge", "said", "the right to hold him lapsed")
    inner = found(text, "the high court", "ordered", "a halt")
    assert layers(text, outer, inner)[0][2] == text.removeprefix("The judge said ").removesuffix(".")


def test_what_stands_against_a_content_is_no_part_of_it() -> None:
    text = "The judge said the ban had lapsed, while the high court ordered a halt."
    outer = found(text, "The judge", "said", "the ban had lapsed")
    inner = found(text, "the high court", "ordered", "a halt")
    assert layers(text, outer, inner)[0][2] == "the ban had lapsed"


def test_the_source_of_a_credit_is_no_part_of_what_is_said() -> None:
    text = "Both agreed that work must go on, the release said."
    outer = found(text, "the release", "said", "Both agreed that work must go on")
    inner = found(text, "Both", "agreed", "work must go on, the release")
    assert ("Both", "agreed", "work must go on") in layers(text, outer, inner)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "read"),
    [
        (
            "Ada Brenn is also accused of hiding the letters.", "Ada Brenn", "is also accused",
            "of hiding the letters", ("", "is also accused", "Ada Brenn … of hiding the letters"),
        ),
        ("I was told that he left.", "I", "was told", "he left", ("", "was told", "he left")),
        (
            "The mayor is determined that it ends.", "The mayor", "is determined", "it ends",
            ("The mayor", "is determined", "it ends"),
        ),
        ("Ada Brenn accused them of it.", "Ada Brenn", "accused", "them of it",
         ("Ada Brenn", "accused", "them of it")),
        ("It was reported that he left.", "It", "was reported", "he left", ("It", "was reported", "he left")),
    ],
)  # fmt: skip
def test_who_is_accused_does_not_speak(
    text: str, source: str, cue: str, content: str, read: tuple[str, str, str]
) -> None:
    assert passives(text, found(text, source, cue, content)) == read


def test_many_attributions_are_layered_in_linear_time() -> None:
    def seconds(times: int) -> float:
        sentence = "Ordania denied Keldovia's charges that it fired. "
        text = sentence * times
        given = []
        for number in range(times):
            at = number * len(sentence)
            spans = [(0, 7), (8, 14), (15, len(sentence) - 2)]
            source, cue, content = ((Span(at + a, at + b),) for a, b in spans)
            given.append(Found(source=source, cue=cue, content=content))
        segments = Segments(text)
        assert segments.tokens
        began = time.process_time()
        with_layers(given, segments)
        return time.process_time() - began

    assert seconds(800) < 20 * seconds(100) + 0.5


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        (
            'Ordania complained. One of these "news" is that Ordania fired at Lind, Ada Brenn said.',
            "news", "Ordania fired at Lind",
        ),
        ("Another claim is that Ordania shelled Lind, Ada Brenn said.", "claim", "Ordania shelled Lind"),
        ("Ada Brenn said: “The claim is that it rained.”", "claim", "it rained."),
    ],
)  # fmt: skip
def test_what_a_noun_is_said_to_be_is_told_by_it(text: str, cue: str, content: str) -> None:
    told = {
        (" ".join(s.of(text) for s in one.cue), " ".join(s.of(text) for s in one.content))
        for one in extract(text).attributions
    }
    assert (cue, content) in told


def test_good_news_is_told_by_whoever_tells_it() -> None:
    reading = extract('Ada Brenn said: "The good news is that nobody died."')
    assert [one.speaker and one.speaker.name for one in reading.attributions] == ["Ada Brenn"]


def test_a_participle_beside_a_noun_is_a_claim_of_its_own() -> None:
    text = "Ordania, being against any talks, began to shell Lind on Monday, Ada Brenn said."
    held = [one for one in extract(text).claims if one.embedded == "adverbial"]
    assert [" ".join(s.of(text) for s in one.content) for one in held] == ["Ordania, being against any talks"]
