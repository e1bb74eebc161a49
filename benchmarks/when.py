"""Reading, bounds, relations and sorting of EDTF dates, beside the other readers of EDTF.

Run it with the interpreter that has the library:
``python -m pip install edtf undate && python benchmarks/when.py``. It takes about three minutes.
The peers in JavaScript, ``edtf`` (edtf.js) and ``@edtf-ts/core``, are installed by npm into a
temporary folder. A peer that is missing is named as missing and not measured.

All times are CPU times: of this process, of a node process with its threads, or of fresh processes.
The best of five rounds counts. Python libraries take turns, in rounds with random strings of their own;
``edtf`` and ``undate`` are slow, so they get the first of these strings. Node reads the strings of all
rounds in each of its own, with a warm compiler, for else garbage would be collected in one round and not
in the next. What is read is dropped at once, which is quickest for all. Each library is timed on what
it accepts. Answers are counted, not judged: a wrong bound counts as a bound.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import itertools
import json
import math
import operator
import platform
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections import defaultdict
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from timeline.when import When

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS, COUNT, SLOW_COUNT, STARTS = 5, 2_000, 80, 11
MEMORY_COUNT, SORT_COUNT, SORT_FEW = 25_000, 1_000_000, 20_000
SAMPLES = ("plain", "common", "mixed")
PAIRS = ("month, day", "decade, year", "years, day", "mixed")
OURS, EDTF, UNDATE, EDTF_JS, EDTF_TS = "timeline", "edtf", "undate", "edtf.js", "@edtf-ts/core"
NODE_PEERS = {EDTF_JS: "edtf", EDTF_TS: "@edtf-ts/core"}  # and what npm calls them

Figures = defaultdict[str, dict[str, Any]]  # by table, then by library: a figure by column, or why there is none

SCRIPT = """
import { readFileSync } from 'node:fs'
import edtf from 'edtf'
import * as ts from '@edtf-ts/core'

const [job, million] = readFileSync(0, 'utf8').split('\\n')  // the million is read when its turn comes
const { samples, pairs, memory, few } = JSON.parse(job)
const parseTs = text => {
  const result = ts.parse(text)
  if (!result.success) throw new Error('refused')
  return result.value
}
const readers = { 'edtf.js': edtf, '@edtf-ts/core': parseTs }
const boundsOf = date => [date.min, date.max]
const accepts = parse => text => { try { return boundsOf(parse(text)) } catch { return false } }
const cpu = work => {
  const before = process.cpuUsage()
  work()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1e6
}
const steady = work => {
  for (let warm = 0; warm < 1;) warm += cpu(work)
  gc()
  return Math.min(...[1, 2, 3, 4, 5].map(() => cpu(work)))
}
let last
const rate = (work, values) => values.length / steady(() => { for (const value of values) last = work(value) })

const out = { accepted: {}, parse: {}, bounds: {}, bytes: {}, sort: {}, sorted: {}, relations: {}, answered: {} }
for (const [name, parse] of Object.entries(readers)) {
  for (const table of ['accepted', 'parse', 'bounds']) out[table][name] = {}
  for (const [sample, texts] of Object.entries(samples)) {
    const good = texts.filter(accepts(parse))
    out.accepted[name][sample] = good.length / texts.length
    out.parse[name][sample] = rate(parse, good)
    out.bounds[name][sample] = rate(boundsOf, good.map(text => parse(text)))
  }

  const raw = memory.filter(accepts(parse)).map(text => Buffer.from(text))
  const dates = new Array(raw.length).fill(null)
  last = null
  gc(); gc()
  const before = process.memoryUsage().heapUsed
  for (let at = 0; at < raw.length; at++) dates[at] = parse(raw[at].toString('latin1'))
  gc(); gc()
  out.bytes[name] = { bytes: (process.memoryUsage().heapUsed - before) / raw.length }
  dates.length = 0
}

const all = Object.values(ts.allen)
const relate = ([a, b]) => {
  const one = ts.normalize(a), other = ts.normalize(b)
  return all.map(relation => ts.evaluateRelation(one, other, relation))
}
const rates = out.relations['@edtf-ts/core all 13'] = {}, answered = out.answered['@edtf-ts/core all 13'] = {}
for (const [kind, texts] of Object.entries(pairs)) {
  const read = texts.filter(pair => pair.every(accepts(parseTs))).map(pair => pair.map(parseTs))
  rates[kind] = rate(relate, read)
  answered[kind] = read.length / texts.length
}

