"""Files for those who serve and index the site: `robots.txt`, `.nojekyll`, `CNAME`."""

from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.digest import digest
from newsgen.edition import Edition
from newsgen.model import Page, Unit
from newsgen.plan.archive import Archive
from newsgen.plan.kind import PageKind

_MARK_TEXT = "newsgen writes this folder: what it wrote here before, it may replace and remove.\n"


def units(edition: Edition, archive: Archive) -> Iterator[Unit]:
    """One unit."""
    site = edition.site
    files = [(".nojekyll", ""), ("robots.txt", _robots(site.robots)), (urls.MARK, _MARK_TEXT)]
    if site.cname:
        files.append(("CNAME", site.cname + "\n"))
    yield Unit("files", "", digest(repr(files)), tuple(files))


def pages(edition: Edition, archive: Archive, unit: Unit) -> Iterator[Page]:
    """A page a file."""
    for path, text in unit.data:
        yield Page("files", path, "", (digest(text),), (text,))


def view(edition: Edition, archive: Archive, page: Page) -> Mapping[str, object]:
    """`text`: the whole file."""
    return {"text": page.data[0]}


def _robots(policy: str) -> str:
    """Robots Exclusion Protocol, RFC 9309."""
    rule = "Disallow: /" if policy == "disallow" else "Allow: /"
    return f"User-agent: *\n{rule}\n"


KIND = PageKind("files", "text", (), ("text",), units, pages, view)
