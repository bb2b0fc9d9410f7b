"""Turn the network's scores into attributions: pure numpy, linear in the number of words."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sayso.language.encoder.windows import Prepared
from sayso.language.encoder.words import BREAK
from sayso.language.lexicon import grammar

OUTSIDE, SOURCE, CONTENT = 0, 1, 2
Array = npt.NDArray[Any]  # of floats or integers, as each docstring says
NEAR = 8  # how many attributions on either side can be nested in one
LOOSE = 2  # a comma and a "that" may stand between an outer content and what is nested in it


@dataclass(frozen=True)
class Thresholds:
    """What was tuned on PolNeAR dev; nothing else was.

    The weights mix six signs of a good reading into one log odds: see `signs`.
    """

    candidate: float = 0.15  # a word is part of a possible cue from here on
    keep: float = 0.5  # an attribution counts from this certainty on
    inner: float = 0.3  # and from this one where only the second look, inside a content, sees it
    turn: float = 1.0  # what it costs, in nats, to change between source, content and neither
    source: float = 0.5  # added to the scores of source
    content: float = 0.0  # and of content
    same: float = 0.5  # contents that share this much are one attribution said twice
    both: float = 0.5  # unless both are at least this certain and come from different sources
    behind: float = 0.5  # or this certain, and one is read behind the cue of the other: see `repeats`
    weigh_cue: float = 1.0
    weigh_content: float = 1.0
    weigh_path: float = 0.05
    weigh_source: float = 1.0
    weigh_sourced: float = 0.0
    weigh_length: float = 0.2
    bias: float = 0.0

    def weights(self) -> Array:
        """Return the weights in the order of `signs`."""
        return np.array(
            [
                self.weigh_cue,
                self.weigh_content,
                self.weigh_path,
                self.weigh_source,
                self.weigh_sourced,
                self.weigh_length,
                self.bias,
            ]
        )


class Window(NamedTuple):
    """What the network says of one window, before any threshold but the candidate's."""

    begin: int  # number of its first word in the text
    start: Array  # first word of each possible cue, in the window
    stop: Array  # and the word after its last
    likely: Array  # how likely each is a cue
    roles: Array  # log probabilities of each word's role for each cue [cues, words, 3]


class Found(NamedTuple):
    """One attribution in word numbers of the text; runs are half open."""

    score: float
    cue: tuple[int, int]
    source: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]


def cue_candidates(tags: Array, least: float) -> tuple[Array, Array, Array]:
    """Return start, end and probability of every possible cue. `tags` [words, 3] are probabilities."""
    inside = tags[:, 1] + tags[:, 2]
    chosen = inside >= least
    if not chosen.any():
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, np.zeros(0)
    before = np.concatenate([[False], chosen[:-1]])
    begins = np.flatnonzero(chosen & (~before | (tags[:, 1] > tags[:, 2])))
    stops = np.flatnonzero(~chosen)
    after = np.searchsorted(stops, begins)
    ends = np.where(
        after < len(stops), stops[np.minimum(after, len(stops) - 1)] if len(stops) else 0, len(tags)
    )
    ends = np.minimum(ends, np.append(begins[1:], len(tags)))
    return (
        begins,
        ends,
        np.maximum.reduceat(np.append(inside, 0.0), np.stack([begins, ends], axis=1).ravel())[::2],
    )


def log_softmax(scores: Array) -> Array:
    """Return logarithms of probabilities over the last axis."""
    shifted = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


def best_roles(scores: Array, turn: float) -> Array:
    """Return the likeliest role of each word for each cue when every change of role costs `turn` (Viterbi).

    `scores` is [cues, words, 3]; all cues walk along the words together.
    """
    cues, words, tags = scores.shape
    along = np.ascontiguousarray(scores.transpose(1, 0, 2))
    # A role is kept, or taken over from the best one at the cost of a change: no other path can win.
    kept = np.zeros((words, cues, tags), dtype=np.bool_)
    leads = np.zeros((words, cues), dtype=np.int8)
    best = along[0].astype(np.float64)
    for at in range(1, words):
        leads[at] = best.argmax(axis=1)
        change = best.max(axis=1, keepdims=True) - turn
        np.greater_equal(best, change, out=kept[at])
        np.maximum(best, change, out=best)
        best += along[at]
    from_where = np.where(kept, np.arange(tags), leads[:, :, None])
    roles = np.zeros((words, cues), dtype=np.int8)
    here = best.argmax(axis=1)
    every = np.arange(cues)
    for at in range(words - 1, -1, -1):
        roles[at] = here
        here = from_where[at, every, here]
    return roles.T


def runs(chosen: Array) -> list[tuple[int, int]]:
    """Return the half-open runs of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], chosen.astype(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def sigmoid(x: Array) -> Array:
    """Return the logistic function, safe for large numbers."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))))


