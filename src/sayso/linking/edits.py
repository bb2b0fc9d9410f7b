"""What was edited between a text and its copy: words kept, moved, added, cut and changed."""

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
import numpy as np

from sayso.core.records import Link
from sayso.core.spans import Span
from sayso.linking.minhash import Tokens, tokens_of
from sayso.linking.passages import Block, free

EditKind = Literal["kept", "moved", "inserted", "deleted", "replaced"]

# Words between two passages that are compared one by one; a longer stretch that differs is one edit.
_COMPARED = 64

Run = tuple[int, int]  # the first word, and the one after the last
_Change = tuple[EditKind, Run, Run]
_NOWHERE: Run = (0, 0)


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """Words of the copy, of its source, or of both, and what became of them.

    Spans are code points of the two texts. `kept` and `moved` words stand in both, moved ones in another
    order; `inserted` ones only in the copy, `deleted` ones only in the source; `replaced` ones differ.
    """

    kind: EditKind
    copy: Span | None = None
    source: Span | None = None


def edits_of(link: Link, copy: str, source: str) -> tuple[Edit, ...]:
    """Return the edits that lead from the source's text to the copy's, in the order of the copy.

    `link` is a copies- or quotes-link, `copy` the whole text of its left document and `source` that of its
    right one. Words that were cut stand behind what they followed in the source. Together the edits hold
    every word of both texts once; a passage that the copy repeats is inserted the second time. Marks and
    white space between words are no edits. The time grows with the lengths of the texts.
    """
    left, right = tokens_of(copy), tokens_of(source)
    blocks = _aligned(link, left, right)
    in_order = _heaviest_in_order(blocks)
    first, last = Block(0, 0, 0), Block(len(left), len(right), 0)
    moved_from = bytearray(len(right))
    for block in blocks:
        if block not in in_order:
            moved_from[block.right : block.right + block.length] = b"\x01" * block.length
    changes: list[_Change] = []
    held: list[Block] = []  # moved blocks since the last one in order
    before = first
    for block in (*blocks, last):
        if block in in_order or block is last:
            changes += _between(before, block, held, left, right, moved_from)
            if block.length:
                changes.append(("kept", *_runs_of(block)))
            before, held = block, []
        else:
            held.append(block)
    return tuple(
        Edit(kind=kind, copy=_span(left, own), source=_span(right, other)) for kind, own, other in changes
    )


def _runs_of(block: Block) -> tuple[Run, Run]:
    return (block.left, block.left + block.length), (block.right, block.right + block.length)


def _span(tokens: Tokens, run: Run) -> Span | None:
    start, end = run
    return Span(int(tokens.starts[start]), int(tokens.ends[end - 1])) if end > start else None


def _aligned(link: Link, left: Tokens, right: Tokens) -> list[Block]:
    """Return the words that a link says stand in both texts, each word once, in the order of the copy."""
    blocks: list[Block] = []
    for own, other in zip(link.left_spans, link.right_spans, strict=False):
        start, length = _words(own, left)
        place, others = _words(other, right)
        blocks.append(Block(start, place, min(length, others)))
    blocks.sort(key=lambda block: (-block.length, block.left))
    taken_left, taken_right = bytearray(len(left)), bytearray(len(right))
    found: list[Block] = []
    for block in blocks:
        for piece in free(block, taken_left):
            turned = free(Block(piece.right, piece.left, piece.length), taken_right)
            found += (Block(one.right, one.left, one.length) for one in turned)
    return sorted(found, key=lambda block: block.left)


def _words(span: Span, tokens: Tokens) -> tuple[int, int]:
    """Return the first word of a span, and how many it has."""
    first, stop = np.searchsorted(tokens.starts, [span.start, span.end]).tolist()
    return first, stop - first


def _heaviest_in_order(blocks: Sequence[Block]) -> frozenset[Block]:
    """Return the blocks that stand in one order in both texts and have the most words together.

    The heaviest increasing subsequence, with a Fenwick tree of the best one that ends at each place.
    """
    ranks = {place: rank for rank, place in enumerate(sorted(block.right for block in blocks), 1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(blocks) + 1)  # words, the last block
    came_from: list[int] = []
    for at, block in enumerate(blocks):
        words, last = 0, -1
        rank = ranks[block.right]
        place = rank - 1
        while place > 0:
            words, last = max((words, last), best[place])
            place -= place & -place
        came_from.append(last)
        while rank < len(best):
            best[rank] = max(best[rank], (words + block.length, at))
            rank += rank & -rank
    heaviest = max(best)[1]
    found = set()
    while heaviest >= 0:
        found.add(blocks[heaviest])
        heaviest = came_from[heaviest]
    return frozenset(found)


def _between(  # noqa: PLR0913, PLR0917 - two places, what is moved to between them, and both texts
    before: Block, after: Block, moved: Sequence[Block], left: Tokens, right: Tokens, moved_from: bytearray
) -> Iterator[_Change]:
    """Yield the changes between two blocks that follow each other in both texts, but for moved ones."""
    start, stop = before.left + before.length, after.left
    place, end = before.right + before.length, after.right
    if not moved and moved_from.find(1, place, end) < 0:
        yield from _compared((start, stop), (place, end), left, right)
        return
    for block in moved:
        if block.left > start:
            yield "inserted", (start, block.left), _NOWHERE
        yield "moved", *_runs_of(block)
        start = block.left + block.length
    if stop > start:
        yield "inserted", (start, stop), _NOWHERE
    while place < end:
        gone = moved_from.find(1, place, end)
        gone = end if gone < 0 else gone
        if gone > place:
            yield "deleted", _NOWHERE, (place, gone)
        place = moved_from.find(0, gone, end)
        if place < 0:
            return


def _compared(own: Run, other: Run, left: Tokens, right: Tokens) -> Iterator[_Change]:
    """Yield the changes between two stretches of words."""
    if max(own[1] - own[0], other[1] - other[0]) > _COMPARED:
        yield from _changed(own, other)
        return
    at, place = own[0], other[0]
    for start, stands, length in _common(
        left.hashes[slice(*own)].tolist(), right.hashes[slice(*other)].tolist()
    ):
        yield from _changed((at, own[0] + start), (place, other[0] + stands))
        at, place = own[0] + start + length, other[0] + stands + length
        yield "kept", (at - length, at), (place - length, place)
    yield from _changed((at, own[1]), (place, other[1]))


def _changed(own: Run, other: Run) -> Iterator[_Change]:
    if own[1] > own[0] and other[1] > other[0]:
        yield "replaced", own, other
    elif own[1] > own[0]:
        yield "inserted", own, _NOWHERE
    elif other[1] > other[0]:
        yield "deleted", _NOWHERE, other


def _common(own: Sequence[int], other: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return the runs of a longest common subsequence of two short stretches."""
    longest = [[0] * (len(other) + 1) for _ in range(len(own) + 1)]
    for i in range(len(own) - 1, -1, -1):
        for j in range(len(other) - 1, -1, -1):
            if own[i] == other[j]:
                longest[i][j] = longest[i + 1][j + 1] + 1
            else:
                longest[i][j] = max(longest[i + 1][j], longest[i][j + 1])
    runs: list[tuple[int, int, int]] = []
    i = j = 0
    while i < len(own) and j < len(other):
        if own[i] == other[j]:
            if runs and runs[-1][0] + runs[-1][2] == i and runs[-1][1] + runs[-1][2] == j:
                runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
            else:
                runs.append((i, j, 1))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return runs
