"""Published fact-checks are stored once, logged, and found by their words."""

from sayso.core.records import Problem, Review
from sayso.ledger.arrival import FeedArrival
from sayso.ledger.captures import Captures
from sayso.ledger.store import Store


def review(number: int, claim: str = "Shells hit the Lunde bridge") -> Review:
    return Review(claim_reviewed=claim, author="Lantern", rating="False", url=f"https://x.example/{number}")


def feed(*reviews: Review, words: tuple[str, ...] = ("shell", "bridge"), problem: str = "") -> FeedArrival:
    problems = (Problem(code="broken-json", message=problem, stage="reviews"),) if problem else ()
    return FeedArrival(
        origin="feed.json", sha256="0" * 64, reviews=tuple((one, words) for one in reviews), problems=problems
    )


def test_reviews_come_back_in_the_order_in_which_they_came(store: Store) -> None:
    assert store.put_reviews(feed(review(2), review(1))) == 2
    assert store.put_reviews(feed(review(3))) == 1
    with store.reviews() as shelf:
        assert [one.url[-1] for one in shelf.every()] == ["2", "1", "3"]
        assert shelf.size == 3


def test_a_review_is_stored_once_and_a_feed_without_news_leaves_no_trace(store: Store) -> None:
    store.put_reviews(feed(review(1), review(1)))
    before = list(store.log())
    assert store.put_reviews(feed(review(1))) == 0
    assert list(store.log()) == before
    with store.reviews() as shelf:
        assert shelf.counts(["shell", "bridge", "dam"]) == {"shell": 1, "bridge": 1}


def test_counts_grow_with_every_feed(store: Store) -> None:
    store.put_reviews(feed(review(1)))
    store.put_reviews(feed(review(2), words=("shell", "dam")))
    with store.reviews() as shelf:
        assert shelf.counts(["shell", "bridge", "dam"]) == {"shell": 2, "bridge": 1, "dam": 1}
        assert shelf.holding("shell", 10) == [1, 2]
        assert shelf.holding("shell", 1) == [1]
        assert shelf.review(2) == review(2)


def test_an_import_is_logged_with_what_it_stored(store: Store) -> None:
    store.put_reviews(feed(review(1), problem="broken"))
    *_, entry = store.log()
    assert entry.act == "import"
    assert '"reviews":1' in entry.details
    assert [problem.message for problem in store.problems()] == ["broken"]


def test_imported_reviews_are_verified_with_the_rest(filled: Store, captures: Captures) -> None:
    filled.put_reviews(feed(review(1), review(2)))
    assert filled.check(captures).findings == ()


def test_many_reviews_are_filed_at_once(store: Store) -> None:
    many = [review(number, f"Claim {number} of many") for number in range(3000)]
    assert store.put_reviews(feed(*many, words=tuple(f"word{n}" for n in range(20)))) == 3000
    with store.reviews() as shelf:
        assert shelf.counts(["word7"]) == {"word7": 3000}
        assert len(shelf.holding("word7", 128)) == 128
