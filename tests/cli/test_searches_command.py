"""Claims are narrowed down, counted, and kept under a name from the terminal."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from rich.cells import cell_len
from tests.cases import copied_case

from sayso.case import Case
from sayso.cli.look import claims_command
from sayso.cli.searches import save_search_command
from sayso.core.views import ClaimFilter, ClaimSort

Typed = Callable[..., Any]  # see conftest: gives code, out and err


def test_every_way_to_narrow_the_claims_has_its_option() -> None:
    for command in (claims_command, save_search_command):
        assert set(ClaimFilter.__struct_fields__) <= {one.name for one in command.params}


@pytest.mark.parametrize(
    ("typed_in", "wanted"),
    [
        (("--has", "denies", "--has", "same"), ClaimFilter(links=("denies", "same"))),
        (("--words", "dam", "--act", "accuse"), ClaimFilter(words="dam", act="accuse")),
        (("--outlet", "gazette", "--outlet-voice"), ClaimFilter(outlet="gazette", voice="outlet")),
        (("--not-concluded", "--checkworthy", "0.6"), ClaimFilter(concluded=False, checkworthy=0.6)),
        (("--concluded",), ClaimFilter(concluded=True)),
        (("--place", "hulvane", "--until", "2031-05-04"), ClaimFilter(place="hulvane", until="2031-05-04")),
    ],
)
def test_options_narrow_the_claims_as_a_filter_does(
    typed: Typed, demo_case: Path, typed_in: tuple[str, ...], wanted: ClaimFilter
) -> None:
    with Case(demo_case) as case:
        expected = [view.claim.id for view in case.claims(wanted)]
        every = sum(1 for _ in case.claims())
        counted = case.facets(wanted).counted
    found = [json.loads(row) for row in typed("claims", demo_case, *typed_in, "--json").out.splitlines()]
    assert [view["claim"]["id"] for view in found] == expected
    assert len(expected) == counted <= every
    ended = typed("facets", demo_case, *typed_in)
    assert (ended.code, ended.err.partition(" ")[0]) == (0, f"{counted}")
    assert max(map(cell_len, ended.out.splitlines() or [""])) <= 80


@pytest.mark.parametrize(
    "typed_in", [("--has", "envy"), ("--checkworthy", "7"), ("--since", "May"), ("--sort", "best")]
)
def test_what_no_filter_has_is_refused(typed: Typed, demo_case: Path, typed_in: tuple[str, ...]) -> None:
    assert typed("save-search", demo_case, "Any", "--by", "Ada", *typed_in).code == 2


def test_a_search_that_can_find_nothing_is_refused_and_one_that_finds_nothing_yet_is_told(
    typed: Typed, demo_case: Path, tmp_path: Path
) -> None:
    folder = copied_case(demo_case, tmp_path / "case")
    days = ("--since", "2031-05-06", "--until", "2031-05-04")
    refused = typed("save-search", folder, "Ours", *days, "--by", "Ada")
    assert (refused.code, "exchange the two days" in refused.err) == (2, True)
    assert typed("searches", folder).err == "0 searches\n"
    saved = typed("save-search", folder, "Ours", "--speaker", "Nobody Known", "--by", "Ada")
    assert (saved.code, "It finds no claim today." in saved.err) == (0, True)
    found = typed("save-search", folder, "Ours", "--act", "deny", "--by", "Ada")
    assert (found.code, "no claim" in found.err) == (0, False)


def test_a_search_is_saved_replaced_listed_and_given_up(
    typed: Typed, demo_case: Path, tmp_path: Path
) -> None:
    folder = copied_case(demo_case, tmp_path / "case")
    for by, words in (("Ada", "dam"), ("Ben", "bridge")):
        ended = typed("save-search", folder, "To  do", "--words", words, "--has", "denies", "--by", by)
        assert (ended.code, "To do" in ended.err) == (0, True)
    listed = typed("searches", folder)
    assert "Ben" in listed.out
    assert "links: denies" in " ".join(listed.out.split())
    assert listed.err == "1 search\n"
    with Case(folder) as case:
        (kept,) = case.searches()
    assert (kept.wanted.words, kept.sort, get_args(ClaimSort)[0]) == ("bridge", "published", "published")
    unknown = typed("drop-search", folder, "Other", "--by", "Ada")
    assert (unknown.code, "sayso searches" in unknown.err) == (3, True)
    assert typed("drop-search", folder, "To do", "--by", "Ada").code == 0
    assert typed("searches", folder, "--json").out == ""
    assert typed("save-search", folder, " ", "--by", "Ada").code == 2
    assert typed("verify", folder).code == 0


def test_families_of_copies_lead_to_what_each_copy_changed(typed: Typed, demo_case: Path) -> None:
    with Case(demo_case) as case:
        family = case.reprints().rows[0]
        page = case.reprint(family.reprints[0].link)
    ended = typed("reprints", demo_case)
    assert ended.code == 0
    assert f"{family.documents} documents" in ended.out
    assert max(map(cell_len, ended.out.splitlines())) <= 80
    shown = typed("reprints", demo_case, "--of", page.reprint.link[4:14])
    assert shown.code == 0
    signs = {line[:1] for line in shown.out.splitlines()[3:]}
    assert {"+", "-"} <= signs <= {"+", "-", "~", " ", ""}
    changed = [edit for edit in page.edits if edit.kind not in {"kept", "moved"}]
    assert shown.err.startswith(f"{len(changed)} change")
    assert typed("reprints", demo_case, "--of", "ffffffffff").code == 3


def test_claims_are_quoted_with_what_stands_around_them(typed: Typed, demo_case: Path) -> None:
    with Case(demo_case) as case:
        first, *_, last = case.claims()
        quoted = case.quoted([last.claim.id], around=2)[0]
    ended = typed("quote", demo_case, first.claim.id[4:14], last.claim.id, "--around", "2")
    assert ended.code == 0
    assert " ".join(quoted.words.split()) in " ".join(ended.out.split())
    assert ended.out.index(first.claim.id[4:14]) < ended.out.index(last.claim.id[4:14])
    assert typed("quote", demo_case, "ff" * 9).code == 3


def test_a_beginning_that_several_ids_have_is_refused_with_two_of_them(typed: Typed, demo_case: Path) -> None:
    with Case(demo_case) as case:
        first = {
            "claim": Counter(view.claim.id[:5] for view in case.claims()),
            "link": Counter(view.link.id[:5] for view in case.links()),
            "party": Counter(view.id[:5] for view in case.parties()),
        }
    for kind, counted in first.items():
        ((beginning, many),) = counted.most_common(1)
        assert many > 1
        judged = ("judge", demo_case, beginning, "--confirm", "--by", "Ada")
        parted = ("judge", demo_case, beginning, "pty_0", "--same", "--by", "Ada")
        asked = {"claim": ("show", demo_case, beginning), "link": judged, "party": parted}[kind]
        ended = typed(*asked)
        assert ended.code == 3
        assert f"ambiguous-{kind}" in ended.err
