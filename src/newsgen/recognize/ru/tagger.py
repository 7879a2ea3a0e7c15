"""Forward pass of the NER model: lines of tokens -> tagged spans.

Reimplements slovnet's architecture (word vector and shape, three convolutions, a CRF) with one
matrix product per layer for a whole article. Stops at token indexes: ``span_cleaning`` looks at the
words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from newsgen.recognize.ru.ner_model import load_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from newsgen.recognize.ru.ner_model import Floats, NerModel

# In tokens. Bounds the memory of the convolutions, however long an article is.
MAX_BATCH_TOKENS = 2_000
# Lines decoded together. Lines of similar length, so that little padding is computed.
MAX_BATCH_LINES = 256
_SCRIPT = re.compile(
    r"(?P<RU>[а-яё]+)|(?P<EN>[a-z]+)|(?P<NUM>[+-]?\d+)"
    r"|(?P<PUNCT>[-!#$%&()\[\]\\/*+,.:;<=>?@^_{|}~‐−‒⁃–—―`\"'«»„“ʼʻ”№…]+)",
    re.IGNORECASE,
)


class TaggedSpan(NamedTuple):
    """Tokens that the model tagged as one name.

    Attributes:
        first: Index of the first token in its line.
        last: Index after the last token.
        type: The model's label, without the BIO prefix: PER, LOC or ORG.
        margin: By how much the best path through the CRF beats the best one with another tag, as a
            difference of logarithms. The minimum over the tokens.
    """

    first: int
    last: int
    type: str
    margin: float


def tag_texts(texts: Sequence[Sequence[Sequence[str]]]) -> list[list[list[TaggedSpan]]]:
    """Tag the names in several texts.

    The matrix products of a text use that text alone, and the decoding only adds and compares line
    by line, so the result for a text does not depend on the other texts.

    Args:
        texts: Texts of lines of tokens.

    Returns:
        The tagged spans of each line of each text.
    """
    net = load_model()
    scores: list[Floats] = []
    for text in texts:
        for group in _batch_lines(text):
            scores.extend(_score_tags(group, net))
    tags = iter(_decode_tags(scores, net))
    return [[list(_join_bio_tags(*next(tags), net)) for _ in text] for text in texts]


def _batch_lines(lines: Sequence[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """Yield the lines in order, in batches of about MAX_BATCH_TOKENS tokens."""
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
    """Return for each line the scores of each tag for each token."""
    import numpy as np

    words: list[int] = []
    shapes: list[int] = []
    gaps: list[int] = []
    for line in lines:
        for word in line:
            number, shape = _word_and_shape(word)
            words.append(number)
            shapes.append(shape)
        # A zero row after each line keeps the convolutions from looking into the next one.
        gaps.append(len(words))
        words.append(0)
        shapes.append(0)
    codes = net.codebook[np.arange(len(net.codebook)), net.word_codes[words]]
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
    """Return the rows of a token's word vector and shape vector."""
    net = load_model()
    ids = net.word_ids
    shapes = net.shape_ids
    return ids.get(word.lower(), ids["<unk>"]), shapes.get(_shape_name(word), shapes["<pad>"])


def _shape_name(word: str) -> str:
    """Return the model's name for how a token is written: RU_Xx, EN_XX, PUNCT_«, NUM, ..."""
    match = _SCRIPT.match(word)
    script = match.lastgroup if match else None
    if script in {"RU", "EN"}:
        return f"{script}_{_case_pattern(word)}"
    if script == "PUNCT":
        return f"PUNCT_{word}" if len(word) == 1 else "PUNCT_OTHER"
    return script or "OTHER"


def _case_pattern(word: str) -> str:
    """Return the capitals of a word as a pattern: X, x, XX, xx, Xx, Xx-Xx or OTHER."""
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
    """Return True if the first letter alone is a capital."""
    return len(word) > 1 and word[0].isupper() and word[1:].islower()


def _decode_tags(lines: Sequence[Floats], net: NerModel) -> list[tuple[list[int], list[float]]]:
    """Return for each line the likeliest sequence of tags, and the margin of each tag."""
    found: list[tuple[list[int], list[float]]] = [([], []) for _ in lines]
    longest_first = sorted(
        (n for n, line in enumerate(lines) if len(line)), key=lambda n: -len(lines[n])
    )
    for start in range(0, len(longest_first), MAX_BATCH_LINES):
        batch = longest_first[start : start + MAX_BATCH_LINES]
        path_scores = _max_path_scores([lines[n] for n in batch], net.transitions)
        best = path_scores.argmax(axis=2)
        ordered = path_scores.copy()
        ordered.sort(axis=2)
        margins = ordered[:, :, -1] - ordered[:, :, -2]
        for column, number in enumerate(batch):
            length = len(lines[number])
            found[number] = best[:length, column].tolist(), margins[:length, column].tolist()
    return found


def _max_path_scores(lines: Sequence[Floats], transitions: Floats) -> Floats:
    """Return the score of the best path through each tag of each token (max-marginals of the CRF).

    Args:
        lines: Scores of the lines, longest line first.
        transitions: Scores of one tag following another.

    Returns:
        An array with the axes token, line, tag.
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
    # Longest line first, so the lines that still have a token at a position are the first ones.
    active = [sum(length > word for length in lengths) for word in range(words)]
    # Viterbi forward and backward. Sums and maxima of floats are exact in any batch, unlike matrix
    # products, whose rounding can change with the shape.
    for word in range(1, words):
        n = active[word]
        ways = (before[word - 1, :n] + scores[word - 1, :n])[:, None, :] + into
        before[word, :n] = ways.max(axis=2)
    for word in range(words - 2, -1, -1):
        n = active[word + 1]
        ways = (after[word + 1, :n] + scores[word + 1, :n])[:, None, :] + transitions
        after[word, :n] = ways.max(axis=2)
    path_scores: Floats = before + scores + after
    return path_scores


def _join_bio_tags(tags: list[int], margins: list[float], net: NerModel) -> Iterator[TaggedSpan]:
    """Yield the spans of a line from its BIO tags."""
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
