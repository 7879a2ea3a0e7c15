"""All redirects as files for web servers, which answer with HTTP redirects and see queries.

`_redirects` is for Netlify and Cloudflare Pages, `.htaccess` for Apache, and `redirects.nginx.conf`
a `map` for nginx.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import parse_qsl, quote, urlsplit

from newsgen import urls
from newsgen.core.digest import digest
from newsgen.model import Page, Unit
from newsgen.plan.page_kind import PageKind
from newsgen.plan.protocol import Archive
from newsgen.site_context import SiteContext

Redirects = Iterable[tuple[str, str]]


def units(site_context: SiteContext, archive: Archive) -> Iterator[Unit]:
    """Yield one unit if the configuration asks for a file."""
    if site_context.site.redirects:
        yield Unit("server redirects", "", archive.redirects_digest())


def pages(site_context: SiteContext, archive: Archive, unit: Unit) -> Iterator[Page]:
    """Plan a page for each web server."""
    root = urlsplit(site_context.site.base_url).path or "/"
    found = [
        (old if "?" in old else urls.alias_url(old), new) for old, new in archive.all_redirects()
    ]
    for server in site_context.site.redirects:
        path, write = _SERVERS[server]
        text = write(found, root)
        yield Page("server redirects", path, "", (digest(text),), (text,))


def view(site_context: SiteContext, archive: Archive, page: Page) -> Mapping[str, object]:
    """Return `text`, the content of the file."""
    return {"text": page.data[0]}


def _write_netlify(redirects: Redirects, root: str) -> str:
    lines = []
    for old, new in redirects:
        path, _, query = old.partition("?")
        # Netlify matches parameters, which stand between the path and the target.
        parameters = [f"{name}={quote(value)}" for name, value in parse_qsl(query)]
        lines.append(" ".join((_link(root, path), *parameters, _link(root, new), "301")))
    return _join(lines)


def _write_nginx(redirects: Redirects, root: str) -> str:
    lines = [
        "# In nginx.conf: `include redirects.nginx.conf;` in `http`, and in `server`",
        "# `if ($newsgen_redirect) { return 301 $newsgen_redirect; }`.",
        "map $request_uri $newsgen_redirect {",
    ]
    for old, new in redirects:
        path, mark, query = old.partition("?")
        target = _escape_nginx(_link(root, new))
        # The map compares the whole request, so a missing slash is another key.
        paths = {path} if mark else {path, path.rstrip("/")}
        requests = (f"{_link(root, one)}{mark}{query}" for one in sorted(paths))
        lines += [f'  "{_escape_nginx(request)}" "{target}";' for request in requests]
    return _join([*lines, "}"])


def _escape_nginx(text: str) -> str:
    return text.replace("\\", "%5C").replace('"', "%22").replace("$", "%24").replace("~", "%7E")


def _write_apache(redirects: Redirects, root: str) -> str:
    lines = ["RewriteEngine On"]
    for old, new in redirects:
        path, mark, query = old.partition("?")
        if mark:
            lines.append(f'RewriteCond "%{{QUERY_STRING}}" "^{_escape_apache(query)}$"')
        pattern = _escape_apache(path.rstrip("/"))
        slash = "/?" if path.endswith("/") else ""
        # NE: the target is percent-encoded already. QSD: the query belongs to the old URL.
        target = _link(root, new).replace("%", r"\%").replace("$", r"\$")
        lines.append(f'RewriteRule "^{pattern}{slash}$" "{target}" [R=301,L,NE,QSD]')
    return _join(lines)


def _escape_apache(text: str) -> str:
    return re.escape(text).replace('"', r"\x22")


def _link(root: str, url: str) -> str:
    """Return a URL as the browser sends it."""
    return url if "://" in url else root + quote(url, safe="/~-._#!,;=@+()*&'")


def _join(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


_SERVERS: Final[Mapping[str, tuple[str, Callable[[Redirects, str], str]]]] = {
    "netlify": ("_redirects", _write_netlify),
    "nginx": ("redirects.nginx.conf", _write_nginx),
    "apache": (".htaccess", _write_apache),
}

KIND = PageKind("server redirects", "text", (), ("text",), units, pages, view)