const sort = JSON.parse(million)
for (const [name, parse] of Object.entries(readers)) {
  const count = sort.length / out.parse[name].common < 30 ? sort.length : few
  const some = sort.slice(0, count).filter(accepts(parse)).map(text => parse(text))
  const seconds = steady(() => some.map(date => [Number(date.min), date]).sort((a, b) => a[0] - b[0]))
  out.sort[name] = { seconds: seconds * sort.length / some.length }
  out.sorted[name] = some.length
}
console.log(JSON.stringify(out))
"""


def sample(name: str, count: int, seed: object) -> list[str]:
    """So many random strings of a sample; the same for the same seed."""
    draw = random.Random(f"{name} {seed}")  # noqa: S311 - not a secret

    def plain() -> str:
        year, month, day = draw.randint(1000, 2030), draw.randint(1, 12), draw.randint(1, 28)
        return draw.choice((f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}"))

    def masked_or_interval() -> str:
        first, month, day = draw.randint(1000, 2020), draw.randint(1, 12), draw.randint(1, 28)
        last = draw.randint(first + 1, 2030)
        masks = (f"{first // 10}X", f"{first // 100}XX", f"{first}-XX", f"{first}-{month:02}-XX")
        intervals = (f"{first}/{last}", f"{first}~/{last}-{month:02}-{day:02}%", f"{first}-{month:02}/..")
        return draw.choice(masks + intervals)

    def common() -> str:
        share = draw.random()
        return plain() if share < 0.7 else plain() + draw.choice("?~%") if share < 0.85 else masked_or_interval()

    def rare() -> str:
        year, month = draw.randint(1000, 2020), draw.randint(1, 12)
        sets = (
            f"[{year},{year + 1},{year + 3}..{year + 5}]",
            f"[{year}-{month:02}..]",
            f"{{{year},{year + 1}-{month:02}}}",
        )
        long_years = f"Y{draw.randint(10**4, 10**8)}", f"Y{draw.randint(1, 99)}E{draw.randint(4, 8)}"
        others = f"{year}-{draw.randint(21, 24)}", f"{year}S{draw.randint(1, 3)}"
        return draw.choice((draw.choice(sets), draw.choice(long_years), *others))

    def mixed() -> str:
        return common() if draw.random() < 0.8 else rare()

    make = {"plain": plain, "common": common, "mixed": mixed}[name]
    return [make() for _ in range(count)]


def pairs(kind: str, seed: object) -> list[tuple[str, str]]:
    """Random pairs: all mixed, or a few years apart, so that not everything is simply before or after."""
    if kind == "mixed":
        texts = sample("mixed", 2 * COUNT, f"{seed} in pairs")
        return list(zip(texts[:COUNT], texts[COUNT:], strict=True))
    draw = random.Random(f"{kind} {seed}")  # noqa: S311 - not a secret
    made = []
    for _ in range(COUNT):
        year, other = draw.randint(1000, 2020), draw.randint(-2, 6)
        day = f"{year + other}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        made.append(
            {
                "month, day": (f"{day[:4]}-{draw.randint(1, 12):02}", day),
                "decade, year": (f"{year // 10}X", f"{year + other}"),
                "years, day": (f"{year}/{year + 4}", day),
            }[kind]
        )
    return made


class Reader(NamedTuple):
    """A library of this process: how it reads and tells bounds, and how many strings it gets in a round."""

    parse: Callable[[str], Any]
    bounds: Callable[[Any], object]
    limit: int

    def accepts(self, text: str) -> bool:
        """Whether it reads a text and tells its bounds."""
        return works(lambda value: self.bounds(self.parse(value)), text)


def readers() -> dict[str, Reader]:
    """Ours and the peers that are installed."""
    found = {OURS: Reader(When.parse, lambda when: (when.earliest, when.latest), COUNT)}
    with contextlib.suppress(ImportError):
        edtf = importlib.import_module("edtf")
        found[EDTF] = Reader(edtf.parse_edtf, lambda date: (date.lower_strict(), date.upper_strict()), SLOW_COUNT)
    with contextlib.suppress(ImportError):
        converter = importlib.import_module("undate.converters.edtf").EDTFDateConverter()

        def bounds(date: Any) -> object:
            first, last = date.earliest, date.latest  # of an interval these are dates with bounds
            return getattr(first, "earliest", first), getattr(last, "latest", last)

        found[UNDATE] = Reader(converter.parse, bounds, SLOW_COUNT)
    return found


def works(work: Callable[[Any], object], value: object) -> bool:
    """Whether a call returns."""
    try:
        work(value)
    except Exception:  # noqa: BLE001 - peers raise all sorts
        return False
    return True


def rate(work: Callable[[Any], object], values: list[Any]) -> float:
    """Calls per second, one for each value."""
    started = time.process_time()
    for value in values:
        work(value)
    seconds = time.process_time() - started
    return len(values) / seconds if values else math.nan


def reading(figures: Figures, libraries: dict[str, Reader], kind: str) -> None:
    """What share of a sample each library accepts, and what it parses and bounds in a second."""
    # All rounds are tried before the first is timed: caches have other strings by then.
    good = {
        name: [list(filter(reader.accepts, sample(kind, COUNT, at)[: reader.limit])) for at in range(ROUNDS)]
        for name, reader in libraries.items()
    }
    rates: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for at, (name, reader) in itertools.product(range(ROUNDS), libraries.items()):
        dates = [reader.parse(text) for text in good[name][at]]
        rates[name].append((rate(reader.parse, good[name][at]), rate(reader.bounds, dates)))
    for name, reader in libraries.items():
        figures["accepted"].setdefault(name, {})[kind] = sum(map(len, good[name])) / (ROUNDS * reader.limit)
        for table, found in zip(("parse", "bounds"), zip(*rates[name], strict=True), strict=True):
            figures[table].setdefault(name, {})[kind] = max(found)


def relating(figures: Figures, question: str, reader: Reader, ask: Callable[[Any], object], kind: str) -> None:
    """How many pairs of a kind a library relates in a second, and for what share it has an answer."""
    good = []
    for at in range(ROUNDS):
        texts = [two for two in pairs(kind, at)[: reader.limit] if all(map(reader.accepts, two))]
        good.append([two for two in ([*map(reader.parse, two)] for two in texts) if works(ask, two)])
    figures["relations"].setdefault(question, {})[kind] = max(rate(ask, some) for some in good)
    figures["answered"].setdefault(question, {})[kind] = sum(map(len, good)) / (ROUNDS * reader.limit)


def retained(reader: Reader, texts: list[str]) -> float:
    """Bytes that an object keeps, its text included if it keeps that."""
    raw = [text.encode() for text in texts if reader.accepts(text)]
    dates: list[Any] = [None] * len(raw)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for at, text in enumerate(raw):
        dates[at] = reader.parse(text.decode())
    gc.collect()
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return (after - before) / len(raw)


def sorting(dates: list[Any], key: Callable[[Any], Any]) -> float:
    """Seconds for sorting a million; of fewer, the time is scaled up by their number."""
    seconds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        sorted(dates, key=key)
        seconds.append(time.process_time() - started)
    return min(seconds) * SORT_COUNT / len(dates)


def in_python(figures: Figures, libraries: dict[str, Reader], memory: list[str], many: list[str]) -> None:
    """Measure the libraries of this process."""
    for kind in SAMPLES:
        reading(figures, libraries, kind)
    for kind in PAIRS:
        relating(figures, OURS, libraries[OURS], lambda two: two[0].relations(two[1]), kind)
        if UNDATE in libraries:
            relating(figures, "undate <", libraries[UNDATE], lambda two: two[0] < two[1], kind)
    for name, reader in libraries.items():
        texts = memory if name == OURS else memory[: ROUNDS * SLOW_COUNT]
        figures["bytes"][name] = {"bytes": retained(reader, texts)}
    dates = [When.parse(text) for text in many]
    random.Random("sort").shuffle(dates)  # noqa: S311 - not a secret
    figures["sort"][OURS] = {"seconds": sorting(dates, operator.attrgetter("sort_key"))}
    figures["sorted"][OURS] = len(dates)
    if EDTF in libraries:
        few = [libraries[EDTF].parse(text) for text in many[: ROUNDS * SLOW_COUNT] if libraries[EDTF].accepts(text)]
        some = list(itertools.islice(itertools.cycle(few), SORT_FEW))
        figures["sort"][EDTF] = {"seconds": sorting(some, operator.methodcaller("lower_strict"))}
        figures["sorted"][EDTF] = len(some)


def in_node(figures: Figures, folder: str, memory: list[str], many: list[str]) -> str | None:
    """Measure the peers in JavaScript; why not, if they cannot be."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return "not installed: there is no node or npm"
    install = [npm, "install", "--no-audit", "--no-fund", "--prefix", folder, *NODE_PEERS.values()]
    if subprocess.run(install, check=False, cwd=folder, capture_output=True).returncode:
        return "not installed: npm failed"
    script = Path(folder, "when.mjs")
    script.write_text(SCRIPT, encoding="utf-8")
    job = {
        "samples": {kind: [text for at in range(ROUNDS) for text in sample(kind, COUNT, at)] for kind in SAMPLES},
        "pairs": {kind: [two for at in range(ROUNDS) for two in pairs(kind, at)] for kind in PAIRS},
        "memory": memory,
        "few": SORT_FEW,
    }
    lines = f"{json.dumps(job)}\n{json.dumps(many)}".encode()
    # Several threads that collect garbage cost more CPU the busier the machine is: one is the best case for node.
    command = [node, "--expose-gc", "--single-threaded-gc", str(script)]
    run = subprocess.run(command, check=False, input=lines, capture_output=True)
    if run.returncode:
        return f"failed in node: {run.stderr.decode().strip()}"
    for table, rows in json.loads(run.stdout).items():
        figures[table] |= rows
    return None


