"""Links side by side: the words of both sides in their sentences, with those that decide marked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sayso.core.records import LinkKind
from sayso.core.spans import Spans, hull
from sayso.core.views import LinkEnd, LinkView
from sayso.exchange.papers import Paper, Papers, Said, Shown, basis, claim_layer, review_words
from sayso.exchange.passages import Layer, Piece, around, cut

MOST_CARDS = 120  # of one kind
MOST_EARLIER = 12  # that one card sets against its later side
_HEADINGS: Mapping[LinkKind, tuple[str, str]] = {
    "denies": ("What was said", "The denial"),
    "updates": ("Before", "After"),
    "contradicts": ("One says", "The other says"),
    "reviewed_by": ("What the fact-check reviewed", "The claim"),
}
# Code points: what a card can hold of a claim, of its sentence on either side, and of marked words.
_CARD_WORDS = 400
_CARD_REACH = 240
_DECIDING_WORDS = 40


class Side(Shown, frozen=True, kw_only=True):
    """One side of a card: the words in their sentence."""

    heading: str
    paper: Paper | None
    said: Said | None
    pieces: tuple[Piece, ...]
    cut_before: bool = False
    cut_after: bool = False
    note: str = ""  # of a published fact-check: whose it is and how it rates the claim
    address: str = ""  # where it stands


class Earlier(Shown, frozen=True, kw_only=True):
    """What a claim is linked to, and why."""

    side: Side
    why: str
    basis: str


class Card(Shown, frozen=True, kw_only=True):
    """A claim that denies, updates or conflicts with others, and those others."""

    kind: LinkKind
    later: Side
    earlier: tuple[Earlier, ...]
    more: int = 0  # others that are left out


class Deck(Shown, frozen=True, kw_only=True):
    """The cards of one kind."""

    cards: tuple[Card, ...]
    links: int  # all of the kind, shown or not
    left_out: int  # links for which there is no card


def deck(papers: Papers, views: Iterable[LinkView]) -> Deck:
    """Put links side by side, by the date of the later side; of very many the surest, the confirmed first."""
    acting: defaultdict[tuple[LinkKind, str], list[LinkView]] = defaultdict(list)
    for view in sorted(views, key=papers.link_order):
        acting[view.link.kind, view.left.id].append(view)
    surest = sorted(acting, key=lambda key: min(map(_rank, acting[key])))[:MOST_CARDS]
    chosen = set(surest)
    cards = tuple(
        _card(papers, kind, found) for (kind, end), found in acting.items() if (kind, end) in chosen
    )
    links = sum(map(len, acting.values()))
    return Deck(cards=cards, links=links, left_out=links - sum(len(card.earlier) for card in cards))


def _rank(view: LinkView) -> tuple[bool, float, str]:
    return view.link.judgement != "confirmed", -view.link.score, view.link.id


def _card(papers: Papers, kind: LinkKind, views: Sequence[LinkView]) -> Card:
    before, after = _HEADINGS.get(kind, ("One", "The other"))
    few = views[:MOST_EARLIER]
    spans = tuple(dict.fromkeys(span for view in few for span in view.link.left_spans))
    return Card(
        kind=kind,
        later=_side(papers, few[0].left, spans, after),
        earlier=tuple(
            Earlier(
                side=_side(papers, view.right, view.link.right_spans, before),
                why=view.link.why,
                basis=basis(view),
            )
            for view in few
        ),
        more=len(views) - len(few),
    )


def deciding(key: Spans, content: Spans) -> Spans:
    """Return the words of a claim that a link rests on, without those that are all of it."""
    # A rule that rests on a whole long claim has no deciding words; marking all of it would tell nothing.
    long = tuple(part for part in content if len(part) > _DECIDING_WORDS)
    return tuple(span for span in key if not any(part.within(span) for part in long))


def _side(papers: Papers, end: LinkEnd, key: Spans, heading: str) -> Side:
    said = papers.of(end.id)
    if said is None:
        # A whole document, or a record that this report does not hold: its words are all there is.
        words = (Piece(words=end.words[:_CARD_WORDS]),)
        cut_after = len(end.words) > _CARD_WORDS
        review = end.kind == "review"
        return Side(
            heading=heading,
            paper=papers.paper_of(end.document.id),
            said=None,
            pieces=words,
            cut_after=cut_after,
            note=review_words(end) if review else "",
            address=end.document.origin if review else "",
        )
    text = said.paper.page.document.text
    content = said.claim.content
    candidates = (hull((*content, *key)), hull(key or content))
    shown = next((words for words in candidates if len(words) <= _CARD_WORDS), min(key or content))
    window = around(papers.segments(said.paper), shown, reach=_CARD_REACH)
    layers = [claim_layer(said)]
    if marked := deciding(key, content):
        layers.append(Layer(spans=marked, kind="key"))
    return Side(
        heading=heading,
        paper=said.paper,
        said=said,
        pieces=tuple(cut(text, window.span, layers)),
        cut_before=window.cut_before,
        cut_after=window.cut_after,
    )
