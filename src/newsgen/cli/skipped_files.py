"""Report of the files in the source folder that are neither read nor published."""

from collections.abc import Iterable
from typing import Final

from newsgen.cli.terminal import format_count

_DOCUMENTS: Final = ("doc", "docx", "odt", "pages", "pdf", "rtf")
_MEDIA: Final = (
    *("apng", "avif", "bmp", "gif", "heic", "ico", "jpeg", "jpg", "png", "svg", "tif", "tiff"),
    *("webp", "aac", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav"),
    *("avi", "m4v", "mkv", "mov", "mp4", "mpeg", "ogv", "webm", "wmv"),
)
_HINTS: Final = {
    **dict.fromkeys(_DOCUMENTS, "save as text or Markdown"),
    **dict.fromkeys(_MEDIA, "nothing refers to them"),
}


def describe_skipped_files(counts: Iterable[tuple[str, int]]) -> str:
    """Return a line with the number of files of each kind, and what to do about them.

    Args:
        counts: Numbers of files by suffix.
    """
    # Files without a suffix are the last ones.
    counts = sorted(counts, key=lambda count: (not count[0], count))
    groups: dict[str, list[str]] = {hint: [] for hint in (*_HINTS.values(), "")}
    for suffix, number in counts:
        kind = f".{suffix}" if suffix else "without a suffix"
        groups[_HINTS.get(suffix, "")].append(f"{number:,} {kind}")
    kinds = "; ".join(
        ", ".join(group) + (f" ({hint})" if hint else "") for hint, group in groups.items() if group
    )
    return f"{format_count(sum(number for _, number in counts), 'file')} not read: {kinds}"
