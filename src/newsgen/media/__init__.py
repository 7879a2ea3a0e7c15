"""Media of other hosts that articles name: asking whether they are there, and fetching them.

Only commands that say so use the network. Builds never do.
"""

from newsgen.media.fetch import FetchLimits, FetchReport, fetch_media
from newsgen.media.probe import ProbeReport, probe_media

__all__ = ["FetchLimits", "FetchReport", "ProbeReport", "fetch_media", "probe_media"]
