"""Finds, loads, isolates and lists plugins.

A plugin that fails is listed with the reason; the others go on working. pluggy
finds and validates the hooks; the work itself never goes through a hook call.
"""

from __future__ import annotations

import functools
import os
from collections import defaultdict
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

import attrs
import pluggy

from timeline import hookspecs
from timeline.errors import AmbiguousFormatError, UnknownFormatError
from timeline.formats import Exporter, FormatInfo, Importer

if TYPE_CHECKING:
    from collections.abc import Iterable

    import click

    from timeline.checks import Check

DISABLE_VARIABLE = "TIMELINE_DISABLE_PLUGINS"
"""Environment variable: names of plugins not to load, with commas between."""

# Which distribution to name when a format is missing.
_WELL_KNOWN = {
    "yaml": ("timeline-yaml", (".yaml", ".yml")),
    "json": ("timeline-json", (".json",)),
    "ical": ("timeline-ical", (".ics",)),
    "timelinejs": ("timeline-timelinejs", (".timelinejs.json",)),
    "html": ("timeline-web", (".html",)),
}


@attrs.frozen(kw_only=True)
class PluginInfo:
    """A plugin that was found.

    Attributes:
        name: Name of its entry point.
        distribution: The distribution it is installed by.
        version: Version of that.
        module: What the entry point names.
        faults: Why it, or a part of it, does not work; empty if it does.
        exporters: Formats it writes.
        importers: Formats it reads.
        checks: Codes of the rules it adds.
        commands: Commands it adds.
    """

    name: str
    distribution: str
    version: str
    module: str
    faults: tuple[str, ...] = ()
    exporters: tuple[str, ...] = ()
    importers: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """``distribution:name``, which no other plugin has."""
        return f"{self.distribution}:{self.name}"


_FORMATS = ("exporters", "importers")
# Hook, what each thing it returns must be, and how to name one.
_HOOKS: dict[str, tuple[str, str]] = {
    "exporters": ("timeline_register_exporters", "an exporter: `info`, a FormatInfo, and `encode`"),
    "importers": ("timeline_register_importers", "an importer: `info`, a FormatInfo, and `decode`"),
    "checks": ("timeline_register_checks", "a timeline.checks.Check"),
    "commands": ("timeline_register_commands", "a click command with a name"),
}


def _name_of(provided: str, thing: Any) -> str | None:
    """The name of a thing that a hook returned, or None if it is not one."""
    try:
        return _claimed_name(provided, thing)
    except Exception:  # noqa: BLE001 - a property of somebody's object may raise anything
        return None


def _shown(thing: object) -> str:
    """A thing in words, whatever its own ``repr`` does."""
    try:
        return f"{thing!r:.80}"
    except Exception:  # noqa: BLE001 - the same
        return f"a {type(thing).__name__}"


def _claimed_name(provided: str, thing: Any) -> str | None:
    if provided in _FORMATS:
        protocol = Exporter if provided == "exporters" else Importer
        info = getattr(thing, "info", None)
        return info.name if isinstance(thing, protocol) and isinstance(info, FormatInfo) else None
    if provided == "checks":
        from timeline.checks import Check  # noqa: PLC0415 - most commands run no rules

        return thing.code if isinstance(thing, Check) else None
    # Only click itself can say what is a command, and its import is not cheap.
    name = getattr(thing, "name", None)
    return name if isinstance(name, str) and name and callable(getattr(thing, "invoke", None)) else None


@attrs.frozen(kw_only=True)
class _Provided:
    """A thing that a plugin provides."""

    plugin: str
    distribution: str
    thing: Any


@attrs.frozen(kw_only=True)
class _Collected:
    """What the plugins provide of one kind, and what is wrong with it by plugin."""

    by_name: dict[str, list[_Provided]] = attrs.field(factory=lambda: defaultdict(list))
    faults: dict[str, list[str]] = attrs.field(factory=lambda: defaultdict(list))


