"""The files under `.newsgen/`, where newsgen keeps what it has worked out."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from newsgen.config import Site
from newsgen.core.digest import digest
from newsgen.storage.database import discard, is_damaged


@dataclass(frozen=True, slots=True)
class CachePaths:
    """Where newsgen keeps what it has worked out; ledgers belong to one output folder each."""

    catalogue: Path
    cache: Path
    teasers: Path
    manifest: Path
    index: Path
    compiled: Path
    lock: Path

    @classmethod
    def of(cls, site: Site) -> "CachePaths":
        """The files of a site."""
        folder = site.cache_folder
        output = digest(_from_root(site)).hex()[:12]
        return cls(
            catalogue=folder / "catalogue.sqlite",
            cache=folder / "cache.sqlite",
            teasers=folder / f"teasers-{output}.sqlite",
            manifest=folder / f"pages-{output}.sqlite",
            index=folder / "search",
            compiled=folder / "templates",
            lock=folder / "lock",
        )

    def discard(self) -> None:
        """Delete all that can be worked out again; which files are newsgen's stays known."""
        for file in (self.catalogue, self.cache, self.teasers):
            discard(file)
        shutil.rmtree(self.index, ignore_errors=True)

    def discard_damaged(self) -> None:
        """Delete what is damaged; if nothing seems to be, delete everything."""
        files = (self.catalogue, self.cache, self.teasers, self.manifest)
        for file in [file for file in files if is_damaged(file)] or files:
            discard(file)


def _from_root(site: Site) -> str:
    """The output folder as seen from the archive's root: they may be moved together."""
    output, root = site.output_folder.resolve(), site.root.resolve()
    try:
        return os.path.relpath(output, root)
    except ValueError:  # on another drive
        return str(output)
