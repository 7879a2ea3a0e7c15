"""URLs on the web in one form: absolute, in ASCII, without a fragment."""

import re
from typing import Final
from urllib.parse import quote, urlsplit

_WEB: Final = re.compile(r"(?:https?:|//)", re.IGNORECASE)
_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_])?|\[[0-9a-f:.]+\]")
_SAFE: Final = "/%:@!$&'()*+,;=~-._?"
"""Characters that have a meaning in a path or a query, or stand for themselves (RFC 3986, 3.3)."""


def is_web_url(value: str) -> bool:
    """Return True if a value has a scheme of the web or begins with a host."""
    return _WEB.match(value.strip()) is not None


def normalize_url(value: str) -> str:
    """Return a web URL in ASCII without its fragment, empty for anything else.

    A URL without a scheme gets `https`. One with a user's name has no normal form, for it
    holds a secret or hides the host.
    """
    value = value.strip()
    try:
        parts = urlsplit(f"https:{value}" if value.startswith("//") else value)
        host = encode_host(parts.hostname or "")
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return ""
    colon_port = "" if port is None else f":{port}"
    query = f"?{quote(parts.query, _SAFE)}" if parts.query else ""
    return f"{parts.scheme}://{host}{colon_port}{quote(parts.path, _SAFE) or '/'}{query}"


def get_host(url: str) -> str:
    """Return the host of a normalized URL."""
    return urlsplit(url).hostname or ""


def get_origin(url: str) -> str:
    """Return scheme, host and port of a normalized URL (RFC 6454, 6.2)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def encode_host(host: str) -> str:
    """Return a host in ASCII and lower case, empty if no host has such a name.

    Names in other scripts become Punycode. IPv6 numbers get brackets.
    """
    if ":" in host:
        host = f"[{host}]"
    try:
        encoded = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return ""
    encoded = encoded.lower().rstrip(".")
    return encoded if _HOST.fullmatch(encoded) else ""
