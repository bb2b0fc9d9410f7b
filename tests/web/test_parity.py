"""The same operation gives the same JSON in Python, on the command line, and by the API."""

import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import msgspec
import pytest
from tests.cases import copied_case
from tests.web.desks import PAPERS, Desk, running, written

from sayso.case import Case
from sayso.cli.main import COMMANDS, main
from sayso.core import codec
from sayso.core.records import Evidence
from sayso.core.spans import Span
from sayso.core.views import (
    Annotated,
    ClaimCells,
    ClaimFilter,
    FigureCells,
    FigureFilter,
    LinkCells,
    LinkFilter,
    Passage,
    RelationFilter,
    View,
)
from sayso.exchange.spreadsheet import as_csv
from sayso.web.api.router import ROUTES

BY = "Ada Tester"  # who works at the tests' desk
COPY = PAPERS["strike.txt"].replace("Aldermoor Post", "Harbour Herald").replace("2031-05-03", "2031-05-05")
FEED = (
    b'{"@type": "ClaimReview", "claimReviewed": "Shells hit the fish market of Brenna at dawn",'
    b' "author": {"name": "Lantern Checks"}, "datePublished": "2031-05-09",'
    b' "url": "https://checks.example/brenna", "reviewRating": {"alternateName": "Correct"}}'
)
# The moment and what follows from it are another each time.
MADE = {"at", "id", "supersedes", "claim_at"}

Told = Callable[..., list[bytes]]  # the lines that a command prints


class Answered(msgspec.Struct):
    """An answer with rows, each as its bytes are."""

    rows: list[msgspec.Raw]
    after: str | None = None


class Named(NamedTuple):
    """What there is to ask for."""

    claim: str
    document: str
    link: str
    copy: str  # a link
    outlet: str
    reviewed: str  # a claim


class Asked(NamedTuple):
    """One operation that changes nothing, as each of the three asks for it."""

    python: Callable[[Case, Named], object]
    path: str
    command: str = ""  # "": the command line has none with --json, for the reason in `without`
    without: str = ""


class Table(NamedTuple):
    """An operation whose rows go into a table."""

    kind: type[View]
    python: Callable[[Case], Iterable[View]]
    path: str
    command: str


class Other(NamedTuple):
    """An operation that the API does not have as such, and why."""

    command: str | None  # None: it is a part of what others do
    why: str


class Change(NamedTuple):
    """An operation that changes a case, and by what it is done."""

    command: str
    operation: str  # of the API


