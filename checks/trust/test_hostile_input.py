"""One hostile article stops no other, and has bounds in time, memory and output."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from checks.trust.hostile_inputs import HOSTILE_INPUTS
from checks.trust.sample import write

MAX_SECONDS = 30
"""Of processor time. The slowest input takes about a third of this on a slow machine."""
MAX_MEMORY = 800 << 20
"""Bytes in one process."""
MAX_OUTPUT = 40 << 20
"""Bytes in all pages together."""


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("kind", HOSTILE_INPUTS)
def test_a_hostile_article_has_bounds(kind: str, jobs: str, tmp_path: Path) -> None:
    name, text = HOSTILE_INPUTS[kind]
    write(tmp_path / "newsgen.yaml", "language: ru\nrecognize: off\nsearch: false\n")
    write(tmp_path / "articles/good.txt", " date 2025-08-29 Хорошая новость\n\nТекст.\n")
    write(tmp_path / "articles" / name, text)
    seconds, memory, output = build(tmp_path, jobs)
    assert "Traceback" not in output
    assert "internal error" not in output
    assert (tmp_path / "dist/2025/08/29/khoroshaya-novost/index.html").is_file(), output
    size = sum(file.stat().st_size for file in (tmp_path / "dist").rglob("*"))
    assert seconds < MAX_SECONDS, f"{seconds:.0f} s"
    assert memory < MAX_MEMORY, f"{memory >> 20} MB"
    assert size < MAX_OUTPUT, f"{size >> 20} MB"
    print(f"{kind}: {seconds:.1f} s, {memory >> 20} MB, {size >> 20} MB of output")


def build(root: Path, jobs: str) -> tuple[float, int, str]:
    """Build an archive, and return the processor seconds, the largest memory and the output."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = (
        "import resource, sys; from newsgen.cli import main\n"
        "try: main()\n"
        "finally: print('memory', max(resource.getrusage(who).ru_maxrss for who in "
        "(resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "build", "--jobs", jobs],
        cwd=root,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=4 * MAX_SECONDS,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # Linux counts in kilobytes.
    memory = int(done.stderr.rpartition("memory ")[2]) << 10
    return seconds, memory, done.stdout + done.stderr
