"""The engine on a server: `/v1/audio/transcriptions`, one sentence at a time.

The only module of dictation that opens a connection. The sound of a sentence waits in a buffer of
fixed size, goes out once the sentence is over, and is overwritten whatever the answer. Nothing of
what was said, nor the key of the server, is in an error or a log.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn
from urllib.parse import urlsplit

import httpx

from portevoix.configuration import check_address
from portevoix.errors import PortevoixError
from portevoix.speech.engine import EngineError, Listener, Samples, SpeechUnavailableError
from portevoix.speech.limits import Limits, size
from portevoix.speech.memory import SoundBuffer
from portevoix.speech.wav import head

_LOG: Final = logging.getLogger(__name__)
_PATH: Final = "/audio/transcriptions"
_BOUNDARY: Final = "portevoix-dictee-4f1c2a"
_BLOCK: Final = 16_384
_SHORTEST: Final = 0.1
_LARGEST_ANSWER: Final = 64_000
# What Whisper writes when it hears a breath: captions of films it learned from.
_INVENTED: Final = (
    "sous-titres réalisés par",
    "sous-titrage st'",
    "sous-titrage société radio-canada",
    "sous-titres par",
    "amara.org",
    "merci d'avoir regardé cette vidéo",
    "abonnez-vous",
)


class RemoteRefusedError(PortevoixError):
    """Le serveur de transcription refuse la demande : vérifiez adresse, clé et modèle."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds and tries. `whole`: after this a sentence is given up, whatever is under way."""

    connect: float = 3.0
    answer: float = 15.0
    whole: float = 25.0
    tries: int = 3
    wait: float = 0.4
    longest_wait: float = 4.0


@dataclass(frozen=True, slots=True)
class RemoteEngine:
    """A server of transcription. `url` ends with `/v1`; the voice never travels in clear.

    Raises `InputError` when it would.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    patience: Patience = field(default_factory=Patience)
    limits: Limits = field(default_factory=Limits)
    transport: httpx.BaseTransport | None = field(default=None, repr=False)
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)

    name = "remote"
    punctuates = True
    unavailable = ""

    def __post_init__(self) -> None:
        check_address(
            self.url,
            "L'adresse du serveur de transcription doit commencer par https://.",
            "La voix ne voyage pas en clair : l'adresse doit commencer par https://.",
        )

    @property
    def sends_to(self) -> str:
        return urlsplit(self.url).hostname or ""

    def open(self) -> Listener:
        return RemoteListener(self)

    def client(self) -> httpx.Client:
        """A client of one dictation. No redirection: the voice goes where it was told."""
        limits = httpx.Timeout(self.patience.answer, connect=self.patience.connect)
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        return httpx.Client(timeout=limits, headers=headers, transport=self.transport)


class RemoteListener:
    """One dictation: a buffer, a client."""

    def __init__(self, engine: RemoteEngine) -> None:
        self._engine = engine
        self._sound = SoundBuffer(size(engine.limits.sentence + 2))
        self._client = engine.client()

    def hear(self, samples: Samples) -> str:
        self._sound.push_out(samples.data)
        return ""

    def end(self) -> str:
        try:
            if len(self._sound) < size(_SHORTEST):
                return ""
            return _without_invention(self._transcribed())
        finally:
            self._sound.drop()

    def close(self) -> None:
        self._sound.drop()
        self._client.close()

    def _transcribed(self) -> str:
        patience = self._engine.patience
        deadline = time.monotonic() + patience.whole
        for attempt in range(1, patience.tries + 1):
            answer = self._sent()
            if isinstance(answer, str):
                return answer
            wait = min(max(patience.wait * 2 ** (attempt - 1), answer), patience.longest_wait)
            if attempt == patience.tries or time.monotonic() + wait > deadline:
                break
            self._engine.sleep(wait)
        return _give_up()

    def _sent(self) -> str | float:
        """The words, or how long the server asks to wait before another try."""
        head_, tail = _around(self._engine.model, len(self._sound))
        headers = {
            "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
            "Content-Length": str(len(head_) + len(self._sound) + len(tail)),
        }
        failure = ""
        try:
            response = self._client.post(
                self._engine.url.rstrip("/") + _PATH,
                content=_body(head_, self._sound.look(), tail),
                headers=headers,
            )
        except httpx.HTTPError as error:
            # The name alone: the error itself holds the request, and so the sound.
            failure = type(error).__name__
        if failure:
            _LOG.warning("transcription: %s, tried again", failure)
            return 0.0
        return _read(response)


def _around(model: str, length: int) -> tuple[bytes, bytes]:
    """The form before and after the sound."""
    fields = {"model": model, "language": "fr", "response_format": "json", "temperature": "0"}
    parts = [
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="phrase.wav"\r\n'
        "Content-Type: audio/wav\r\n\r\n"
    )
    return "".join(parts).encode() + head(length), f"\r\n--{_BOUNDARY}--\r\n".encode()


def _body(before: bytes, sound: memoryview, after: bytes) -> Iterator[bytes]:
    yield before
    for start in range(0, len(sound), _BLOCK):
        yield bytes(sound[start : start + _BLOCK])
    yield after


def _read(response: httpx.Response) -> str | float:
    status = response.status_code
    if status in (408, 425, 429) or status >= 500:
        _LOG.warning("transcription: status %d, tried again", status)
        asked = response.headers.get("Retry-After", "0")
        return float(asked) if asked.isdigit() else 0.0
    if status != httpx.codes.OK:
        _LOG.error("transcription: refused with status %d", status)
        raise RemoteRefusedError
    if len(response.content) > _LARGEST_ANSWER:
        _LOG.error("transcription: answer too long")
        raise EngineError
    return _words(response)


def _words(response: httpx.Response) -> str:
    answer: object = None
    try:
        answer = response.json()
    except ValueError:
        _LOG.error("transcription: answer is not JSON")
    if isinstance(answer, dict) and isinstance(text := answer.get("text"), str):
        return text.strip()
    return _give_up()


def _give_up() -> NoReturn:
    """Raised out of every handler, so that no error carries the request that it came from."""
    raise EngineError


def _without_invention(text: str) -> str:
    low = text.lower().replace("’", "'")
    return "" if any(phrase in low for phrase in _INVENTED) and len(low) < 120 else text


def check(engine: RemoteEngine) -> None:
    """Raise `SpeechUnavailableError` when the server does not answer at all."""
    failed = False
    try:
        with engine.client() as client:
            client.get(engine.url.rstrip("/") + "/models")
    except httpx.HTTPError:
        failed = True
    if failed:
        raise SpeechUnavailableError
