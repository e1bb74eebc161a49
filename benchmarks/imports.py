"""CPU time of starting: imports, help and the plugin loader, above a bare interpreter.

Every case runs in fresh processes, in turn with the others; the median is printed.
Run it with the interpreter that has the library: ``python benchmarks/imports.py``.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

ROUNDS = 15
HELP = "import sys; sys.argv = ['timeline', '--help']; from timeline.cli import main; main(standalone_mode=False)"
CASES = {
    "bare interpreter": "",
    "import attrs (of these, the peer)": "import attrs",
    "import click (the same)": "import click",
    "import timeline": "import timeline",
    "... and an event with a date": "import timeline; timeline.Event(id='e', title='E', when='2024-08')",
    "timeline --help (budget 100)": HELP,
    "loader with all plugins": "from timeline.plugins import installed; installed().exporters; installed().importers",
    "load seeds/kursk.yaml": "import timeline; timeline.load('seeds/kursk.yaml')",
}


def cpu_ms(code: str) -> float:
    """User and system time of a process that runs the code, in milliseconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def main() -> None:
    """Measure and print."""
    times: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(ROUNDS):
        for name, code in CASES.items():
            times[name].append(cpu_ms(code))
    bare = statistics.median(times["bare interpreter"])
    attrs = statistics.median(times["import attrs (of these, the peer)"]) - bare
    print(f"{'case':36}{'CPU ms':>8}{'above bare':>12}{'x attrs':>9}   (median of {ROUNDS})")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:36}{median:8.1f}{median - bare:12.1f}{(median - bare) / attrs:9.1f}")


if __name__ == "__main__":
    main()
