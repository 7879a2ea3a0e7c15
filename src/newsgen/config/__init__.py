"""`newsgen.yaml` becomes a `Site`: every key typed, every default here, every fault at once.

It knows the configuration's keys and what they take; it does not know the stages that use them.
"""

from newsgen.config.load import CONFIG_FILE, load
from newsgen.config.site import Author, Link, Reading, Site

__all__ = ["CONFIG_FILE", "Author", "Link", "Reading", "Site", "load"]