def starting(figures: Figures, libraries: dict[str, Reader], folder: str | None) -> None:
    """Median CPU time of fresh processes that import a library and read one date; a folder has those for node."""
    python = {
        OURS: "import timeline; timeline.When.parse('2024-08')",
        EDTF: "import edtf; edtf.parse_edtf('2024-08')",
        UNDATE: "from undate import Undate; Undate.parse('2024-08', 'EDTF')",
        "bare Python": "",
        "import attrs": "import attrs",
    }
    cases = {name: [sys.executable, "-c", code] for name, code in python.items()}
    cases = {name: command for name, command in cases.items() if name not in {EDTF, UNDATE} or name in libraries}
    if folder is not None:
        javascript = {
            EDTF_JS: "import edtf from 'edtf'; edtf('2024-08')",
            EDTF_TS: "import { parse } from '@edtf-ts/core'; parse('2024-08')",
            "bare node": "",
        }
        cases |= {name: ["node", "--input-type=module", "-e", code] for name, code in javascript.items()}
    times: defaultdict[str, list[float]] = defaultdict(list)
    for _, (name, command) in itertools.product(range(STARTS + 1), cases.items()):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, cwd=folder if command[0] == "node" else None, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times[name].append(1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    medians = {name: statistics.median(values[1:]) for name, values in times.items()}  # the first may compile
    for name, value in medians.items():
        bare = medians["bare node" if cases[name][0] == "node" else "bare Python"]
        figures["start"][name] = {"CPU ms": value, "above bare": value - bare}


def table(title: str, rows: dict[str, Any], form: str = ",.0f", *, ratios: bool = True) -> None:
    """Print rows by library, each figure with the ratio ours/peer; a text stands for a row without figures."""
    ours = rows[OURS]
    above = f"{'ours/peer':>11}" if ratios else ""
    print(f"\n{title}\n{'':24}" + "".join(f"{column:>14}{above}" for column in ours))
    for name, row in rows.items():
        if isinstance(row, str):
            print(f"{name:24}  {row}")
            continue
        line = f"{name:24}"
        for column, value in row.items():
            ratio = ours[column] / value if ratios and value and name != OURS else math.nan
            line += f"{'-':>14}" if math.isnan(value) else f"{value:>14{form}}"
            line += " " * len(above) if math.isnan(ratio) else f"{ratio:>11,.{0 if ratio >= 100 else 2}f}"
        print(line.rstrip())


def targets(figures: Figures) -> None:
    """Print how far the project is from its targets."""
    parse = figures["parse"]
    ahead = {
        peer: None if isinstance(rates, str) else min(parse[OURS][kind] / rates[kind] for kind in SAMPLES)
        for peer, rates in parse.items()
    }
    rows = (  # the sign is that of what is better: at least, or at most
        ("parse/s plain >= 250,000", parse[OURS]["plain"], +1, 250_000, ",.0f"),
        ("parse/s mixed >= 120,000", parse[OURS]["mixed"], +1, 120_000, ",.0f"),
        ("parse/s >= 1,000 x edtf, worst sample", ahead[EDTF], +1, 1000, ",.0f"),
        ("parse/s > @edtf-ts/core, worst sample", ahead[EDTF_TS], +1, 1, ".2f"),
        ("bytes an object <= 160", figures["bytes"][OURS]["bytes"], -1, 160, ".0f"),
        ("CPU ms of import, first parse <= 60", figures["start"][OURS]["CPU ms"], -1, 60, ".1f"),
        ("CPU s of sorting a million < 1", figures["sort"][OURS]["seconds"], -1, 1, ".2f"),
    )
    print("\ntargets")
    for name, value, sign, limit, form in rows:
        verdict = "met" if value is not None and sign * value >= sign * limit else "missed"
        print(f"{name:40}" + ("not measured" if value is None else f"{verdict:8}{value:{form}}"))


def main() -> None:
    """Measure and print."""
    figures: Figures = defaultdict(dict)
    libraries = readers()
    memory, many = sample("mixed", MEMORY_COUNT, "memory"), sample("common", SORT_COUNT, "sort")
    versions = {name: metadata.version("timeline-core" if name == OURS else name) for name in libraries}
    with contextlib.redirect_stdout(io.StringIO()), tempfile.TemporaryDirectory() as folder:  # edtf prints
        in_python(figures, libraries, memory, many)
        why_not = in_node(figures, folder, memory, many)
        starting(figures, libraries, None if why_not else folder)
        for name, package in {} if why_not else NODE_PEERS.items():
            versions[name] = json.loads(Path(folder, "node_modules", package, "package.json").read_bytes())["version"]

    missing = {name: "not installed" for name in (EDTF, UNDATE) if name not in libraries}
    missing |= dict.fromkeys(NODE_PEERS, why_not) if why_not else {}
    figures["both"] = {
        name: {kind: 1 / (1 / row[kind] + 1 / figures["bounds"][name][kind]) for kind in SAMPLES}
        for name, row in figures["parse"].items()
    }
    for name in ("accepted", "parse", "bounds", "both", "bytes", "start"):
        figures[name] |= missing
    figures["relations"] |= dict.fromkeys((EDTF, EDTF_JS), "none: it only compares bounds") | missing
    figures["sort"] |= {UNDATE: "none: it has no key"} | missing

    print(f"Python {platform.python_version()} with " + ", ".join(f"{name} {versions[name]}" for name in versions))
    print(f"Best of {ROUNDS} rounds of {COUNT:,} strings or pairs ({EDTF} and {UNDATE}: {SLOW_COUNT}), in CPU time.")
    print("ours/peer: above 1 is ours ahead in what is done a second, below 1 in bytes and times.")
    table("strings accepted", figures["accepted"], ".1%", ratios=False)
    table("strings parsed a second, of those accepted", figures["parse"])
    table(f"bounds told a second ({UNDATE} and {EDTF_TS} have them ready from parsing)", figures["bounds"])
    table("parsed and bounds told a second, computed from these two", figures["both"])
    table("bytes that an object of the mixed sample keeps, its text included", figures["bytes"])
    table(f"fresh process: import and first parse, median of {STARTS}", figures["start"], ".1f")
    table(
        "pairs related a second: ours tells all 13 relations of Allen apart, undate answers one question",
        figures["relations"],
    )
    table("pairs that got an answer", figures["answered"], ".1%", ratios=False)
    table("sorting a million dates of the common sample by key (peers: by first moment)", figures["sort"], ".2f")
    counts = ", ".join(f"{name} {count:,}" for name, count in figures["sorted"].items())
    print(f"Sorted: {counts} (of {EDTF} 400 dates, repeated).\nThe time of fewer than a million is scaled by number.")
    targets(figures)


if __name__ == "__main__":
    main()
