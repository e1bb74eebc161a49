"""The command ``timeline schema``."""

import click


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of the timeline document."""
    from timeline_json._schema import shipped  # noqa: PLC0415 - `timeline --help` lists the command only

    click.echo(shipped(), nl=False)
