"""CPU seconds of a difference, of a day in the past and of a ledger, and how they grow.

Two versions of a chronology of 10,000 and of 100,000 events, three claims each; every fiftieth
event differs. The versions share no object, as two files that were read do not. The peer,
`deepdiff`, compares the document trees: it knows lists and mappings, and nothing of dates or
claims. It runs in the same process, on as many events as it has patience for.
Run it with the interpreter that has the library: ``python benchmarks/history.py``.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from timeline import Claim, Event, Source, Timeline, document
from timeline.history import Ledger, apply, diff, record

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (10_000, 100_000)
PEER_EVENTS = int(sys.argv[1]) if len(sys.argv) > 1 else 300
ROUNDS = 3
MOST_GROWTH = 11


def sample(count: int) -> Timeline:
    """A chronology of its own objects."""
    return Timeline(
        id="t",
        title="A chronology",
        sources=[Source(id=f"s{number}", published="2024-12-28") for number in range(20)],
        events=[_event(number) for number in range(count)],
    )


def _event(number: int) -> Event:
    claims = [
        Claim(
            source=f"s{(number + part) % 20}",
            speakers=[f"Speaker {(number + part) % 50}"],
            said=f"20{10 + part + number % 2 * 5:02}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            modality=modality,
            when=f"2024-{number % 12 + 1:02}",
            quote=f"what was said of event {number}, part {part}",
        )
        for part, modality in enumerate(("projected", "planned", "reported"))
    ]
    # Every second event is wholly later, and every fourth comes after one that is.
    after = [f"e{number - 1}"] if number % 4 == 2 else []
    return Event(id=f"e{number}", title=f"Event {number}", text="A sentence on it. " * 5, after=after, claims=claims)


def edited(timeline: Timeline) -> Timeline:
    """The next version: of every fiftieth event a title or a claim changed, and some events came and went."""
    events = list(timeline.events)
    for number in range(0, len(events), 50):
        event = events[number]
        if number % 100:
            events[number] = attrs.evolve(event, title=f"{event.title}, corrected")
        else:
            claim = attrs.evolve(event.claims[2], when=f"2024-{number % 12 + 1:02}-14", likelihood="likely")
            events[number] = attrs.evolve(event, claims=(*event.claims[:2], claim))
    added = [attrs.evolve(event, id=f"new-{event.id}") for event in events[:: len(events) // 100]]
    return attrs.evolve(timeline, events=[*events[7:], *added])


def seconds(work: Callable[[], object]) -> float:
    """The least CPU time of a few runs; as in `timeit`, the garbage collector waits meanwhile."""
    times = []
    for _ in range(ROUNDS):
        gc.collect()
        gc.disable()
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
        gc.enable()
    return min(times)


def measure(count: int) -> dict[str, float]:
    """CPU seconds of each job at a size."""
    before, after = sample(count), edited(sample(count))
    changes = diff(before, after)
    assert apply(changes, before) == after
    measured = {
        "diff": seconds(lambda: diff(before, after)),
        "diff, sentences": seconds(lambda: diff(before, after).sentences),
        "apply": seconds(lambda: apply(changes, before)),
        "as_of": seconds(lambda: before.as_of("2012-01-01")),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.jsonl"
        started = time.process_time()
        record(before, path, now="2024-12-28")
        measured["record, the first"] = time.process_time() - started
        started = time.process_time()
        record(after, path, now="2024-12-29")
        measured["record, the next"] = time.process_time() - started
        started = time.process_time()
        assert Ledger.read(path).at("2024-12-28") == before
        measured["ledger, at a day"] = time.process_time() - started
    return measured


def peer() -> None:
    """Compare with deepdiff at a small size, if it is installed."""
    try:
        from deepdiff import DeepDiff  # type: ignore[import-not-found] # noqa: PLC0415 - not everybody has it
    except ImportError:
        print("deepdiff is not installed: python -m pip install deepdiff")
        return
    before, after = sample(PEER_EVENTS), edited(sample(PEER_EVENTS))
    trees = document.write(before), document.write(after)
    ours = seconds(lambda: diff(before, after).sentences)
    theirs = seconds(lambda: DeepDiff(*trees, ignore_order=True))
    in_order = seconds(lambda: DeepDiff(*trees))
    print(f"\n{PEER_EVENTS:,} events, with sentences: {ours:.4f} s")
    for name, took in (("deepdiff, ignore_order", theirs), ("deepdiff, by position", in_order)):
        print(f"{name:24}{took:8.3f} s{took / ours:9.0f} x ours")


def main() -> None:
    """Measure and print; exit with 1 if the time grows faster than the number of events."""
    small, large = (measure(count) for count in SIZES)
    print(f"{'CPU seconds':20}" + "".join(f"{count:>16,}" for count in SIZES) + f"{'growth':>10}")
    for name, took in small.items():
        print(f"{name:20}{took:16.3f}{large[name]:16.3f}{large[name] / took:9.1f}x")
    peer()
    if any(large[name] / small[name] > MOST_GROWTH for name in ("diff", "as_of")):
        sys.exit(f"diff or as_of grew more than {MOST_GROWTH} times")


if __name__ == "__main__":
    main()
