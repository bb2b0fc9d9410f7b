"""What a person does with a case: make it, fill it, look into it, trust it."""

import importlib
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cases import by_hand, place_of

import sayso
from sayso.case import Case
from sayso.core import plugins
from sayso.core.errors import BadInput, NotACase, NotFound
from sayso.core.spans import Span
from sayso.core.views import Annotated, ClaimFilter, LinkFilter, Passage

NOTES = {
    "ministry.txt": " date 2031-05-04 By Orvale Defence Ministry\n\nThe Mereth army shelled the town of "
    "Lunde, the Orvale Defence Ministry said on Sunday. At least 12 civilians were killed.\n",
    "army.txt": " date 2031-05-06 By Mereth Herald\n\nThe Mereth army denied that it shelled the town of "
    'Lunde. "We fired no shell on Lunde," spokesman Tamas Ferrol said, the Mereth Herald reports.\n',
    "wire.txt": " date 2031-05-05 By Quillon Wire\n\nThe Mereth army shelled the town of Lunde, the Orvale "
    "Defence Ministry said on Sunday. At least 12 civilians were killed.\n\n🌉 The bridge was closed.\n",
    "undated.txt": "Observers said that 15 civilians were killed in Lunde. The road was open.\n",
}


@pytest.fixture(autouse=True)
def _one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_WORK_PROCESSES", "1")


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder with four texts."""
    folder = tmp_path / "notes"
    folder.mkdir()
    for name, text in NOTES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def case(tmp_path: Path, notes: Path) -> Iterator[Case]:
    """A case with the four texts, linked."""
    with Case.init(tmp_path / "case", title="The Lunde shelling") as made:
        assert [added.outcome for added in made.add([notes])] == ["added"] * len(NOTES)
        made.link()
        yield made


def stored(case: Case) -> set[tuple[str, ...]]:
    """Every record of a case with its digest, whatever log entry brought it."""
    with by_hand(place_of(case.path)) as connection:
        rows = connection.exec_driver_sql("SELECT id, document, kind, digest FROM records")
        return {tuple(row) for row in rows}


def test_a_case_is_a_folder_that_can_be_opened_again(case: Case) -> None:
    with Case(case.path) as again:
        assert list(again.claims()) == list(case.claims())
    assert {path.name for path in case.path.iterdir()} >= {"captures", "case.toml"}


def test_a_case_is_made_once(case: Case) -> None:
    with pytest.raises(BadInput, match="case-exists"):
        Case.init(case.path)


NOTHING = ("", "clm_", "doc_", "lnk_", "pty_", "ann_", " ")


@pytest.mark.parametrize("nothing", NOTHING)
def test_no_id_at_all_finds_not_even_the_only_record(tmp_path: Path, nothing: str) -> None:
    said = "Observers said that 15 civilians were killed in Lunde."
    (tmp_path / "note.txt").write_text(said, encoding="utf-8")
    with Case.init(tmp_path / "case") as case:
        list(case.add([tmp_path / "note.txt"]))
        assert len(list(case.claims())) == 1
        for asked in (
            lambda: case.show(nothing),
            lambda: case.document(nothing),
            lambda: case.reading(nothing),
            lambda: case.quoted([nothing]),
            lambda: case.trace(nothing),
            lambda: case.proposition(nothing),
            lambda: case.reviews_of(nothing),
            lambda: case.edits(nothing),
            lambda: list(case.links(LinkFilter(claim=nothing))),
            lambda: case.link_rows(LinkFilter(claim=nothing)),
            lambda: list(case.verdicts(nothing)),
            lambda: list(case.annotations(nothing)),
            lambda: case.judge(nothing, nothing, "positive", by="Ada"),
            lambda: case.judge_link(nothing, "rejected", by="Ada"),
            lambda: case.judge_suggestions([nothing], "same", "rejected", by="Ada"),
            lambda: case.conclude(nothing, "unproven", reason="Seen.", by="Ada"),
            lambda: case.annotate(nothing, by="Ada", replaces=nothing),
            lambda: case.take_back(nothing, by="Ada"),
        ):
            with pytest.raises(NotFound, match=r"is no \w+'s id") as refused:
                asked()
            assert refused.value.hint


def test_a_document_that_nothing_names_is_called_by_its_file(case: Case) -> None:
    head = next(row.head for row in case.document_rows().rows if row.head.origin == "undated.txt")
    assert (head.outlet, head.title, head.name, head.whose) == (None, None, "undated.txt", "undated.txt")
    said = "The road was open."
    start = case.document(head.id).document.text.index(said)
    passage = Passage(span=Span(start, start + len(said)), words=said)
    own = Annotated(content=(passage,), act="evaluate", voice="outlet")
    claim = case.annotate(head.id, own, by="Ada").claim
    assert claim is not None
    view = case.show(claim).view
    assert (view.speaker, view.who(view.chain[0])) == (None, "undated.txt")


def test_why_texts_are_linked_names_the_file_of_one_that_nothing_else_names(
    tmp_path: Path,
) -> None:
    text = "The harbour of Lunde was closed at noon and nobody could say for how long it would stay so. " * 2
    for name in ("copy.txt", "other.txt"):
        (tmp_path / name).write_text(f"{text}{'It is said so.' * (name == 'copy.txt')}", encoding="utf-8")
    with Case.init(tmp_path / "case") as case:
        list(case.add(sorted(tmp_path.glob("*.txt"))))
        case.link()
        why = [view.link.why for view in case.links()]
    assert any("“copy.txt”" in one and "“other.txt”" in one for one in why)
    assert not any("unnamed document" in one for one in why)


def test_a_claim_is_shown_with_the_rating_that_stands(case: Case) -> None:
    claim = next(case.claims()).claim.id
    assert case.show(claim).rating is None
    for rating in ("supported", "unproven"):
        case.conclude(claim, rating, reason="Two lists.", by="Ada")
    assert case.show(claim).rating == "unproven"


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (ClaimFilter(since="2031-05-06", until="2031-05-04"), "finds-nothing"),
        (ClaimFilter(voice="outlet", speaker="Ferrol"), "finds-nothing"),
        (ClaimFilter(said_by="pty_12"), "finds-nothing"),
        (ClaimFilter(said_of="Mereth"), "finds-nothing"),
        (ClaimFilter(words="…!"), "finds-nothing"),
        (ClaimFilter(checkworthy=1.5), "finds-nothing"),
        (ClaimFilter(checkworthy=float("nan")), "bad-search"),
        (ClaimFilter(since="in May"), "bad-search"),
        (ClaimFilter(act="shout"), "bad-search"),  # type: ignore[arg-type] # as a program may ask
        (ClaimFilter(links=("near",)), "bad-search"),  # type: ignore[arg-type] # as above
        (ClaimFilter(words="\ud800"), "bad-search"),
    ],
)
def test_a_search_for_what_no_claim_can_be_is_not_saved(case: Case, wanted: ClaimFilter, told: str) -> None:
    before = list(case.log())
    with pytest.raises(BadInput, match=told) as refused:
        case.save_search("Ours", wanted, by="Ada")
    assert refused.value.hint
    assert list(case.log()) == before


def test_a_saved_search_tells_whether_it_finds_anything_today(case: Case) -> None:
    saved = [
        case.save_search("Ours", wanted, by="Ada").finds
        for wanted in (ClaimFilter(), ClaimFilter(words=" "), ClaimFilter(speaker="Nobody"))
    ]
    assert saved == [True, True, False]
    assert [one.finds for one in case.searches()] == [None]


def test_a_folder_without_a_case_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotACase, match="no-case") as caught:
        Case(tmp_path)
    assert "sayso init" in caught.value.hint


def test_a_case_cannot_be_made_where_a_file_is(notes: Path) -> None:
    with pytest.raises(BadInput, match="no-folder"):
        Case.init(notes / "army.txt")


def test_adding_twice_changes_nothing(case: Case, notes: Path) -> None:
    records, log = stored(case), list(case.log())
    assert [added.outcome for added in case.add([notes])] == ["unchanged"] * len(NOTES)
    assert case.link() == 0
    assert (stored(case), list(case.log())) == (records, log)


def test_a_file_that_cannot_be_read_is_told_and_kept_as_a_problem(case: Case, notes: Path) -> None:
    (notes / "empty.txt").touch()
    told = list(case.add([notes / "empty.txt", notes / "gone.txt"]))
    assert [(added.outcome, added.problems[0].code) for added in told] == [
        ("refused", "empty-file"),
        ("refused", "no-such-file"),
    ]
    # A misspelt name is no fact about the case.
    assert [problem.code for problem in case.problems()] == ["empty-file"]
    assert case.verify().findings == ()


def test_a_case_is_not_added_to_itself(case: Case) -> None:
    added = list(case.add([case.path.parent]))
    assert {Path(one.origin).name for one in added} == set(NOTES)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(sorted(NOTES)))
def test_the_order_of_files_makes_no_difference(case: Case, notes: Path, order: list[str]) -> None:
    other = case.path.parent / "other"
    shutil.rmtree(other, ignore_errors=True)
    with Case.init(other) as reordered:
        for name in order:
            list(reordered.add([notes / name]))
        reordered.link()
        assert stored(reordered) == stored(case)
        assert list(reordered.links()) == list(case.links())
        assert [page.head.origin for page in reordered.documents()] == [
            p.head.origin for p in case.documents()
        ]
        acts = sorted((entry.act, entry.details) for entry in reordered.log() if entry.act != "init")
        assert acts == sorted((entry.act, entry.details) for entry in case.log() if entry.act != "init")


def test_documents_come_by_date_and_undated_ones_last(case: Case) -> None:
    assert [page.head.origin for page in case.documents()] == [
        "ministry.txt",
        "wire.txt",
        "army.txt",
        "undated.txt",
    ]


def test_every_span_points_at_the_words_it_claims(case: Case) -> None:
    texts = {page.document.id: page.document.text for page in case.documents()}
    for view in case.claims():
        text = texts[view.document.id]
        assert view.words == " … ".join(text[span.start : span.end] for span in view.claim.content)


def test_every_source_chain_ends_with_the_outlet(case: Case) -> None:
    chains = [view.chain for view in case.claims()]
    assert all(chain[-1].voice == "outlet" for chain in chains)
    assert all(link.voice != "outlet" for chain in chains for link in chain[:-1])
    assert {view.chain[-1].speaker for view in case.claims() if view.document.origin == "army.txt"} == {
        "Mereth Herald"
    }


def test_claims_come_in_text_order(case: Case) -> None:
    for page in case.documents():
        starts = [view.claim.content[0].start for view in page.claims]
        assert starts == sorted(starts)
        assert page.claims == tuple(view for view in case.claims() if view.document == page.head)


def test_a_filter_gives_exactly_the_claims_that_fit(case: Case) -> None:
    every = list(case.claims())

    def cited(name: str) -> list[str]:
        return [
            view.claim.id
            for view in every
            if any(name in (link.speaker or "").lower() for link in view.chain if link.voice != "outlet")
        ]

    def found(wanted: ClaimFilter) -> list[str]:
        return [view.claim.id for view in case.claims(wanted)]

    assert found(ClaimFilter(speaker="DEFENCE")) == cited("defence") != []
    assert found(ClaimFilter(act="deny")) == [v.claim.id for v in every if v.claim.act == "deny"] != []
    assert found(ClaimFilter(voice="outlet")) == [v.claim.id for v in every if v.voice == "outlet"] != []
    assert found(ClaimFilter(since="2031-05-05")) == [
        v.claim.id for v in every if (v.document.published_at or "") >= "2031-05-05"
    ]
    assert found(ClaimFilter(target="%")) == found(ClaimFilter(speaker="_%")) == []
    with pytest.raises(BadInput, match="bad-date"):
        found(ClaimFilter(since="yesterday"))


def test_a_claim_is_shown_by_the_beginning_of_its_id(case: Case) -> None:
    view = next(iter(case.claims(ClaimFilter(act="deny"))))
    page = case.show(view.claim.id)
    assert page == case.show(view.claim.id.removeprefix("clm_")[:12]) == case.show(view.claim.id[:16].upper())
    assert page.view == view
    assert view.words in page.sentence_words


@pytest.mark.parametrize(
    ("claim", "code"),
    [("", "no-claim"), ("clm_", "no-claim"), ("ff" * 9, "no-claim"), ("%", "no-claim")],
)
def test_an_id_that_means_no_single_claim_is_refused(case: Case, claim: str, code: str) -> None:
    with pytest.raises(NotFound, match=code) as caught:
        case.show(claim)
    assert caught.value.hint


def test_links_show_both_sides_and_stand_on_each_claim_s_page(case: Case) -> None:
    views = list(case.links())
    assert views
    for view in views:
        assert (view.left.id, view.right.id) == (view.link.left, view.link.right)
        assert view.left.words
        assert view.right.words
        for end in (view.left, view.right):
            assert end.kind == "document" or view in case.show(end.id).links
    kinds = {view.link.kind for view in views}
    assert [view for kind in sorted(kinds) for view in case.links(LinkFilter(kind=kind))] == views


def test_a_search_gives_the_sentence_and_the_claims_in_it(case: Case) -> None:
    (hit,) = case.search("“fired no shell”")
    assert hit.document.origin == "army.txt"
    assert "spokesman Tamas Ferrol said" in hit.words
    assert hit.claims
    assert all(case.show(claim).view.document == hit.document for claim in hit.claims)


def test_a_report_is_one_file_that_the_log_knows(case: Case, tmp_path: Path) -> None:
    path = case.report(tmp_path / "elsewhere.html")
    assert "The Lunde shelling" in path.read_text(encoding="utf-8")
    assert [entry.act for entry in case.log()][-1] == "report"
    assert case.report() == case.path / "report.html"
    assert not list(case.path.glob("*.part"))
    with pytest.raises(BadInput, match="cannot-write"):
        case.report(tmp_path / "no" / "folder.html")


def test_a_report_that_was_changed_is_found_and_written_anew(case: Case) -> None:
    path = case.report()
    assert not case.verify().findings
    path.write_text(path.read_text(encoding="utf-8").replace("say", "sing"), encoding="utf-8")
    assert [(one.code, one.where) for one in case.verify().findings] == [("changed-report", "report.html")]
    case.report()
    assert not case.verify().findings
    path.unlink()
    assert not case.verify().findings


def test_an_earlier_report_is_no_finding(case: Case) -> None:
    earlier = case.report().read_bytes()
    case.judge_link(next(case.links()).link.id, "confirmed", by="Ilsa Brandt")
    assert case.report().read_bytes() != earlier
    (case.path / "report.html").write_bytes(earlier)
    assert not case.verify().findings


def test_a_report_is_written_to_what_a_link_leads_to(case: Case, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    real, link = tmp_path / "shared" / "real.html", tmp_path / "link.html"
    real.write_text("an older one", encoding="utf-8")
    link.symlink_to(real)
    case.report(link)
    assert link.is_symlink()
    assert "<!doctype html>" in real.read_text(encoding="utf-8")
    link.unlink()
    link.symlink_to(tmp_path / "shared" / "new.html")
    case.report(link)
    assert "<!doctype html>" in (tmp_path / "shared" / "new.html").read_text(encoding="utf-8")


def test_a_report_is_written_into_a_pipe(case: Case, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_bytes)
        case.report(pipe)
        assert read.result(timeout=30).startswith(b"<!doctype html>")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert not list(tmp_path.glob("*.part"))


def test_verify_reads_everything_again(case: Case) -> None:
    verified = case.verify()
    assert verified.findings == ()
    assert (verified.captures, verified.rederived) == (len(NOTES), len(NOTES))
    assert verified.records == len(stored(case))


BROKEN_LINKER = """
from sayso.core.ports import Example
from sayso.core.records import Link

