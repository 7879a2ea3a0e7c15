"""Plugins: rows that installed packages add to newsgen's tables through entry points.

A table holds built-in rows, then the rows of plugins. Plugins are loaded when a table is first
asked for a row that is not built in. Each table is defined in the package that uses it.

Standard: https://packaging.python.org/specifications/entry-points/
"""

from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, TypeVar, cast, overload

from newsgen.core.distributions import find_distributions
from newsgen.problems import Location, Problem

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_GROUP_PREFIX: Final = "newsgen."

Row = TypeVar("Row")


class PluginTable(MutableMapping[str, Row]):
    """Ordered table of named rows: the built-in ones, then those of plugins.

    The name of a plugin's row is the name of its entry point. Built-in rows win over plugins, and
    plugins are ordered by the names of their distributions, so the order of installation does not
    matter. A plugin that cannot be loaded is left out and reported by `problems`.
    """

    def __init__(
        self,
        group: str,
        built_in: Mapping[str, Row],
        is_row: Callable[[object], bool] = callable,
        reserved: Collection[str] = (),
    ) -> None:
        """Make a table, without looking for plugins yet.

        Args:
            group: The entry point group, such as `newsgen.formats`.
            built_in: The built-in rows, in their order.
            is_row: Returns True for an object that the table can hold.
            reserved: Further names that plugins may not take.
        """
        self._group = group
        self._rows = dict(built_in)
        self._reserved = frozenset((*built_in, *reserved))
        self._is_row = is_row
        self._problems: tuple[Problem, ...] | None = None
        self._origins: dict[str, tuple[_Plugin, EntryPoint]] = {}

    def is_built_in(self, name: str) -> bool:
        """Return True if a row is newsgen's own."""
        return name in self._reserved

    def describe_failure(self, name: str, error: BaseException) -> Problem | None:
        """Return the problem of a plugin whose row has raised an error.

        Args:
            name: The row.
            error: The error.

        Returns:
            None for a built-in row: then the error is newsgen's own.
        """
        if name not in self._origins:
            return None
        return _make_problem(*self._origins[name], f"failed: {_summarize(error)}")

    def problems(self) -> tuple[Problem, ...]:
        """Load the plugins, and return a warning for each faulty one."""
        if self._problems is None:
            # Set before loading: a plugin's module may itself look into the table.
            self._problems = ()
            self._problems = tuple(self._load_plugins())
        return self._problems

    def __getitem__(self, name: str) -> Row:
        if name not in self._rows:
            self.problems()
        return self._rows[name]

    def __setitem__(self, name: str, row: Row) -> None:
        self._rows[name] = row

    def __delitem__(self, name: str) -> None:
        del self._rows[name]

    def __iter__(self) -> Iterator[str]:
        self.problems()
        return iter(self._rows)

    def __len__(self) -> int:
        self.problems()
        return len(self._rows)

    def _load_plugins(self) -> Iterator[Problem]:
        """Add the plugins' rows to the table, and yield the problems."""
        for plugin in _find_plugins():
            for entry in plugin.entries:
                if entry.group != self._group:
                    continue
                if entry.name in self._reserved:
                    yield _make_problem(plugin, entry, "is the name of a built-in row")
                elif entry.name in self._rows:
                    yield _make_problem(plugin, entry, "is the name of another plugin's row")
                else:
                    try:
                        row = entry.load()
                    except (Exception, SystemExit) as error:  # noqa: BLE001 - a plugin's own code
                        yield _make_problem(plugin, entry, f"cannot be loaded: {_summarize(error)}")
                        continue
                    if not self._is_row(row):
                        reason = f"is a {type(row).__name__}, which `{self._group}` does not take"
                        yield _make_problem(plugin, entry, reason)
                    elif (own_name := getattr(row, "name", entry.name)) != entry.name:
                        yield _make_problem(plugin, entry, f"names itself `{own_name}`")
                    else:
                        self._rows[entry.name] = cast("Row", row)
                        self._origins[entry.name] = (plugin, entry)


class _Named(Protocol):
    @property
    def name(self) -> str: ...


NamedRow = TypeVar("NamedRow", bound=_Named)


class PluginSequence(Sequence[NamedRow]):
    """Ordered rows that carry their own names: the built-in ones, then those of plugins."""

    def __init__(
        self, group: str, built_in: Sequence[NamedRow], is_row: Callable[[object], bool]
    ) -> None:
        """Make a sequence, without looking for plugins yet. See `PluginTable`."""
        self._table = PluginTable(group, {row.name: row for row in built_in}, is_row)

    def problems(self) -> tuple[Problem, ...]:
        """Load the plugins, and return a warning for each faulty one."""
        return self._table.problems()

    def describe_failure(self, name: str, error: BaseException) -> Problem | None:
        """Return the problem of a plugin whose row has raised an error, as in `PluginTable`."""
        return self._table.describe_failure(name, error)

    @overload
    def __getitem__(self, index: int) -> NamedRow: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[NamedRow, ...]: ...
    def __getitem__(self, index: int | slice) -> NamedRow | tuple[NamedRow, ...]:
        return tuple(self._table.values())[index]

    def __len__(self) -> int:
        return len(self._table)


def plugin_versions() -> tuple[tuple[str, str], ...]:
    """Return the name and version of each installed distribution with plugins, sorted.

    They are part of the code's fingerprint: another version may write other pages.
    """
    return tuple((plugin.distribution, plugin.version) for plugin in _find_plugins())


class _Plugin(NamedTuple):
    """Installed distribution with entry points for newsgen."""

    distribution: str
    version: str
    entries: "tuple[EntryPoint, ...]"


@cache
def _find_plugins() -> tuple[_Plugin, ...]:
    plugins = []
    for name, installed in sorted(find_distributions().items()):
        # Looking for our prefix first spares the import of `importlib.metadata`, 20 ms, and the
        # parsing of every package's entry points.
        if _GROUP_PREFIX not in _read_entry_points(installed.folder):
            continue
        from importlib.metadata import PathDistribution  # noqa: PLC0415

        try:
            entries = tuple(
                entry
                for entry in PathDistribution(Path(installed.folder)).entry_points
                if entry.group.startswith(_GROUP_PREFIX)
            )
        except Exception:  # noqa: BLE001, S112 - broken metadata of any package, perhaps not a plugin
            continue
        if entries:
            plugins.append(_Plugin(name, installed.version, entries))
    return tuple(plugins)


def _read_entry_points(folder: str) -> str:
    try:
        with open(f"{folder}/entry_points.txt", encoding="utf-8") as opened:  # noqa: PTH123
            return opened.read()
    except (OSError, ValueError):
        return ""


def _summarize(error: BaseException) -> str:
    """Return the type of an error and the first line of its message."""
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _make_problem(plugin: _Plugin, entry: "EntryPoint", reason: str) -> Problem:
    return Problem(
        Location(plugin.distribution),
        "faulty-plugin",
        f"`{entry.group}`: `{entry.name}` {reason}",
        f"update {plugin.distribution} (now {plugin.version}), or uninstall it",
    )
