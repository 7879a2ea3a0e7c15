"""A cut of the power loses no published file: a loop-mounted disk is copied without a sync.

The copy holds what had reached the disk, as after a power cut. Mounting needs root.
"""

import os
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from checks.trust.sample import Sample, compare, find_torn_files, kill, make_sample

IMAGE_SIZE = 96 << 20
CUTS_AFTER_BUILDS = 6
CUTS_DURING_BUILDS = 30


def can_mount() -> bool:
    """Return True if this process may mount a disk image."""
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        return False
    return Path("/dev/loop-control").exists()


pytestmark = pytest.mark.skipif(
    not can_mount(), reason="cutting the power of a disk image needs Linux, root and mkfs.ext4"
)


@pytest.fixture
def image(tmp_path: Path) -> Path:
    """An empty ext4 file system in a file."""
    image = tmp_path / "disk.img"
    with image.open("wb") as file:
        file.truncate(IMAGE_SIZE)
    subprocess.run(["mkfs.ext4", "-q", image], check=True)
    return image


def test_a_published_site_survives_a_power_cut(image: Path, tmp_path: Path) -> None:
    with mounted(image, tmp_path / "disk") as disk:
        sample = make_sample(disk / "archive", search=False)
        for number in range(CUTS_AFTER_BUILDS):
            version = 1 - number % 2
            sample.write_sources(version)
            subprocess.run(["sync", "-f", disk], check=True)
            sample.build()
            # Without a sync ext4 writes files out after 5 to 30 seconds.
            time.sleep((0, 0, 0, 1, 3, 6)[number])
            with cut(image, tmp_path) as after:
                different = compare(after.tree(sample), sample.sites[version])
                assert not different, f"cut {number}: {different[:5]}"
                after.check_next_build(sample, version)


def test_a_power_cut_during_a_build_leaves_the_site_whole(image: Path, tmp_path: Path) -> None:
    rng = random.Random(1)
    with mounted(image, tmp_path / "disk") as disk:
        sample = make_sample(disk / "archive", search=False)
        for number in range(CUTS_DURING_BUILDS):
            version = 1 - number % 2
            sample.write_sources(version)
            subprocess.run(["sync", "-f", disk], check=True)
            process = sample.start_build()
            time.sleep(rng.random())
            kill(process)
            with cut(image, tmp_path) as after:
                torn = find_torn_files(after.tree(sample), sample.sites)
                assert not torn, f"cut {number}: {torn[:5]}"
                after.check_next_build(sample, version)


class AfterCut:
    """The archive as it is on the disk after the cut."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def tree(self, sample: Sample) -> dict[str, bytes]:
        """Return the files of the output folder."""
        return dict(Sample(self.root, sample.search).tree())

    def check_next_build(self, sample: Sample, version: int) -> None:
        """Check that the next build makes the site of a version."""
        recovered = Sample(self.root, sample.search)
        recovered.build()
        different = compare(recovered.tree(), sample.sites[version])
        assert not different, different[:5]


@contextmanager
def mounted(image: Path, folder: Path) -> Iterator[Path]:
    """Mount a disk image."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "loop", image, folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def cut(image: Path, tmp_path: Path) -> Iterator[AfterCut]:
    """Mount a copy of what has reached the disk, without writing out anything more."""
    copy = tmp_path / "copy.img"
    subprocess.run(["cp", "--sparse=always", image, copy], check=True)
    with mounted(copy, tmp_path / "after") as disk:
        yield AfterCut(disk / "archive")
