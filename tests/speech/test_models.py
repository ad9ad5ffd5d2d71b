"""What a folder holds is read from its files; a wrong one is refused before it can harm."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portevoix.speech.engines.local import LocalEngine
from portevoix.speech.models import Family, ModelError, read_folder
from portevoix.speech.onnx_file import read_facts
from tests.speech import tiny_models
from tests.speech.sound import MODEL, needs_model, noise

SHAPES = {
    Family.STREAMING_TRANSDUCER: (
        ["encoder", "decoder", "joiner"], ["x", "cached_key_0"], {"model_type": "zipformer2"}),
    Family.TRANSDUCER: (["encoder", "decoder", "joiner"], ["x", "x_lens"], {}),
    Family.NEMO_TRANSDUCER: (
        ["encoder", "decoder", "joiner"], ["audio_signal", "length"],
        {"model_type": "EncDecRNNTBPEModel"}),
    Family.NEMO_CTC: (["model"], ["audio_signal", "length"], {"model_type": "EncDecCTCModelBPE"}),
    Family.STREAMING_NEMO_CTC: (
        ["model"], ["audio_signal", "length", "cache_last_channel"],
        {"model_type": "EncDecCTCModelBPE"}),
    Family.STREAMING_ZIPFORMER_CTC: (["model"], ["x", "cached_key_0"], {}),
    Family.WHISPER: (["turbo-encoder", "turbo-decoder"], ["mel"], {"model_type": "whisper-turbo"}),
    Family.CANARY: (
        ["encoder", "decoder"], ["audio_signal", "length"], {"model_type": "EncDecMultiTaskModel"}),
}  # fmt: skip


@pytest.mark.parametrize("family", SHAPES)
def test_each_family_is_known_by_its_files(family: Family, tmp_path: Path) -> None:
    parts, inputs, facts = SHAPES[family]
    tiny_models.write_tokens(tmp_path)
    for part in parts:
        tiny_models.named(tmp_path / f"{part}.int8.onnx", inputs, **facts)
        tiny_models.named(tmp_path / f"{part}.onnx", inputs, **facts)
    model = read_folder(tmp_path)
    assert model.family is family
    assert all(".int8." in path.name for path in model.files.values())
    assert not model.punctuates


def test_a_model_that_can_write_marks_and_capitals_writes_them(tmp_path: Path) -> None:
    folder = tiny_models.offline_nemo_ctc(tmp_path / "m", (".", "▁Le", "A"))
    assert read_folder(folder).punctuates


@needs_model
def test_the_model_of_the_tests_streams() -> None:
    model = read_folder(MODEL)
    assert (model.family, model.punctuates) == (Family.STREAMING_NEMO_CTC, False)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "tokens.txt manque"),
        ({"tokens.txt": b"a 0\n"}, "aucun fichier"),
        ({"tokens.txt": b"a 0\n", "model.onnx": b"not a model"}, "pas un modèle ONNX"),
        ({"tokens.txt": b"a 0\n", "model.onnx": b""}, "pas un modèle ONNX"),
    ],
)
def test_a_folder_without_a_model_is_refused_in_a_sentence(
    files: dict[str, bytes], said: str, tmp_path: Path
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelError, match=said):
        read_folder(tmp_path)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".onnx") as file:
        file.write(data)
        file.flush()
        with suppress(ValueError):
            read_facts(Path(file.name))


def test_a_model_that_hears_whole_sentences_runs(tmp_path: Path) -> None:
    engine = LocalEngine(tiny_models.offline_nemo_ctc(tmp_path / "m"))
    assert not engine.streams
    listener = engine.open()
    samples = np.frombuffer(noise(1.0), np.int16)
    assert listener.hear(samples) == ""
    first = listener.end()
    assert isinstance(first, str)
    assert not any(listener._sound._data)  # type: ignore[attr-defined]
    listener.hear(samples)
    assert listener.end() == first
    listener.close()
