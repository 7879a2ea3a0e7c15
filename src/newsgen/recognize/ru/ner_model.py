"""Loading of the NER model into plain arrays.

The files lie in the package newsgen-ru-model. navec reads the word vectors and slovnet the network.
Stops at arrays and vocabularies: ``tagger`` computes with them.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources, util
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsgen.core.distributions import normalize_name, required_distributions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

EMBEDDINGS_FILE = "navec_news_v1_1B_250K_300d_100q.tar"
MODEL_FILE = "slovnet_ner_news_v1.tar"
THREAD_VARIABLES = (
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OMP_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
# Raise it whenever a rule or a word list changes what is recognized: cached results depend on it.
RULES_VERSION = 2
REQUIRED_PACKAGES = (
    *("newsgen_ru_model", "navec", "slovnet", "razdel"),
    *("pymorphy3", "pymorphy3_dicts_ru", "numpy", "babel"),
)


class ModelMissingError(Exception):
    """Missing package or file of the Russian model, named in the message."""


@dataclass(frozen=True, slots=True)
class ConvolutionLayer:
    """Convolution over three tokens: ``max(0, x·weight + bias)·scale + shift``.

    The batch normalization after it is folded into `scale` and `shift`.
    """

    weight: Floats
    bias: Floats
    scale: Floats
    shift: Floats


@dataclass(frozen=True, slots=True)
class NerModel:
    """Arrays and vocabularies of the model.

    Attributes:
        word_ids: Word in small letters -> row of the word vectors.
        word_counts: Occurrences of each word in a billion words of news.
        word_codes: Quantized word vectors, as indexes into `codebook`.
        codebook: Codebook of the product quantization.
        shape_ids: Name of a word's shape (RU_Xx) -> row of `shape_vectors`.
        shape_vectors: Embeddings of the shapes.
        layers: The encoder.
        projection: Last layer: features -> scores of the tags.
        projection_bias: Its bias.
        transitions: CRF scores of one tag following another.
        tags: Names of the BIO tags, in the order of the scores.
    """

    word_ids: dict[str, int]
    word_counts: list[int]
    word_codes: NDArray[np.uint8]
    codebook: Floats
    shape_ids: dict[str, int]
    shape_vectors: Floats
    layers: tuple[ConvolutionLayer, ...]
    projection: Floats
    projection_bias: Floats
    transitions: Floats
    tags: tuple[str, ...]


def find_missing_packages() -> tuple[str, ...]:
    """Return the packages that the Russian model needs and that are not installed."""
    absent = (name for name in REQUIRED_PACKAGES if util.find_spec(name) is None)
    return tuple(name.replace("_", "-") for name in absent)


def recognizer_version() -> str:
    """Return the version of the rules, and of the required packages with all that they require.

    Raises:
        ModelMissingError: A package is not installed.
    """
    names = [normalize_name(package) for package in REQUIRED_PACKAGES]
    versions = required_distributions(*names)
    for name in names:
        if name not in versions:
            raise ModelMissingError(f"package {name} is not installed")
    packages = " ".join(f"{name}-{version}" for name, version in sorted(versions.items()))
    return f"ru-{RULES_VERSION} {packages}"


@lru_cache(maxsize=1)
def load_model() -> NerModel:
    """Load the model once per process (about 0.5 s, 150 MB).

    Raises:
        ModelMissingError: A package is not installed.
    """
    absent = find_missing_packages()
    if absent:
        raise ModelMissingError(f"not installed: {', '.join(absent)}")
    _limit_blas_threads()
    from navec import Navec
    from slovnet import NER

    folder = Path(str(resources.files("newsgen_ru_model")))
    navec = Navec.load(folder / EMBEDDINGS_FILE)
    return _extract_arrays(navec, NER.load(folder / MODEL_FILE))


def _limit_blas_threads() -> None:
    """Limit numpy's BLAS to one thread, unless it is loaded already."""
    # newsgen's own workers use all cores already, and one thread adds floats in the same order on
    # every machine, so that results are reproducible.
    if "numpy" not in sys.modules:
        for limit in THREAD_VARIABLES:
            os.environ.setdefault(limit, "1")


def _extract_arrays(navec: Any, tagger: Any) -> NerModel:
    """Convert the models of navec and slovnet to plain arrays."""
    import numpy as np

    model = tagger.infer.model
    layers = []
    for layer in model.encoder.layers:
        # Axes: filter, channel, token. One matrix product per layer needs them as (token·channel,
        # filter).
        filters = layer.conv.weight.array
        scale = layer.norm.weight.array / layer.norm.std.array
        layers.append(
            ConvolutionLayer(
                weight=np.ascontiguousarray(filters.transpose(2, 1, 0).reshape(-1, len(filters))),
                bias=layer.conv.bias.array,
                scale=scale.astype(np.float32),
                shift=(layer.norm.bias.array - layer.norm.mean.array * scale).astype(np.float32),
            )
        )
    return NerModel(
        word_ids=tagger.infer.encoder.words_vocab.item_ids,
        word_counts=navec.vocab.counts,
        word_codes=navec.pq.indexes,
        codebook=navec.pq.codes,
        shape_ids=tagger.infer.encoder.shapes_vocab.item_ids,
        shape_vectors=model.emb.shape.weight.array,
        layers=tuple(layers),
        projection=model.head.proj.weight.array,
        projection_bias=model.head.proj.bias.array,
        transitions=model.head.crf.transitions.array,
        tags=tuple(tagger.infer.decoder.tags_vocab.items),
    )
