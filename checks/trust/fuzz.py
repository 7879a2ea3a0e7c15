"""Feed mutated bytes to the readers and the configuration, and report what they raise.

    python checks/trust/fuzz.py TARGET [SECONDS]

Atheris mutates the files of `corpus/TARGET/`, and keeps inputs that reach new code in
`build/corpus/TARGET/` for the next run. A reader may refuse any input with an error of its own.
Everything else is a fault.
"""

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import atheris

with atheris.instrument_imports(include=["newsgen", "mdit_py_plugins"]):
    from newsgen.build.workers.load import LoadContext, LoadResources, load_source
    from newsgen.config import load_site
    from newsgen.model import Source
    from newsgen.problems import NewsgenError

FOLDER: Final = Path(tempfile.mkdtemp())
(FOLDER / "articles").mkdir()
(FOLDER / "newsgen.yaml").touch()
SEEDS: Final = Path(__file__).with_name("corpus")
FOUND: Final = Path(__file__).parents[2] / "build/corpus"


def read_article(name: str) -> Callable[[bytes], None]:
    """Return a target that reads bytes as an article of one format."""
    file = FOLDER / name
    reading = load_site(FOLDER / "newsgen.yaml").reading
    resources = LoadResources(LoadContext(FOLDER, reading))

    def read(data: bytes) -> None:
        file.write_bytes(data)
        stat = file.stat()
        source = Source(name, stat.st_size, stat.st_mtime_ns, stat.st_ino)
        result = load_source(resources, (source, b""))
        # `load_source` turns an unexpected exception into a problem, so that others are built.
        faults = [problem for problem in result.problems if problem.code == "internal-error"]
        if faults:
            raise RuntimeError(faults[0])

    return read


def read_config(name: str) -> Callable[[bytes], None]:
    """Return a target that reads bytes as `newsgen.yaml` or `tags.yaml`."""

    def read(data: bytes) -> None:
        (FOLDER / name).write_bytes(data)
        with suppress(NewsgenError):
            load_site(FOLDER / "newsgen.yaml")

    return read


# Made only for the target that is asked for.
TARGETS: Final = {
    "plain-text": lambda: read_article("article.txt"),
    "markdown": lambda: read_article("article.md"),
    "config": lambda: read_config("newsgen.yaml"),
    "tags": lambda: read_config("tags.yaml"),
}


def main() -> None:
    """Fuzz one target."""
    target, seconds = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "30"
    options = [f"-max_total_time={seconds}", "-timeout=20", "-rss_limit_mb=1500", "-max_len=8192"]
    (FOUND / target).mkdir(parents=True, exist_ok=True)
    # libFuzzer adds to the first folder and only reads the others.
    folders = [str(FOUND / target), str(SEEDS / target)]
    atheris.Setup([sys.argv[0], *options, *folders], TARGETS[target]())
    atheris.Fuzz()


if __name__ == "__main__":
    main()
