"""portevoix evaluate: the quality of each capability, beside its baseline."""

from __future__ import annotations

import runpy
from typing import Final

import click

CAPABILITIES: Final[dict[str, str]] = {
    "expectations": "portevoix.evaluation.expectations",
    "redaction": "portevoix.evaluation.redaction",
    "screening": "portevoix.evaluation.screening",
    "changes": "portevoix.evaluation.changes",
    "peaks": "portevoix.evaluation.peaks",
    "search": "portevoix.evaluation.search",
    "replies": "portevoix.evaluation.replies",
    "notes": "portevoix.evaluation.notes",
    "speech": "portevoix.evaluation.speech",
}


@click.command()
@click.argument("capability", nargs=-1, type=click.Choice(list(CAPABILITIES)))
def evaluate(capability: tuple[str, ...]) -> int:
    """Mesure la qualité de chaque capacité (ou de celles nommées), avec le nombre de cas."""
    failed = 0
    for name in capability or CAPABILITIES:
        click.secho(f"\n== {name}", bold=True)
        failed += _run(CAPABILITIES[name])
    return 1 if failed else 0


def _run(module: str) -> bool:
    """Run an evaluation as a program; true when it fell below its baseline."""
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as stop:
        return bool(stop.code)
    return False
