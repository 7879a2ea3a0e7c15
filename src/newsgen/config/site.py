"""The configuration as frozen records: one for `newsgen.yaml`, and one for each of its sections.

Every key has its default and its meaning here. How a value is written in YAML is for
`config.values` and `config.sections`.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from newsgen.config.media_copies import MediaCopies
from newsgen.config.tag_rules import TagRules
from newsgen.text.web_urls import get_host

SlugStyle = Literal["ascii", "unicode"]
LinkStyle = Literal["folder", "file"]
RawHtml = Literal["sanitize", "escape", "refuse"]
Assets = Literal["linked", "all"]
ExternalMedia = Literal["show", "link", "refuse"]
Repair = Literal["", "mojibake"]
Robots = Literal["allow", "disallow"]
TocMode = Literal["auto", "true", "false"]
RecognitionMode = Literal["auto", "off"]


PERMALINK_TOKENS: Final = frozenset({"year", "month", "day", "slug", "filename", "folder"})
"""Placeholders of `permalink` that are no fields of an article."""

_PLACEHOLDER: Final = re.compile(r"\{([\w-]*)\}")


def find_permalink_fields(pattern: str) -> tuple[str, ...]:
    """Return the names of the fields whose values a permalink needs, sorted."""
    return tuple(sorted(set(_PLACEHOLDER.findall(pattern)) - PERMALINK_TOKENS))


@dataclass(frozen=True, slots=True)
class Author:
    """Profile of an author, under `authors`. Every field but the name may be empty.

    Attributes:
        name: The name to show.
        slug: The last part of the author page's URL. Empty: made from the name.
        bio: A sentence for the author's page.
        url: A link for the author's page.
        aliases: Other spellings in articles, which all become `name`.
    """

    name: str
    slug: str = ""
    bio: str = ""
    url: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """Link of the masthead, a row of `navigation`.

    Attributes:
        label: The text of the link.
        url: An absolute URL, or a path relative to the site's root.
    """

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Recognize:
    """The section `recognize`: finding people, places and organizations in articles.

    Attributes:
        mode: `auto` recognizes names where a recognizer is installed. `off` never does.
        languages: The languages to process, as BCP 47 tags. Empty: all supported ones.
        include_tagged: Process articles that already have tags, too.
        min_articles: A name gets a page if at least this many articles name it, or
        min_mentions: if one article names it at least this many times.
        thresholds_after: In the oldest articles up to this number every name gets a page, whatever
            the two thresholds say.
    """

    mode: RecognitionMode = "auto"
    languages: tuple[str, ...] = ()
    include_tagged: bool = True
    min_articles: int = 2
    min_mentions: int = 2
    # A small archive shows every name, and a page that exists stays as the archive grows.
    thresholds_after: int = 1_000

    # `recognize: auto` is the way that the reference writes the default.
    def __str__(self) -> str:
        return self.mode


@dataclass(frozen=True, slots=True)
class Pictures:
    """The section `pictures`: versions of pictures for small screens and slow connections.

    Attributes:
        widths: Widths in pixels of the versions that are made in WebP, as far as the picture is
            wider. Empty: none is made.
        quality: WebP's measure of quality, from 1 to 100.
    """

    widths: tuple[int, ...] = (480, 960, 1600)
    quality: int = 80

    # As the reference writes the default.
    def __str__(self) -> str:
        return "on"


@dataclass(frozen=True, slots=True)
class Media:
    """The section `media`: pictures, audio and video that lie on other hosts.

    Attributes:
        external: Pages show them, link to them, or leave them out.
        hosts: Hosts whose media are shown, with their subdomains. Empty: all hosts.
    """

    external: ExternalMedia = "show"
    hosts: tuple[str, ...] = ()

    def shows(self, url: str) -> bool:
        """Return True if pages show the medium at a normalized URL."""
        return self.external == "show" and url.startswith("https://") and self.lists(url)

    def lists(self, url: str) -> bool:
        """Return True if the host of a normalized URL is among `hosts`."""
        host = f".{get_host(url)}"
        return not self.hosts or any(host.endswith(f".{one}") for one in self.hosts)


@dataclass(frozen=True, slots=True)
class Tags:
    """The section `tags`: how tags are shown.

    Attributes:
        link_mentions: Link the first mention of a tag in an article to the tag's page.
    """

    link_mentions: bool = True


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """The settings that decide how one article's file is read.

    Two sites with equal settings read the same article from a file. If the digest of this record
    changes, every source is read again. Every field has the meaning of the key in `Site`,
    `Recognize` or `Tags`.

    Attributes:
        author_aliases: Pairs of a spelling and the author's name.
        permalink_fields: The fields whose values `permalink` needs.
        recognize: True if `recognize.mode` is `auto`.
        rules: The rules of `tags.yaml`.
        copies: The files that stand for media of other hosts, from `media.csv`.
    """

    source: str
    language: str
    encoding: tuple[tuple[str, str], ...]
    timezone: str
    slugs: SlugStyle
    transliteration: str
    raw_html: RawHtml
    max_article_size: int
    author_aliases: tuple[tuple[str, str], ...]
    permalink_fields: tuple[str, ...] = ()
    recognize: bool = False
    languages: tuple[str, ...] = ()
    include_tagged: bool = True
    link_mentions: bool = True
    rules: TagRules = TagRules()
    repair: Repair = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Configuration of one archive: `newsgen.yaml` with the command line's overrides.

    Every field but `root`, `rules` and `copies` is a key of `newsgen.yaml`. Paths are as written,
    relative to `root`. An empty text means that the key is not set.

    Attributes:
        root: The folder of `newsgen.yaml`.
        title: The name of the archive.
        description: A sentence about the archive, for search engines and the about page.
        language: The language of the archive, a BCP 47 tag. It decides the interface, dates,
            plurals, alphabetical order and the encodings that old files are tried in.
        base_url: The URL that the site is published at, with a slash at its end.
        copyright: A line for the foot of every page.
        source: The folder of articles.
        output: The folder that the site is written to.
        templates: The folder of templates that override the default theme's.
        static: The folder of files that are copied to the site as they are.
        cache: The folder of the build's state. It may be deleted at any time.
        exclude: Globs over source paths of files and folders that are passed over, besides the
            usual ones.
        timezone: An IANA time zone. Times with an offset are converted to it.
        encoding: Pairs of a glob over source paths and the encoding of files that are not UTF-8.
        repair: Repair mojibake and files of which some lines are not UTF-8.
        raw_html: HTML in Markdown is made harmless, shown as text, or an error.
        toc: Articles have a list of contents if they are long, always, or never.
        max_article_size: The size in bytes above which an article's file is refused.
        drafts: Publish drafts.
        future: Publish articles with a date in the future.
        permalink: The pattern of articles' URLs.
        slugs: Slugs are transliterated to ASCII, or keep their letters.
        transliteration: The iuliia standard for Cyrillic letters in slugs.
        old_domains: URLs that the archive was published at. Links there lead to its pages.
        assets: Publish the files of the source folder that articles refer to, or all of them.
        pictures: The section `pictures`.
        media: The section `media`.
        redirects: The web servers that files with all redirects are written for.
        links: Links lead to `2025/08/30/`, or to `2025/08/30/index.html`, which works from a disk
            without a server.
        per_page: The number of articles on a full list page.
        latest: The number of articles on the home page.
        authors: Profiles of authors.
        navigation: The links of the masthead. Empty: the theme's own.
        about: The file with the text of the about page.
        theme: Pairs of a name and a text for templates, as `site.theme.NAME`.
        recognize: The section `recognize`.
        tags: The section `tags`.
        rules: The rules of `tags.yaml`.
        copies: The files that stand for media of other hosts, from `media.csv`.
        cname: The domain to write to `CNAME`, for GitHub Pages.
        robots: Search engines may index the site, or may not.
        search: Build a search index.
    """

    root: Path = field(repr=False)  # kept out of digests: moving an archive changes no page

    title: str = "News archive"
    description: str = ""
    language: str = "en"
    base_url: str = ""
    copyright: str = ""

    source: str = "articles"
    output: str = "dist"
    templates: str = "templates"
    static: str = "static"
    cache: str = ".newsgen"

    exclude: tuple[str, ...] = ()
    # Not the machine's own zone: every machine must build the same site.
    timezone: str = ""
    encoding: tuple[tuple[str, str], ...] = ()
    repair: Repair = ""
    raw_html: RawHtml = "sanitize"
    toc: TocMode = "auto"
    max_article_size: int = 10_000_000
    drafts: bool = False
    future: bool = False

    permalink: str = "/{year}/{month}/{day}/{slug}/"
    slugs: SlugStyle = "ascii"
    transliteration: str = "wikipedia"
    old_domains: tuple[str, ...] = ()
    assets: Assets = "linked"
    pictures: Pictures = Pictures()
    media: Media = Media()
    redirects: tuple[str, ...] = ()
    links: LinkStyle = "folder"

    per_page: int = 50
    latest: int = 50
    authors: tuple[Author, ...] = ()
    navigation: tuple[NavigationLink, ...] = ()
    about: str = "about.md"
    theme: tuple[tuple[str, str], ...] = ()

    recognize: Recognize = Recognize()
    tags: Tags = Tags()
    rules: TagRules = field(default=TagRules(), hash=False)  # holds dicts, which have no hash
    copies: MediaCopies = MediaCopies()

    cname: str = ""
    robots: Robots = "allow"
    search: bool = True

    @property
    def source_folder(self) -> Path:
        """The folder of articles."""
        return self.root / self.source

    @property
    def output_folder(self) -> Path:
        """The folder that the site is written to."""
        return self.root / self.output

    @property
    def cache_folder(self) -> Path:
        """The folder of the build's state."""
        return self.root / self.cache

    @property
    def reading(self) -> ReadSettings:
        """The settings that decide how a file is read."""
        return ReadSettings(
            source=self.source,
            language=self.language,
            encoding=self.encoding,
            repair=self.repair,
            timezone=self.timezone,
            slugs=self.slugs,
            transliteration=self.transliteration,
            raw_html=self.raw_html,
            max_article_size=self.max_article_size,
            author_aliases=tuple(
                (alias, author.name) for author in self.authors for alias in author.aliases
            ),
            # Not the pattern itself: another order of its parts must not read articles again.
            permalink_fields=find_permalink_fields(self.permalink),
            # Thresholds decide about pages, so changing them must not read articles again.
            recognize=self.recognize.mode == "auto",
            languages=self.recognize.languages,
            include_tagged=self.recognize.include_tagged,
            link_mentions=self.tags.link_mentions,
            rules=self.rules,
        )

    @property
    def hosts(self) -> tuple[tuple[str, str], ...]:
        """Pairs of a host of `base_url` or `old_domains`, without `www.`, and a path there."""
        return tuple(map(_split_host, filter(None, (self.base_url, *self.old_domains))))


def _split_host(url: str) -> tuple[str, str]:
    """Return the host of a URL without `www.`, and its path with a slash at its end."""
    host, _, path = url.rpartition("://")[2].partition("/")
    return host.removeprefix("www."), f"/{path.strip('/')}/".replace("//", "/")
