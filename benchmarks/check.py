"""CPU time of all rules of ``timeline check``, rule by rule, and how it grows with the timeline.

Ours run on a timeline that is in memory: events with three claims each, of all modalities, with
quotes and phrases, sources, outcomes, orders and conditions; a few of every fault among them.
The peer is yamllint on the same timeline as YAML, if it is installed: it reads lines and tokens and
knows nothing of dates, so ours is given with the reading of the file too.
Run it with the interpreter that has the library: ``python benchmarks/check.py [events]``.
"""

from __future__ import annotations

import functools
import gc
import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

import timeline
from timeline import Claim, Event, Modality, Outcome, Source, Timeline, document, plugins
from timeline.checks import Check, CheckContext
from timeline.when import as_moment

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
LARGE = SMALL * 10
NOW = "2025-06-01"
_DAYS = 1200
_FIRST = date(2022, 1, 1).toordinal()
_MODALITIES = (Modality.REPORTED,) * 4 + (Modality.PROJECTED, Modality.PLANNED, Modality.ASSESSED, Modality.DENIED)
_QUOTES = (
    "over 40% of the territory seized in the region has been lost since the beginning of the year",
    "we now control approximately 800 km² (309 mi²), less than the 1,376 km² of August",
    "the operation began on {day} and could last for several months, officials said",
    "there is no sign of an end to the fighting along the line of contact",
)


def sample(count: int) -> Timeline:
    """A timeline of many events; the same every time."""
    total = count // 10
    chance = random.Random(count)  # noqa: S311 - a sample, no secret
    sources = [
        Source(id=f"s{n}", publisher=f"Paper {n % 50}", published=None if n % 20 == 0 else _iso(n * _DAYS // total))
        for n in range(total)
    ]
    return Timeline(id="big", title="Big", sources=sources, events=[_event(n, chance, total) for n in range(count)])


def _iso(day: int) -> str:
    return date.fromordinal(_FIRST + day).isoformat()


def _event(number: int, chance: random.Random, total: int) -> Event:
    offset = (number * 37 + chance.randrange(30)) % 1000
    day = _iso(offset)
    claims = []
    for at in range(3):
        # One date in fifty is wrong by up to a month.
        stated = _iso(offset + chance.randrange(30)) if chance.random() < 0.02 else day
        when = stated if chance.random() < 0.8 else day[:7] if chance.random() < 0.8 else f"[{day}..]"
        said = offset + chance.randrange(20)
        published = min(total - 1, (said + chance.randrange(60)) * total // _DAYS + 1)
        claims.append(
            Claim(
                source=f"s{published}",
                speakers=[f"Speaker {chance.randrange(500)}"],
                said=_iso(said),
                modality=chance.choice(_MODALITIES),
                when=when,
                phrase="in the first days of the month" if at else None,
                quote=chance.choice(_QUOTES).format(day=day),
                condition_event=f"e{number - 1}" if number and at == 2 and number % 10 == 0 else None,
            )
        )
    outcome = Outcome(result="occurred", source=claims[0].source, decided="2024-12-20") if number % 15 == 0 else None
    return Event(
        id=f"e{number}",
        title=f"Something of number {number} happens",
        when=day if number % 3 else None,
        after=[f"e{number - 1}"] if number % 5 == 1 else [],
        claims=claims,
        outcome=outcome,
    )


def seconds(work: Callable[[], object]) -> float:
    """CPU time."""
    started = time.process_time()
    work()
    return time.process_time() - started


def measure(big: Timeline) -> tuple[dict[str, float], dict[str, int]]:
    """Seconds by rule, and how many findings; the dates of events are derived before."""
    # As they are run: see timeline.checks._run.
    gc.disable()
    times = {"(dates of events)": seconds(lambda: [event.when for event in big.events])}
    ctx = CheckContext(now=as_moment(NOW))
    counts = {}
    for code, rule in plugins.installed().checks.items():
        found: list[object] = []
        times[code] = seconds(functools.partial(_run_into, found, rule, big, ctx))
        counts[code] = len(found)
    gc.enable()
    return times, counts


def _run_into(found: list[object], rule: Check, big: Timeline, ctx: CheckContext) -> None:
    found.extend(rule.run(big, ctx))


def peer(small: Timeline) -> None:
    """Time per event of yamllint and of ours, on the same file."""
    try:
        from yamllint import linter  # type: ignore[import-not-found] # noqa: PLC0415 - it may be missing
        from yamllint.config import YamlLintConfig  # type: ignore[import-not-found] # noqa: PLC0415 - the same
    except ImportError:
        print("yamllint is not installed: no peer in this run")
        return
    text = yaml.dump(document.write(small), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "big.yaml"
        path.write_text(text, "utf-8")
        config = YamlLintConfig("extends: default")
        theirs = seconds(lambda: list(linter.run(text, config)))
        ours = seconds(lambda: timeline.check(timeline.load(path), now=NOW))
    count = len(small.events)
    print(f"the same {count:,} events as YAML, in microseconds of CPU an event:")
    print(f"  read and all rules {ours / count * 1e6:8.0f}")
    print(f"  yamllint           {theirs / count * 1e6:8.0f}   ours/peer {ours / theirs:.2f}")


def main() -> None:
    """Measure and print."""
    small, large = sample(SMALL), sample(LARGE)
    small_times, _ = measure(small)
    large_times, counts = measure(large)
    print(f"{'rule':18}{SMALL:>12,}{LARGE:>12,}{'growth':>9}{'findings':>10}   seconds of CPU")
    for code, time_ in large_times.items():
        growth = f"{time_ / small_times[code]:.1f}" if small_times[code] > 1e-3 else ""
        print(f"{code:18}{small_times[code]:12.3f}{time_:12.3f}{growth:>9}{counts.get(code, 0):10,}")
    totals = sum(small_times.values()), sum(large_times.values())
    print(f"{'all':18}{totals[0]:12.3f}{totals[1]:12.3f}{totals[1] / totals[0]:9.1f}")
    whole = [seconds(functools.partial(timeline.check, big, now=NOW)) for big in (small, large)]
    print(f"{'timeline.check()':18}{whole[0]:12.3f}{whole[1]:12.3f}{whole[1] / whole[0]:9.1f}   all of them, in order")
    peer(small)


if __name__ == "__main__":
    main()
