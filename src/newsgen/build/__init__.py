"""Building: from a folder of articles to the files of the site."""

from newsgen.build.pipeline import BuildReport, Options, build

__all__ = ["BuildReport", "Options", "build"]