ONE = {
    "about": Asked(lambda case, _: case.about(), "case", "about CASE"),
    "document": Asked(
        lambda case, of: case.document(of.document), "documents/{document}", "document CASE {document}"
    ),
    "reading": Asked(
        lambda case, of: case.reading(of.document),
        "documents/{document}/reading",
        without="`document` gives the text with its claims as a whole; a terminal reads it page by page",
    ),
    "show": Asked(lambda case, of: case.show(of.claim), "claims/{claim}", "show CASE {claim}"),
    "trace": Asked(lambda case, of: case.trace(of.claim), "claims/{claim}/trace", "trace CASE {claim}"),
    "proposition": Asked(
        lambda case, of: case.proposition(of.claim),
        "claims/{claim}/proposition",
        without="`trace` gives it with what answers it",
    ),
    "facets": Asked(
        lambda case, _: case.facets(ClaimFilter(act="deny")),
        "claim-facets?act=deny",
        "facets CASE --act deny",
    ),
    "edits": Asked(
        lambda case, of: case.edits(of.copy),
        "links/{copy}/edits",
        without="`reprints --of` gives them with the two texts that they point into",
    ),
    "reprint": Asked(
        lambda case, of: case.reprint(of.copy), "links/{copy}/reprint", "reprints CASE --of {copy}"
    ),
    "outlet": Asked(
        lambda case, of: case.outlet(of.outlet), "outlet?name={outlet}", "outlets CASE --of '{outlet}'"
    ),
    "relations": Asked(
        lambda case, _: case.relations(RelationFilter(most=3)), "relations?most=3", "who CASE --most 3"
    ),
}
MANY = {
    "document_rows": Asked(lambda case, _: case.document_rows().rows, "documents", "documents CASE"),
    "claim_rows": Asked(
        lambda case, _: case.claim_rows().rows, "claims", without="`claims` gives them in another order"
    ),
    "link_rows": Asked(lambda case, _: case.link_rows().rows, "links", "links CASE"),
    "links": Asked(
        lambda case, _: case.links(LinkFilter(kind="copies", score=0.1)),
        "links?kind=copies&score=0.1",
        "links CASE --kind copies --score 0.1",
    ),
    "quoted": Asked(
        lambda case, of: case.quoted([of.claim], around=1),
        "quotes?claim={claim}&around=1",
        "quote CASE {claim}",
    ),
    "reprints": Asked(lambda case, _: case.reprints().rows, "reprints", "reprints CASE"),
    "outlets": Asked(lambda case, _: case.outlets().rows, "outlets", "outlets CASE"),
    "propositions": Asked(lambda case, _: case.propositions(), "propositions", "repeated CASE"),
    "compare": Asked(
        lambda case, _: case.compare(FigureFilter(outcome="killed")),
        "figures?outcome=killed",
        "compare CASE --outcome killed",
    ),
    "figure_rows": Asked(lambda case, _: case.figure_rows().rows, "figures", "compare CASE"),
    "parties": Asked(lambda case, _: case.parties(), "parties", "parties CASE"),
    "party_rows": Asked(lambda case, _: case.party_rows().rows, "parties", "parties CASE"),
    "search": Asked(
        lambda case, _: case.search("hospital", limit=2),
        "search?words=hospital&limit=2",
        "search CASE hospital --limit 2",
    ),
    "reviews": Asked(lambda case, _: case.reviews(), "reviews", "reviews CASE"),
    "review_rows": Asked(lambda case, _: case.review_rows().rows, "reviews", "reviews CASE"),
    "reviews_of": Asked(
        lambda case, of: case.reviews_of(of.reviewed),
        "claims/{reviewed}/reviews",
        "reviews CASE --of {reviewed}",
    ),
    "judgements": Asked(lambda case, _: case.judgements(), "party-judgements", "judgements CASE --parties"),
    "link_judgements": Asked(
        lambda case, _: case.link_judgements(), "link-judgements", "judgements CASE --links"
    ),
    "verdicts": Asked(
        lambda case, of: case.verdicts(of.claim), "verdicts?claim={claim}", "verdicts CASE --of {claim}"
    ),
    "concluded": Asked(
        lambda case, of: case.concluded(of.claim),
        "claims/{claim}/verdicts",
        without="`show` and `verdicts` print it for people; with --json they give the records alone",
    ),
    "annotations": Asked(lambda case, _: case.annotations(), "annotations", "annotations CASE"),
    "searches": Asked(lambda case, _: case.searches(), "searches", "searches CASE"),
    "problems": Asked(lambda case, _: case.problems(), "problems", "problems CASE"),
    "log_rows": Asked(lambda case, _: case.log_rows(), "log", without="`log` gives the oldest first"),
}
TABLES: dict[str, Table] = {
    "claim_table": Table(
        ClaimCells,
        lambda case: case.claim_table(ClaimFilter(voice="indirect")),
        "claims.csv?voice=indirect",
        "claims CASE --voice indirect --csv -",
    ),
    "figure_table": Table(
        FigureCells,
        lambda case: case.figure_table(FigureFilter(outcome="killed")),
        "figures.csv?outcome=killed",
        "compare CASE --outcome killed --csv -",
    ),
    "link_table": Table(
        LinkCells,
        lambda case: case.link_table(LinkFilter(kind="copies", score=0.1)),
        "links.csv?kind=copies&score=0.1",
        "links CASE --kind copies --score 0.1 --csv -",
    ),
}
# What has no operation of its own in the API, and why; the commands that do it.
ELSEWHERE = {
    "init": Other("init", "there is a case when the desk is opened"),
    "close": Other(None, "whoever opened a case closes it: the desk, and each command"),
    "copy": Other("copy", "it makes another case, which is no page of this one"),
    "count": Other(None, "how long a progress bar is"),
    "documents": Other("documents", "`list_documents` and `read_document` give the same piece by piece"),
    "claims": Other("claims", "`list_claims` gives the same with what a list shows beside it"),
    "log": Other("log", "`list_log` gives the same, the newest first"),
}
CHANGES = {
    "add": Change("add", "add_files"),
    "add_urls": Change("add", "add_pages"),  # a test of it would ask the network
    "link": Change("add", "link_case"),
    "import_reviews": Change("reviews", "import_reviews"),
    "judge": Change("judge", "judge_parties"),
    "judge_link": Change("judge", "judge_link"),
    "judge_suggestions": Change("judge", "judge_suggestions"),
    "conclude": Change("conclude", "conclude"),
    "annotate": Change("annotate", "annotate"),
    "take_back": Change("take-back", "take_back"),
    "save_search": Change("save-search", "save_search"),
    "drop_search": Change("drop-search", "drop_search"),
    "report": Change("report", "write_report"),
    "verify": Change("verify", "verify_case"),
}
# Commands that do nothing with a case that is there.
OF_NO_CASE = {"demo", "extract", "serve", "people", "doctor"}