class Broken:
    name = "broken"
    version = "1"
    examples = (Example(content=b"x", yields=()),)
    kinds = ("same",)

    def keys(self, document, index):
        return ()

    def __call__(self, index):
        first, second, *_ = index.claims()
        yield Link(kind="same", left=first.id, right=second.id, score=1.0, rule="broken", why="Two claims.")
        yield Link(kind="same", left=first.id, right="clm_nowhere", score=1.0, rule="broken", why="A slip.")
        raise ZeroDivisionError("by nothing")
"""


def test_a_linker_that_fails_is_a_problem_and_the_others_go_on(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(list(case.links()))
    folder = tmp_path / "site"
    (folder / "broken-1.dist-info").mkdir(parents=True)
    (folder / "broken_linker.py").write_text(BROKEN_LINKER)
    (folder / "broken-1.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: broken\nVersion: 1\n"
    )
    (folder / "broken-1.dist-info" / "entry_points.txt").write_text(
        "[sayso.linkers]\nbroken = broken_linker:Broken\n"
    )
    monkeypatch.syspath_prepend(folder)
    importlib.invalidate_caches()
    plugins.load.cache_clear()
    try:
        new = case.link()
    finally:
        plugins.load.cache_clear()
    assert len(list(case.links())) == before + new
    assert {problem.code for problem in case.problems()} == {"linker-failed", "loose-link"}
    assert case.verify().findings == ()


ADD = """
import sys
from sayso.case import Case
with Case(sys.argv[1]) as case:
    for added in case.add([sys.argv[2]]):
        print(added.origin, added.outcome, flush=True)
