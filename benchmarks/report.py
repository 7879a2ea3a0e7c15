"""Reports of benchmark results: Markdown tables and a plot. Measuring is done in run.py."""

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from results import Results

_PLACE: Final = re.compile(r"(<!-- measured -->\n).*(<!-- /measured -->)", re.DOTALL)
_PEER: Final = "Hugo"


def write(results: Results, page: Path) -> None:
    """Write the tables between the markers of a page, and the plot into its images folder."""
    text = page.read_text(encoding="utf-8")
    plot = page.parent / "images" / "performance.svg"
    picture = f"![Time and memory by the number of articles]({plot.parent.name}/{plot.name})"
    inside = f"{format_results(results)}\n{picture}\n"
    page.write_text(_PLACE.sub(lambda found: found[1] + inside + found[2], text), encoding="utf-8")
    draw_plot(results, plot)


def format_results(results: Results) -> str:
    """Format all results as tables."""
    blocks = [_machine()]
    for size in sorted({one.articles for one in results.cold}):
        blocks += [_cold(results, size), _changes(results, size)]
    starts = [f"| {name} | {seconds * 1000:.0f} |" for name, seconds in results.starts]
    blocks.append("\n".join(["| start | ms |", "|---|---:|", *starts]))
    return "\n\n".join(blocks) + "\n"


def draw_plot(results: Results, file: Path) -> None:
    """Plot time and memory against the number of articles, both axes logarithmic."""
    from matplotlib import pyplot as plt  # noqa: PLC0415 - slow to load
    from matplotlib import rcParams  # noqa: PLC0415

    rcParams["svg.hashsalt"] = "newsgen"
    figure, axes = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    for axis, part, label in zip(
        axes, ("cpu", "memory"), ("seconds of CPU", "MiB of memory"), strict=True
    ):
        for name in dict.fromkeys(one.name for one in results.cold):
            points = [
                (one.articles, getattr(one, part)) for one in results.cold if one.name == name
            ]
            axis.plot(*zip(*points, strict=True), marker="o", label=name)
        axis.set(xscale="log", yscale="log", xlabel="articles", ylabel=label)
        axis.grid(visible=True, alpha=0.3)
    axes[0].legend()
    file.parent.mkdir(exist_ok=True)
    figure.savefig(file, metadata={"Date": None})


def _machine() -> str:
    today = datetime.now(UTC).date().isoformat()
    return (
        f"Measured on {today}: {platform.system()} {platform.machine()}, {_processors()}, "
        f"Python {platform.python_version()}."
    )


def _processors() -> str:
    count = os.cpu_count() or 1
    return f"{count} processors" if count > 1 else "one processor"


def _cold(results: Results, size: int) -> str:
    found = [one for one in results.cold if one.articles == size]
    peer = next((one for one in found if one.name == _PEER), None)
    lines = [
        f"**{size:,} articles, cold.**",
        "",
        "| | wall, s | CPU, s | memory, MiB | files | MB | wall / Hugo | CPU / Hugo "
        "| memory / Hugo |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for one in found:
        ratios = (
            f"{one.wall / peer.wall:.2f} | {one.cpu / peer.cpu:.2f} "
            f"| {one.memory / peer.memory:.3f}"
            if peer
            else " | | "
        )
        lines.append(
            f"| {one.name} | {one.wall:.1f} | {one.cpu:.1f} | {one.memory:.0f} | {one.files:,} "
            f"| {one.megabytes:,.0f} | {ratios} |"
        )
    return "\n".join(lines)


def _changes(results: Results, size: int) -> str:
    peer = next((one for one in results.cold if (one.name, one.articles) == (_PEER, size)), None)
    lines = [
        f"**{size:,} articles, built before, newsgen with Hugo's markup.**",
        "",
        "| | wall, s | CPU, s | files changed | wall / Hugo | CPU / Hugo |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for articles, name, wall, cpu, files in results.changes:
        if articles == size:
            ratios = f"1/{peer.wall / wall:.0f} | 1/{peer.cpu / cpu:.0f}" if peer else " | "
            lines.append(f"| {name} | {wall:.2f} | {cpu:.2f} | {files} | {ratios} |")
    return "\n".join(lines)
