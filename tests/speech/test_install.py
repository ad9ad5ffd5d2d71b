"""A model is installed whole and checked, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portevoix.errors import InputError
from portevoix.speech.catalogue import CATALOGUE, ModelFile, Published, published
from portevoix.speech.choice import SpeechSettings, choose, installed
from portevoix.speech.engines.local import LocalEngine
from portevoix.speech.engines.remote import RemoteEngine
from portevoix.speech.install import ChecksumError, Fetch, install
from tests.speech import tiny_models


@pytest.fixture
def model(tmp_path: Path) -> tuple[Published, Path]:
    """A model as if published, and the folder its files are in."""
    source = tiny_models.offline_nemo_ctc(tmp_path / "source")
    files = tuple(
        ModelFile(p.name, p.stat().st_size, hashlib.sha256(p.read_bytes()).hexdigest())
        for p in sorted(source.iterdir())
    )
    return Published("tiny", "Essai", "nous", "EUPL-1.2", "https://x.example", "", files), source


def fetch_from(folder: Path, *, altered: bool = False) -> Fetch:
    @contextmanager
    def fetch(address: str, file: ModelFile) -> Iterator[Iterable[bytes]]:
        assert address.startswith("https://x.example/")
        data = bytearray((folder / file.name).read_bytes())
        if altered:
            data[len(data) // 2] ^= 1
        yield (bytes(data[i : i + 1000]) for i in range(0, len(data), 1000))

    return fetch


def test_a_checked_model_is_ready_to_serve(model: tuple[Published, Path], tmp_path: Path) -> None:
    folder, received = tmp_path / "models", []
    path = install(model[0], folder, fetch_from(model[1]), received.append)
    assert sum(received) == model[0].size
    assert installed(folder) == [path]
    assert model[0].files[0].sha256 in (path / "SOURCE.txt").read_text("utf-8")
    assert isinstance(choose(SpeechSettings(folder=folder)), LocalEngine)


def test_an_altered_file_installs_nothing(model: tuple[Published, Path], tmp_path: Path) -> None:
    folder = tmp_path / "models"
    with pytest.raises(ChecksumError):
        install(model[0], folder, fetch_from(model[1], altered=True), lambda _: None)
    assert list(folder.iterdir()) == []


def test_a_failed_install_leaves_the_former_one(
    model: tuple[Published, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "models"
    install(model[0], folder, fetch_from(model[1]), lambda _: None)
    with pytest.raises(ChecksumError):
        install(model[0], folder, fetch_from(model[1], altered=True), lambda _: None)
    assert len(installed(folder)) == 1


def test_the_catalogue_is_whole() -> None:
    for item in CATALOGUE:
        assert item.source.startswith("https://")
        assert item.licence
        assert all(len(f.sha256) == 64 and f.size > 0 for f in item.files)
        assert any(f.name.endswith("tokens.txt") for f in item.files)
        # A moving branch could change under the sums.
        assert "/main" not in item.source
    with pytest.raises(InputError, match="zipformer-fr"):
        published("nothing")


def test_which_engine_serves_is_said(tmp_path: Path) -> None:
    none = choose(SpeechSettings(folder=tmp_path))
    assert "aucun modèle" in none.unavailable
    off = choose(SpeechSettings(engine="none", folder=tmp_path))
    assert off.unavailable == "la dictée est désactivée"
    remote = choose(SpeechSettings(folder=tmp_path, url="https://x.example/v1", key="k"))
    assert isinstance(remote, RemoteEngine)
    assert remote.sends_to == "x.example"
    with pytest.raises(InputError):
        choose(SpeechSettings(engine="local", folder=tmp_path))
    with pytest.raises(InputError):
        choose(SpeechSettings(engine="remote", folder=tmp_path))
    with pytest.raises(InputError):
        choose(SpeechSettings(engine="magic", folder=tmp_path))


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    settings = SpeechSettings.from_environment(
        {"PORTEVOIX_SPEECH": "remote", "PORTEVOIX_SPEECH_URL": " https://x.example/v1 ",
         "PORTEVOIX_SPEECH_KEY": "k", "PORTEVOIX_SPEECH_MODELS": str(tmp_path)}
    )  # fmt: skip
    assert (settings.engine, settings.url, settings.folder) == (
        "remote", "https://x.example/v1", tmp_path,
    )  # fmt: skip
    assert "k" not in repr(settings).split("key")[-1][:4]
