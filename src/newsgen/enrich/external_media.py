"""Pictures, audio and video of other hosts: shown, linked to, or left out, as the site decides.

The HTML is sanitized. Media on hosts of the archive itself, and media with a copy in the source
folder, are left to `enrich.references`.
"""

import posixpath
import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Final, Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from newsgen.config import Media
from newsgen.enrich.body import BodyWarning
from newsgen.enrich.references import MAX_REFERENCES, Hosts, LineFinder, find_own_path
from newsgen.enrich.summary import truncate
from newsgen.model import Reference
from newsgen.text.web_urls import is_web_url, normalize_url

Verdict = Literal["own", "show", "link", "refuse"]
"""Treatment of a medium. `own` is one that is not on another host."""

_MAX_SHOWN_LENGTH: Final = 100
"""Characters of a URL in a warning."""

_ATTRIBUTES: Final = r"((?:\s+[a-z-]+(?:=\"[^\"]*\")?)*)\s*/?"
_MEDIUM_OR_LINK: Final = re.compile(
    rf"<img{_ATTRIBUTES}>|<(audio|video){_ATTRIBUTES}>(.*?)</\2>|</?a[ >]", re.DOTALL
)
_SOURCE_ELEMENT: Final = re.compile(rf"<source{_ATTRIBUTES}>")
_ATTRIBUTE: Final = re.compile(r"\s([a-z-]+)=\"([^\"]*)\"")


class ExternalMedia(NamedTuple):
    """Result of treating the media of a body.

    Attributes:
        html: The body.
        references: A reference for each medium on another host, whether it is shown or not.
        warnings: Media that are not shown although the site would show them, or are left out.
    """

    html: str
    references: tuple[Reference, ...] = ()
    warnings: tuple[BodyWarning, ...] = ()


def treat_external_media(
    html: str, body: str, line: int, hosts: Hosts, media: Media, copies: Mapping[str, str]
) -> ExternalMedia:
    """Show, link or leave out the media of a body that are on other hosts.

    Args:
        html: The body as sanitized HTML.
        body: The body as written.
        line: Line number of the body's first line.
        hosts: Hosts that the archive was published at.
        media: What happens to media of other hosts.
        copies: Paths of copies in the source folder, by normalized URLs.
    """
    if "<img" not in html and "<audio" not in html and "<video" not in html:
        return ExternalMedia(html)
    treatment = _Treatment(LineFinder(body, line), line, MediaRules(hosts, media, copies))
    html = _MEDIUM_OR_LINK.sub(treatment.treat, html)
    return ExternalMedia(html, tuple(treatment.references), tuple(treatment.warnings))


class MediaRules(NamedTuple):
    """Rules of a site for media.

    Attributes:
        hosts: Hosts that the archive was published at.
        media: What happens to media of other hosts.
        copies: Paths of copies in the source folder, by normalized URLs.
    """

    hosts: Hosts
    media: Media
    copies: Mapping[str, str]

    def decide(self, url: str) -> tuple[Verdict, str]:
        """Return what happens to a medium, and the message of a warning or an empty text."""
        if not is_web_url(url) or find_own_path(url, self.hosts):
            return "own", ""
        normalized = normalize_url(url)
        if normalized in self.copies:
            return "own", ""
        shown = truncate(url, _MAX_SHOWN_LENGTH)
        if self.media.external == "refuse":
            return "refuse", f"{shown} is on another host, so the page does not show it"
        if self.media.external == "link":
            return "link", ""
        if self.media.shows(normalized):
            return "show", ""
        reason = "is not on a host of `media.hosts`"
        if not normalized.startswith("https:"):
            reason = "does not begin with https" if normalized else "is not a valid URL"
        return "link", f"{shown} {reason}, so the page does not show it"


def make_external_reference(url: str, line: int) -> Reference:
    """Return the reference to a medium on another host, which leads to the medium itself."""
    key = f"external {normalize_url(url)}"
    return Reference(is_media=True, target=url, line=line, fragment="", keys=(key,))


