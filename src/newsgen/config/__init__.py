"""`newsgen.yaml` becomes a `Site`: every key typed, every default here, every fault at once.

It knows the configuration's keys and what they take; it does not know the stages that use them.
"""

from newsgen.config.load import CONFIG_FILE, load
from newsgen.config.rules import RULES_FILE, Rules
from newsgen.config.site import Author, Link, Reading, Recognize, Site, Tags

__all__ = [
    "CONFIG_FILE",
    "RULES_FILE",
    "Author",
    "Link",
    "Reading",
    "Recognize",
    "Rules",
    "Site",
    "Tags",
    "load",
]
