"""Dictation from the command line."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from portevoix.cli import run
from portevoix.speech.catalogue import published
from tests.speech.sound import (
    MODEL,
    edits,
    needs_espeak,
    needs_model,
    silence,
    speech,
    write_wav,
)

SAID = "bonjour je voudrais prendre un rendez-vous"


@pytest.fixture(autouse=True)
def no_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("", "_MODEL", "_URL", "_KEY", "_REMOTE_MODEL"):
        monkeypatch.delenv(f"PORTEVOIX_SPEECH{name}", raising=False)
    monkeypatch.setenv("PORTEVOIX_SPEECH_MODELS", str(tmp_path / "models"))


@needs_model
@needs_espeak
def test_a_file_is_written_as_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = write_wav(tmp_path / "a.wav", speech(SAID))
    assert run(["transcribe", str(clip), "--model", str(MODEL)]) == 0
    text = unicodedata.normalize("NFC", capsys.readouterr().out.strip().lower())
    assert edits(text.replace("-", " "), SAID.replace("-", " ")) / len(SAID) < 0.3


@needs_model
@needs_espeak
def test_messages_are_lines_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip = write_wav(tmp_path / "a.wav", speech(SAID))
    assert run(["transcribe", str(clip), "--model", str(MODEL), "--json"]) == 0
    messages = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    kinds = [m["type"] for m in messages]
    assert kinds[-1] == "stop"
    assert kinds.count("final") == 1
    assert kinds.index("partial") < kinds.index("final")


@needs_model
@needs_espeak
def test_the_server_says_the_same(
    tmp_path: Path, server: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("PORTEVOIX_SPEECH_URL", f"{server}/v1")
    monkeypatch.setenv("PORTEVOIX_SPEECH_KEY", "secret-key")
    clip = write_wav(tmp_path / "a.wav", speech(SAID))
    assert run(["transcribe", str(clip), "--engine", "remote"]) == 0
    text = unicodedata.normalize("NFC", capsys.readouterr().out.strip().lower())
    assert edits(text.replace("-", " "), SAID.replace("-", " ")) / len(SAID) < 0.3


def test_without_engine_one_is_told_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip = write_wav(tmp_path / "a.wav", silence(1))
    assert run(["transcribe", str(clip)]) == 1
    assert "aucun modèle n'est installé" in capsys.readouterr().err


@needs_model
@pytest.mark.parametrize("content", [b"", b"RIFF nonsense", b"\x00" * 400])
def test_what_is_no_sound_is_said(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "a.wav"
    bad.write_bytes(content)
    assert run(["transcribe", str(bad), "--model", str(MODEL)]) == 1
    assert "n'est pas un fichier WAV" in capsys.readouterr().err


def test_models_are_listed_with_their_licence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["speech", "models"]) == 0
    shown = capsys.readouterr().out
    assert "zipformer-fr" in shown
    assert "Apache-2.0" in shown
    assert "aucun" in shown


def test_a_closed_network_is_said_plainly_and_installs_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # A proxy that is not there: the same wherever the tests run.
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    assert run(["speech", "install", "zipformer-fr", "--yes"]) == 1
    shown = capsys.readouterr()
    assert published("zipformer-fr").files[0].sha256 in shown.out
    assert "Licence : Apache-2.0" in shown.out
    assert "Le réseau est fermé" in shown.err
    assert "--from" in shown.err
    assert list((tmp_path / "models").iterdir()) == []


def test_files_carried_by_hand_are_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in published("zipformer-fr").files:
        (tmp_path / file.name).write_bytes(b"another model")
    assert run(["speech", "install", "zipformer-fr", "--yes", "--from", str(tmp_path)]) == 1
    assert "n'est pas le fichier que son éditeur annonce" in capsys.readouterr().err