class _Treatment:
    """Treatment of one body, in the order of its HTML."""

    def __init__(self, lines: LineFinder, first_line: int, rules: MediaRules) -> None:
        self.references: list[Reference] = []
        self.warnings: list[BodyWarning] = []
        self._lines = lines
        self._first_line = first_line
        self._rules = rules
        self._is_in_link = False

    def treat(self, match: re.Match[str]) -> str:
        """Return what takes the place of a medium, or of the tag of a link."""
        if match[0].startswith("<img"):
            return self._treat_picture(match[0], match[1])
        if match[2]:
            return self._treat_player(match)
        self._is_in_link = match[0] != "</a>"
        return match[0]

    def _treat_picture(self, element: str, written: str) -> str:
        attributes = _read_attributes(written)
        url = attributes.get("src", "")
        verdict = self._find_verdict(url)
        if verdict == "own":
            return element
        alternative = attributes.get("alt", "").strip()
        if verdict == "refuse":
            return escape(alternative)
        if verdict == "link":
            name = alternative or attributes.get("title", "").strip()
            return self._make_link(url, name)
        attributes |= {"src": _complete(url), "referrerpolicy": "no-referrer"}
        attributes.setdefault("loading", "lazy")
        return f"<img{_write_attributes(attributes)}>"

    def _treat_player(self, match: re.Match[str]) -> str:
        """Return an audio or video element with the sources that may be played, or a link."""
        attributes = _read_attributes(match[3])
        removed: list[str] = []
        if self._is_removed(attributes, "src"):
            removed.append(attributes.pop("src"))
        if self._is_removed(attributes, "poster"):
            del attributes["poster"]

        def treat_source(source: re.Match[str]) -> str:
            own = _read_attributes(source[1])
            if not self._is_removed(own, "src"):
                return f"<source{_write_attributes(own)}>"
            removed.append(own["src"])
            return ""

        content = _SOURCE_ELEMENT.sub(treat_source, match[4])
        if removed and "src" not in attributes and "<source" not in content:
            # What stands inside is for browsers without players, so it goes with the player.
            title = attributes.get("title", "").strip()
            if self._rules.media.external == "refuse":
                return escape(title)
            return self._make_link(removed[0], title)
        flags = " controls" if "controls" in match[3] and "controls" not in attributes else ""
        return f"<{match[2]}{_write_attributes(attributes)}{flags}>{content}</{match[2]}>"

    def _is_removed(self, attributes: dict[str, str], name: str) -> bool:
        """Return True if an attribute has a URL that the page must not load."""
        url = attributes.get(name, "")
        verdict = self._find_verdict(url)
        if verdict == "show":
            attributes[name] = _complete(url)
        return verdict in {"link", "refuse"}

    def _find_verdict(self, url: str) -> Verdict:
        """Return what happens to a medium, and note its reference and its warning."""
        verdict, message = self._rules.decide(url)
        if verdict == "own":
            return verdict
        line = self._lines.find(url)
        if normalize_url(url) and len(self.references) < MAX_REFERENCES:
            self.references.append(make_external_reference(url, line))
        if message:
            own_line = line - self._first_line + 1
            self.warnings.append(BodyWarning("external-media", message, own_line))
        return verdict

    def _make_link(self, url: str, name: str) -> str:
        text = escape(name or _name_file(url))
        # Links must not be nested. The outer one often leads to the same picture in full size.
        return text if self._is_in_link else f'<a href="{escape(_complete(url))}">{text}</a>'


def _name_file(url: str) -> str:
    """Return the name of the file at a URL, or its host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return unquote(posixpath.basename(parts.path)) or parts.netloc or url


def _complete(url: str) -> str:
    """Return a URL with a scheme: a page from a disk has none that `//` could stand for."""
    url = url.strip()
    return f"https:{url}" if url.startswith("//") else url


def _read_attributes(written: str) -> dict[str, str]:
    return {match[1]: unescape(match[2]) for match in _ATTRIBUTE.finditer(written)}


def _write_attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
