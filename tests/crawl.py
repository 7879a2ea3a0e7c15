"""Walks a built site as a reader would, from the home page, by its links alone."""

from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit


@dataclass
class Crawl:
    """Result of a crawl: the number of clicks to each file, and broken links."""

    clicks: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.ids.add(str(values["id"]))
        if tag == "meta" and values.get("http-equiv") == "refresh":
            self.found.append(str(values["content"]).partition("url=")[2])
        if tag == "link" and values.get("rel") == "canonical":
            return
        self.found += [str(values[name]) for name in ("href", "src") if values.get(name)]


def links_of(file: Path) -> tuple[list[str], set[str]]:
    """The links of a page, and the ids that links may lead to."""
    parser = _Links()
    parser.feed(file.read_text(encoding="utf-8"))
    return parser.found, parser.ids


def crawl(folder: Path, base: str = "/", *, by_file: bool = False) -> Crawl:
    """Walk a site that lies in a folder and is served under a base path.

    With `by_file` links must name files, as on a disk, where no server finds an index.
    """
    result = Crawl(clicks={"index.html": 0})
    waiting = deque(["index.html"])
    while waiting:
        path = waiting.popleft()
        here = base + (path if by_file else path.removesuffix("index.html"))
        found, ids = links_of(folder / path)
        for link in found:
            url, fragment = urldefrag(urljoin(f"http://site{here}", link))
            parts = urlsplit(url)
            if parts.netloc != "site" or parts.scheme not in {"http", "https"}:
                continue
            if not parts.path.startswith(base):
                result.outside.append(f"{path} -> {link}")
                continue
            target = unquote(parts.path.removeprefix(base))
            if not by_file and (not target or target.endswith("/")):
                target += "index.html"
            if not (folder / target).is_file():
                result.broken.append(f"{path} -> {link}")
                continue
            if fragment and fragment not in (
                ids if target == path else links_of(folder / target)[1]
            ):
                result.broken.append(f"{path} -> {link}")
            if target not in result.clicks:
                result.clicks[target] = result.clicks[path] + 1
                if target.endswith(".html"):
                    waiting.append(target)
    return result
