"""Builds that meet: of one archive, of two archives with one output, and while an editor saves."""

import random
import threading
from pathlib import Path

from checks.trust.sample import Sample, compare, make_sample, write

ROUNDS = 20


def test_two_builds_of_one_archive(tmp_path: Path) -> None:
    sample = make_sample(tmp_path / "archive", search=False)
    for number in range(ROUNDS):
        version = 1 - number % 2
        sample.write_sources(version)
        first, second = sample.start_build(), sample.start_build()
        first.join()
        second.join()
        # One of them is refused, unless the other has already ended.
        assert 0 in {first.exitcode, second.exitcode}
        sample.build()
        assert not compare(sample.tree(), sample.sites[version])


def test_two_archives_with_one_output_do_not_mix(tmp_path: Path) -> None:
    one = make_sample(tmp_path / "one", search=False)
    other = Sample(tmp_path / "other", search=False)
    other.write_sources(1)
    config = other.root / "newsgen.yaml"
    write(config, config.read_text(encoding="utf-8") + "output: ../one/dist\n")
    for number in range(ROUNDS):
        version = 1 - number % 2
        one.write_sources(version)
        ours, theirs = one.start_build(), other.start_build()
        ours.join()
        theirs.join()
        assert theirs.exitcode == 1
        one.build()
        assert not compare(one.tree(), one.sites[version])


def test_articles_that_are_saved_during_builds(tmp_path: Path) -> None:
    sample = make_sample(tmp_path / "archive", search=False)
    is_over = threading.Event()

    def save() -> None:
        rng = random.Random(1)
        while not is_over.wait(0.003):
            sample.write_sources(rng.randrange(2))

    editor = threading.Thread(target=save)
    editor.start()
    try:
        for _ in range(ROUNDS):
            build = sample.start_build()
            build.join()
            assert build.exitcode == 0
    finally:
        is_over.set()
        editor.join()
    for version in (0, 1):
        sample.write_sources(version)
        sample.build()
        assert not compare(sample.tree(), sample.sites[version])
