"""portevoix demo: the fictional data that come with the software."""

from __future__ import annotations

import click

from portevoix.opendata.demo import demo_path


@click.group()
def demo() -> None:
    """Les données de démonstration, toutes fictives."""


@demo.command()
def path() -> None:
    """Dit où se trouvent les expériences de démonstration."""
    click.echo(demo_path())
