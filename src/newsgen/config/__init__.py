"""Configuration: `newsgen.yaml`, `tags.yaml` and `media.csv` become a typed `Site`.

It knows every key, its type and its default, and reports all faults together. It does not know the
stages that use the values.
"""

from newsgen.config.load import CONFIG_FILE, load_site
from newsgen.config.media_copies import COPIES_FILE, MediaCopies, write_media_copies
from newsgen.config.site import Author, Media, NavigationLink, ReadSettings, Recognize, Site, Tags
from newsgen.config.tag_rules import RULES_FILE, TagRules

__all__ = [
    "CONFIG_FILE",
    "COPIES_FILE",
    "RULES_FILE",
    "Author",
    "Media",
    "MediaCopies",
    "NavigationLink",
    "ReadSettings",
    "Recognize",
    "Site",
    "TagRules",
    "Tags",
    "load_site",
    "write_media_copies",
]
