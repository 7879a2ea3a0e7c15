"""Resources that rendering and indexing have in common: the catalogue and the cache."""

from functools import cached_property
from pathlib import Path

from newsgen.catalogue import CatalogueReader
from newsgen.storage.cache import CacheReader


class StoreResources:
    """Catalogue and cache of a worker, each opened at first use."""

    def __init__(self, catalogue: Path, cache: Path) -> None:
        self._catalogue_file = catalogue
        self._cache_file = cache

    @cached_property
    def archive(self) -> CatalogueReader:
        """Articles of the site."""
        return CatalogueReader.open(self._catalogue_file)

    @cached_property
    def cache(self) -> CacheReader:
        """Bodies and teasers."""
        return CacheReader(self._cache_file)

    def close(self) -> None:
        """Close what was opened."""
        # A cached_property is in the instance's dictionary once it has been used.
        for name in ("archive", "cache"):
            if name in self.__dict__:
                getattr(self, name).close()
