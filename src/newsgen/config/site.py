"""The configuration as frozen records, with the default of every key."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from newsgen.config.rules import TagRules

SlugStyle = Literal["ascii", "unicode"]
LinkStyle = Literal["folder", "file"]
RawHtml = Literal["sanitize", "escape", "refuse"]
Robots = Literal["allow", "disallow"]
Recognition = Literal["auto", "off"]


@dataclass(frozen=True, slots=True)
class Author:
    """A profile under `authors:`; every field but the name may be empty."""

    name: str
    slug: str = ""
    bio: str = ""
    url: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """A row of `navigation:`; the URL is absolute, or relative to the site's root."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Recognize:
    """The `recognize:` section: whether names are recognized, in which languages, and get pages.

    An empty `languages` means all supported ones. `include_tagged`: also process articles that
    already have tags. A name gets a page if at least `min_articles` name it, or one article has at
    least `min_mentions` of it. The oldest `thresholds_after` articles give every name a page.
    """

    mode: Recognition = "auto"
    languages: tuple[str, ...] = ()
    include_tagged: bool = True
    min_articles: int = 2
    min_mentions: int = 2
    thresholds_after: int = 1_000

    def __str__(self) -> str:
        return self.mode


@dataclass(frozen=True, slots=True)
class Tags:
    """What is under `tags:`: `link_mentions` links names in articles to their pages."""

    link_mentions: bool = True


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """The part of the configuration that decides how one article's file is read.

    Two sites with equal `ReadSettings`s read a file to the same article.
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
    recognize: bool = False
    languages: tuple[str, ...] = ()
    include_tagged: bool = True
    link_mentions: bool = True
    rules: TagRules = TagRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One archive: all that `newsgen.yaml` and the command line say of it.

    Every field but `root` and `rules` is a key of `newsgen.yaml`. Paths are as written, relative to
    `root`, the folder that holds `newsgen.yaml`.
    """

    root: Path = field(repr=False)

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

    timezone: str = ""
    encoding: tuple[tuple[str, str], ...] = ()
    raw_html: RawHtml = "sanitize"
    max_article_size: int = 10_000_000
    drafts: bool = False
    future: bool = False

    permalink: str = "/{year}/{month}/{day}/{slug}/"
    slugs: SlugStyle = "ascii"
    transliteration: str = "wikipedia"
    links: LinkStyle = "folder"

    per_page: int = 50
    latest: int = 50
    authors: tuple[Author, ...] = ()
    navigation: tuple[NavigationLink, ...] = ()
    about: str = "about.md"
    theme: tuple[tuple[str, str], ...] = ()

    recognize: Recognize = Recognize()
    tags: Tags = Tags()
    rules: TagRules = field(default=TagRules(), hash=False)
    """What `tags.yaml` says; no key of the configuration."""

    cname: str = ""
    robots: Robots = "allow"
    search: bool = True

    @property
    def source_folder(self) -> Path:
        """The folder that holds the articles."""
        return self.root / self.source

    @property
    def output_folder(self) -> Path:
        """The folder that the site is written to."""
        return self.root / self.output

    @property
    def cache_folder(self) -> Path:
        """The folder where newsgen keeps what it has worked out."""
        return self.root / self.cache

    @property
    def reading(self) -> ReadSettings:
        """The part that decides how a file is read."""
        return ReadSettings(
            source=self.source,
            language=self.language,
            encoding=self.encoding,
            timezone=self.timezone,
            slugs=self.slugs,
            transliteration=self.transliteration,
            raw_html=self.raw_html,
            max_article_size=self.max_article_size,
            author_aliases=tuple(
                (alias, author.name) for author in self.authors for alias in author.aliases
            ),
            recognize=self.recognize.mode == "auto",
            languages=self.recognize.languages,
            include_tagged=self.recognize.include_tagged,
            link_mentions=self.tags.link_mentions,
            rules=self.rules,
        )
