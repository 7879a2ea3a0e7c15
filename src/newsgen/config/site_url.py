"""Validation of the URL that a site is published at."""

import re
from typing import Final
from urllib.parse import unquote, urlsplit

# Labels of a domain name have 1 to 63 letters, digits and hyphens (RFC 1123, 2.1).
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?", re.IGNORECASE)
_IPV4: Final = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}", re.ASCII)
_HOST_AND_PORT: Final = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^\[\]\\@:]+)(?::[0-9]{1,5})?")
# Letters of all scripts are welcome, as browsers encode them (RFC 3987).
_NOT_IN_PATH: Final = re.compile(r"""[\s"<>\\^`|?#\x00-\x1f\x7f]|%(?![0-9a-fA-F]{2})|//""")


def is_site_url(url: str) -> bool:
    """Return True if paths of pages can be appended to a URL.

    It has the scheme `http` or `https`, a valid host and port, and a path without empty or relative
    parts. A query or a fragment would swallow the paths. A name and a password would be published
    in every page.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        path = unquote(parts.path, errors="strict")
    except ValueError:  # a host in brackets must be IPv6, a port at most 65535, a path UTF-8
        return False
    found = _HOST_AND_PORT.fullmatch(parts.netloc)
    if parts.scheme not in {"http", "https"} or not found or port == 0:
        return False
    # `urlsplit` drops an empty query, line breaks and tabs, so the whole URL is searched for them.
    has_bad_path = _NOT_IN_PATH.search(parts.path) or re.search(r"[\s?#]", url)
    # Encoded, they are still a separator and a relative part for browsers and servers.
    is_relative = not {".", ".."}.isdisjoint(path.split("/"))
    if has_bad_path or is_relative or re.search(r"[\x00-\x1f\x7f\\]|//", path):
        return False
    return found[1].startswith("[") or _is_domain(found[1])


def _is_domain(host: str) -> bool:
    """Return True if a host is a domain name, also in letters of other scripts, or IPv4."""
    name = host
    if not host.isascii() or "xn--" in host.lower():
        try:
            # Decoding also finds a label that begins with `xn--` and encodes nothing.
            name = host.encode("idna").decode("ascii")
            _ = name.encode("ascii").decode("idna")
        except UnicodeError:
            return False
    if not _DOMAIN.fullmatch(name) or len(name) > 253:  # noqa: PLR2004 - RFC 1035, 2.3.4
        return False
    # Browsers read a host that ends with a number as IPv4.
    is_ipv4 = name.rstrip(".").rpartition(".")[2].isdigit()
    return not is_ipv4 or bool(_IPV4.fullmatch(name))
