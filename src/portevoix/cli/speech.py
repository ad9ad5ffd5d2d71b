"""portevoix speech: the models of dictation, installed and to install."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from portevoix.errors import InputError, TemporaryError
from portevoix.speech.catalogue import CATALOGUE, ModelFile, Published, published
from portevoix.speech.choice import SpeechSettings, choose, installed, models_folder
from portevoix.speech.install import Fetch
from portevoix.speech.install import install as put_in_place
from portevoix.speech.models import read_folder

_BLOCK = 1 << 20
_TIMEOUT = 30


class ClosedNetworkError(TemporaryError):
    """Le réseau est fermé ou l'éditeur ne répond pas : rien n'a été installé."""


@click.group()
def speech() -> None:
    """Installe et montre les modèles de dictée."""


@speech.command()
def models() -> None:
    """Montre les modèles installés, ceux que l'on peut installer, et le moteur qui servirait."""
    folder = models_folder()
    found = installed(folder)
    click.secho(f"Installés dans {folder} :", bold=True)
    for path in found:
        model = read_folder(path)
        click.echo(f"  {path.name} ({model.family}, {_marks(model.punctuates)})")
    if not found:
        click.echo("  aucun")
    click.secho("À installer avec « portevoix speech install NOM » :", bold=True)
    for item in CATALOGUE:
        click.echo(f"  {item.name} : {item.title}, {_size(item.size)}, {item.licence}")
        click.echo(f"      {item.about}")
    engine = choose(SpeechSettings.from_environment())
    serving = engine.unavailable or f"{engine.name}, {engine.model}"
    click.secho("Moteur qui servirait : ", bold=True, nl=False)
    click.echo(f"aucun, {serving}" if engine.unavailable else serving)


@speech.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Ne pas demander de confirmation.")
@click.option(
    "--from", "source", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Prendre les fichiers dans ce dossier, sans réseau.",
)  # fmt: skip
def install(name: str, source: Path | None, *, yes: bool) -> None:
    """Prend un modèle chez son éditeur, vérifie chaque fichier et l'installe."""
    model = published(name)
    _present(model)
    if not yes and not click.confirm("Installer ce modèle sous cette licence ?", default=False):
        raise click.Abort
    with click.progressbar(length=model.size, label="Réception", width=30) as bar:
        fetch = _copy_from(source) if source else _download
        path = put_in_place(model, models_folder(), fetch, bar.update)
    click.echo(f"Installé : {path}")


def _present(model: Published) -> None:
    click.secho(model.title, bold=True)
    click.echo(f"Éditeur : {model.publisher}")
    click.echo(f"Licence : {model.licence}")
    click.echo(f"Taille : {_size(model.size)}, {len(model.files)} fichiers")
    for file in model.files:
        click.echo(f"  {model.address(file)}\n    sha256 {file.sha256}")


@contextmanager
def _download(address: str, _file: ModelFile) -> Iterator[Iterable[bytes]]:
    try:
        # The addresses are those of the catalogue, all https.
        with urllib.request.urlopen(address, timeout=_TIMEOUT) as answer:  # noqa: S310
            yield iter(lambda: answer.read(_BLOCK), b"")
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", error)
        raise ClosedNetworkError(
            f"Le réseau est fermé ou l'éditeur ne répond pas ({reason}) : rien n'a été installé. "
            "Sur une machine reliée, téléchargez les fichiers aux adresses ci-dessus, portez-les "
            "ici, puis relancez avec « --from DOSSIER »."
        ) from error


def _copy_from(folder: Path) -> Fetch:
    @contextmanager
    def fetch(_address: str, file: ModelFile) -> Iterator[Iterable[bytes]]:
        path = folder / file.name
        if not path.is_file():
            raise InputError(f"Le fichier {file.name} manque dans {folder}.")
        with path.open("rb") as opened:
            yield iter(lambda: opened.read(_BLOCK), b"")

    return fetch


def _size(size: int) -> str:
    return f"{size / 1e6:.0f} Mo" if size < 1e9 else f"{size / 1e9:.1f} Go".replace(".", ",")


def _marks(punctuates: bool) -> str:  # noqa: FBT001
    return "ponctue lui-même" if punctuates else "ponctué par Porte-voix"
