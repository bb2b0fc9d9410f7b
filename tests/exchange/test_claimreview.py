"""Published fact-checks are read as they were published, and what is broken costs nothing but itself."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.core.ids import sha256_hex
from sayso.core.records import Capture, Problem, Review
from sayso.exchange.claimreview import ReviewFeeds

CHECK: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example/dam",
    "claimReviewed": "Saboteurs opened the gates of the Orrin dam",
    "author": {"@type": "Organization", "name": "Lantern Checks", "url": "https://checks.example"},
    "datePublished": "2032-05-24",
    "inLanguage": "en-GB",
    "headline": "Who opened the gates?",
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Ludo Ferrant"},
        "datePublished": "2032-05-19",
    },
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": 2,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "Mostly false",
    },
}


def check(number: int, **changed: object) -> dict[str, Any]:
    return CHECK | {"url": f"https://checks.example/{number}"} | changed


def read(content: str | bytes, media_type: str = "application/json") -> list[Review | Problem]:
    data = content.encode() if isinstance(content, str) else content
    capture = Capture(sha256=sha256_hex(data), size=len(data), origin="feed.json", media_type=media_type)
    return list(ReviewFeeds().read(capture, data))


def reviews(content: str | bytes, media_type: str = "application/json") -> list[Review]:
    return [one for one in read(content, media_type) if isinstance(one, Review)]


def problems(content: str | bytes, media_type: str = "application/json") -> list[tuple[str, str | None]]:
    return [(one.code, one.origin) for one in read(content, media_type) if isinstance(one, Problem)]


def feed(*items: object) -> str:
    elements = [{"@type": "DataFeedItem", "item": [item]} for item in items]
    return json.dumps({"@type": "DataFeed", "dataFeedElement": elements}, indent=1)


def page(*blocks: str) -> str:
    scripts = "\n".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    return f"<!doctype html><html><head><script>if (1 < 2) {{}}</script>{scripts}</head><body>…</body></html>"


def test_a_review_keeps_all_that_was_published() -> None:
    [found] = reviews(json.dumps(CHECK))
    assert found == Review(
        claim_reviewed="Saboteurs opened the gates of the Orrin dam",
        author="Lantern Checks",
        rating="Mostly false",
        url="https://checks.example/dam",
        published_at="2032-05-24",
        title="Who opened the gates?",
        claimed_by="Ludo Ferrant",
        claimed_at="2032-05-19",
        rating_value="2",
        best_rating="5",
        worst_rating="1",
        language="en-GB",
    )


def test_a_feed_gives_its_reviews_in_order() -> None:
    found = reviews(feed(check(1), check(2), check(3)))
    assert [one.url[-1] for one in found] == ["1", "2", "3"]


def test_an_answer_of_the_fact_check_tools_gives_each_review_of_each_claim() -> None:
    answer = {
        "claims": [
            {
                "text": "Saboteurs opened the gates of the Orrin dam",
                "claimant": "Ludo Ferrant",
                "claimDate": "2032-05-19T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": {"name": name, "site": "checks.example"},
                        "url": f"https://checks.example/{name}",
                        "title": "Who opened the gates?",
                        "reviewDate": "2032-05-24T00:00:00Z",
                        "textualRating": "Mostly false",
                        "languageCode": "en",
                    }
                    for name in ("Lantern", "Plumb Line")
                ],
            }
        ],
        "nextPageToken": "abc",
    }
    found = reviews(json.dumps(answer))
    assert [one.author for one in found] == ["Lantern", "Plumb Line"]
    assert {one.claimed_by for one in found} == {"Ludo Ferrant"}
    assert {one.rating for one in found} == {"Mostly false"}


def test_several_reviews_of_a_page_are_read_from_scripts_lists_and_graphs() -> None:
    graph = {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, check(3)]}
    blocks = [json.dumps(check(1)), json.dumps([check(2), {"@type": "Person"}]), json.dumps(graph)]
    found = reviews(page(*blocks), "text/html")
    assert [one.url[-1] for one in found] == ["1", "2", "3"]


def test_a_type_may_be_one_of_several_and_stand_with_its_vocabulary() -> None:
    typed = check(1, **{"@type": ["Review", "http://schema.org/ClaimReview"]})
    assert len(reviews(json.dumps(typed))) == 1


def test_lists_stand_where_feeds_write_them_instead_of_objects() -> None:
    odd = check(1, author=[{"name": "Lantern Checks"}], reviewRating=[{"ratingValue": "3"}], itemReviewed=[])
    [found] = reviews(json.dumps(odd))
    assert (found.author, found.rating, found.claimed_by) == ("Lantern Checks", "3", None)


def test_entities_and_blanks_of_mark_up_are_no_part_of_the_words() -> None:
    [found] = reviews(json.dumps(check(1, claimReviewed="  &quot;The dam\n broke&quot; ")))
    assert found.claim_reviewed == '"The dam broke"'


def test_a_page_in_another_encoding_is_read_as_it_states() -> None:
    block = json.dumps(check(1, claimReviewed="The café burnt"), ensure_ascii=False)
    content = page(block).replace("<head>", '<head><meta charset="windows-1252">').encode("windows-1252")
    [found] = reviews(content, "text/html")
    assert found.claim_reviewed == "The café burnt"


def test_a_date_in_another_notation_is_left_out() -> None:
    [found] = reviews(json.dumps(check(1, datePublished="May 24, 2032")))
    assert found.published_at is None


def test_what_is_whole_before_and_after_a_fault_is_read_and_the_fault_has_its_place() -> None:
    broken = feed(check(1), check(2), check(3)).replace(
        '"url": "https://checks.example/2"', '"url": "https://checks.example/2'
    )
    assert [one.url[-1] for one in reviews(broken)] == ["1", "3"]
    line = next(number for number, line in enumerate(broken.splitlines(), 1) if line.endswith("example/2,"))
    [(code, where)] = problems(broken)
    assert code == "broken-json"
    assert where is not None
    # A quotation mark that is missing is noticed where the next one stands.
    assert abs(int(where.split(":")[1]) - line) <= 1


def test_a_feed_that_is_broken_off_gives_what_came() -> None:
    whole = feed(*map(check, range(20)))
    cut = whole[: whole.index("https://checks.example/15")]
    assert len(reviews(cut)) == 15
    assert [code for code, _ in problems(cut)] == ["broken-json"]


def test_a_broken_script_of_a_page_costs_no_other() -> None:
    found = read(page(json.dumps(check(1)), "{'no': json}", json.dumps(check(2))), "text/html")
    assert [one.url[-1] for one in found if isinstance(one, Review)] == ["1", "2"]
    assert [one.code for one in found if isinstance(one, Problem)] == ["broken-json"]


@pytest.mark.parametrize("lacking", ["claimReviewed", "author", "url"])
def test_a_review_that_lacks_what_makes_it_one_is_named(lacking: str) -> None:
    found = problems(feed(check(1, **{lacking: None}), check(2)))
    assert [code for code, _ in found] == ["incomplete-review"]


def test_many_faults_are_counted_and_not_listed() -> None:
    codes = [code for code, _ in problems(feed(*(check(n, author=None) for n in range(500)), check(501)))]
    assert codes == ["incomplete-review"] * 100 + ["more-faults"]


def test_a_file_without_reviews_says_so() -> None:
    assert problems('{"@type": "Person"}') == [("no-reviews", "feed.json")]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(check(1, reviewRating={"ratingValue": 0})).replace(": 0", ": " + "9" * 10_000),
        json.dumps(check(1, headline="\ud800 half")),
        json.dumps(check(1, claimReviewed="\u0665 \u202e \0 dams")),
        "\ufeff" + json.dumps(CHECK),
    ],
    ids=["long number", "half a character", "right to left", "byte order mark"],
)
def test_odd_characters_and_numbers_are_read(content: str) -> None:
    [found] = reviews(content.encode("utf-8", "surrogatepass"))
    json.dumps(found.claim_reviewed).encode()
    assert "\0" not in found.claim_reviewed


@pytest.mark.parametrize(
    "content",
    ["[" * 1_000_000, '{"a":' * 500_000, "<script " * 200_000, '{"' * 500_000, "{" + "x" * 5_000_000],
    ids=["lists", "objects", "scripts", "quotes", "line"],
)
def test_what_is_broken_everywhere_is_given_up_in_time(content: str) -> None:
    started = time.process_time()
    assert "no-reviews" in [code for code, _ in problems(content)]
    assert "no-reviews" in [code for code, _ in problems(content, "text/html")]
    assert time.process_time() - started < 10  # seconds


@given(st.binary(max_size=300))
def test_any_bytes_give_problems_and_no_error(content: bytes) -> None:
    for media_type in ("application/json", "text/html"):
        assert read(content, media_type)
