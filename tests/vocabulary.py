"""Words that newsgen's code and texts no longer use, each with the field's term for it.

The first versions were written in a language of their own. The rules in `style` refuse it.
"""

from collections.abc import Mapping
from typing import Final

OPENERS: Final = frozenset(
    {
        *("How", "Of", "So", "Such", "Those", "What", "Whatever", "When", "Where", "Wherever"),
        *("Whether", "Which", "Whichever", "Who", "Whoever", "Whose"),
    }
)
"""First words of docstrings that describe a thing by a clause instead of naming it."""

BOUNDS: Final[Mapping[str, str]] = {
    "DEEPEST": "MAX_ with the unit",
    "FEWEST": "MIN_",
    "LARGEST": "MAX_",
    "LEAST": "MIN_",
    "LONGEST": "MAX_ with the unit",
    "MOST": "MAX_",
    "SHORTEST": "MIN_ with the unit",
}

NAMES: Final[Mapping[str, str]] = {
    "beside": "with_neighbors",
    "card": "summary",
    "cards": "summaries",
    "claim": "requested_url or requested_slug",
    "claims": "requested_urls or requested_slugs",
    "companions": "related_terms",
    "desk": "per_process or resources",
    "doors": "top_terms or letter_links",
    "drafting": "draft",
    "edition": "site_context",
    "face": "a name for each column, such as headline",
    "fatal": "problem_error",
    "filing": "catalogue_settings or update",
    "forget": "invalidate, prune or remove",
    "frame": "template_fingerprint",
    "give pages": "update_term_pages",
    "held": "file_lock",
    "held back": "unpublished",
    "in the way": "conflicting_paths",
    "intake": "ingest",
    "judge": "validate",
    "keeping": "storing",
    "kept files": "cache_paths",
    "kept results": "open_cache",
    "kin": "related_digest",
    "lap": "stage_timing",
    "laps": "stage_timings",
    "ledger": "manifest",
    "likeness": "shared_bits",
    "materials": "inputs",
    "nearness": "similarity",
    "outcome": "result",
    "outcomes": "results",
    "overlooked": "gazetteer",
    "prominence": "page_thresholds",
    "put in order": "normalize_index",
    "put right": "corrections",
    "refusals": "reject_rules",
    "renew": "update",
    "renewal": "pipeline",
    "renewed": "report",
    "settle": "resolve_conflicts",
    "settled": "resolved",
    "settles": "resolves",
    "sheet": "page_slice",
    "sheets": "paginate",
    "shelf": "chunk",
    "shelves": "chunks",
    "sieve": "filters",
    "slip": "row",
    "slips": "rows",
    "still": "mark_unchanged",
    "stopwatch": "timed_progress",
    "survey": "report",
    "sweep": "prune",
    "take in": "ingest, add or apply",
    "tally": "stats",
    "touched": "change_set",
    "undigest": "invalidate",
    "useless": "stale",
    "wording": "similarity",
    "world": "build_fingerprint",
}
"""The old vocabulary as parts of identifiers, and what the field calls each."""

PROSE: Final[Mapping[str, str]] = {
    "address": "URL",
    "addresses": "URLs",
    "anew": "again, or name the action: rebuild, read again",
    "are no more": "no longer exist",
    "came to": "result",
    "dated ahead": "future-dated",
    "dear": "expensive",
    "dear to": "expensive",
    "desk": "resources of a worker process",
    "edition": "site context",
    "go before": "override",
    "goes before": "overrides",
    "going before": "overriding",
    "gone before": "overridden",
    "held back": "skipped or unpublished",
    "hold it back": "create it as a draft",
    "intake": "ingest",
    "is no more": "no longer exists",
    "kin": "related articles",
    "ledger": "manifest",
    "made newsgen fail": "internal error",
    "nameplate": "site title",
    "parted by": "separated by",
    "parted into": "split into",
    "put right": "corrected",
    "renewal": "build",
    "settle": "resolve",
    "settled": "resolved",
    "settles": "resolves",
    "slip": "row",
    "slips": "rows",
    "those of which": "name the things",
    "told apart by": "distinguished by",
    "told by": "detected by",
    "what it came to": "result",
    "whichever": "say which one",
    "whoever": "name the caller or the user",
    "worked out anew": "computed again",
    "works out anew": "computes again",
}
"""Phrases of the old texts, and the plain English for each."""

COLUMNS: Final[Mapping[str, str]] = {
    "card": "summary_digest",
    "claim": "requested_url or requested_slug",
    "details": "a column for each value",
    "entry": "detail_digest",
    "face": "a column for each value",
    "frame": "template_fingerprint",
    "inputs": "digest",
    "kin": "related_digest",
    "member": "article_term",
    "names": "names_json",
    "paged": "has_page",
    "setting": "meta",
    "shown": "published",
    "sort": "sort_key",
    "unread": "dirty",
}
"""Tables and columns of the old databases."""

CONTRACTIONS: Final[Mapping[str, str]] = {
    "can't": "cannot",
    "doesn't": "does not",
    "don't": "do not",
    "isn't": "is not",
    "won't": "will not",
}

SPELLINGS: Final[Mapping[str, str]] = {
    "behaviour": "behavior",
    "colour": "color",
    "initialis": "initializ",
    "licence": "license",
    "neighbour": "neighbor",
    "normalis": "normaliz",
    "organis": "organiz",
    "recognis": "recogniz",
    "serialis": "serializ",
    "summaris": "summariz",
}
"""Parts of words in British spelling, and the American ones that code and pages use."""

CLASSES: Final[Mapping[str, str]] = {
    "beside": "sidebar",
    "doors": "site-links",
    "facts": "article-meta",
    "motto": "tagline",
    "row": "inline-list",
    "scheme": "theme-toggle",
    "skip": "skip-link",
    "span": "year-matrix",
    "trail": "breadcrumb",
    "unseen": "visually-hidden",
    "way": "pager-label",
}
"""CSS class names of the old theme."""

PROPERTIES: Final[Mapping[str, str]] = {
    "face": "--font-*",
    "faint": "--text-muted",
    "ink": "--text",
    "leading": "--line-height",
    "paper": "--bg",
    "rule": "--border",
    "tint": "--surface",
}
"""Words of CSS custom properties of the old theme."""

TEMPLATE_NAMES: Final[Mapping[str, str]] = {
    "companions": "related_terms",
    "doors": "top_terms or letter_links",
    "entry": "article",
    "lines_of": "compact",
    "list": "pager",
    "listed": "articles",
    "nameplate": "site_title",
    "past": "on_this_day",
    "policy": "csp",
    "teasers_of": "teasers",
}
"""Variables, functions and blocks of the old templates."""
