"""``timeline formats`` and ``timeline plugins``: what is installed."""

from __future__ import annotations

from typing import Any

import click


@click.command(short_help="List the formats that can be read and written.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def formats(*, as_json: bool) -> None:
    """List the formats that can be read and written, and their options."""
    import json  # noqa: PLC0415 - `--help` needs none of it

    import attrs  # noqa: PLC0415 - the same

    from timeline.cli._table import table  # noqa: PLC0415 - the same
    from timeline.formats import Feature  # noqa: PLC0415 - the same
    from timeline.plugins import installed  # noqa: PLC0415 - the same

    exporters, importers = installed().exporters, installed().importers
    described: list[dict[str, Any]] = []
    for name in sorted({*exporters, *importers}):
        # What writes a format and what reads it may be two, with options and endings of their own.
        infos = [each[name].info for each in (exporters, importers) if name in each]
        info = infos[0]
        described.append(
            {
                "name": name,
                "title": info.title,
                "reads": name in importers,
                "writes": name in exporters,
                "media_type": info.media_type,
                "suffixes": list(dict.fromkeys(suffix for each in infos for suffix in each.suffixes)),
                "options": {field.name: field.default for each in infos for field in attrs.fields(each.options)},
                "carries": sorted(info.carries),
                "loses": sorted(set(Feature) - info.carries),
            }
        )
    if as_json:
        click.echo(json.dumps(described, indent=2))
        return
    if not described:
        click.echo("no plugin that reads or writes is installed: python -m pip install 'timeline-core[all]'")
        return
    rows = [
        (
            each["name"],
            " ".join(word for word in ("reads", "writes") if each[word]),
            " ".join(each["suffixes"]),
            each["title"],
        )
        for each in described
    ]
    click.echo(table(("format", "does", "files", "what it is"), rows))
    click.echo("\nOptions and their defaults, for -O FORMAT.option=value:")
    for each in described:
        options = " ".join(
            name if default in (None, ()) else f"{name}={default}" for name, default in each["options"].items()
        )
        click.echo(click.wrap_text(f"{each['name']}: {options or 'none'}", 80, "  ", "    "))
    lossy = [each for each in described if each["writes"] and each["loses"]]
    if lossy:
        click.echo("\nWhat a format cannot carry is reported as a loss, event by event:")
    for each in lossy:
        click.echo(f"  {each['name']}: {', '.join(each['loses'])}")


@click.command(short_help="List plugins and what is wrong with them.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def plugins(*, as_json: bool) -> None:
    """List plugins and what is wrong with them; exit with 1 if anything is."""
    import json  # noqa: PLC0415 - `--help` needs none of it

    import attrs  # noqa: PLC0415 - the same

    from timeline._terminal import printable  # noqa: PLC0415 - the same
    from timeline.cli._table import table  # noqa: PLC0415 - the same
    from timeline.plugins import installed  # noqa: PLC0415 - the same

    infos = installed().infos
    if as_json:
        click.echo(json.dumps([attrs.asdict(info) for info in infos], indent=2))
    else:
        rows = [
            (
                info.name,
                f"{info.distribution} {info.version}",
                "; ".join(
                    f"{what}: {', '.join(names)}"
                    for what, names in (
                        ("writes", info.exporters),
                        ("reads", info.importers),
                        ("checks", info.checks),
                        ("commands", info.commands),
                    )
                    if names
                )
                or "nothing",
            )
            for info in infos
        ]
        click.echo(table(("plugin", "distribution", "provides"), rows))
        faulty = [(info, fault) for info in infos for fault in info.faults]
        if faulty:
            click.echo("\nfaults:")
        for info, fault in faulty:
            click.echo(f"  {printable(f'{info.name} ({info.distribution} {info.version}): {fault}')}")
        if not any(info.exporters or info.importers for info in infos):
            # The rules of the core are always there, and of no use without a format.
            click.echo("no plugin that reads or writes is installed: python -m pip install 'timeline-core[all]'")
    if any(info.faults for info in infos):
        raise click.exceptions.Exit(1)
