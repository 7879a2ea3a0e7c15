"""Headings of a rendered body: one `h1` on a page, ids to link to, and the list of contents.

All functions take HTML that is already sanitized, so its tags and attributes are well-formed.
"""

import re
from html import escape, unescape
from typing import Final, NamedTuple

from newsgen.enrich.summary import MAX_HEADLINE_LENGTH, truncate

RESERVED_IDS: Final = frozenset({"content", "contents", "corrections", "related", "search"})
"""Ids of the theme's article page, which labels and links refer to."""

MAX_ID_LENGTH: Final = 200
"""Characters of an id. A longer heading gives an id of its beginning."""

_MIN_CONTENTS: Final = 3
"""Headings of a list of contents that is worth its space."""

_MIN_LENGTH_FOR_CONTENTS: Final = 6_000
"""Characters of text of a long article: four or five minutes to read."""

# nh3 escapes `<` and `>` in attributes, so a tag ends at the first `>`.
_HEADING: Final = re.compile(r'<h([1-6])((?: [\w-]+="[^"]*")*)>(.*?)</h\1>\n?', re.DOTALL)
_TAG: Final = re.compile(r'<([a-z]\w*)((?: [\w-]+="[^"]*")*)>')
_ANY_TAG: Final = re.compile(r"<sup class=\"footnote-ref\">.*?</sup>|<[^>]*>", re.DOTALL)
_ANCHOR: Final = re.compile(r' (id|name)="([^"]*)"')
_SPACE: Final = re.compile(r"\s")
_FOOTNOTE_ID: Final = re.compile(r"fn(?:ref)?\d+(?::\d+)?")


class Heading(NamedTuple):
    """Entry of the list of contents.

    Attributes:
        id: The heading's id.
        text: Plain text.
        children: Headings one level below it.
    """

    id: str
    text: str
    children: "list[Heading]"


def arrange_headings(html: str, headline: str) -> tuple[str, str]:
    """Drop a first heading that repeats the headline, move the others below it, and give ids.

    Args:
        html: The body.
        headline: The article's headline. If it is empty, a first `h1` takes its place.

    Returns:
        The body, and the text of the heading that was dropped.
    """
    title = ""
    first = _HEADING.match(html) if html.startswith("<h") else None
    if first:
        text = extract_text(first[3])
        if _repeats(text, headline) if headline else first[1] == "1" and text:
            title, html = text, html[first.end() :]
    # The only `h1` of a page is the headline.
    if "<h1" in html:
        html = _HEADING.sub(_lower, html)
    return _give_ids(html), title


def extract_text(html: str) -> str:
    """Return the plain text of a heading on one line."""
    return " ".join(unescape(_ANY_TAG.sub("", html)).split())


def list_contents(html: str, wanted: str) -> list[Heading]:
    """Return the list of contents of a body: headings of two levels.

    Args:
        html: The body.
        wanted: `true`, `false`, or `auto` for long articles with several headings only.
    """
    if wanted == "false" or "<h" not in html:
        return []
    found = [
        (int(match[1]), anchor[2], extract_text(match[3]))
        for match in _HEADING.finditer(html)
        if (anchor := _ANCHOR.search(match[2]))
    ]
    top = min((level for level, _, _ in found), default=0)
    contents: list[Heading] = []
    for level, identifier, text in found:
        if level == top:
            contents.append(Heading(identifier, text, []))
        elif level == top + 1 and contents:
            contents[-1].children.append(Heading(identifier, text, []))
    count = sum(1 + len(heading.children) for heading in contents)
    if wanted == "auto" and (count < _MIN_CONTENTS or not _is_long(html)):
        return []
    return contents


def make_slug(text: str) -> str:
    """Return the id of a heading by GitHub's rule: letters of all scripts, digits, `_` and `-`."""
    kept = (one if one.isalnum() or one in "_-" else "-" if one == " " else "" for one in text)
    return "".join(kept).lower()[:MAX_ID_LENGTH]


def _is_long(html: str) -> bool:
    return len(html) >= _MIN_LENGTH_FOR_CONTENTS <= len(_ANY_TAG.sub("", html))


def _repeats(heading: str, headline: str) -> bool:
    """Return True if a heading is the headline, whatever its case, spaces and punctuation."""
    # A headline that was made from the heading may have been shortened.
    return headline in {heading, truncate(heading, MAX_HEADLINE_LENGTH)} or (
        _normalize(heading) == _normalize(headline)
    )


def _normalize(text: str) -> str:
    words = re.sub(r"[\W_]+", " ", text.casefold().replace("ё", "е")).strip()
    return words or text.strip()


def _lower(match: re.Match[str]) -> str:
    level = min(6, int(match[1]) + 1)
    end = "\n" if match[0].endswith("\n") else ""
    return f"<h{level}{match[2]}>{match[3]}</h{level}>{end}"


def _give_ids(html: str) -> str:
    """Give an id to each heading, and remove ids that would be there twice."""
    taken = set(RESERVED_IDS)
    if ' id="' in html or ' name="' in html:
        html = _TAG.sub(lambda match: _keep_id(match, taken), html)
    if "<h" not in html:
        return html
    counts: dict[str, int] = {}

    def give_id(match: re.Match[str]) -> str:
        if _ANCHOR.search(match[2]):
            return match[0]
        slug = make_slug(extract_text(match[3])) or "section"
        name = slug
        # Footnotes have ids of their own, which are given without a look at headings.
        while name in taken or _FOOTNOTE_ID.fullmatch(name):
            counts[slug] = counts.get(slug, 0) + 1
            name = f"{slug}-{counts[slug]}"
        taken.add(name)
        tag = f"h{match[1]}"
        return match[0].replace(f"<{tag}", f'<{tag} id="{escape(name)}"', 1)

    return _HEADING.sub(give_id, html)


def _keep_id(match: re.Match[str], taken: set[str]) -> str:
    """Return a tag with its id if that is valid and unique. `name` of a link counts as one."""
    anchors = _ANCHOR.findall(match[2])
    if not anchors:
        return match[0]
    others = _ANCHOR.sub("", match[2])
    for name, value in sorted(anchors):
        if (
            value
            and value not in taken
            and len(value) <= MAX_ID_LENGTH
            and not _SPACE.search(value)
        ):
            taken.add(value)
            is_kept = len(anchors) == 1 and name == "id"
            return match[0] if is_kept else f'<{match[1]}{others} id="{value}">'
    return f"<{match[1]}{others}>"
