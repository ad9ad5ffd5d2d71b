"""portevoix train: read expectations better on one's own experiences."""

from __future__ import annotations

from pathlib import Path

import click

from portevoix.errors import InputError, ResourceError
from portevoix.opendata import read_experiences
from portevoix.text.weights import Weights


@click.command()
@click.argument("file", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--annotations",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Dossier d'un segments.csv annoté à la main, pris en plus.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Dossier où écrire expectations.npz.",
)
def train(file: tuple[Path, ...], annotations: Path | None, out: Path) -> None:
    """Réentraîne la lecture des attentes sur des exports officiels.

    Le ressenti déclaré et les cinq étiquettes servent d'indications ; le modèle obtenu s'emploie
    avec « portevoix expectations --model ».
    """
    try:
        from portevoix.training import (  # noqa: PLC0415 (an optional extra)
            expectations,
            labelled,
            weak,
        )
    except ImportError:
        raise ResourceError(
            "L'entraînement demande un complément : pip install « portevoix[train] »."
        ) from None
    reading = read_experiences(file)
    click.echo(reading.summary, err=True)
    sure = weak.label(reading.experiences)
    if len(sure.segments) < weak.FEWEST:
        raise InputError(
            f"{len(sure.segments)} segments sûrs : il en faut au moins {weak.FEWEST} "
            "pour entraîner. Donnez un export plus grand."
        )
    known = [labelled.read_labelled(weak.WRITTEN)]
    if annotations is not None:
        known.append(labelled.read_labelled(annotations / "segments.csv"))
    click.echo(f"{len(sure.segments)} segments sûrs ; entraînement…", err=True)
    start = expectations.known_encoder(Weights.load())
    weights = expectations.train(labelled.join([sure, *known]), start)
    out.mkdir(parents=True, exist_ok=True)
    weights.save(out / "expectations.npz")
    click.echo(f"Modèle écrit : {out / 'expectations.npz'}", err=True)
