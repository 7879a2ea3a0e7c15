"""Builds that are killed at random moments tear no file, and the next build finishes them."""

import os
import random
import time
from pathlib import Path

import pytest
from checks.trust.sample import Sample, compare, find_torn_files, kill, make_sample

KILLS = {False: 700, True: 300}
"""Kills without and with a search index, whose builds take three times as long."""
KILLS_BETWEEN_COMPARISONS = 10


@pytest.mark.parametrize("search", KILLS, ids=["without search", "with search"])
def test_a_killed_build_is_finished_by_the_next(search: bool, tmp_path: Path) -> None:
    sample = make_sample(tmp_path / "archive", search=search)
    duration = measure_build(sample)
    # A fixed seed still meets other moments in each run, as no two builds take the same time.
    rng = random.Random(1)
    for number in range(KILLS[search]):
        version = number // 2 % 2
        sample.write_sources(version)
        # Publishing takes a twentieth of a build, and every second kill.
        kill_at_random(sample, rng, "Publishing" if number % 2 else "", duration)
        torn = find_torn_files(sample.tree(), sample.sites)
        assert not torn, f"kill {number}: {torn[:5]}"
        if number % KILLS_BETWEEN_COMPARISONS == 0:
            sample.build()
            different = compare(sample.tree(), sample.sites[version])
            assert not different, f"kill {number}: {different[:5]}"


def measure_build(sample: Sample) -> float:
    """Return the seconds of an undisturbed build."""
    sample.write_sources(1)
    started = time.monotonic()
    process = sample.start_build()
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - started


def kill_at_random(sample: Sample, rng: random.Random, stage: str, duration: float) -> None:
    """Kill a build at a random moment, or at a random moment of one stage."""
    reader, writer = os.pipe()

    def on_stage(name: str) -> None:
        if name == stage:
            os.write(writer, b"1")

    process = sample.start_build(on_stage)
    os.close(writer)
    if stage:
        # Returns nothing if the build ends without reaching the stage.
        os.read(reader, 1)
        time.sleep(rng.random() * duration / 10)
    else:
        time.sleep(rng.random() * duration * 1.1)
    kill(process)
    os.close(reader)
