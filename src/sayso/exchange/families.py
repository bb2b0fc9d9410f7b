"""Documents that share passages, and what each of them changed."""

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sayso.core.views import Edit, EditKind, LinkView
from sayso.exchange.papers import Paper, Papers, Shown, basis

MOST_FAMILIES = 40
MOST_COPIES = 12  # of one family that are shown passage by passage
MOST_PASSAGES = 12  # of one pair
MOST_CHANGES = 300  # of one pair
MOST_MEMBERS = 40  # of one family that are named
# Beyond this many words a passage is shown without its changes: comparing costs the square of its length.
_COMPARED_WORDS = 400
_KEPT = 360  # code points; of more that was kept, cut or put in only the two ends are shown
_PASSAGE_WORDS = 3_000  # code points; a longer passage is cut


class Word(Shown, frozen=True, kw_only=True):
    """Words of an aligned passage that are the same on both sides, or are not."""

    words: str
    changed: bool


class Passage(Shown, frozen=True, kw_only=True):
    """The same passage in the copy and in the earlier text."""

    copy: tuple[Word, ...]
    original: tuple[Word, ...]
    same: bool


class Change(Shown, frozen=True, kw_only=True):
    """Words of a copy with those that stood in their place, as far as they are shown."""

    kind: EditKind
    words: str  # of the copy; empty where it cut some
    former: str  # of what it was copied from; empty where nothing was changed


class Copied(Shown, frozen=True, kw_only=True):
    """One document that shares passages with an earlier one."""

    copy: Paper
    original: Paper
    share: int  # per cent of the copy's characters that stand in the other; its score where it has no spans
    passages: tuple[Passage, ...]
    changes: tuple[Change, ...]  # the whole copy; empty where only its passages are shown
    aligned: int  # passages, shown or not
    why: str
    basis: str


class Family(Shown, frozen=True, kw_only=True):
    """Documents that hold the same passages."""

    papers: tuple[Paper, ...]  # the first of them
    documents: int  # all of them
    first: tuple[Paper, ...]  # the earliest day's; several when their order is not known
    undated: tuple[Paper, ...]
    copies: tuple[Copied, ...]
    pairs: int  # copies, shown or not


def families(
    papers: Papers, links: Iterable[LinkView], edits: Mapping[str, Sequence[Edit]]
) -> tuple[tuple[Family, ...], int]:
    """Group documents that share passages until no group touches another.

    Returns the largest groups, and how many there are beside them.
    """
    pairs = [pair for view in links for pair in _pair(papers, view)]
    family_of: dict[int, set[int]] = {}
    for copy, original, _ in pairs:
        one, other = (family_of.setdefault(paper.number, {paper.number}) for paper in (copy, original))
        if one is not other:
            few, many = sorted((one, other), key=len)
            many |= few
            family_of.update(dict.fromkeys(few, many))
    of: defaultdict[int, list[tuple[Paper, Paper, LinkView]]] = defaultdict(list)
    for pair in pairs:
        of[min(family_of[pair[0].number])].append(pair)
    distinct = {min(numbers): numbers for numbers in family_of.values()}
    largest = sorted(distinct, key=lambda first: (-len(distinct[first]), first))
    shown = largest[:MOST_FAMILIES]
    found = tuple(_family(papers, distinct[first], of[first], edits) for first in shown)
    return found, len(largest) - len(shown)


def _pair(papers: Papers, view: LinkView) -> Iterator[tuple[Paper, Paper, LinkView]]:
    copy, original = papers.paper_of(view.left.document.id), papers.paper_of(view.right.document.id)
    if copy is not None and original is not None and copy is not original:
        yield copy, original, view