class Plugins:
    """The plugins that are installed, and what they provide."""

    def __init__(self, points: Iterable[EntryPoint] | None = None) -> None:
        """Load plugins; their hooks are called when what they provide is first wanted.

        Args:
            points: The entry points to load; None for all that are installed, less
                those named in the environment variable TIMELINE_DISABLE_PLUGINS.
        """
        self._manager = pluggy.PluginManager(hookspecs.GROUP)
        self._manager.add_hookspecs(hookspecs)
        self._collected: dict[str, _Collected] = {}
        found = sorted(_installed() if points is None else points, key=lambda point: (_distribution(point), point.name))
        self._loaded = [self._load(point) for point in found]

    def _load(self, point: EntryPoint) -> PluginInfo:
        """Load one plugin; whatever goes wrong with it stays with it."""
        version = point.dist.version if point.dist is not None else "?"
        info = PluginInfo(name=point.name, distribution=_distribution(point), version=version, module=point.value)
        try:
            module = point.load()
            self._manager.register(module, name=info.key)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - anything may be raised by somebody's module
            return attrs.evolve(info, faults=(_reason("does not load", error),))
        try:
            self._manager.check_pending()
        except pluggy.PluginValidationError as error:
            self._manager.unregister(name=info.key)
            return attrs.evolve(info, faults=(_reason("has a wrong hook", error),))
        if not self._manager.get_hookcallers(module):
            return attrs.evolve(info, faults=("implements no hook",))
        return info

    def _all(self, provided: str) -> _Collected:
        """What the plugins provide of one kind; their hooks are called once."""
        if provided not in self._collected:
            self._collected[provided] = self._collect(provided)
        return self._collected[provided]

    def _collect(self, provided: str) -> _Collected:
        hook, expected = _HOOKS[provided]
        collected = _Collected()
        for implementation in getattr(self._manager.hook, hook).get_hookimpls():
            key = implementation.plugin_name
            try:
                things = list(implementation.function())
            except (Exception, SystemExit) as error:  # noqa: BLE001 - see _load
                collected.faults[key].append(_reason(f"fails in {hook}", error))
                continue
            for thing in things:
                name = _name_of(provided, thing)
                if name is None:
                    collected.faults[key].append(f"returns {_shown(thing)} from {hook}, expected {expected}")
                elif any(entry.plugin == key for entry in collected.by_name[name]):
                    collected.faults[key].append(f"returns {name!r} twice from {hook}; the first is used")
                else:
                    entry = _Provided(plugin=key, distribution=key.partition(":")[0], thing=thing)
                    collected.by_name[name].append(entry)
        for name, entries in collected.by_name.items():
            entries.sort(key=lambda entry: entry.plugin)
            for entry in entries if len(entries) > 1 else ():
                others = ", ".join(other.plugin for other in entries if other is not entry)
                # Only formats can be asked for by distribution.
                say = f"say {entry.distribution}:{name}, or " if provided in _FORMATS else ""
                collected.faults[entry.plugin].append(
                    f"{provided.removesuffix('s')} {name!r} is also claimed by {others}: "
                    f"{say}name a plugin to leave out in {DISABLE_VARIABLE}"
                )
        return collected

    @property
    def infos(self) -> tuple[PluginInfo, ...]:
        """All plugins found, by distribution and name."""
        collected = {provided: self._all(provided) for provided in _HOOKS}
        infos = []
        for info in self._loaded:
            faults = [fault for each in collected.values() for fault in each.faults.get(info.key, ())]
            names: dict[str, Any] = {
                provided: tuple(
                    name for name, entries in sorted(each.by_name.items()) for e in entries if e.plugin == info.key
                )
                for provided, each in collected.items()
            }
            infos.append(attrs.evolve(info, faults=(*info.faults, *faults), **names))
        return tuple(infos)

    @property
    def exporters(self) -> dict[str, Exporter]:
        """The formats that can be written, by name."""
        return self._usable("exporters")

    @property
    def importers(self) -> dict[str, Importer]:
        """The formats that can be read, by name."""
        return self._usable("importers")

    @property
    def checks(self) -> dict[str, Check]:
        """The rules, built in or added, by code."""
        return self._usable("checks")

    @property
    def commands(self) -> dict[str, click.Command]:
        """The commands that plugins add, by name."""
        return self._usable("commands")

    def exporter(self, name: str) -> Exporter:
        """The exporter of a format.

        Args:
            name: ``ical``, or ``distribution:ical`` if several plugins provide it.

        Raises:
            UnknownFormatError: No plugin provides it; the message says what would.
            AmbiguousFormatError: Several do; the message names them.
        """
        found: Exporter = self._find("exporters", name)
        return found

    def importer(self, name: str) -> Importer:
        """The importer of a format. Arguments and errors are as for `exporter`."""
        found: Importer = self._find("importers", name)
        return found

    def importer_for(self, file: str) -> Importer:
        """The importer for a file, by the ending of its name; the longest wins.

        Raises:
            UnknownFormatError: No importer knows the ending.
            AmbiguousFormatError: Several importers know it equally well.
        """
        by_length: dict[int, set[str]] = defaultdict(set)
        for name, entries in self._all("importers").by_name.items():
            for suffix in {suffix for entry in entries for suffix in entry.thing.info.suffixes}:
                if file.lower().endswith(suffix):
                    by_length[len(suffix)].add(name)
        if by_length:
            names = by_length[max(by_length)]
            if len(names) > 1:
                message = f"{file}: several formats end so: {', '.join(sorted(names))}; say which"
                raise AmbiguousFormatError(message)
            return self.importer(names.pop())
        for distribution, suffixes in _WELL_KNOWN.values():
            if file.lower().endswith(suffixes) and not self._has_distribution(distribution):
                message = f"{file}: no plugin that reads this is installed: python -m pip install {distribution}"
                raise UnknownFormatError(message)
        message = f"{file}: found a file whose ending no plugin reads, expected one of: {self._suffixes()}"
        raise UnknownFormatError(message)

    def importer_for_text(self, head: bytes) -> Importer:
        """The importer for text without a name, by what it begins with.

        Raises:
            UnknownFormatError: No importer knows the beginning.
        """
        text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        fits = {
            name: max(map(len, filter(text.startswith, importer.info.starts)), default=-1)
            for name, importer in self.importers.items()
        }
        best = max(fits.values(), default=-1)
        if best >= 0:
            return self.importers[next(name for name, length in fits.items() if length == best)]
        names = ", ".join(sorted(self.importers)) or "none"
        message = f"cannot tell the format of the input: say which, one of: {names}"
        raise UnknownFormatError(message)

    def _usable(self, provided: str) -> dict[str, Any]:
        """What is provided by one plugin only, by name."""
        by_name = self._all(provided).by_name
        return {name: entries[0].thing for name, entries in sorted(by_name.items()) if len(entries) == 1}

    def _find(self, provided: str, name: str) -> Any:
        distribution, _, short = name.rpartition(":")
        entries = [
            entry
            for entry in self._all(provided).by_name.get(short, ())
            if not distribution or distribution in (entry.distribution, entry.plugin)
        ]
        if len(entries) == 1:
            return entries[0].thing
        if entries:
            choices = ", ".join(f"{entry.distribution}:{short}" for entry in entries)
            message = f"format {name!r} is claimed by several plugins: say one of {choices}"
            raise AmbiguousFormatError(message)
        raise UnknownFormatError(self._missing(provided, name, short))

    def _missing(self, provided: str, name: str, short: str) -> str:
        verb = "writes" if provided == "exporters" else "reads"
        known = ", ".join(self._usable(provided)) or "none"
        message = f"no plugin {verb} the format {name!r}; installed: {known}"
        for info in self.infos:
            if info.name == short and info.faults:
                return f"{message}; {info.key} {info.faults[0]}"
        if short in _WELL_KNOWN and not self._has_distribution(_WELL_KNOWN[short][0]):
            return f"{message}; to add it: python -m pip install {_WELL_KNOWN[short][0]}"
        return message

    def _has_distribution(self, distribution: str) -> bool:
        return any(info.distribution == distribution for info in self._loaded)

    def _suffixes(self) -> str:
        suffixes = {suffix for importer in self.importers.values() for suffix in importer.info.suffixes}
        return ", ".join(sorted(suffixes)) or "none, for no plugin that reads is installed"


def _installed() -> list[EntryPoint]:
    disabled = {name.strip() for name in os.environ.get(DISABLE_VARIABLE, "").split(",")}
    return [
        point
        for point in entry_points(group=hookspecs.GROUP)
        if not disabled & {point.name, _distribution(point), f"{_distribution(point)}:{point.name}"}
    ]


def _distribution(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else "?"


def _reason(what: str, error: BaseException) -> str:
    detail = " ".join(str(error).split())
    return f"{what}: {type(error).__name__}: {detail}" if detail else f"{what}: {type(error).__name__}"


@functools.cache
def installed() -> Plugins:
    """The plugins that are installed, loaded at the first call."""
    return Plugins()
