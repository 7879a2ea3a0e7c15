"""Limits of one article: how much of each thing is read.

They are far above any honest article. They keep time, memory and output in proportion to the size
of the file, because one value can become many files: an alias a redirect, a tag a page.
docs/reference/limits.md explains them.
"""

from collections.abc import Mapping
from typing import Final

MAX_VALUES: Final[Mapping[str, int]] = {
    "tags": 500,
    "authors": 200,
    "aliases": 100,
    "corrections": 200,
}
"""Values of fields that are lists. The others are left out, with a warning."""

MAX_OTHER_FIELDS: Final = 500
"""Fields without a meaning for newsgen, and the values of each of them."""

MAX_NAME_LENGTH: Final = 300
"""Characters of a tag or of an author's name. A longer one is left out, with a warning."""

MAX_SUMMARY_LENGTH: Final = 5_000
"""Characters of a summary, which every list repeats. A longer one is left out, with a warning."""

MAX_PATH_BYTES: Final = 500
"""Bytes of an alias in UTF-8. macOS allows 1,024 for a whole path, with the output folder's."""

MAX_ABOUT_SIZE: Final = 100_000
"""Bytes of the about page, which every build renders, also one with nothing to do."""

MAX_FRONT_MATTER_LENGTH: Final = 200_000
"""Characters of front matter, with YAML's aliases expanded. More is an error."""

MAX_KEY_LENGTH: Final = 200
"""Characters of a key in front matter. Each key of a nested table repeats those above it."""

MAX_KEY_PARTS: Final = 100
"""Parts of a dotted key in TOML, `a.b.c`. `tomllib` takes quadratic time and memory for them."""
