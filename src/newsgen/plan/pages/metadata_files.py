"""Files for those who serve and index the site: `robots.txt`, `.nojekyll`, `CNAME`."""

from collections.abc import Iterator, Mapping

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext

_MARK_TEXT = "newsgen writes this folder: what it wrote here before, it may replace and remove.\n"


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """One unit."""
    site = site_context.site
    files = [(".nojekyll", ""), ("robots.txt", _robots(site.robots)), (urls.MARK, _MARK_TEXT)]
    if site.cname:
        files.append(("CNAME", site.cname + "\n"))
    yield Unit("files", "", digest(repr(files)), tuple(files))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """A page a file."""
    for path, text in unit.data:
        yield Page("files", path, "", (digest(text),), (text,))


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """`text`: the whole file."""
    return {"text": page.data[0]}


def _robots(policy: str) -> str:
    """Robots Exclusion Protocol, RFC 9309."""
    rule = "Disallow: /" if policy == "disallow" else "Allow: /"
    return f"User-agent: *\n{rule}\n"


KIND = PageKind("files", "text", (), ("text",), units, pages, view)
