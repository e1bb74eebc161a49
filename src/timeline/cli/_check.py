"""``timeline check``: what is wrong with a document, and what looks wrong in what it says."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from timeline.cli._input import STDIN, from_option, how_to_read, options_option, split_options, stdin, view_options
from timeline.cli._progress import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from timeline.checks import Check, Finding
    from timeline.cli._input import View
    from timeline.cli._reports import Report
    from timeline.document import Path as Steps
    from timeline.document import Place, Position
    from timeline.errors import Fault, PluginError
    from timeline.formats import Ignore, Importer
    from timeline.model import Claim, Timeline


def _split(_ctx: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of an option that may be given again, with commas between or not."""
    return tuple(code.strip() for value in values for code in value.split(","))


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--select", multiple=True, callback=_split, metavar="CODES", help="Only these rules: TL101,TL3 …")
@click.option("--ignore", multiple=True, callback=_split, metavar="CODES", help="Not these rules.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    help="How to write what is found. [text]",
)
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option(
    "--texts",
    "folder",
    type=click.Path(exists=True, file_okay=False),
    help="Folder with the stored texts of sources: <source id>.txt, in UTF-8.",
)
@click.option(
    "--stale-weeks",
    type=click.IntRange(1),
    default=4,
    metavar="N",
    help='After how many weeks "now" in a claim is no longer now. [4]',
)
@view_options
@from_option
@options_option
def check(
    files: tuple[str, ...],
    *,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    output: str,
    strict: bool,
    folder: str | None,
    stale_weeks: int,
    view: View,
    input_format: str | None,
    options: tuple[str, ...],
) -> None:
    """Find faults in documents, and mistakes in what they say.

    Prints each with file, line, column and code, and exits with 1 if one of them is
    an error. A comment "# timeline: ignore TL302 - why" silences a rule: for the
    whole file if it has a line of its own, else for the event in which it stands.
    """
    from timeline import plugins  # noqa: PLC0415 - loads plugins: not before a command runs
    from timeline.checks import Severity  # noqa: PLC0415 - `--help` needs none of it
    from timeline.checks._run import choose  # noqa: PLC0415 - the same

    known = plugins.installed().checks
    checker = _Checker(known, choose(known, select=select, ignore=ignore), view, stale_weeks, folder)
    by_format = split_options(options)
    reports: list[Report] = []
    for file in files:
        found, summary = checker.check(file, input_format, by_format)
        reports += found
        if output == "text":
            _print(found, summary)
    if output != "text":
        _write(reports, output, checker)
    worst = {report.severity for report in reports}
    if Severity.ERROR in worst or (strict and Severity.WARNING in worst):
        raise click.exceptions.Exit(1)


def _print(found: Iterable[Report], summary: str) -> None:
    from timeline.cli import _reports  # noqa: PLC0415 - `--help` needs none of it

    for report in found:
        click.echo(_reports.text(report))
    click.echo(summary)


def _write(found: Sequence[Report], output: str, checker: _Checker) -> None:
    import timeline  # noqa: PLC0415 - `--help` needs none of it
    from timeline.cli import _reports  # noqa: PLC0415 - the same

    if output == "json":
        click.echo(_reports.as_json(found))
    elif output == "github":
        for line in _reports.github(found, checker.named):
            click.echo(line)
    else:
        click.echo(_reports.sarif(found, checker.named, timeline.__version__))


