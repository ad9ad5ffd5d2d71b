"""The engine on this machine: sherpa-onnx and a model from a folder. The voice goes nowhere.

Streaming models give words as one speaks. The others hear a sentence once it is over: its sound
waits in a buffer of fixed size, overwritten as soon as it is heard.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from portevoix.speech.engine import EngineError, Listener, Samples, SpeechUnavailableError
from portevoix.speech.limits import RATE, Limits, size
from portevoix.speech.memory import SoundBuffer
from portevoix.speech.models import Family, ModelFolder, read_folder

_TAIL: Final = 1.0  # seconds of silence that push the last words out of a streaming model
_SCALE: Final = 32768
_ONE, _TWO, _THREE = ("model",), ("encoder", "decoder"), ("encoder", "decoder", "joiner")
MISSING: Final = (
    "la bibliothèque de reconnaissance manque : installez Porte-voix avec son option « speech »"
)


class LocalEngine:
    """A model loaded once, shared by every dictation.

    Raises `ModelError` for a folder that holds none, `SpeechUnavailableError` without sherpa-onnx.
    """

    name = "local"
    sends_to = ""
    unavailable = ""

    def __init__(self, folder: Path, *, threads: int = 1, limits: Limits | None = None) -> None:
        self._folder = read_folder(folder)
        self._longest = (limits or Limits()).sentence
        self._recognizer = _load(self._folder, threads)

    @property
    def model(self) -> str:
        return self._folder.name

    @property
    def streams(self) -> bool:
        """Whether words come while one speaks."""
        return self._folder.family.streams

    @property
    def punctuates(self) -> bool:
        return self._folder.punctuates

    def open(self) -> Listener:
        if self._folder.family.streams:
            return StreamingListener(self._recognizer)
        return SentenceListener(self._recognizer, self._longest)


def sherpa() -> Any:
    """The inference library. Raises `SpeechUnavailableError` when it is not installed."""
    try:
        return importlib.import_module("sherpa_onnx")
    except ImportError as error:
        raise SpeechUnavailableError(f"Dictée indisponible : {MISSING}.") from error


# For each family: whose method loads it, the parts it takes, what is said besides.
_LOADERS: Final[dict[Family, tuple[str, str, tuple[str, ...], dict[str, str]]]] = {
    Family.STREAMING_TRANSDUCER: ("OnlineRecognizer", "from_transducer", _THREE, {}),
    Family.STREAMING_NEMO_CTC: ("OnlineRecognizer", "from_nemo_ctc", _ONE, {}),
    Family.STREAMING_ZIPFORMER_CTC: ("OnlineRecognizer", "from_zipformer2_ctc", _ONE, {}),
    Family.TRANSDUCER: ("OfflineRecognizer", "from_transducer", _THREE, {}),
    Family.NEMO_TRANSDUCER: (
        "OfflineRecognizer", "from_transducer", _THREE, {"model_type": "nemo_transducer"},
    ),
    Family.NEMO_CTC: ("OfflineRecognizer", "from_nemo_ctc", _ONE, {}),
    Family.WHISPER: (
        "OfflineRecognizer", "from_whisper", _TWO, {"language": "fr", "task": "transcribe"},
    ),
    Family.CANARY: (
        "OfflineRecognizer", "from_nemo_canary", _TWO, {"src_lang": "fr", "tgt_lang": "fr"},
    ),
}  # fmt: skip


def _load(folder: ModelFolder, threads: int) -> Any:
    kind, method, parts, more = _LOADERS[folder.family]
    given = {part: str(folder.files[part]) for part in parts}
    load = getattr(getattr(sherpa(), kind), method)
    return load(tokens=str(folder.tokens), num_threads=threads, **given, **more)


class _Numbers:
    """Samples as the numbers that models read, in one array used again and again."""

    def __init__(self) -> None:
        self._kept: NDArray[np.float32] = np.zeros(RATE, np.float32)

    def of(self, samples: Samples) -> NDArray[np.float32]:
        if len(samples) > len(self._kept):
            self.clear()
            self._kept = np.zeros(len(samples), np.float32)
        numbers = self._kept[: len(samples)]
        np.divide(samples, _SCALE, out=numbers)
        return numbers

    def clear(self) -> None:
        self._kept.fill(0)


class StreamingListener:
    """Gives words while one speaks; one stream a sentence."""

    def __init__(self, recognizer: Any) -> None:
        self._recognizer = recognizer
        self._stream: Any = None
        self._numbers = _Numbers()

    def hear(self, samples: Samples) -> str:
        if self._stream is None:
            self._stream = self._recognizer.create_stream()
        try:
            self._stream.accept_waveform(RATE, self._numbers.of(samples))
            return self._decoded()
        except RuntimeError as error:
            raise EngineError from error
        finally:
            self._numbers.clear()

    def _decoded(self) -> str:
        while self._recognizer.is_ready(self._stream):
            self._recognizer.decode_stream(self._stream)
        return str(self._recognizer.get_result(self._stream)).strip()

    def end(self) -> str:
        if self._stream is None:
            return ""
        try:
            self._stream.accept_waveform(RATE, np.zeros(int(_TAIL * RATE), np.float32))
            self._stream.input_finished()
            return self._decoded()
        except RuntimeError as error:
            raise EngineError from error
        finally:
            self._stream = None

    def close(self) -> None:
        self._numbers.clear()
        self._stream = None


class SentenceListener:
    """Hears a sentence once it is over."""

    def __init__(self, recognizer: Any, longest: float) -> None:
        self._recognizer = recognizer
        self._sound = SoundBuffer(size(longest + 2))
        self._numbers = _Numbers()

    def hear(self, samples: Samples) -> str:
        self._sound.push_out(samples.data)
        return ""

    def end(self) -> str:
        try:
            stream = self._recognizer.create_stream()
            samples = np.frombuffer(self._sound.look(), np.int16)
            stream.accept_waveform(RATE, self._numbers.of(samples))
            self._recognizer.decode_stream(stream)
            return str(stream.result.text).strip()
        except RuntimeError as error:
            raise EngineError from error
        finally:
            self.close()

    def close(self) -> None:
        self._sound.drop()
        self._numbers.clear()
