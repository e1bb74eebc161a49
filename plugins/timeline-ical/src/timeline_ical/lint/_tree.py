"""BEGIN and END: which line belongs to which component, and what is wrong with that."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from timeline_ical.lint import _tables
from timeline_ical.lint._calendar import Calendar
from timeline_ical.lint._components import Child, Component, check_component
from timeline_ical.lint._properties import check_property
from timeline_ical.lint._repair import without_begin
from timeline_ical.lint._report import Place, counted, shown

if TYPE_CHECKING:
    from timeline_ical.lint._content import Property
    from timeline_ical.lint._report import Report


class Tree:
    """The components that are open, from the outermost to the innermost.

    A component without its END is closed by the END of what it is in, and what was in it meanwhile and may
    not be is then no fault of its own.
    """

    def __init__(self, report: Report, *, has_method: bool) -> None:
        self._report, self._has_method = report, has_method
        self._open: list[Component] = []
        self._names: Counter[str] = Counter()
        self._calendars: list[Calendar] = []
        self._outside: tuple[Property, int] | None = None
        self._is_begun = False

    def imply(self, line: int) -> None:
        """Begin a calendar that nothing begins."""
        self._push(Component("VCALENDAR", line, None), Calendar(is_implied=True))

    def add(self, prop: Property) -> None:
        """Add the next line."""
        if prop.name == "BEGIN":
            self._begin(prop)
        elif prop.name == "END":
            self._end(prop)
        elif not self._open:
            self._is_outside(prop)
        else:
            self._open[-1].add(prop)

    @property
    def is_open(self) -> bool:
        """Whether a component has not ended yet."""
        return bool(self._open)

    def skip(self, name: str) -> None:
        """Take note that a line cannot be read, so that its property is not missed."""
        if self._open:
            self._open[-1].skip(name)

    def _is_outside(self, prop: Property) -> None:
        first, count = self._outside or (prop, 0)
        self._outside = first, count + 1

    def _tell_outside(self) -> None:
        if self._outside is not None:
            first, count = self._outside
            where = "after" if self._is_begun else "before"
            more = f" and {counted(count - 1, 'line')} more" if count > 1 else ""
            message = f"found {shown(first.line.text)}{more} {where} the calendar, expected nothing"
            self._report.add(206, message, first.start)
            self._outside = None

    def _begin(self, prop: Property) -> None:
        name = prop.value.strip().upper()
        if not self._open and name != "VCALENDAR":
            self._is_outside(prop)
            return
        self._tell_outside()
        owner = self._open[-1] if self._open else None
        if owner is not None:
            owner.items.append(Child(prop.line.number, name))
        calendar = Calendar() if name == "VCALENDAR" else None
        self._push(Component(name, prop.line.number, owner), calendar)

    def _push(self, component: Component, calendar: Calendar | None) -> None:
        self._is_begun = True
        self._open.append(component)
        self._names[component.name] += 1
        if calendar is not None:
            self._calendars.append(calendar)

    def _end(self, prop: Property) -> None:
        name = prop.value.strip().upper()
        if not self._open:
            self._is_outside(prop)
        elif not self._names[name]:
            self._stray(name, prop.line.number)
        else:
            while self._open[-1].name != name:
                self._abandon(self._open[-1], Place(prop.line.number), f"END:{name}")
            self._close(self._open[-1], is_whole=True)

    def _stray(self, name: str, line: int) -> None:
        """Take an END that nothing began: a BEGIN is missing, or the END is meant for something else."""
        owner = self._open[-1]
        at = without_begin(owner, name)
        if at is None:
            owner.strays.append(Child(line, name))
            return
        items = owner.take(at)
        first = items[0].line if isinstance(items[0], Child) else items[0].line.number
        self._report.add(202, f"found END:{name}, expected BEGIN:{name} before line {first}", Place(line))
        component = Component(name, first, owner)
        for item in items:
            if isinstance(item, Child):
                component.items.append(item)
            else:
                component.add(item)
        self._check(component, owner, is_whole=True)

    def _abandon(self, component: Component, place: Place, found: str) -> None:
        """Close a component that has no END, at what shows that it has none."""
        marks = [(line, f"END:{name}") for line, name in component.strays]
        marks += [(line, f"BEGIN:{name}") for line, name in component.misplaced]
        if marks:
            line, found = min(marks)
            place = Place(line)
        message = f"found {shown(found)}, expected END:{component.name} for line {component.line} first"
        self._report.add(202, message, place)
        component.strays, component.misplaced = [], []
        self._close(component, is_whole=False)

    def _close(self, component: Component, *, is_whole: bool) -> None:
        report, owner = self._report, component.owner
        self._open.pop()
        self._names[component.name] -= 1
        for line, name in component.strays:
            report.add(202, f"found END:{shown(name)[1:-1]}, expected a BEGIN of it before", Place(line))
        for line, name in component.misplaced:
            report.add(204, f"found {shown(name)[1:-1]} in {component.name}, expected it {_homes(name)}", Place(line))
        is_known = component.name in _tables.CHILDREN
        if is_whole and owner is not None:
            if not is_known and not component.name.startswith("X-"):
                message = f"found {shown(component.name)[1:-1]}, expected a component of the standard, or X-"
                report.add(205, message, component.place)
            elif is_known and owner.name in _tables.CHILDREN and component.name not in _tables.CHILDREN[owner.name]:
                owner.misplaced.append(Child(component.line, component.name))
        if is_known:
            self._check(component, owner, is_whole=is_whole)

    def _check_properties(self, component: Component) -> None:
        for item in component.items:
            if isinstance(item, Child):
                continue
            check_property(item, component.name, self._report)
            if "TZID" in item.parameters and self._calendars:
                self._calendars[-1].use_zone(item)

    def _check(self, component: Component, owner: Component | None, *, is_whole: bool) -> None:
        self._check_properties(component)
        is_complete = is_whole and component.is_readable
        check_component(component, self._report, has_method=self._has_method, is_whole=is_complete)
        if component.name == "VCALENDAR":
            self._calendars.pop().close(component, self._report, is_whole=is_whole)
        elif self._calendars:
            self._calendars[-1].add(component, self._report, is_whole=is_complete)
        if component.name == "VALARM" and owner is not None and owner.name in ("VEVENT", "VTODO"):
            trigger = component.first("TRIGGER")
            if trigger is not None:
                owner.alarms.append(trigger)

    def finish(self, last: int) -> bool:
        """Tell what the end of the file leaves open; whether that is nothing.

        Args:
            last: The number of the last line.
        """
        self._tell_outside()
        if not self._open:
            return True
        cut = []
        while self._open:
            component = self._open[-1]
            if component.strays or component.misplaced:
                self._abandon(component, Place(last), "the end of the file")
            else:
                cut.append(component)
                if component.name == "VCALENDAR":
                    self._close(component, is_whole=False)
                else:
                    # Of what was cut off nothing is certain but what each of its lines says.
                    self._open.pop()
                    if component.name in _tables.CHILDREN:
                        self._check_properties(component)
        if cut:
            more = f" and {counted(len(cut) - 1, 'component')} around it" if len(cut) > 1 else ""
            message = f"found the end of the file, expected END:{cut[0].name} for line {cut[0].line}{more} first"
            self._report.add(203, message, Place(last))
        return False


def _homes(name: str) -> str:
    """Where a component may be."""
    homes = sorted(owner for owner, children in _tables.CHILDREN.items() if name in children)
    return f"in {' or '.join(homes)}" if homes else "outside of any other"
