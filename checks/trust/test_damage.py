"""Damage to any file under `.newsgen/` reaches no page, and the next build is right."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from checks.trust.sample import Sample, compare, copy_archive, make_sample

from newsgen.problems import NewsgenError


def flip(place: float) -> Callable[[bytes], bytes]:
    """Return a function that flips one bit at a place between 0 and 1."""

    def damage(data: bytes) -> bytes:
        position = int(place * (len(data) - 1))
        return data[:position] + bytes([data[position] ^ 0x10]) + data[position + 1 :]

    return damage


def scatter(data: bytes) -> bytes:
    """Change one byte in a hundred."""
    rng, changed = random.Random(1), bytearray(data)
    for _ in range(len(data) // 100 + 1):
        changed[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(changed)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "first bit": flip(0),
    "bit at a third": flip(0.33),
    "bit in the middle": flip(0.5),
    "bit at four fifths": flip(0.8),
    "last bit": flip(1),
    "scattered": scatter,
    "cut in half": lambda data: data[: len(data) // 2],
    "empty": lambda _: b"",
    "zeros": lambda data: bytes(len(data)),
    "garbage": lambda data: random.Random(1).randbytes(len(data)),
}


@pytest.mark.parametrize("search", [False, True], ids=["without search", "with search"])
def test_damage_reaches_no_page(search: bool, tmp_path: Path) -> None:
    sample = make_sample(tmp_path / "sample", search=search)
    sample.write_sources(1)
    tried = Sample(tmp_path / "tried", search, sample.sites)
    kept = sorted(file for file in (sample.root / ".newsgen").rglob("*") if file.is_file())
    failures = []
    for number, file in enumerate(kept):
        # Files of one kind are alike, so each takes its turn at some of the damages.
        if file.stat().st_size == 0:
            continue
        names = list(DAMAGES) if len(kept) < 20 else list(DAMAGES)[number % 3 :: 3]
        for name in names:
            copy_archive(sample.root, tried.root)
            damaged = tried.root / file.relative_to(sample.root)
            damaged.write_bytes(DAMAGES[name](damaged.read_bytes()))
            failures += check_build(tried, f"{damaged.name}, {name}")
    assert not failures, "\n".join(failures)


def check_build(sample: Sample, case: str) -> list[str]:
    """Build after a damage, and return what is wrong."""
    try:
        sample.build()
    except NewsgenError:
        # A problem is an answer, too, if the next build is right.
        sample.build()
    different = compare(sample.tree(), sample.sites[1])
    return [f"{case}: {different[:5]}"] if different else []
