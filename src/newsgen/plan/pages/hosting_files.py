"""Files for web servers and crawlers: `robots.txt`, `.nojekyll` and `CNAME`."""

from collections.abc import Iterator, Mapping

from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield one unit."""
    site = site_context.site
    # Without `.nojekyll`, GitHub Pages drops files that begin with an underscore.
    files = [(".nojekyll", ""), ("robots.txt", _robots(site.robots))]
    if site.cname:
        files.append(("CNAME", site.cname + "\n"))
    yield Unit("hosting files", "", digest(repr(files)), tuple(files))


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan a page for each file."""
    for path, text in unit.data:
        yield Page("hosting files", path, "", (digest(text),), (text,))


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `text`, the content of the file."""
    return {"text": page.data[0]}


def _robots(policy: str) -> str:
    """Return a robots.txt by the Robots Exclusion Protocol, RFC 9309."""
    rule = "Disallow: /" if policy == "disallow" else "Allow: /"
    return f"User-agent: *\n{rule}\n"


KIND = PageKind("hosting files", "text", (), ("text",), units, pages, view)