"""


def start_adding(case: Path, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", ADD, case, folder], stdout=subprocess.PIPE, text=True)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder with more files than are stored at once."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(80):
        text = f"The Orvale ministry said on Monday that {number} shells hit Lunde. Mereth denied it.\n"
        (folder / f"{number:03}.txt").write_text(text * 6)
    return folder


def test_a_kill_at_any_moment_loses_nothing_that_was_reported(tmp_path: Path, many: Path) -> None:
    chance = random.Random(20310504)  # noqa: S311 - a repeatable test, no secret
    path = tmp_path / "killed"
    Case.init(path).close()
    reported: set[str] = set()
    for _ in range(5):
        adding = start_adding(path, many)
        assert adding.stdout is not None
        for _ in range(len(reported) + chance.randrange(1, 12)):
            reported.add(adding.stdout.readline().split()[0])
        time.sleep(chance.random() / 20)
        adding.send_signal(signal.SIGKILL)
        reported |= {line.split()[0] for line in adding.communicate()[0].splitlines() if line.endswith("ed")}
        with Case(path) as case:
            kept = {str(many / page.head.origin) for page in case.documents()}
            assert reported <= kept
            assert case.verify().findings == ()
    with Case(path) as case:
        outcomes = {added.origin: added.outcome for added in case.add([many])}
        assert len(outcomes) == 80
        assert all(outcomes[origin] == "unchanged" for origin in reported)
        assert len(list(case.documents())) == 80
        assert case.verify().findings == ()


def test_two_who_add_at_once_lose_nothing(tmp_path: Path, many: Path) -> None:
    path = tmp_path / "shared"
    Case.init(path).close()
    adding = [start_adding(path, many) for _ in range(2)]
    assert [one.communicate()[0].count("\n") for one in adding] == [80, 80]
    with Case(path) as case:
        assert len(list(case.documents())) == 80
        assert case.verify().findings == ()


def test_importing_loads_neither_the_database_nor_numpy() -> None:
    script = "import sys, sayso; sayso.extract; print({'sqlalchemy', 'numpy', 'lxml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_package_offers_what_it_names() -> None:
    assert all(getattr(sayso, name) for name in sayso.__all__)
    with pytest.raises(AttributeError, match="nothing_like_it"):
        sayso.case.nothing_like_it  # noqa: B018 - asking is the test


def test_who_is_who_is_judged_by_name_and_taken_back(case: Case) -> None:
    before = list(case.claims())
    named = {party.name: party for party in case.parties()}
    left, right = named["Orvale Defence Ministry"].id, named["Mereth Herald"].id
    made = case.judge(left, right, "positive", by=" Ilsa Brandt ", reason=" ")
    assert (made.by, made.reason) == ("Ilsa Brandt", None)
    (both,) = (party for party in case.parties() if party.folded)
    assert {both.id, *both.folded} == {left, right}
    assert {view.document.origin for view in case.claims(ClaimFilter(speaker="herald"))} >= {"wire.txt"}
    assert both.name in case.report().read_text(encoding="utf-8")
    case.judge(right, left, "unsure", by="Ilsa Brandt")
    assert list(case.claims()) == before
    assert [one.judgement for one in case.judgements()] == ["positive", "unsure"]
    assert case.verify().findings == ()


def test_nobody_judges_in_silence(case: Case) -> None:
    for name, code in (("", "no-judge"), ("\ud800", "half-character")):
        with pytest.raises(BadInput, match=code):
            case.judge("", "", "positive", by=name)
