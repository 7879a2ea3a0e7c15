"""The model: where its files are, and the numbers out of them.

Knows that the files lie in the package natasha, that navec holds the word vectors and slovnet the
network. Stops at arrays and vocabularies: what is computed from them is ``tagger``.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

EMBEDDINGS_FILE = "emb/navec_news_v1_1B_250K_300d_100q.tar"
MODEL_FILE = "model/slovnet_ner_news_v1.tar"
THREAD_VARIABLES = (
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OMP_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)
#: Raised whenever a rule or a word list changes what is recognised.
RULES_VERSION = 2
#: The packages whose data or rules show in an answer; numpy and the loaders only compute it.
VERSIONED_PACKAGES = ("natasha", "razdel", "pymorphy3", "pymorphy3-dicts-ru", "babel")
REQUIRED_PACKAGES = ("natasha", "navec", "slovnet", "razdel", "pymorphy3", "numpy", "babel")


class ModelMissingError(Exception):
    """A package or a file of the Russian model is not installed; the message names it."""


@dataclass(frozen=True, slots=True)
class ConvolutionLayer:
    """A convolution of three words: ``max(0, x·weight + bias)·scale + shift``."""

    weight: Floats
    bias: Floats
    scale: Floats
    shift: Floats


@dataclass(frozen=True, slots=True)
class NerModel:
    """Everything the tagger needs, loaded."""

    word_ids: dict[str, int]
    word_counts: list[int]
    word_indexes: NDArray[np.uint8]
    word_codes: Floats
    shape_ids: dict[str, int]
    shape_vectors: Floats
    layers: tuple[ConvolutionLayer, ...]
    projection: Floats
    projection_bias: Floats
    transitions: Floats
    tags: tuple[str, ...]


def find_missing_packages() -> tuple[str, ...]:
    """The packages that the Russian model needs and that are not installed."""
    absent = tuple(name for name in REQUIRED_PACKAGES if util.find_spec(name) is None)
    return absent if absent or _find_data_folder() else ("natasha's model files",)


def recognizer_version() -> str:
    """The rules' number and the versions of the packages that an answer depends on.

    Raises:
        ModelMissingError: a package is not installed.
    """
    try:
        packages = " ".join(f"{name}-{metadata.version(name)}" for name in VERSIONED_PACKAGES)
    except metadata.PackageNotFoundError as error:
        raise ModelMissingError(f"package {error.name} is not installed") from error
    return f"ru-{RULES_VERSION} {packages}"


@lru_cache(maxsize=1)
def load_model() -> NerModel:
    """The network, loaded once a process (about half a second, 150 MB).

    Raises:
        ModelMissingError: a package or one of the two files is not there.
    """
    absent = find_missing_packages()
    if absent:
        raise ModelMissingError(f"not installed: {', '.join(absent)}")
    _limit_blas_threads()
    from navec import Navec
    from slovnet import NER

    folder = _find_data_folder()
    if folder is None:
        raise ModelMissingError("the installed natasha has no model files; 1.6.0 has them")
    navec = Navec.load(folder / EMBEDDINGS_FILE)
    return _extract_arrays(navec, NER.load(folder / MODEL_FILE))


def _limit_blas_threads() -> None:
    """Asks numpy's BLAS for one thread, as far as it is not loaded yet.

    Workers share the machine's cores as it is, and sums keep their order on every machine.
    """
    if "numpy" not in sys.modules:
        for limit in THREAD_VARIABLES:
            os.environ.setdefault(limit, "1")


def _find_data_folder() -> Path | None:
    """The folder with the model's files, found without running a line of natasha; None without.

    Importing natasha would import pymorphy2, which does not work on every Python we support.
    """
    spec = util.find_spec("natasha")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / "data"
        if (folder / EMBEDDINGS_FILE).is_file() and (folder / MODEL_FILE).is_file():
            return folder
    return None


def _extract_arrays(navec: Any, tagger: Any) -> NerModel:
    import numpy as np

    model = tagger.infer.model
    layers = []
    for layer in model.encoder.layers:
        filters = layer.conv.weight.array  # filter, channel, word
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
        word_indexes=navec.pq.indexes,
        word_codes=navec.pq.codes,
        shape_ids=tagger.infer.encoder.shapes_vocab.item_ids,
        shape_vectors=model.emb.shape.weight.array,
        layers=tuple(layers),
        projection=model.head.proj.weight.array,
        projection_bias=model.head.proj.bias.array,
        transitions=model.head.crf.transitions.array,
        tags=tuple(tagger.infer.decoder.tags_vocab.items),
    )