def test_every_operation_of_a_case_is_compared() -> None:
    operations = {name for name in vars(Case) if not name.startswith("_")}
    assert operations == {*ONE, *MANY, *TABLES, *ELSEWHERE, *CHANGES}


def test_every_operation_has_its_command_or_a_reason() -> None:
    asked = ONE | MANY
    assert [name for name, one in asked.items() if bool(one.command) is bool(one.without)] == []
    commands = {one.command.split()[0] for one in asked.values() if one.command}
    commands |= {one.command.split()[0] for one in TABLES.values()}
    commands |= {one.command for one in ELSEWHERE.values() if one.command is not None}
    commands |= {one.command for one in CHANGES.values()}
    assert commands == set(COMMANDS) - OF_NO_CASE


def test_every_operation_of_the_api_is_one_of_a_case() -> None:
    changing = {route.handler_name for route in ROUTES if "GET" not in route.http_methods}
    # A text is added as a file is.
    assert changing == {"add_text", *(one.operation for one in CHANGES.values())}
    answering = {unnamed(path) for route in ROUTES if "GET" in route.http_methods for path in route.paths}
    paths = (*(one.path for one in (ONE | MANY).values()), *(one.path for one in TABLES.values()))
    compared = {unnamed(f"/{path.partition('?')[0]}") for path in paths}
    assert answering == compared


