"""Events per second of CPU, in and out, beside the libraries that do less.

Ours reads and writes timelines: validated, with honest dates and reported losses.
The peers parse or write plain data. All run in one process, in turn.
Run it with the interpreter that has the library: ``python benchmarks/documents.py``.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from typing import TYPE_CHECKING

import icalendar
import yaml

import timeline
from timeline import document

if TYPE_CHECKING:
    from collections.abc import Callable

EVENTS = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
ROUNDS = 5


def sample() -> timeline.Timeline:
    """The seed's events, over and over, with ids of their own."""
    import attrs  # noqa: PLC0415 - only to make the sample

    seed = timeline.load("seeds/kursk.yaml")
    events = [attrs.evolve(seed.events[n % len(seed.events)], id=f"e{n}") for n in range(EVENTS)]
    return attrs.evolve(seed, events=events)


def peer_ical(plain: timeline.Timeline) -> bytes:
    """One VEVENT an event with what icalendar takes without further thought."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//benchmark//")
    calendar.add("version", "2.0")
    for event in plain.events:
        entry = icalendar.Event()
        entry.add("uid", event.id)
        entry.add("summary", event.title)
        entry.add("description", " ".join(claim.quote or "" for claim in event.claims))
        if event.when and event.when.earliest:
            entry.add("dtstart", event.when.earliest)
        calendar.add_component(entry)
    return calendar.to_ical()


def main() -> None:
    """Measure and print."""
    big = sample()
    written = document.write(big)
    as_json = json.dumps(written, ensure_ascii=False).encode()
    as_yaml = yaml.dump(written, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False).encode()

    def export(format: str) -> Callable[[], object]:
        return lambda: timeline.export(big, format, now="2024-12-28").read()

    pairs: dict[str, tuple[Callable[[], object], str, Callable[[], object]]] = {
        "read YAML": (
            lambda: timeline.load(as_yaml, "yaml"),
            "yaml.CSafeLoader",
            lambda: yaml.load(as_yaml, yaml.CSafeLoader),
        ),
        "read JSON": (lambda: timeline.load(as_json, "json"), "json.loads", lambda: json.loads(as_json)),
        "write JSON": (export("json"), "json.dumps", lambda: json.dumps(written, ensure_ascii=False)),
        "write iCalendar": (export("ical"), "icalendar", lambda: peer_ical(big)),
        "write TimelineJS": (export("timelinejs"), "json.dumps", lambda: json.dumps(written, ensure_ascii=False)),
    }
    times: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in pairs}
    for _ in range(ROUNDS):
        for name, (ours, _, theirs) in pairs.items():
            for side, work in enumerate((ours, theirs)):
                started = time.process_time()
                work()
                times[name][side].append(time.process_time() - started)
    print(f"{EVENTS:,} events, {len(as_yaml):,} bytes of YAML; median of {ROUNDS}")
    print(f"{'':18}{'events/s':>10}   {'peer':18}{'events/s':>10}{'ours/peer':>11}")
    for name, (ours_s, peer_s) in times.items():
        ours_rate, peer_rate = (EVENTS / statistics.median(seconds) for seconds in (ours_s, peer_s))
        print(f"{name:18}{ours_rate:10,.0f}   {pairs[name][1]:18}{peer_rate:10,.0f}{ours_rate / peer_rate:11.2f}")


if __name__ == "__main__":
    main()
