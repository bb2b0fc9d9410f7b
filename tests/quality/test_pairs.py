"""The judged pairs are sound, and what is found between their places is counted rightly."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from quality import pairs
from quality.pairs import Judged, Outcome
from quality.pairs_found import Found
from quality.pairs_gold import RELATIONS, Gold, Pair, Place, Relation, gold

from sayso.case import Case
from sayso.core.records import Link, LinkKind
from sayso.core.spans import Span
from sayso.core.views import ClaimView, DocumentPage, LinkEnd, LinkView

LEFT, RIGHT = Place("a", (Span(0, 5),)), Place("b", (Span(0, 5),))
TEXTS = {
    "one.txt": "The council said that nine boats sank.\n",
    "two.txt": "Nine boats sank, the harbour master said.\n",
    "three.txt": "The owner said that no boat had sunk.\n",
}


def judged(
    relation: Relation, found: Relation, *, or_: Relation | None = None, turned: bool = False
) -> Judged:
    pair = Pair(id="invented/1", relation=relation, left=LEFT, right=RIGHT, why="", or_=or_)
    return Judged(pair, "plain", found, turned)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, DocumentPage]:
    folder = tmp_path_factory.mktemp("texts")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Case.init(tmp_path_factory.mktemp("case")) as case:
        for _ in case.add([folder]):
            pass
        return {page.head.origin: page for page in case.documents()}


def the_claim(page: DocumentPage) -> ClaimView:
    return next(claim for claim in page.claims if "sank" in claim.words or "sunk" in claim.words)


def place(pages: dict[str, DocumentPage], name: str) -> Place:
    return Place(name, the_claim(pages[name]).claim.content)


def link(kind: LinkKind, left: DocumentPage, right: DocumentPage) -> LinkView:
    def end(page: DocumentPage) -> LinkEnd:
        claim = the_claim(page)
        return LinkEnd(id=claim.claim.id, kind="claim", words=claim.words, speaker=None, document=page.head)

    one, other = end(left), end(right)
    record = Link(kind=kind, left=one.id, right=other.id, score=0.9, rule="invented", why="")
    return LinkView(link=record, left=one, right=other)


def test_every_place_of_a_pair_holds_whole_words() -> None:
    read = gold()
    for pair in read.pairs:
        for one in (pair.left, pair.right):
            for span in one.spans:
                words = span.of(read.words_of[one.text])
                assert words.strip() == words


def test_the_pairs_are_many_of_each_relation_with_ids_of_their_own() -> None:
    read = gold()
    counted = Counter(pair.relation for pair in read.pairs)
    assert all(counted[relation] >= 40 for relation in RELATIONS)
    assert len({pair.id for pair in read.pairs}) == len(read.pairs) >= 300


def test_texts_of_others_stand_in_the_pairs_by_digest_alone() -> None:
    assert all((text.words is None) != (text.sha256 is None) for text in gold().texts)


def test_a_file_holds_its_document_with_date_and_publisher() -> None:
    read = gold()
    files = read.files()
    assert len(files) == len(read.texts)
    assert b"publisher" in files["school-wire.jsonl"]
    assert b"2033-03-04" in files["school-wire.jsonl"]


def test_a_pair_is_right_as_the_reader_has_it_or_as_a_reader_may() -> None:
    assert judged("denies", "denies").is_right
    assert judged("denies", "conflicts", or_="conflicts").is_right
    assert not judged("denies", "conflicts").is_right
    assert not judged("denies", "denies", turned=True).is_right


def test_precision_counts_what_is_found_and_recall_what_is_wanted() -> None:
    seen = [judged("denies", "denies"), judged("same", "denies"), judged("denies", "unrelated")]
    assert pairs.precision(seen, "denies") == 0.5
    assert pairs.recall(seen, "denies") == 0.5
    assert pairs.precision(seen, "updates") == 1


def all_right() -> Iterator[Judged]:
    yield from (judged(relation, relation) for relation in RELATIONS)


def test_the_scores_of_a_reader_are_full() -> None:
    measures = list(pairs.measures(Outcome(judged=tuple(all_right()), within_events=1.0)))
    assert {one.value for one in measures} == {100}
    assert {"pairs macro F1", "pairs of plain texts macro F1"} <= {one.name for one in measures}


def test_a_denial_points_from_who_denies(pages: dict[str, DocumentPage]) -> None:
    found = Found(pages, [link("denies", pages["three.txt"], pages["one.txt"])])
    three, one = place(pages, "three.txt"), place(pages, "one.txt")
    assert [(linked.kind, linked.turned) for linked in found.between(three, one)] == [("denies", False)]
    assert [(linked.kind, linked.turned) for linked in found.between(one, three)] == [("denies", True)]


def test_a_link_to_one_of_a_group_is_a_link_to_each(pages: dict[str, DocumentPage]) -> None:
    links = [
        link("same", pages["two.txt"], pages["one.txt"]),
        link("denies", pages["three.txt"], pages["one.txt"]),
    ]
    found = Found(pages, links)
    between = found.between(place(pages, "three.txt"), place(pages, "two.txt"))
    assert [linked.kind for linked in between] == ["denies"]


def test_places_without_a_link_are_unrelated(pages: dict[str, DocumentPage]) -> None:
    found = Found(pages, [])
    assert list(found.between(place(pages, "one.txt"), place(pages, "two.txt"))) == []


def test_pairs_of_a_small_case_are_judged_through_the_whole_product() -> None:
    read = gold()
    texts = tuple(text for text in read.texts if text.event == "school")
    ids = {text.id for text in texts}
    few = Gold(
        pairs=tuple(pair for pair in read.pairs if pair.left.text in ids), texts=texts, words_of=read.words_of
    )
    result = pairs.outcome(few)
    assert [one.pair for one in result.judged] == list(few.pairs)
    assert 0 <= result.within_events <= 1


def test_a_pooled_text_that_changed_is_refused(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (shared / "data").is_dir()
    monkeypatch.setattr("quality.pairs_gold._pooled", lambda: {"hr17-syr": "another text"})
    with pytest.raises(ValueError, match="is not the one whose pairs were read"):
        gold()