def signs(cue: float, scores: Array, roles: Array) -> Array:
    """Return what tells a good reading from a bad one: numbers that rise with quality, and a one for bias.

    The cue's log odds; the mean log probability of the content words; the log probability of the whole path;
    the mean log probability of the source words, -1 without any; whether there is a source; the logarithm of
    the content's length. `scores` [words, 3] are log probabilities, `roles` [words] the path.
    """
    content, source = roles == CONTENT, roles == SOURCE
    sourced = bool(source.any())
    return np.array(
        [
            np.log(max(cue, 1e-5) / max(1 - cue, 1e-5)),
            scores[content, CONTENT].mean(),
            scores[np.arange(len(roles)), roles].sum(),
            scores[source, SOURCE].mean() if sourced else -1.0,
            float(sourced),
            np.log(content.sum()),
            1.0,
        ]
    )


def likeliest(found: list[tuple[int, int]], gain: Array) -> list[tuple[int, int]]:
    """Keep one run of source: in 18,405 sources of PolNeAR six are in two parts."""
    return [max(found, key=lambda run: float(gain[slice(*run)].sum()))] if found else []


def trimmed(text: Prepared, run: tuple[int, int]) -> tuple[int, int]:
    """Leave out a comma, colon or full stop at the end of a span, unless it stands inside quotation marks."""
    begin, end = run
    while (
        end - begin > 1
        and text.words.surface[end - 1] in (",", ";", ":", ".")
        and not text.words.quoted[end - 1]
    ):
        end -= 1
    return begin, end


def attributions(text: Prepared, window: Window, limits: Thresholds) -> list[tuple[Found, Array]]:
    """Read source and content of each possible cue of one window, with the signs of how good the reading is.

    Positions in the window become positions in the text.
    """
    begin, scores = window.begin, window.roles
    breaks = text.words.case[begin : begin + scores.shape[1]] == BREAK
    solid = np.array([word[0].isalnum() for word in text.words.surface[begin : begin + scores.shape[1]]])
    scores = scores[:, : len(breaks)]
    leaning = scores + np.array([0.0, limits.source, limits.content])
    # A paragraph break takes the role of its neighbours for nothing; spans are cut at it afterwards.
    leaning[:, breaks] = 0.0
    paths = best_roles(leaning, limits.turn)
    paths[:, breaks] = OUTSIDE
    found = []
    for number, role in enumerate(paths):
        role[window.start[number] : window.stop[number]] = OUTSIDE
        content = [run for run in runs(role == CONTENT) if solid[slice(*run)].any()]
        if not content:
            continue
        sources = [run for run in runs(role == SOURCE) if solid[slice(*run)].any()]
        sources = likeliest(sources, scores[number, :, SOURCE] - scores[number].max(axis=-1))
        sign = signs(float(window.likely[number]), scores[number], role)
        one = Found(
            score=float(sigmoid(sign @ limits.weights())),
            cue=(int(window.start[number]) + begin, int(window.stop[number]) + begin),
            source=tuple(trimmed(text, (a + begin, b + begin)) for a, b in sources),
            content=tuple(trimmed(text, (a + begin, b + begin)) for a, b in content),
        )
        found.append((one, sign))
    return found


def shared(left: tuple[tuple[int, int], ...], right: tuple[tuple[int, int], ...]) -> int:
    """Return how many words two lists of runs share."""
    return sum(max(0, min(b, d) - max(a, c)) for a, b in left for c, d in right)


def size(spans: tuple[tuple[int, int], ...]) -> int:
    """Return how many words the runs hold."""
    return sum(b - a for a, b in spans)


def repeats(one: Found, other: Found, limits: Thresholds) -> bool:
    """Say whether two attributions are one read twice; a cue inside the other's content makes it nested.

    So does one between the other's cue and what both are read to say: "the ministry denies reports that …".
    """
    common = shared(one.content, other.content)
    if common < limits.same * (size(one.content) + size(other.content) - common):
        return False
    if shared((one.cue,), other.content) or shared((other.cue,), one.content):
        return False
    certain = min(one.score, other.score)
    if certain >= limits.behind and behind(*sorted((one, other), key=lambda found: found.cue)):
        return False
    apart = one.source and other.source and not shared(one.source, other.source)
    return not (apart and certain >= limits.both)


def behind(first: Found, second: Found) -> bool:
    """Say whether all of the second attribution stands behind the cue of the first."""
    return second.cue[1] <= second.content[0][0] and first.cue[1] <= min(
        begin for begin, _ in (second.cue, *second.source)
    )


def without_repeats(found: list[Found], limits: Thresholds) -> list[Found]:
    """Keep the surest of attributions that repeat each other, and all nested ones, in order of their cues.

    Only neighbours are compared: attributions in order of content start, until the next one starts too late.
    """
    order = sorted(found, key=lambda f: (f.content[0][0], f.cue))
    dropped: set[int] = set()
    for i, one in enumerate(order):
        for j in range(i + 1, min(i + 40, len(order))):
            other = order[j]
            if other.content[0][0] >= one.content[-1][1]:
                break
            if i not in dropped and j not in dropped and repeats(one, other, limits):
                dropped.add(i if one.score < other.score else j)
    kept = [f for i, f in enumerate(order) if i not in dropped]
    return sorted(kept, key=lambda f: f.cue)


