"""Records of what was measured. Measuring and reporting both use them, so they stand alone."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Result:
    """Cold build of one archive by one generator: times in seconds, memory in MiB."""

    name: str
    articles: int
    wall: float
    cpu: float
    memory: float
    files: int
    megabytes: float


@dataclass
class Results:
    """Everything measured: cold builds, then newsgen's builds after a change."""

    cold: list[Result] = field(default_factory=list)
    changes: list[tuple[int, str, float, float, int]] = field(default_factory=list)
    """Number of articles, the change, wall seconds, CPU seconds, files written."""
    starts: list[tuple[str, float]] = field(default_factory=list)
    """Command and the wall seconds until it ends."""


def merge_earlier(results: Results, earlier: dict[str, Any]) -> Results:
    """Add earlier results for archives of sizes that were not measured this time."""
    measured = {result.articles for result in results.cold}
    cold = [Result(**row) for row in earlier["cold"] if row["articles"] not in measured]
    changes = [tuple(row) for row in earlier["changes"] if row[0] not in measured]
    return Results([*cold, *results.cold], [*changes, *results.changes], results.starts)
