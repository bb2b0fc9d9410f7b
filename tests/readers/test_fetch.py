"""Fetching a page: only public addresses, capped, checked at every redirect, kept as it came."""

import socket
from collections.abc import Iterator
from io import BytesIO

import pytest
from tests.readers.sites import net, open_site
from warcio.archiveiterator import ArchiveIterator

from sayso.core.records import Problem
from sayso.readers.fetch import Fetched, FetchLimits, Network, fetch, is_global, resolved

LIMITS = FetchLimits(megabytes=1, seconds=5.0, redirects=3)


@pytest.fixture
def site() -> Iterator[int]:
    with open_site() as port:
        yield port


def fetched(found: Fetched | Problem) -> Fetched:
    assert isinstance(found, Fetched), found
    return found


def code_of(found: Fetched | Problem) -> str:
    assert isinstance(found, Problem), found
    return found.code


def test_a_page_comes_as_it_is_with_a_warc_record_of_it(site: int) -> None:
    page = fetched(fetch(f"http://site.example:{site}/page", LIMITS, network=net()))
    assert page.content == b"<p>Shells hit Brenna.</p>"
    assert page.media_type == "text/html"
    record, *rest = list(ArchiveIterator(BytesIO(page.warc)))
    assert record.rec_headers["WARC-Target-URI"] == f"http://site.example:{site}/page"
    assert rest == []


def test_a_redirect_is_followed_and_every_answer_is_recorded(site: int) -> None:
    page = fetched(fetch(f"http://site.example:{site}/once", LIMITS, network=net()))
    assert page.url.endswith("/page")
    assert len([record.rec_type for record in ArchiveIterator(BytesIO(page.warc))]) == 2


def test_a_redirect_to_an_inner_address_is_refused(site: int) -> None:
    assert code_of(fetch(f"http://site.example:{site}/inside", LIMITS, network=net())) == "not-public"


def test_a_redirect_to_a_file_is_refused(site: int) -> None:
    assert code_of(fetch(f"http://site.example:{site}/file", LIMITS, network=net())) == "bad-address"


def test_a_redirect_to_no_address_is_a_problem_of_this_page(site: int) -> None:
    assert code_of(fetch(f"http://site.example:{site}/nowhere", LIMITS, network=net())) == "bad-address"


def test_redirects_in_a_round_end(site: int) -> None:
    assert code_of(fetch(f"http://site.example:{site}/round", LIMITS, network=net())) == "many-redirects"


def test_one_inner_address_among_public_ones_is_enough_to_refuse(site: int) -> None:
    mixed = net(answers={"mixed.example": ["127.0.0.1", "10.0.0.1"]})
    assert code_of(fetch(f"http://mixed.example:{site}/page", LIMITS, network=mixed)) == "not-public"


def test_the_address_that_was_checked_is_the_one_connected_to(site: int) -> None:
    asked: list[str] = []

    def rebinding(host: str, _: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    network = Network(resolve=rebinding, reachable=lambda address: address == "127.0.0.1")
    fetched(fetch(f"http://rebound.example:{site}/page", LIMITS, network=network))
    assert asked == ["rebound.example"]


@pytest.mark.parametrize("path", ["/long", "/bomb"])
def test_a_page_that_is_too_large_packed_or_not_is_refused(site: int, path: str) -> None:
    assert code_of(fetch(f"http://site.example:{site}{path}", LIMITS, network=net())) == "fetch-large"


def test_a_page_that_drips_is_cut_when_its_time_is_up(site: int) -> None:
    limits = FetchLimits(megabytes=1, seconds=0.5)
    assert code_of(fetch(f"http://site.example:{site}/drip", limits, network=net())) == "fetch-slow"


def test_a_compressed_page_is_unpacked_and_a_strange_encoding_named(site: int) -> None:
    assert fetched(fetch(f"http://site.example:{site}/packed", LIMITS, network=net())).content == b"packed"
    assert code_of(fetch(f"http://site.example:{site}/strange", LIMITS, network=net())) == "fetch-encoding"


def test_a_compressed_page_is_taken_whole_or_not_at_all(site: int) -> None:
    assert fetched(fetch(f"http://site.example:{site}/twofold", LIMITS, network=net())).content == b"one two"
    assert code_of(fetch(f"http://site.example:{site}/halved", LIMITS, network=net())) == "fetch-cut"


def test_a_page_that_breaks_off_is_no_page(site: int) -> None:
    assert code_of(fetch(f"http://site.example:{site}/cut", LIMITS, network=net())) in {
        "fetch-cut",
        "fetch-failed",
    }


def test_a_page_that_is_not_there_says_what_the_site_answered(site: int) -> None:
    found = fetch(f"http://site.example:{site}/none", LIMITS, network=net())
    assert code_of(found) == "fetch-status"
    assert "404" in str(found)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://site.example/x",
        "file:///etc/passwd",
        "http://",
        "http://user:word@site.example/",
        "http://site.example:99999/",
        "http://[::1",
        "javascript:alert(1)",
        "http://\ud800.example/",
    ],
)
def test_what_is_no_address_of_a_page_is_refused_before_anything_is_looked_up(url: str) -> None:
    assert code_of(fetch(url, LIMITS, network=net())) == "bad-address"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - it is refused
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fec0::1",
        "::127.0.0.1",
        "5f00::1",
    ],
)
def test_no_address_of_this_machine_or_its_neighbours_is_global(address: str) -> None:
    assert not is_global(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34"])
def test_public_addresses_are_global(address: str) -> None:
    assert is_global(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "localhost"])
def test_this_machine_is_recognised_however_its_address_is_written(host: str) -> None:
    try:
        addresses = resolved(host, 80)
    except socket.gaierror:
        return
    assert addresses
    assert not any(is_global(address) for address in addresses)


def test_a_name_that_nobody_knows_is_named_as_such() -> None:
    def unknown(_: str, __: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    network = Network(resolve=unknown, reachable=lambda _: True)
    assert code_of(fetch("http://nowhere.example/", LIMITS, network=network)) == "no-address"
    assert code_of(fetch("http://unlisted.example/", LIMITS, network=net())) == "no-address"