class _Checker:
    """What is the same for every file."""

    def __init__(
        self, known: Mapping[str, Check], chosen: Mapping[str, Check], view: View, weeks: int, folder: str | None
    ) -> None:
        from timeline.checks._run import DOCUMENT_RULES  # noqa: PLC0415 - `--help` needs none of it

        self._known, self._chosen = known, chosen
        self._view, self._weeks, self._folder = view, weeks, folder
        # Without the plugin of the core a document can be wrong all the same, and an error can never be ignored.
        own = {rule.code: rule for rule in DOCUMENT_RULES}
        self.named = {**own, **known}

    def check(
        self, file: str, input_format: str | None, options: Mapping[str, Mapping[str, str]]
    ) -> tuple[list[Report], str]:
        """What is found in a file, and the line that sums it up."""
        from timeline._terminal import printable  # noqa: PLC0415 - `--help` needs none of it
        from timeline.cli import _reports  # noqa: PLC0415 - the same
        from timeline.errors import DocumentError, PluginError  # noqa: PLC0415 - the same

        name = "<stdin>" if file == STDIN else file
        importer, format, chosen, data = _read(file, input_format, options)
        reports = self._defects(name, importer, data)
        faults: list[Fault] = []
        try:
            with progress(f"reading {file}") as on_progress:
                whole = _load(name, data, format, chosen, on_progress=on_progress, on_fault=faults.append)
        except DocumentError as error:
            found = [_reports.of_fault(fault, name, _rule("TL001")) for fault in error.faults]
            return self._unread(printable(name), reports, found)
        except PluginError as error:
            return self._unread(printable(name), reports, [_failure(error, name)])
        if "TL003" in self._chosen:
            lines = {report.line for report in reports if report.severity == "error"}
            found = [_reports.of_fault(fault, name, _rule("TL003")) for fault in faults]
            reports += [report for report in found if report.line is None or report.line not in lines]
        timeline = self._view.of(whole)
        reports += self._reports(name, whole, timeline, importer, data)
        claims = sum(len(event.claims) for event in timeline.events)
        counts = (
            f"{_number(len(timeline.events), 'event')}, {_number(claims, 'claim')}, "
            f"{_number(len(timeline.sources), 'source')}"
        )
        return reports, f"{printable(name)}: {counts}: {_sum_of(reports)}"

    def _unread(self, name: str, defects: list[Report], faults: Iterable[Report]) -> tuple[list[Report], str]:
        """What is wrong with a document that cannot be read, and the line that sums it up."""
        # What is an error of the bytes already is not told again in other words.
        lines = {report.line for report in defects if report.severity == "error"}
        reports = defects + [report for report in faults if report.line is None or report.line not in lines]
        if not defects:
            return reports, f"{name}: {_number(len(reports), 'fault')}"
        return reports, f"{name}: cannot be read: {_sum_of(reports)}"

    def _defects(self, name: str, importer: Importer, data: bytes) -> list[Report]:
        """What is wrong with the bytes of a document, if what reads it can tell."""
        from timeline.cli._reports import Report  # noqa: PLC0415 - `--help` needs none of it
        from timeline.errors import PluginError  # noqa: PLC0415 - the same
        from timeline.formats import Linter  # noqa: PLC0415 - the same

        if not isinstance(importer, Linter):
            return []
        reports: list[Report] = []
        try:
            with _at_work(importer):
                for defect in importer.lint(data):
                    rule = self.named[defect.code]
                    if rule.code in self._chosen:
                        reports.append(
                            Report(
                                file=name,
                                code=rule.code,
                                severity=rule.severity,
                                message=defect.message,
                                line=defect.line,
                                column=defect.column,
                            )
                        )
        except PluginError as error:
            # The document may be read all the same.
            reports.append(_failure(error, name))
        return reports

    def _reports(self, name: str, whole: Timeline, timeline: Timeline, importer: Importer, data: bytes) -> list[Report]:
        """What the rules find, less what comments in the document silence."""
        from timeline.checks import CheckContext  # noqa: PLC0415 - `--help` needs none of it
        from timeline.checks._ignores import silence  # noqa: PLC0415 - the same
        from timeline.checks._run import USELESS_IGNORE, run  # noqa: PLC0415 - the same
        from timeline.cli._reports import Report  # noqa: PLC0415 - the same
        from timeline.document import Place  # noqa: PLC0415 - the same
        from timeline.formats import Locator  # noqa: PLC0415 - the same

        texts = None if self._folder is None else _texts(self._folder, timeline, name)
        found: Iterable[Finding] = run(
            timeline, self._chosen, CheckContext(now=self._view.now, texts=texts, stale_weeks=self._weeks)
        )
        if timeline is not whole:
            found = _in_whole(found, whole, timeline)
        useless: list[tuple[Ignore, str]] = []
        positions: Mapping[Place, Position] = {}
        if isinstance(importer, Locator):
            looked = self._looked(timeline is whole, texts)
            with _at_work(importer):
                found, useless = silence(found, tuple(importer.ignores(data)), known=self.named, looked=looked)
                positions = importer.locate(data, {Place(finding.path) for finding in found}) if found else {}
        reports = []
        for finding in found:
            position = positions.get(Place(finding.path))
            assert finding.severity is not None
            reports.append(
                Report(
                    file=name,
                    code=finding.code,
                    severity=finding.severity,
                    message=finding.message,
                    event=finding.event_id,
                    line=position.line if position else None,
                    column=position.column if position else None,
                )
            )
        if USELESS_IGNORE.code in self._chosen:
            reports += [
                Report(
                    file=name,
                    code=USELESS_IGNORE.code,
                    severity=USELESS_IGNORE.severity,
                    message=message,
                    line=ignore.line,
                    column=ignore.column,
                )
                for ignore, message in useless
            ]
        return reports

    def _looked(self, is_whole: bool, texts: Mapping[str, str] | None) -> Collection[str]:  # noqa: FBT001 - private
        """The codes of the rules that saw all there is to see."""
        from timeline.checks._run import NEED_TEXTS  # noqa: PLC0415 - `--help` needs none of it

        if not is_whole:
            return ()
        return set(self._chosen) - (NEED_TEXTS if texts is None else frozenset())


