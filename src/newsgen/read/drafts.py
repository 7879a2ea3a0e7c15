"""Unpublished articles: drafts, private ones, and those that search engines must not find.

All of them count as drafts: they have no page, no redirect and no entry in the search. Dates of
publication are not for this module.
"""

from typing import Final

from newsgen.model import RawField
from newsgen.read.fields import FALSE_WORDS, TRUE_WORDS, split_values

_DRAFT_FOLDERS: Final = frozenset({"_drafts", "_discarded"})
"""Folders of Jekyll and Hexo whose files are not published."""

_DRAFT_WORDS: Final = TRUE_WORDS | {
    *("draft", "drafts", "hidden", "private", "pending", "pending review", "review", "in review"),
    *("unpublished", "unlisted", "noindex", "none", "trash", "trashed", "deleted", "auto-draft"),
    *("inherit", "skip", "password", "password protected", "embargo", "embargoed", "withdrawn"),
    *(
        "черновик",
        "скрыто",
        "скрыта",
        "приватно",
        "на проверке",
        "на утверждении",
        "не опубликовано",
    ),
}
_PUBLIC_WORDS: Final = FALSE_WORDS | {
    *("publish", "published", "public", "live", "active", "final", "done", "approved", "featured"),
    # A scheduled article has a date ahead, which decides.
    *("future", "scheduled", "all", "index", "follow", "nofollow", "noarchive", "visible"),
    *("опубликовано", "опубликована", "опубликован", "готово", "открыто"),
}


def is_in_draft_folder(source: str) -> bool:
    """Return True if a source lies in a folder for drafts.

    Args:
        source: Path in the source folder, with `/` between its parts.
    """
    return "_d" in source and not _DRAFT_FOLDERS.isdisjoint(source.lower().split("/")[:-1])


def read_draft(field: RawField) -> tuple[bool, str]:
    """Read the field `draft`, in which several statements may be merged.

    Returns:
        Whether one of them makes the article a draft, and the first word that is unknown or "".
    """
    unknown = ""
    is_draft = False
    for value in split_values("draft", field):
        # `robots: noindex, nofollow` holds several words.
        for part in value.lower().split(","):
            word = part.strip()
            is_draft = is_draft or word in _DRAFT_WORDS
            if word not in _DRAFT_WORDS and word not in _PUBLIC_WORDS:
                unknown = unknown or word
    return is_draft, unknown
