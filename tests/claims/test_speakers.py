"""Who a source phrase means, given where it stands."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claims.parties import PartyStage
from sayso.claims.speakers import Speakers
from sayso.core import ids
from sayso.core.ids import CaptureId
from sayso.core.reading import Reading
from sayso.core.records import Attribution, Document, Run, Speaker, Voice
from sayso.core.spans import Span, Spans
from sayso.flow.pipeline import extract


class Asked:
    """The speakers of one text, asked by the words of the sources."""

    def __init__(self, text: str, publisher: str | None = None) -> None:
        self.text = text
        document = Document(
            capture=CaptureId("cap_test"),
            text=text,
            text_sha256=ids.text_sha256(text),
            publisher=publisher,
            reader="test",
        )
        reading = Reading(document=document, run=Run(tool="test", version="1"))
        self.document = document
        self.speakers = Speakers(reading.plus(PartyStage()(reading)))
        self.at = 0

    def _span(self, words: str) -> Span:
        found = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(self.text, self.at)
        assert found is not None
        self.at = found.end()
        return Span(found.start(), found.end())

    def cited(self, words: str) -> Speaker | None:
        span = self._span(words)
        return self.speakers.cited((span,), span.start, speaks_on=True)

    def nested(self, words: str, outer: Speaker | None, voice: Voice = "indirect") -> Speaker | None:
        span = self._span(words)
        whole: Spans = (Span(0, len(self.text)),)
        held = Attribution(document=self.document.id, content=whole, voice=voice, speaker=outer)
        return self.speakers.nested((span,), span.start, held)


def name_of(speaker: Speaker | None) -> str | None:
    return None if speaker is None else speaker.name


def test_a_surname_is_the_person_introduced_before() -> None:
    asked = Asked("Foreign Minister Ada Brenn came to Halm. On Monday Brenn denied it.")
    asked.cited("Ada Brenn")
    assert name_of(asked.cited("Brenn")) == "Ada Brenn"


@pytest.mark.parametrize(
    "source",
    [
        "spokesperson Ada Brenn",
        "Ordanian Ambassador to Calvaria Ada Brenn",
        "the mayor's brother, Ada Brenn",
        "the chief of the press office of the Defence Ministry Ada Brenn",
        "a tweet on Monday by Foreign Minister Ada Brenn",
        "Ada Brenn, the mayor of Halm",
        "In Halm, her colleague, teacher Ada Brenn",
    ],
)
def test_a_person_is_found_in_a_phrase(source: str) -> None:
    asked = Asked(f"Calvaria and Ordania met. It was false, according to {source}. Ada Brenn left.")
    assert name_of(asked.cited(source)) == "Ada Brenn"


@pytest.mark.parametrize(
    "source",
    [
        "Brenn’s lawyer",
        "an aide to Ada Brenn",
        "three Ordanian officials",
        "engineers consulted by the Halm Courier",
    ],
)
def test_somebody_near_a_name_is_unnamed(source: str) -> None:
    asked = Asked(f"Minister Ada Brenn spoke. It was false, {source} said. Ordania denied it.")
    speaker = asked.cited(source)
    assert speaker is not None
    assert speaker.party is None


@pytest.mark.parametrize("source", ["groundless", "statements of high", "of the", "(", "illegal", "that"])
def test_words_that_can_be_nobody_are_left_open_or_cut(source: str) -> None:
    asked = Asked(f"The council met. It called them {source}-ranking, and left.")
    assert name_of(asked.cited(source)) in {None, "statements"}


def test_a_role_is_the_last_person_who_was_called_so() -> None:
    asked = Asked(
        "Ordanian Foreign Minister Ada Brenn met Defence Minister Jan Olt. "
        "The foreign minister said no. The defence minister said yes. The general slept."
    )
    assert name_of(asked.cited("The foreign minister")) == "Ada Brenn"
    assert name_of(asked.cited("The defence minister")) == "Jan Olt"
    assert name_of(asked.cited("The general")) == "general"


def test_a_role_of_somebody_else_is_not_the_last_person_of_that_role() -> None:
    asked = Asked("Ordanian President Ada Brenn came. The Calvarian president said no.")
    speaker = asked.cited("The Calvarian president")
    assert name_of(speaker) != "Ada Brenn"


def test_pronouns_agree_with_titles() -> None:
    asked = Asked("Mr Jan Olt left. Ms Ada Brenn met him. He said no. She said yes.")
    assert name_of(asked.cited("Ms Ada Brenn")) == "Ada Brenn"
    assert name_of(asked.cited("He")) == "Jan Olt"
    assert name_of(asked.cited("She")) == "Ada Brenn"


def test_it_is_a_body_and_they_are_many() -> None:
    asked = Asked("The Truce Mission said no. It said more. Witnesses said yes. They said more.")
    asked.cited("The Truce Mission")
    assert name_of(asked.cited("It")) == "Truce Mission"
    asked.cited("Witnesses")
    assert name_of(asked.cited("They")) == "witnesses"


def test_a_third_person_in_somebodys_own_words_is_somebody_else() -> None:
    asked = Asked("“He knew it,” Jan Olt said.")
    outer = Speaker(name="Jan Olt", basis="stated")
    assert asked.nested("He", outer, "direct") is None


def test_first_persons_are_the_outer_voice_then_the_turn_then_the_issuer() -> None:
    outer = Speaker(name="Jan Olt", basis="stated")
    assert name_of(Asked("“We deny it,” Jan Olt said.").nested("We", outer, "direct")) == "Jan Olt"
    turns = Asked("Minister Ada Brenn took questions.\n\nQUESTION: I doubt it.\n\nMS BRENN: I deny it.")
    assert turns.cited("I") is None
    assert name_of(turns.cited("I")) == "Ada Brenn"
    issued = Asked("We deny it.", "Ministry of Trade of Ordania")
    assert name_of(issued.cited("We")) == "Ministry of Trade of Ordania"


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("Statement of the Ministry of Trade of Ordania on the port", "Ministry of Trade of Ordania"),
        ("Appeal of the Upland Council to the peoples", "Upland Council"),
        ("To the garrison, from the Upland Council", "Upland Council"),
        ("To both governments, from forty teachers of the valley", "forty teachers of the valley"),
        ("Border Guard Service of Ordania", "Border Guard Service of Ordania"),
    ],
)
def test_a_heading_tells_who_issues_a_document(head: str, issuer: str) -> None:
    asked = Asked(f"{head}\n\nThe port was closed on Monday. We deny every report of it.")
    assert name_of(asked.cited("We")) == issuer


def test_a_signature_tells_who_i_is() -> None:
    text = "Letter to the Assembly\n\nI have the honour to deny it.\n\n(Signed) Ada Brenn"
    assert name_of(Asked(text).cited("I")) == "Ada Brenn"


def test_a_seat_of_government_speaks_for_its_state() -> None:
    asked = Asked("On Monday Ankara denied it. The Kremlin said no. Brussels said yes.")
    speakers = [asked.cited(seat) for seat in ("Ankara", "The Kremlin", "Brussels")]
    assert [name_of(one) for one in speakers] == ["Turkey", "Russia", "European Union"]
    assert all(one is not None and one.party and one.basis == "inferred" for one in speakers)


def test_a_side_and_a_government_are_the_state_but_its_ministry_is_not() -> None:
    asked = Asked(
        "On Monday Ordania and Calvaria met. The Ordanian side said no. The Government of Calvaria said yes. "
        "The Ordanian defence ministry was silent."
    )
    assert name_of(asked.cited("The Ordanian side")) == "Ordania"
    assert name_of(asked.cited("The Government of Calvaria")) == "Calvaria"
    assert name_of(asked.cited("The Ordanian defence ministry")) == "Ordanian defence ministry"


def test_the_ministry_is_the_last_one_so_named() -> None:
    asked = Asked("The Ordanian Defence Ministry said no. The ministry said more. The Ministry said all.")
    asked.cited("The Ordanian Defence Ministry")
    assert name_of(asked.cited("The ministry")) == "Ordanian Defence Ministry"
    assert name_of(asked.cited("The Ministry")) == "Ordanian Defence Ministry"


def test_a_relative_pronoun_is_who_stands_before_it() -> None:
    asked = Asked(
        "On Monday Minister Ada Brenn, 48, who had left, denied it. The sergeant of the Guard who ran"
    )
    assert name_of(asked.cited("who")) == "Ada Brenn"
    assert asked.cited("who") is None


def test_hearsay_is_left_to_nobody_and_a_passive_to_the_issuer() -> None:
    asked = Asked("It is reported that he left. It was noted that he stayed.", "Ministry of Trade of Ordania")
    assert asked.speakers.cited((), 0, speaks_on=True) is None
    speaker = asked.speakers.cited((), asked.text.index("It was"), speaks_on=True)
    assert name_of(speaker) == "Ministry of Trade of Ordania"
    assert speaker is not None
    assert speaker.basis == "carried over"


_SENTENCES = (
    "Foreign Minister Ada Brenn of Ordania spoke.",
    "The Ordanian Defence Ministry said no.",
    "He said the Calvarian side had lied.",
    "The minister said more.",
    "It was noted that Calvaria fired.",
    "Jan Olt, the mayor of Halm, agreed.",
    "“We deny it,” the ministry said.",
)


@given(st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=6))
def test_exchanging_two_states_exchanges_the_speakers(sentences: list[str]) -> None:
    def swapped(text: str) -> str:
        return text.replace("Ordani", "#").replace("Calvari", "Ordani").replace("#", "Calvari")

    text = " ".join(sentences)
    found, other = Asked(text), Asked(swapped(text))
    for source in (
        "The minister",
        "The Ordanian Defence Ministry",
        "He",
        "the Calvarian side",
        "the ministry",
    ):
        if source in text:
            found.at = other.at = 0
            left, right = found.cited(source), other.cited(swapped(source))
            assert (left is None) == (right is None)
            assert swapped(name_of(left) or "") == (name_of(right) or "")
            assert left is None or right is None or left.basis == right.basis


def test_time_is_linear_in_the_names_of_a_text() -> None:
    def seconds(text: str) -> float:
        begun = time.perf_counter()
        asked = Asked(text)
        for at in range(0, len(text) - 40, len(text) // 200):
            asked.speakers.cited((Span(at, at + 40),), at, speaks_on=True)
        return time.perf_counter() - begun

    for unit in (
        "Ada{0} Brenn said the government fled. ",
        "Ministry of ",
        "U.S. ",
        "Ada & ",
        "Ada Brenn, who, ",
    ):
        short = "".join(unit.format(chr(97 + i % 26) * (i % 9)) for i in range(2_000))
        long = "".join(unit.format(chr(97 + i % 26) * (i % 9)) for i in range(16_000))
        assert seconds(long) < 40 * max(seconds(short), 0.02)


def test_who_is_brought_in_without_a_name_is_the_one_named_afterwards() -> None:
    asked = Asked("A judge ruled it void. The court sat late. But the judge, Ada Brenn, said more.")
    assert name_of(asked.cited("A judge")) == "Ada Brenn"


def test_an_outlet_brought_in_by_its_country_is_the_one_named_with_it() -> None:
    text = "An Ordanian newspaper said so. The Ordanian newspaper Northwire says more. A Keldovian newspaper?"
    asked = Asked(text.replace("Ordanian", "Aruban").replace("Keldovian", "Cuban"))
    assert name_of(asked.cited("An Aruban newspaper")) == "Northwire"
    assert name_of(asked.cited("A Cuban newspaper")) == "Cuban newspaper"


def test_a_pronoun_takes_up_whom_a_sentence_begins_with_and_only_describes() -> None:
    asked = Asked("Ada Brenn came on Monday. The head of the patrol was wounded. He said nothing.")
    asked.cited("Ada Brenn")
    assert name_of(asked.cited("He")) == "head of the patrol"


def test_a_titled_person_is_the_subject_behind_the_name_of_the_country() -> None:
    asked = Asked("Mira Dovan spoke. Ordanian prime minister Ada Brenn travelled there. She added little.")
    asked.cited("Mira Dovan")
    assert name_of(asked.cited("She")) == "Ada Brenn"


def test_the_government_is_the_only_one_that_a_text_names() -> None:
    asked = Asked("Aruba and Cuba met. The government agreed, the Cuban government said.")
    assert name_of(asked.cited("The government")) == "Cuba"


def test_examples_behind_a_description_are_not_who_is_described() -> None:
    asked = Asked("It was condemned by the neighbours, including Ada Brenn, Mira Dovan and others.")
    assert name_of(asked.cited("the neighbours, including Ada Brenn, Mira Dovan and others")) != "Mira Dovan"


def test_a_commander_behind_the_name_of_his_force_is_the_person() -> None:
    asked = Asked("The Joint Relief Force Commander, Lt. Gen. Ada J. Brenn, said it ends.")
    assert name_of(asked.cited("The Joint Relief Force Commander, Lt. Gen. Ada J. Brenn")) == "Ada J. Brenn"


def test_a_capital_speaks_for_the_state_that_the_text_gives_it() -> None:
    asked = Asked("Crowds met in Halm, the capital of Ordania. Halm said the road was shut.")
    asked.at = asked.text.index(". Halm")
    assert name_of(asked.cited("Halm")) == "Ordania"


def test_the_other_side_is_the_other_of_two() -> None:
    asked = Asked("Ordania and Keldovia met. Ordania said it had won. The other side said so too.")
    asked.cited("Ordania")
    asked.cited("Ordania")
    assert name_of(asked.cited("The other side")) == "Keldovia"


def test_the_other_side_of_three_is_nobody_named() -> None:
    asked = Asked("Ordania, Vesland and Keldovia met. Ordania said it had won. The other side said so too.")
    asked.cited("Ordania")
    assert name_of(asked.cited("The other side")) == "other side"


def test_foreign_media_are_not_their_country() -> None:
    asked = Asked("She called an Aruban media report absurd.")
    assert name_of(asked.cited("an Aruban media report")) != "Aruba"


@pytest.mark.parametrize(
    ("named", "noun", "speaker"),
    [
        ("the Red Crescent", "court", "court"),
        ("the Red Crescent", "union", "union"),
        ("the Supreme Court", "court", "Supreme Court"),
        ("ECOR", "commission", "ECOR"),
        ("the Orvik Relief Society", "group", "Orvik Relief Society"),
    ],
)
def test_a_body_of_another_kind_is_not_the_one_named_before(named: str, noun: str, speaker: str) -> None:
    reading = extract(f"The bridge fell, {named} said. The strike was lawful, the {noun} said.")
    told = reading.attributions[-1].speaker
    assert told is not None
    assert told.name == speaker
