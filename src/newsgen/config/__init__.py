"""`newsgen.yaml` becomes a `Site`: every key typed, every default here, every fault at once.

It knows the configuration's keys and what they take; it does not know the stages that use them.
"""

from newsgen.config.load import CONFIG_FILE, load
from newsgen.config.rules import RULES_FILE, TagRules
from newsgen.config.site import Author, NavigationLink, ReadSettings, Recognize, Site, Tags

__all__ = [
    "CONFIG_FILE",
    "RULES_FILE",
    "Author",
    "NavigationLink",
    "ReadSettings",
    "Recognize",
    "Site",
    "TagRules",
    "Tags",
    "load",
]
