"""What a person reads in a document is recorded from the terminal, and taken back."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.cases import copied_case

from sayso.case import Case

Typed = Callable[..., Any]  # see conftest: gives code, out and err

PAPER = (
    "Brenna, 3 May 2031. 🚒 The harbour master of Brenna wrote about the fire in a letter.\n"
    "The quay was shut by the harbour office. The quay was shut again at night.\n"
)


class Annotating(NamedTuple):
    folder: Path
    document: str
    typed: Typed

    def __call__(self, *words: str) -> Any:  # noqa: ANN401 - what `typed` gives
        return self.typed("annotate", self.folder, self.document, *words, "--by", "Ada")


@pytest.fixture
def annotate(typed: Typed, tmp_path: Path) -> Annotating:
    paper = tmp_path / "paper.txt"
    paper.write_text(PAPER, encoding="utf-8")
    with Case.init(tmp_path / "case") as case:
        (added,) = case.add([paper])
    return Annotating(tmp_path / "case", added.ids[0], typed)


def standing(folder: Path) -> dict[str, tuple[str, str | None]]:
    with Case(folder) as case:
        return {view.claim.id: (view.words, view.speaker) for view in case.claims()}


def test_a_claim_is_added_by_its_words_or_by_their_place_in_code_points(annotate: Annotating) -> None:
    with Case(annotate.folder) as case:
        text = case.document(annotate.document).document.text
    words = "wrote about the fire"
    by_words = annotate(words, "--source", "The harbour master of Brenna", "--act", "report")
    assert by_words.code == 0
    assert "is added, says Ada" in by_words.err
    assert (words, "The harbour master of Brenna") in standing(annotate.folder).values()
    start = text.rindex("The quay was shut")
    by_place = annotate(f"{start}-{start + len('The quay was shut')}", "--speaker", "the harbour office")
    assert by_place.code == 0
    assert ("The quay was shut", "the harbour office") in standing(annotate.folder).values()
    assert annotate.typed("verify", annotate.folder).code == 0


def test_words_that_look_like_a_place_are_asked_for_by_a_place(typed: Typed, tmp_path: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("The mayor of Brenna wrote of a loss of 1-3 on Monday, in a letter.\n", encoding="utf-8")
    with Case.init(tmp_path / "case") as case:
        (added,) = case.add([paper])
        text = case.document(added.ids[0]).document.text
    annotate = Annotating(tmp_path / "case", added.ids[0], typed)
    refused = annotate("1-3", "--voice", "outlet")
    start = text.index("1-3")
    assert (refused.code, "words-or-place" in refused.err) == (2, True)
    assert f"@{start}-{start + 3}" in " ".join(refused.err.split())
    for place in ("@1-3", f"@{start}-{start + 3}"):
        assert annotate(place, "--voice", "outlet").code == 0
    assert {"he", "1-3"} <= {words for words, _ in standing(tmp_path / "case").values()}


def test_a_claim_is_corrected_taken_out_and_brought_back(annotate: Annotating) -> None:
    before = standing(annotate.folder)
    (made,) = annotate("in a letter", "--voice", "outlet", "--json").out.splitlines()
    added = json.loads(made)["claim"]
    (made,) = annotate(
        "a letter", "--voice", "outlet", "--replaces", added[:14], "--reason", "Shorter.", "--json"
    ).out.splitlines()
    corrected = json.loads(made)
    assert (corrected["replaces"], corrected["reason"]) == (added, "Shorter.")
    (made,) = annotate("--no-claim", corrected["claim"], "--json").out.splitlines()
    assert standing(annotate.folder) == before
    listed = annotate.typed("annotations", annotate.folder).out
    out = json.loads(made)["id"]
    assert out[4:14] in listed
    told = annotate.typed("take-back", annotate.folder, out[4:14], "--by", "Ben")
    assert told.code == 0
    assert "is added, says Ben" in told.err
    assert standing(annotate.folder).keys() - before.keys() == {corrected["claim"]}
    again = annotate.typed("take-back", annotate.folder, out, "--by", "Ben")
    assert (again.code, "not-the-last" in again.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("The quay was shut",), "several-places"),
        (("The pier was shut",), "not-in-text"),
        (("",), "not-in-text"),
        (("9-3",), "bad-place"),
        (("3-99999",), "bad-place"),
        (("@9-3",), "bad-place"),
        ((f"3-{'9' * 10_000}",), "not-in-text"),
        (("٣-٤",), "not-in-text"),
        ((), "give the WORDS"),
        (("a letter", "--no-claim", "clm_0"), "give the WORDS"),
        (("--no-claim", "clm_0", "--speaker", "Ada"), "leave out whose words"),
        (("--no-claim", "clm_0"), "no-claim"),
        (("a letter", "--voice", "direct"), "nobody-cited"),
        (("a letter", "--voice", "outlet", "--speaker", "Ada"), "own-voice"),
    ],
)
def test_what_cannot_be_annotated_is_said_and_nothing_is_recorded(
    annotate: Annotating, words: tuple[str, ...], told: str
) -> None:
    ended = annotate(*words)
    assert ended.code in {2, 3}
    assert told in " ".join(ended.err.split())
    assert annotate.typed("annotations", annotate.folder, "--json").out == ""


def test_all_suggestions_of_a_kind_are_judged_at_once(typed: Typed, demo_case: Path, tmp_path: Path) -> None:
    folder = copied_case(demo_case, tmp_path / "case")
    denied = [
        json.loads(line) for line in typed("claims", folder, "--has", "denies", "--json").out.splitlines()
    ]
    ids = [view["claim"]["id"] for view in denied]
    links = typed("links", folder, "--kind", "denies", "--json").out.splitlines()
    ended = typed("judge", folder, *ids, "--suggested", "denies", "--confirm", "--by", "Ada")
    assert ended.code == 0
    assert f"{len(links)} links of kind denies confirmed, says Ada" in ended.err
    again = typed("judge", folder, *ids, "--suggested", "denies", "--reject", "--by", "Ada", "--json")
    assert json.loads(again.out) == {"judged": 0}
    assert len(typed("judgements", folder, "--links", "--json").out.splitlines()) == len(links)
    for said, told in (("--same", "say --confirm or --reject"), ("--take-back", "not-judged")):
        refused = typed("judge", folder, ids[0], "--suggested", "denies", said, "--by", "Ada")
        assert (refused.code, told in refused.err) == (2, True)