def unnamed(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with denials, a copy, a fact-check, and what somebody made of them."""
    folder = tmp_path_factory.mktemp("parity")
    papers = written(folder / "papers", {**PAPERS, "copy.txt": COPY})
    (papers / "broken.html").write_bytes(b"\x00\x01\x02")
    (folder / "feed.json").write_bytes(FEED)
    with Case.init(folder / "case", title="Brenna") as case:
        list(case.add([papers]))
        list(case.import_reviews([folder / "feed.json"]))
        case.link()
        of = named(case)
        case.judge_link(of.link, "confirmed", by=BY)
        left, right, *_ = case.parties()
        case.judge(left.id, right.id, "negative", by=BY, reason="Two houses.")
        page = case.document(of.document)
        evidence = Evidence(capture=page.document.capture, document=page.document.id, span=Span(0, 10))
        case.conclude(of.claim, case.about().ratings[0], reason="Seen.", by=BY, evidence=(evidence,))
        case.annotate(of.document, annotated(page.document.text), by=BY)
        case.save_search("Denials", ClaimFilter(act="deny"), by=BY)
        case.link()
    return folder / "case"


def annotated(text: str, words: str = "Tavria denied") -> Annotated:
    start = text.index(words)
    passage = Passage(span=Span(start, start + len(words)), words=words)
    return Annotated(content=(passage,), act="assert", voice="outlet")


def named(case: Case) -> Named:
    denied, copied = next(case.links(LinkFilter(kind="denies"))), next(case.links(LinkFilter(kind="copies")))
    claim = next(view for view in case.claims() if view.claim.id == denied.link.left)
    outlet = copied.left.document.outlet or ""
    reviewed = next(view for view in case.claims() if "fish market" in view.words)
    return Named(
        claim=claim.claim.id,
        document=claim.document.id,
        link=denied.link.id,
        copy=copied.link.id,
        outlet=outlet,
        reviewed=reviewed.claim.id,
    )


@pytest.fixture(scope="module")
def desk(gathered: Path) -> Iterator[Desk]:
    with Case(gathered) as case:
        yield from running(case)


@pytest.fixture(scope="module")
def program(desk: Desk) -> Iterator[httpx.Client]:
    with closing(entered(desk)) as client:
        yield client


def entered(desk: Desk) -> httpx.Client:
    client = httpx.Client(base_url=f"{desk.address}/api/v1/", trust_env=False, timeout=60)
    client.get(desk.link)
    return client


@pytest.fixture
def told(capsysbinary: pytest.CaptureFixture[bytes]) -> Told:
    """Type a command with --json and give the lines it prints."""

    def typed(command: str, case: Path, *more: str) -> list[bytes]:
        capsysbinary.readouterr()
        words = [str(case) if word == "CASE" else word for word in shlex.split(command)]
        main([*words, *more, "--json"])
        return capsysbinary.readouterr().out.splitlines()

    return typed


def lines(found: object) -> list[bytes]:
    return [codec.encode(one) for one in found] if isinstance(found, Iterable) else [codec.encode(found)]


@pytest.mark.parametrize("name", ONE)
def test_one_thing_is_the_same_bytes(
    name: str, gathered: Path, desk: Desk, program: httpx.Client, told: Told
) -> None:
    of, asked = named(desk.case), ONE[name]
    answer = program.get(asked.path.format(**of._asdict()))
    assert answer.status_code == 200, answer.text
    assert [answer.content] == lines(asked.python(desk.case, of))
    if asked.command:
        assert told(asked.command.format(**of._asdict()), gathered) == [answer.content]


@pytest.mark.parametrize("name", MANY)
def test_a_list_is_the_same_bytes_row_by_row_and_page_by_page(
    name: str, gathered: Path, desk: Desk, program: httpx.Client, told: Told
) -> None:
    of, asked = named(desk.case), MANY[name]
    expected = lines(asked.python(desk.case, of))
    assert expected or name == "propositions"
    path = asked.path.format(**of._asdict())
    for size in (1, 2, 1000):
        assert list(rows(program, path, size)) == expected
    if asked.command:
        assert told(asked.command.format(**of._asdict()), gathered) == expected


def rows(program: httpx.Client, path: str, size: int) -> Iterator[bytes]:
    """Yield the rows of all pages."""
    asked = httpx.URL(path)
    if "limit" not in asked.params:
        asked = asked.copy_set_param("limit", size)
    while True:
        answer = program.get(asked)
        assert answer.status_code == 200, answer.text
        found = msgspec.json.decode(answer.content, type=Answered)
        yield from map(bytes, found.rows)
        if found.after is None:
            return
        assert len(found.rows) == size
        asked = asked.copy_set_param("after", found.after)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_same_bytes(
    name: str, gathered: Path, desk: Desk, program: httpx.Client, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    table = TABLES[name]
    expected = b"".join(as_csv(table.kind, table.python(desk.case)))
    assert expected.count(b"\r\n") > 1
    answer = program.get(table.path)
    assert answer.content == expected
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="')
    assert main([str(gathered) if word == "CASE" else word for word in table.command.split()]) == 0
    assert capfdbinary.readouterr().out == expected


def test_claims_in_a_list_are_those_of_the_command_line(
    gathered: Path, program: httpx.Client, told: Told
) -> None:
    class Row(msgspec.Struct):
        view: msgspec.Raw

    listed = [
        bytes(msgspec.json.decode(row, type=Row).view) for row in rows(program, "claims?voice=indirect", 3)
    ]
    assert sorted(listed) == sorted(told("claims CASE --voice indirect", gathered))


def test_the_log_is_that_of_the_command_line_backwards(
    gathered: Path, program: httpx.Client, told: Told
) -> None:
    assert list(rows(program, "log", 2))[::-1] == told("log CASE", gathered)


@pytest.fixture
def copies(gathered: Path, tmp_path: Path) -> tuple[Path, Path, Path]:
    """Three cases that are the same: for Python, for the command line, for the API."""
    first, second, third = (
        copied_case(gathered, tmp_path / name / "case") for name in ("python", "command", "api")
    )
    return first, second, third


@pytest.fixture
def changing(copies: tuple[Path, Path, Path]) -> Iterator[httpx.Client]:
    """A program at a desk over the third of them."""
    with Case(copies[2]) as case:
        for opened in running(case):
            with closing(entered(opened)) as client:
                yield client


def made(row: object) -> dict[str, Any]:
    """Return what was recorded but for the moment, and what follows from that."""
    content = row if isinstance(row, bytes) else codec.encode(row)
    fields = msgspec.json.decode(content, type=dict[str, Any])
    return {name: value for name, value in fields.items() if name not in MADE}


def sent(program: httpx.Client, path: str, **body: object) -> bytes:
    answer = program.post(path, content=codec.encode(body))
    assert answer.is_success, answer.text
    return answer.content


def test_files_are_added_alike(
    copies: tuple[Path, Path, Path], changing: httpx.Client, told: Told, tmp_path: Path
) -> None:
    paper = tmp_path / "later.txt"
    paper.write_text(PAPERS["denial.txt"].replace("2031-05-04", "2031-05-09"), encoding="utf-8")
    for outcome in ("added", "unchanged"):
        with Case(copies[0]) as case:
            (in_python,) = case.add([paper])
            case.link()
        assert in_python.outcome == outcome
        assert told(f"add CASE {paper}", copies[1]) == [codec.encode(in_python)]
        answer = changing.post("files", files=[("files", ("later.txt", paper.read_bytes()))])
        (row,) = msgspec.json.decode(answer.content, type=Answered).rows
        # An upload has no folder.
        assert bytes(row) == codec.encode(msgspec.structs.replace(in_python, origin="later.txt"))


def test_fact_checks_are_imported_alike(
    copies: tuple[Path, Path, Path], changing: httpx.Client, told: Told, tmp_path: Path
) -> None:
    feed = tmp_path / "more.json"
    feed.write_bytes(FEED.replace(b"Correct", b"Misleading"))
    with Case(copies[0]) as case:
        (in_python,) = case.import_reviews([feed])
        case.link()
    assert in_python.new == 1
    assert told(f"reviews CASE {feed}", copies[1]) == [codec.encode(in_python)]
    answer = changing.post("reviews", files=[("files", ("more.json", feed.read_bytes()))])
    (row,) = msgspec.json.decode(answer.content, type=Answered).rows
    assert bytes(row) == codec.encode(msgspec.structs.replace(in_python, origin="more.json"))


def test_people_judge_alike(copies: tuple[Path, Path, Path], changing: httpx.Client, told: Told) -> None:
    with Case(copies[0]) as case:
        of = named(case)
        left, right, *_ = (party.id for party in case.parties())
        links = made(case.judge_link(of.link, "rejected", by=BY, reason="Another town."))
        parties = made(case.judge(left, right, "unsure", by=BY))
        judged = {"judged": case.judge_suggestions([of.reviewed], "reviewed_by", "confirmed", by=BY)}
        assert judged["judged"]
    typed = ("--by", BY, "--reason", "Another town.")
    assert [made(line) for line in told(f"judge CASE {of.link} --reject", copies[1], *typed)] == [links]
    of_parties = told(f"judge CASE {left} {right} --unsure", copies[1], *typed[:2])
    assert [made(line) for line in of_parties] == [parties]
    suggestions = told(f"judge CASE {of.reviewed} --suggested reviewed_by --confirm", copies[1], *typed[:2])
    assert [made(line) for line in suggestions] == [judged]
    rejecting = {"link": of.link, "judgement": "rejected", "reason": "Another town."}
    assert made(sent(changing, "link-judgements", **rejecting)) == links
    assert made(sent(changing, "party-judgements", left=left, right=right, judgement="unsure")) == parties
    suggested = {"claims": [of.reviewed], "kind": "reviewed_by", "judgement": "confirmed"}
    assert made(sent(changing, "suggestion-judgements", **suggested)) == judged


def test_people_conclude_and_annotate_alike(
    copies: tuple[Path, Path, Path], changing: httpx.Client, told: Told
) -> None:
    with Case(copies[0]) as case:
        of = named(case)
        rating = case.about().ratings[1]
        said = annotated(case.document(of.document).document.text, "The district hospital")
        verdict = made(case.conclude(of.claim, rating, reason="New.", by=BY))
        annotation = case.annotate(of.document, said, by=BY)
        taken_back = case.take_back(annotation.id, by=BY)
        search = made(case.save_search("Ours", ClaimFilter(outlet="Herald"), by=BY))
        case.drop_search("Ours", by=BY)
    typed = (of.claim, rating, "--by", BY, "--reason", "New.")
    assert [made(line) for line in told("conclude CASE", copies[1], *typed)] == [verdict]
    assert made(sent(changing, "verdicts", claim=of.claim, rating=rating, reason="New.")) == verdict
    (passage,) = said.content
    place, signed = f"{passage.span.start}-{passage.span.end}", ("--by", BY)
    for words in (place, passage.words):
        (by_command,) = told(f"annotate CASE {of.document} --voice outlet", copies[1], words, *signed)
        assert made(by_command) == made(annotation)
        (back,) = told(f"take-back CASE {msgspec.json.decode(by_command)['id']}", copies[1], *signed)
        assert made(back) == made(taken_back)
    asked = ("--outlet", "Herald", *signed)
    assert [made(line) for line in told("save-search CASE Ours", copies[1], *asked)] == [search]
    assert main(["drop-search", str(copies[1]), "Ours", *signed]) == 0
    assert "Ours" not in str(told("searches CASE", copies[1]))
    by_api = sent(changing, "annotations", document=of.document, said=said)
    assert made(by_api) == made(annotation)
    back = sent(changing, f"annotations/{msgspec.json.decode(by_api)['id']}/reversal")
    assert made(back) == made(taken_back)
    assert made(sent(changing, "searches", name="Ours", wanted={"outlet": "Herald"})) == search
    assert changing.delete("searches", params={"name": "Ours"}).status_code == 204


def test_a_case_is_linked_verified_and_reported_alike(
    copies: tuple[Path, Path, Path], changing: httpx.Client, told: Told
) -> None:
    with Case(copies[0]) as case:
        linked = case.link()
        report = case.report().read_bytes()
        verified = case.verify()
    assert main(["report", str(copies[1])]) == 0
    assert (copies[1] / "report.html").read_bytes() == report
    assert told("verify CASE", copies[1]) == [codec.encode(verified)]
    assert made(sent(changing, "linking")) == {"links": linked}
    answer = changing.post("report")
    assert answer.content == report
    assert "attachment" in answer.headers["content-disposition"]
    assert sent(changing, "verification") == codec.encode(verified)
