"""URLs that an article's fields ask for: its own URL, its slug, and old URLs.

Other generators write them as paths, as absolute URLs or percent-encoded. This module makes paths
inside the site of them. Conflicts between articles are for the catalogue.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from newsgen import urls
from newsgen.model import RawField, UrlRequest
from newsgen.read.field_reader import FieldReader, shorten
from newsgen.read.fields import canonical_field_name, split_values
from newsgen.read.limits import MAX_PATH_BYTES
from newsgen.text.filenames import fold_path, is_portable_filename
from newsgen.text.slugs import keep_slug, slugify

_SCHEME: Final = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_INDEX: Final = re.compile(r"(?:^|(?<=/))index\.html?$", re.IGNORECASE)
_DATE_PREFIX: Final = re.compile(r"\d{4}[-_.]?\d{1,2}[-_.]?\d{1,2}(?:[-_ ]|$)")
_SOURCE_SUFFIX: Final = re.compile(r"\.(?:md|markdown|mdx|rst|txt)$", re.IGNORECASE)
_STYLE_WORDS: Final = frozenset({"pretty", "date", "ordinal", "none"})
"""Words of Jekyll for patterns of URLs, which are for a whole site."""


_NO_REQUEST: Final = UrlRequest()


class BadAddressError(ValueError):
    """URL that cannot be a path of the site. Its text is the reason."""


@dataclass(frozen=True, slots=True)
class SlugSettings:
    """Style and transliteration standard of slugs, and the fields that the permalink needs."""

    style: str
    standard: str
    fields: tuple[str, ...] = ()

    def make_slug(self, text: str) -> str:
        """Return a text as a slug, as written if it is safe."""
        return keep_slug(text, self.style) or slugify(text, self.style, self.standard, text)


def parse_address(text: str) -> str:
    """Return the path of a URL on the site, without a slash at its start.

    Args:
        text: A path or an absolute URL, maybe percent-encoded.

    Raises:
        BadAddressError: If it is not a path inside the site that all systems accept.
    """
    text = text.strip()
    if _SCHEME.match(text):
        try:
            parts = urlsplit(text)
        except ValueError as error:
            raise BadAddressError("is no valid URL") from error
        text = parts.path + (f"?{parts.query}" if parts.query else "")
    path, _, _ = text.partition("#")
    if "?" in path:
        raise BadAddressError("has a query, which a static file cannot answer")
    try:
        path = unquote(path, errors="strict") if "%" in path else path
    except UnicodeDecodeError as error:
        raise BadAddressError("is not percent-encoded UTF-8") from error
    # By Unicode's rule for file names: macOS decomposes letters, and browsers do not.
    path = _INDEX.sub("", unicodedata.normalize("NFC", path).lstrip("/"))
    size = len(path.encode())
    if size > MAX_PATH_BYTES:
        raise BadAddressError(f"has {size:,} bytes; the limit is {MAX_PATH_BYTES}")
    if not path or not all(map(is_portable_filename, path.rstrip("/").split("/"))):
        raise BadAddressError("is not a path inside the site")
    return path


def read_url_request(reader: FieldReader, settings: SlugSettings) -> tuple[str, UrlRequest]:
    """Return the slug of an article, "" if it has none, and what its fields say about its URL."""
    slug, former_slug = _read_slug(reader, settings)
    tokens = tuple(_read_token(reader, name, settings) for name in settings.fields)
    url = _read_url(reader)
    if not (url or former_slug or tokens):
        return slug, _NO_REQUEST
    return slug, UrlRequest(url, former_slug, tuple(token for token in tokens if token[1]))


def read_aliases(reader: FieldReader) -> tuple[str, ...]:
    """Return the old paths of an article."""
    found = reader.field("aliases")
    if not found.value:
        return ()
    # By their keys: two that differ only in case lead to the same file on many disks.
    aliases: dict[str, str] = {}
    values = list(filter(None, split_values("aliases", found)))
    for alias in reader.limit_values(values, "aliases", found.line):
        # A redirect is written at this path, so `..` and names that some file system refuses are
        # errors.
        try:
            path = parse_address(alias)
        except BadAddressError as error:
            reader.report("bad-alias", f'"{shorten(alias)}" {error}', found.line)
        else:
            # `/x` and `/x/` are one file.
            aliases.setdefault(fold_path(urls.alias_url(path)), path)
    return tuple(aliases.values())


def _read_url(reader: FieldReader) -> str:
    """Return the URL that an article asks for, "" if its fields give none that can be used."""
    found = reader.field("url")
    if not found.value:
        return ""
    text = found.text.strip()
    is_file = found.label.casefold() == "path" and _SOURCE_SUFFIX.search(text)
    if not text or is_file or text.lower() in _STYLE_WORDS:
        return ""
    try:
        url = urls.alias_url(parse_address(text))
    except BadAddressError as error:
        reader.report("bad-address", f'"{shorten(text)}" {error}', found.line)
        return ""
    if urls.is_reserved(url):
        message = f'"{shorten(text)}" may be that of a list or another page of newsgen'
        reader.report("bad-address", message, found.line)
        return ""
    return url


def _read_slug(reader: FieldReader, settings: SlugSettings) -> tuple[str, str]:
    """Return the slug, and the slug as written if it was changed and a redirect is possible."""
    found = reader.field("slug")
    if not found.text:
        return _find_folder_slug(reader.source, settings), ""
    written = _decode_slug(found).strip("/")
    slug = settings.make_slug(written)
    # A name of a file is no promise of a URL, so changing it takes no warning.
    if slug == written or not found.line:
        return slug, ""
    message = f'the slug "{shorten(found.text)}" becomes "{slug}"'
    reader.report("slug-changed", message, found.line)
    return slug, written if all(map(is_portable_filename, written.split("/"))) else ""


def _decode_slug(found: RawField) -> str:
    text = found.text
    with suppress(UnicodeDecodeError):
        text = unquote(text, errors="strict") if "%" in text else text
    return unicodedata.normalize("NFC", text)


def _find_folder_slug(source: str, settings: SlugSettings) -> str:
    """Return the slug of a file named `index`, which has the name of its folder."""
    if "index." not in source.lower():
        return ""
    parts = source.split("/")
    if len(parts) == 1 or parts[-1].partition(".")[0].lower() != "index":
        return ""
    name = _DATE_PREFIX.sub("", parts[-2])
    # A folder of a year or a day names no article.
    return "" if not name or name.isdigit() else settings.make_slug(name)


def _read_token(reader: FieldReader, name: str, settings: SlugSettings) -> tuple[str, str]:
    """Return the value of a placeholder of the permalink."""
    raw = reader.raw
    found = raw.extra.get(name.casefold()) or reader.field(canonical_field_name(name) or name)
    values = split_values("tags", found) if name != "slug" else ()
    text = next(filter(None, values), "")
    if name == "section" and not text:
        folder, slash, _ = reader.source.partition("/")
        text = folder if slash else ""
    elif not text:
        message = f"has no `{name}`, which the permalink needs: its slug takes the place"
        reader.report("no-permalink-field", message)
    return name, settings.make_slug(text) if text else ""
