"""A case is copied as a whole, from any database into any other, and the copy goes on where it stood."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.cases import changed, place_of

from sayso.case import Case
from sayso.cli.main import main
from sayso.core import settings
from sayso.core.errors import BadInput, NotACase, NotFound, Tampered
from sayso.core.records import Evidence
from sayso.core.views import Annotated, ClaimFilter, Passage

NOTES = {
    "ministry.txt": " date 2031-05-04 By Orvale Post\n\nThe Mereth army shelled the town of Lunde, the "
    "Orvale Defence Ministry said on Sunday. At least 12 civilians were killed.\n",
    "army.txt": " date 2031-05-06 By Mereth Herald\n\nThe Mereth army denied that it shelled the town of "
    'Lunde. "We fired no shell on Lunde," spokesman Tamas Ferrol said, the Mereth Herald reports.\n',
}
LATER = " date 2031-05-07 By Quillon Wire\n\nThe Mereth army denied again that it shelled Lunde.\n"
FEED = (
    '{"@type": "ClaimReview", "claimReviewed": "The Mereth army shelled Lunde.", "url": "https://x.example/1",'
    ' "author": {"name": "Lantern Check"}, "reviewRating": {"alternateName": "Unproven"}}'
)


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    """A case with something of everything in it."""
    monkeypatch.setenv("SAYSO_WORK_PROCESSES", "1")
    papers = tmp_path / "papers"
    papers.mkdir()
    for name, text in NOTES.items():
        (papers / name).write_text(text, encoding="utf-8")
    (tmp_path / "feed.json").write_text(FEED)
    with Case.init(tmp_path / "case", title="Lunde\0") as made:
        list(made.add([papers, tmp_path / "nothing.txt"]))
        list(made.import_reviews([tmp_path / "feed.json"]))
        made.link()
        page = next(made.documents())
        document, claim = page.document, page.claims[0].claim
        link = next(made.links())
        made.judge_link(link.link.id, "confirmed", by="Ada")
        left, right, *_ = made.parties()
        made.judge(left.id, right.id, "negative", by="Ada", reason="Two. \N{BRIDGE AT NIGHT}")
        evidence = Evidence(capture=document.capture, document=document.id, span=claim.content[0])
        made.conclude(claim.id, made.about().ratings[0], reason="Seen.", by="Ada", evidence=(evidence,))
        said = Passage(span=claim.content[0], words=claim.content[0].of(document.text))
        made.annotate(document.id, Annotated(content=(said,), act="report", voice="outlet"), by="Ben")
        made.save_search("Denials", ClaimFilter(act="deny"), by="Ben")
        # What was annotated is a claim too, that a published review may be about.
        made.link()
        made.report()
        settings_file = made.path / "case.toml"
        settings_file.write_text(
            "[limits]\nseconds = 31\n"
            + settings_file.read_text(encoding="utf-8")
            + "\n[work]\nprocesses = 1\n",
            encoding="utf-8",
        )
        yield made


def shown(case: Case) -> dict[str, object]:
    """Return what a case shows of everything."""
    return {
        "about": case.about(),
        "documents": list(case.documents()),
        "claims": list(case.claims()),
        "rows": case.claim_rows(),
        "facets": case.facets(),
        "links": list(case.links()),
        "parties": list(case.parties()),
        "reviews": list(case.reviews()),
        "verdicts": list(case.verdicts()),
        "annotations": list(case.annotations()),
        "searches": case.searches(),
        "judgements": [*case.judgements(), *case.link_judgements()],
        "log": list(case.log()),
        "found": [hit.document.id for hit in case.search("Lunde")],
        "outlets": case.outlets(),
        "problems": list(case.problems()),
    }


def test_a_copy_shows_the_same_verifies_and_goes_on(case: Case, tmp_path: Path, database: str) -> None:
    before = shown(case)
    with case.copy(tmp_path / "file") as copied:
        assert settings.load(copied.path / "case.toml", {}).ledger.namespace == ""
        assert shown(copied) == before
        assert copied.verify().findings == ()
        assert copied.settings.limits.seconds == 31
        assert copied.link() == 0
    if not database:
        return
    with Case(tmp_path / "file") as opened, opened.copy(tmp_path / "server", database=database) as there:
        assert settings.load(there.path / "case.toml", {}).ledger.namespace.startswith("sayso_server_")
        assert shown(there) == shown(opened)
        assert there.verify().findings == ()
        assert there.settings.limits.seconds == 31


def test_a_copy_and_its_case_have_nothing_in_common_afterwards(case: Case, tmp_path: Path) -> None:
    before = case.about()
    (tmp_path / "later.txt").write_text(LATER, encoding="utf-8")
    with case.copy(tmp_path / "copy") as copied:
        (added,) = copied.add([tmp_path / "later.txt"])
        assert added.outcome == "added"
        assert copied.link() > 0
        assert copied.verify().findings == ()
        assert copied.about().log_head != before.log_head
    assert case.about() == before


def test_a_copy_is_made_by_a_command(case: Case, tmp_path: Path) -> None:
    assert main(["copy", str(case.path), str(tmp_path / "copy")]) == 0
    with Case(tmp_path / "copy") as copied:
        assert copied.about() == case.about()


def test_no_copy_takes_the_place_of_a_case(case: Case, tmp_path: Path) -> None:
    with case.copy(tmp_path / "copy") as copied:
        before = copied.about()
    for taken in (tmp_path / "copy", case.path):
        with pytest.raises(BadInput, match=r"\(case-exists\)"):
            case.copy(taken)
    with Case(tmp_path / "copy") as copied:
        assert copied.about() == before


@pytest.mark.parametrize("taken", ["case.toml", "report.html", "nearest"])
def test_no_copy_takes_the_place_of_a_file(case: Case, tmp_path: Path, taken: str) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / taken).write_text("# mine\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"\(file-in-the-way\)"):
        case.copy(tmp_path / "copy")
    assert [path.name for path in (tmp_path / "copy").iterdir()] == [taken]
    assert (tmp_path / "copy" / taken).read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize("inside", ["sub", "captures/x", "nearest", "../case/sub"])
def test_no_case_is_copied_into_itself(case: Case, inside: str) -> None:
    with pytest.raises(BadInput, match=r"\(inside-case\)"):
        case.copy(case.path / inside)


def test_words_that_look_like_the_table_of_the_ledger_are_not_cut_out(case: Case, tmp_path: Path) -> None:
    settings_file = case.path / "case.toml"
    before = settings_file.read_text(encoding="utf-8")
    words = '[verdicts]\nratings = ["Seen", """Not\n[ledger]\nseen"""]\n'
    settings_file.write_text(f"{before}\n{words}", encoding="utf-8")
    with pytest.raises(BadInput, match=r"\(ledger-settled\)"):
        case.copy(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def lose_a_file(case: Case) -> None:
    next(path for path in (case.path / "captures").rglob("*") if path.is_file()).unlink()


def change_a_file(case: Case) -> None:
    next(path for path in (case.path / "captures").rglob("*") if path.is_file()).write_bytes(b"other")


def drop_a_table(case: Case) -> None:
    changed(place_of(case.path), "DROP TABLE stands")


class Harm(NamedTuple):
    done: Callable[[Case], None]
    error: type[Exception]


@pytest.mark.parametrize(
    "harm", [Harm(lose_a_file, NotFound), Harm(change_a_file, Tampered), Harm(drop_a_table, Tampered)]
)
def test_a_broken_case_is_not_copied_and_leaves_none_behind(case: Case, tmp_path: Path, harm: Harm) -> None:
    harm.done(case)
    with pytest.raises(harm.error):
        case.copy(tmp_path / "copy")
    with pytest.raises(NotACase):
        Case(tmp_path / "copy")


def test_a_copy_that_failed_is_made_where_it_was_to_be_once_the_case_is_mended(
    case: Case, tmp_path: Path
) -> None:
    lost = next(path for path in (case.path / "captures").rglob("*") if path.is_file())
    content = lost.read_bytes()
    lost.unlink()
    with pytest.raises(NotFound):
        case.copy(tmp_path / "copy")
    lost.write_bytes(content)
    with case.copy(tmp_path / "copy") as copied:
        assert copied.verify().findings == ()