def _family(
    papers: Papers,
    numbers: set[int],
    pairs: list[tuple[Paper, Paper, LinkView]],
    edits: Mapping[str, Sequence[Edit]],
) -> Family:
    members = tuple(papers.every[number - 1] for number in sorted(numbers))
    days = [paper.day for paper in members if paper.day]
    ordered = sorted(pairs, key=lambda pair: (pair[0].number, -_share(pair[0], pair[2]), pair[1].number))
    return Family(
        papers=members[:MOST_MEMBERS],
        documents=len(members),
        first=tuple(paper for paper in members if days and paper.day == min(days))[:MOST_MEMBERS],
        undated=tuple(paper for paper in members if not paper.day)[:MOST_MEMBERS],
        copies=tuple(_copied(*pair, edits.get(pair[2].link.id, ())) for pair in ordered[:MOST_COPIES]),
        pairs=len(pairs),
    )


def _share(copy: Paper, view: LinkView) -> int:
    here, left = copy.page.document.text, view.link.left_spans
    share = sum(map(len, left)) / len(here) if left and here else view.link.score
    return min(100, round(100 * share))


def _copied(copy: Paper, original: Paper, view: LinkView, edits: Sequence[Edit]) -> Copied:
    here, there = copy.page.document.text, original.page.document.text
    aligned = list(zip(view.link.left_spans, view.link.right_spans, strict=False))
    return Copied(
        copy=copy,
        original=original,
        share=_share(copy, view),
        passages=() if edits else tuple(passage(a.of(here), b.of(there)) for a, b in aligned[:MOST_PASSAGES]),
        changes=tuple(_changes(edits, here, there)),
        aligned=len(aligned),
        why=view.link.why,
        basis=basis(view),
    )


def _changes(edits: Sequence[Edit], copy: str, source: str) -> Iterator[Change]:
    """Yield the copy from its first word to its last, with what was cut or stood there before."""
    at = 0
    for edit in edits[:MOST_CHANGES]:
        former = "" if edit.source is None or edit.kind in {"kept", "moved"} else edit.source.of(source)
        if edit.copy is None:
            yield Change(kind=edit.kind, words="", former=_middle_left_out(former))
            continue
        if between := copy[at : edit.copy.start]:
            yield Change(kind="kept", words=between if len(between) < _KEPT else " … ", former="")
        at = edit.copy.end
        words = _middle_left_out(edit.copy.of(copy))
        yield Change(kind=edit.kind, words=words, former=_middle_left_out(former))
    if edits:
        yield Change(kind="kept", words=copy[at:] if len(edits) <= MOST_CHANGES else " …", former="")


def _middle_left_out(words: str) -> str:
    if len(words) <= _KEPT * 3 // 2:
        return words
    first, last = words[: _KEPT // 2].rsplit(" ", 1)[0], words[-_KEPT // 2 :].split(" ", 1)[-1]
    left = len(words.split()) - len(first.split()) - len(last.split())
    return f"{first} […{left} words…] {last}"


def passage(copy: str, original: str) -> Passage:
    """Align two wordings of a passage word by word."""
    ours, theirs = (re.findall(r"\S+\s*", words) for words in (copy, original))
    same = [word.rstrip() for word in ours] == [word.rstrip() for word in theirs]
    if same or max(len(ours), len(theirs)) > _COMPARED_WORDS:
        return Passage(
            copy=(Word(words=_shortened(copy), changed=False),),
            original=(Word(words=_shortened(original), changed=False),),
            same=same,
        )
    compared = difflib.SequenceMatcher(
        None, [word.rstrip() for word in ours], [word.rstrip() for word in theirs], autojunk=False
    )
    left: list[Word] = []
    right: list[Word] = []
    for tag, a, b, c, d in compared.get_opcodes():
        for side, words in ((left, ours[a:b]), (right, theirs[c:d])):
            if words:
                side.append(Word(words="".join(words), changed=tag != "equal"))
    return Passage(copy=tuple(left), original=tuple(right), same=False)


def _shortened(words: str) -> str:
    return words if len(words) <= _PASSAGE_WORDS else f"{words[:_PASSAGE_WORDS].rstrip()} …"