def _read(
    file: str, input_format: str | None, options: Mapping[str, Mapping[str, str]]
) -> tuple[Importer, str, dict[str, str], bytes]:
    """What reads FILE, the name of the format, its options, and the bytes."""
    stream = stdin() if file == STDIN else None
    importer, format, chosen = how_to_read(file, input_format, options, stream)
    return importer, format, chosen, Path(file).read_bytes() if stream is None else stream.read()


def _load(
    name: str,
    data: bytes,
    format: str,
    options: Mapping[str, str],
    *,
    on_progress: Callable[[int], None] | None,
    on_fault: Callable[[Fault], None],
) -> Timeline:
    from timeline import api  # noqa: PLC0415 - loads plugins: not before a command runs

    return api.load(data, format, options, name=name, on_progress=on_progress, on_fault=on_fault)


def _rule(code: str) -> Check:
    """A rule of the document itself, which is there without any plugin."""
    from timeline.checks._run import DOCUMENT_RULES  # noqa: PLC0415 - `--help` needs none of it

    return next(rule for rule in DOCUMENT_RULES if rule.code == code)


def _failure(error: PluginError, name: str) -> Report:
    """A plugin that failed, which is as bad as a document that cannot be read."""
    from timeline.cli._reports import Report  # noqa: PLC0415 - `--help` needs none of it

    rule = _rule("TL001")
    return Report(file=name, code=rule.code, severity=rule.severity, message=str(error))


@contextmanager
def _at_work(importer: Importer) -> Iterator[None]:
    """Say whose failure it is, if somebody's importer fails."""
    from timeline.errors import PluginError, TimelineError  # noqa: PLC0415 - `--help` needs none of it

    try:
        yield
    except TimelineError:
        raise
    except Exception as error:
        message = (
            f"importer {importer.info.name} of {type(importer).__module__} failed: {type(error).__name__}: {error}"
        )
        raise PluginError(message) from error


def _texts(folder: str, timeline: Timeline, name: str) -> dict[str, str]:
    """The stored texts of the sources of a timeline, of those that have one."""
    texts: dict[str, str] = {}
    for source in timeline.sources:
        path = Path(folder) / f"{source.id}.txt"
        if path.is_file():
            try:
                texts[source.id] = path.read_text("utf-8-sig")
            except UnicodeDecodeError as error:
                message = f"{path}: found byte 0x{error.object[error.start]:02x}, which is not UTF-8"
                raise click.UsageError(message) from None
    if not texts:
        message = f"--texts {folder}: found no text of a source of {name}, expected files such as <source id>.txt"
        raise click.UsageError(message)
    return texts


def _in_whole(findings: Iterable[Finding], whole: Timeline, timeline: Timeline) -> list[Finding]:
    """Findings in a timeline as it was known, with paths as in the whole document."""
    import attrs  # noqa: PLC0415 - `--help` needs none of it

    numbers = {event.id: number for number, event in enumerate(whole.events)}
    gone = set(numbers) - {event.id for event in timeline.events}
    claims: dict[str, dict[Claim, int]] = {}
    moved = []
    for finding in findings:
        path = finding.path
        if gone and _reference(timeline, path) in gone:
            # It names an event that nobody knew of then: there is nothing wrong with the document.
            continue
        if len(path) > 1 and path[0] == "events" and isinstance(path[1], int):
            event = timeline.events[path[1]]
            number = numbers.get(event.id)
            if number is None:
                path = ()
            elif len(path) > 3 and path[2] == "claims" and isinstance(path[3], int):
                if event.id not in claims:
                    # Of two that are alike, the first: what is found in one is found in the other.
                    own = whole.events[number].claims
                    claims[event.id] = {claim: at for at, claim in reversed(list(enumerate(own)))}
                at = claims[event.id].get(event.claims[path[3]])
                path = ("events", number, *(() if at is None else ("claims", at, *path[4:])))
            else:
                path = ("events", number, *path[2:])
        moved.append(attrs.evolve(finding, path=path))
    return moved


def _reference(timeline: Timeline, path: Steps) -> str | None:
    """The id of an event that stands at a path, if one does."""
    value: Any = timeline
    for step in path if {"after", "by", "condition_event"} & set(path) else ():
        value = value[step] if isinstance(step, int) else getattr(value, step, None)
    return value if isinstance(value, str) else None


def _sum_of(reports: Iterable[Report]) -> str:
    """``1 error, 2 warnings``."""
    severities = [str(report.severity) for report in reports]
    counts = [(severities.count(severity), severity) for severity in ("error", "warning", "note")]
    return ", ".join(_number(count, noun) for count, noun in counts if count) or "no faults"


def _number(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
