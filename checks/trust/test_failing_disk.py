"""A disk that fails at any one write leaves the site whole, and the next build is right.

The calls of the C library fail, for Python and SQLite alike. Needs Linux and a C compiler.
"""

import errno
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from checks.trust.sample import Sample, compare, copy_archive, find_torn_files, make_sample

ERRORS = {"ENOSPC": True, "EIO": False, "EACCES": False}
"""Errors, and whether they stay. A full disk fails every write, a bad sector one."""
CALLS_TRIED = 60
"""Calls that fail for each error, of some 600 in a build."""
BUILD = (
    "from pathlib import Path; from checks.trust.sample import Sample;"
    "from newsgen.problems import NewsgenError\n"
    "try: Sample(Path(__import__('sys').argv[1]), search=False).build()\n"
    "except NewsgenError as error: print(*error.problems, sep='\\n'); raise SystemExit(1)"
)

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("cc"),
    reason="failing calls of the C library need Linux and a C compiler",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that makes calls fail."""
    library = tmp_path_factory.mktemp("library") / "failing_disk.so"
    source = Path(__file__).with_name("failing_disk.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True)
    return library


@pytest.mark.parametrize("name", ERRORS)
def test_a_failed_write_leaves_the_site_whole(name: str, library: Path, tmp_path: Path) -> None:
    sample = make_sample(tmp_path / "sample", search=False)
    sample.write_sources(1)
    tried = Sample(tmp_path / "tried", search=False, sites=sample.sites)
    count = tmp_path / "count"
    copy_archive(sample.root, tried.root)
    build_with_failure(tried, library, {"FAIL_COUNT": str(count), "FAIL_CALL": "0"})
    calls = int(count.read_text())
    settings = {"FAIL_ERRNO": str(getattr(errno, name)), "FAIL_FOREVER": "1" * ERRORS[name]}
    for call in sorted(random.Random(1).sample(range(1, calls + 1), min(calls, CALLS_TRIED))):
        copy_archive(sample.root, tried.root)
        done = build_with_failure(tried, library, {**settings, "FAIL_CALL": str(call)})
        output = done.stdout + done.stderr
        assert "Traceback" not in output, f"call {call}: {output}"
        # A failed deletion of a file that nobody needs may pass.
        assert done.returncode in {0, 1}, f"call {call}: {output}"
        torn = find_torn_files(tried.tree(), sample.sites)
        assert not torn, f"call {call}: {torn[:5]} {output}"
        tried.build()
        different = compare(tried.tree(), sample.sites[1])
        assert not different, f"call {call}: {different[:5]} {output}"


def build_with_failure(
    sample: Sample, library: Path, settings: dict[str, str]
) -> "subprocess.CompletedProcess[str]":
    """Build in a process of its own whose calls fail."""
    environment = {**os.environ, **settings}
    environment |= {"LD_PRELOAD": str(library), "FAIL_BELOW": str(sample.root)}
    return subprocess.run(
        [sys.executable, "-c", BUILD, str(sample.root)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
