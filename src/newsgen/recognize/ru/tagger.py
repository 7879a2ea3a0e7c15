"""The network's forward pass: lines of words -> stretches of words that are names.

Knows slovnet's architecture (word vector + shape, three convolutions, a CRF) and does it in one
product per layer for an article, with the tags of certain words settled before the search. Stops
at token numbers; what the stretches say is ``spans``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from newsgen.recognize.ru.ner_model import load_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsgen.recognize.ru.ner_model import Floats, NerModel

MAX_BATCH_TOKENS = 2_000
MAX_BATCH_LINES = 256
_SCRIPT = re.compile(
    r"(?P<RU>[а-яё]+)|(?P<EN>[a-z]+)|(?P<NUM>[+-]?\d+)"
    r"|(?P<PUNCT>[-!#$%&()\[\]\\/*+,.:;<=>?@^_{|}~‐−‒⁃–—―`\"'«»„“ʼʻ”№…]+)",
    re.IGNORECASE,
)


class TaggedSpan(NamedTuple):
    """Words *first* up to *last* (not included) of a line, and the network's type for them.

    ``margin`` tells by how much it preferred that to anything else, as a logarithm of odds.
    """

    first: int
    last: int
    type: str
    margin: float


def tag_texts(texts: Sequence[Sequence[Sequence[str]]]) -> list[list[list[TaggedSpan]]]:
    """The names in every line of every text, a line being a sequence of words.

    A text's products are computed from that text alone, and the search adds and compares line by
    line, so that the answer for a text does not depend on what else is asked about.
    """
    net = load_model()
    scores: list[Floats] = []
    for text in texts:
        for group in _batch_lines(text):
            scores.extend(_score_tags(group, net))
    tags = iter(_decode_tags(scores, net))
    return [[list(_join_bio_tags(*next(tags), net)) for _ in text] for text in texts]


def _batch_lines(lines: Sequence[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """The lines in order, in groups of some WORDS_AT_ONCE words, so that memory stays bounded."""
    group: list[Sequence[str]] = []
    size = 0
    for line in lines:
        group.append(line)
        size += len(line) + 1
        if size >= MAX_BATCH_TOKENS:
            yield group
            group, size = [], 0
    if group:
        yield group


def _score_tags(lines: Sequence[Sequence[str]], net: NerModel) -> list[Floats]:
    """For each line a score for each of its words and each tag."""
    import numpy as np

    words: list[int] = []
    shapes: list[int] = []
    gaps: list[int] = []
    for line in lines:
        for word in line:
            number, shape = _word_and_shape(word)
            words.append(number)
            shapes.append(shape)
        gaps.append(len(words))
        words.append(0)
        shapes.append(0)
    codes = net.word_codes[np.arange(len(net.word_codes)), net.word_indexes[words]]
    x = np.concatenate((codes.reshape(len(words), -1), net.shape_vectors[shapes]), axis=1)
    for layer in net.layers:
        x[gaps] = 0
        edge = np.zeros((1, x.shape[1]), dtype=np.float32)
        around = np.concatenate(
            (np.concatenate((edge, x[:-1])), x, np.concatenate((x[1:], edge))), axis=1
        )
        x = np.maximum(around @ layer.weight + layer.bias, 0) * layer.scale + layer.shift
    scores = x @ net.projection + net.projection_bias
    starts = [0, *(gap + 1 for gap in gaps)]
    return [scores[start:gap] for start, gap in zip(starts, gaps, strict=False)]


@lru_cache(maxsize=100_000)
def _word_and_shape(word: str) -> tuple[int, int]:
    net = load_model()
    ids = net.word_ids
    shapes = net.shape_ids
    return ids.get(word.lower(), ids["<unk>"]), shapes.get(_shape_name(word), shapes["<pad>"])


def _shape_name(word: str) -> str:
    """The network's name for how *word* is written: RU_Xx, EN_XX, PUNCT_«, NUM, ..."""
    match = _SCRIPT.match(word)
    script = match.lastgroup if match else None
    if script in {"RU", "EN"}:
        return f"{script}_{_case_pattern(word)}"
    if script == "PUNCT":
        return f"PUNCT_{word}" if len(word) == 1 else "PUNCT_OTHER"
    return script or "OTHER"


def _case_pattern(word: str) -> str:
    if len(word) == 1:
        return "X" if word.isupper() else "x"
    if word.isupper():
        return "XX"
    if word.islower():
        return "xx"
    if _is_capitalized(word):
        return "Xx"
    left, _, right = word.partition("-")
    return "Xx-Xx" if _is_capitalized(left) and _is_capitalized(right) else "OTHER"


def _is_capitalized(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].islower()


def _decode_tags(lines: Sequence[Floats], net: NerModel) -> list[tuple[list[int], list[float]]]:
    """For each line the likeliest sequence of tags, and by how much each beats the next best."""
    found: list[tuple[list[int], list[float]]] = [([], []) for _ in lines]
    longest_first = sorted(
        (n for n, line in enumerate(lines) if len(line)), key=lambda n: -len(lines[n])
    )
    for start in range(0, len(longest_first), MAX_BATCH_LINES):
        batch = longest_first[start : start + MAX_BATCH_LINES]
        through = _max_path_scores([lines[n] for n in batch], net.transitions)
        best = through.argmax(axis=2)
        ordered = through.copy()
        ordered.sort(axis=2)
        margins = ordered[:, :, -1] - ordered[:, :, -2]
        for column, number in enumerate(batch):
            length = len(lines[number])
            found[number] = best[:length, column].tolist(), margins[:length, column].tolist()
    return found


def _max_path_scores(lines: Sequence[Floats], transitions: Floats) -> Floats:
    """The score of the best path through each word and tag (word, line, tag); longest line first.

    Only sums and maxima: they are exact whatever the number of lines, so that lines of different
    texts may be searched together and no text's answer depends on its company.
    """
    import numpy as np

    lengths = [len(line) for line in lines]
    words = lengths[0]
    scores = np.zeros((words, len(lines), len(transitions)), dtype=np.float32)
    for column, line in enumerate(lines):
        scores[: len(line), column] = line
    into = np.ascontiguousarray(transitions.T)  # tag, tag before
    before = np.zeros_like(scores)
    after = np.zeros_like(scores)
    active = [sum(length > word for length in lengths) for word in range(words)]
    for word in range(1, words):
        n = active[word]
        ways = (before[word - 1, :n] + scores[word - 1, :n])[:, None, :] + into
        before[word, :n] = ways.max(axis=2)
    for word in range(words - 2, -1, -1):
        n = active[word + 1]
        ways = (after[word + 1, :n] + scores[word + 1, :n])[:, None, :] + transitions
        after[word, :n] = ways.max(axis=2)
    through: Floats = before + scores + after
    return through


def _join_bio_tags(tags: list[int], margins: list[float], net: NerModel) -> Iterator[TaggedSpan]:
    names = net.tags
    first, kind = 0, ""
    for index, tag in enumerate(tags):
        part, _, type_ = names[tag].partition("-")
        if part == "I" and type_ == kind:
            continue
        if kind:
            yield TaggedSpan(first, index, kind, min(margins[first:index]))
        first, kind = index, type_
    if kind:
        yield TaggedSpan(first, len(tags), kind, min(margins[first:]))