def without_strays(text: Prepared, found: list[Found]) -> list[Found]:
    """Drop a fragment of a content that stands in another sentence, which another attribution speaks for.

    "[Rain fell], the mayor said. [Snow will come], she added.": the network may give her the rain too.
    """
    return [own(text, one, found[max(0, i - NEAR) : i + NEAR + 1]) for i, one in enumerate(found)]


def own(text: Prepared, one: Found, near: list[Found]) -> Found:
    """Leave out the fragments of one content that are another's, unless one holds the other."""
    if len(one.content) == 1:
        return one
    others = [
        other
        for other in near
        if other is not one
        and not shared((one.cue,), other.content)
        and not shared((other.cue,), one.content)
    ]
    kept = tuple(
        (begin, end)
        for begin, end in one.content
        if not text.sentence_end[min(end, one.cue[0]) : max(begin, one.cue[0])].any()
        or not any(shared(((begin, end),), other.content) for other in others)
    )
    return one._replace(content=kept) if kept else one


def over_nested(text: Prepared, found: list[Found]) -> list[Found]:
    """Let a content hold all of what is nested in it: the network tends to leave out who says it.

    "[The bridge is closed, the mayor said], the agency reports" has a gap without the mayor; "the ministry
    denies [reports that it rained]" begins too late; "[he said it rained all night]" may end too early.
    Nothing is joined over the end of a sentence.
    """
    wider = [around(text, one, found[max(0, i - NEAR) : i + NEAR + 1]) for i, one in enumerate(found)]
    whole = [closed(text, one, wider[max(0, i - NEAR) : i + NEAR + 1]) for i, one in enumerate(wider)]
    # What stood in a gap may reach further than the last part.
    return [
        one if one.content == before.content else around(text, one, whole[max(0, i - NEAR) : i + NEAR + 1])
        for i, (one, before) in enumerate(zip(whole, wider, strict=True))
    ]


def ends_sentence(text: Prepared, begin: int, end: int) -> bool:
    """Say whether a sentence ends between two words; the point of "Mr." ends none."""
    short = grammar().abbreviations
    return any(
        at == 0 or text.words.surface[at - 1].lower() not in short
        for at in (np.flatnonzero(text.sentence_end[begin:end]) + begin).tolist()
    )


def around(text: Prepared, one: Found, near: list[Found]) -> Found:
    """Widen the parts of one content to the ends of what stands in them."""
    parts = list(one.content)
    own = (one.cue, *one.source)
    for other in near:
        if other is one or shared((one.cue,), other.content):
            continue
        for number, (begin, end) in enumerate(parts):
            if begin <= other.cue[0] and other.cue[1] <= end:
                last = max((b for a, b in other.content if begin <= a <= end + LOOSE), default=end)
                if not shared(((end, max(end, last)),), own) and not ends_sentence(text, end - 1, last - 1):
                    parts[number] = (begin, max(end, last))
                break
        else:
            parts[0] = (opened(one, parts[0], other), parts[0][1])
    return one._replace(content=joined(parts)) if tuple(parts) != one.content else one


def opened(one: Found, part: tuple[int, int], other: Found) -> int:
    """Return where the first part of a content begins when what stands right before it is nested in it."""
    start = min(begin for begin, _ in (other.cue, *other.source))
    said = max(end for _, end in (one.cue, *(run for run in one.source if run[0] < start)))
    follows = said <= start <= said + (not other.source) and start < part[0] and other.cue[1] <= part[0]
    return start if follows and behind(one, other) and shared((part,), other.content) else part[0]


def joined(parts: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Join runs that touch each other."""
    together: list[tuple[int, int]] = []
    for begin, end in sorted(parts):
        if together and begin <= together[-1][1]:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((begin, end))
    return tuple(together)


def closed(text: Prepared, one: Found, near: list[Found]) -> Found:
    """Close the gaps of one content."""
    if len(one.content) == 1:
        return one
    parts = [one.content[0]]
    for begin, end in one.content[1:]:
        gap = (parts[-1][1], begin)
        inner = [o for o in near if o is not one and stands_in(o, one, gap)]
        held = {word for o in inner for a, b in (o.cue, *o.source, *o.content) for word in range(a, b)}
        loose = sum(word not in held for word in range(*gap))
        apart = ends_sentence(text, gap[0] - 1, gap[1])
        if held and loose <= LOOSE and loose < gap[1] - gap[0] and not apart:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((begin, end))
    return one._replace(content=tuple(parts))


def stands_in(inner: Found, outer: Found, gap: tuple[int, int]) -> bool:
    """Say whether one attribution stands in the content of another, or with its source in a gap of it.

    "They agreed [that borders hold], condemned the attacks [and the war]" has no source in the gap: the same
    people speak on.
    """
    if shared((outer.cue,), (*inner.content, gap)):
        return False
    sourced = any(begin >= outer.content[0][0] for begin, _ in inner.source)
    return bool(shared((inner.cue,), outer.content) or (sourced and shared((inner.cue,), (gap,))))
