"""A small client of `/v1/chat/completions`: streamed, patient within limits, quiet in errors."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import httpx

from portevoix.configuration import check_address
from portevoix.errors import InputError
from portevoix.llm.errors import BadAnswerError, RefusedError, ServerBusyError, ServerError
from portevoix.llm.gate import Gate

_LOG: Final = logging.getLogger(__name__)
_PATH: Final = "/chat/completions"
_LARGEST_ANSWER: Final = 200_000
Message = Mapping[str, str]
Answer = TypeVar("Answer")
# What reads an answer before a deadline.
Reading = Callable[[httpx.Response, float], Answer]


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds and tries. `whole`: after this an answer is given up, whatever is under way."""

    connect: float = 2.0
    silence: float = 8.0
    whole: float = 15.0
    tries: int = 2
    wait: float = 0.3
    longest_wait: float = 2.0


@dataclass(frozen=True, slots=True)
class Server:
    """Where the model is; `url` ends with `/v1`. Raises `InputError` when it cannot be trusted."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    patience: Patience = field(default_factory=Patience)

    def __post_init__(self) -> None:
        refusal = "L'adresse du serveur de modèle doit commencer par https://."
        check_address(self.url, refusal, refusal)
        if not self.model:
            raise InputError("Le nom du modèle manque : PORTEVOIX_LLM_MODEL.")


@dataclass(frozen=True, slots=True)
class Completion:
    """What the model wrote, and how many tokens the server counted (0 when it does not say)."""

    text: str
    tokens: int = 0


class _LaterError(Exception):
    """The server asks to wait `asked` seconds."""

    def __init__(self, asked: float) -> None:
        super().__init__(asked)
        self.asked = asked


class Client:
    """Talks to one server from many threads; gives up at once while the server is known to fail."""

    def __init__(
        self,
        server: Server,
        *,
        gate: Gate | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.server = server
        self._gate = gate or Gate()
        self._sleep = sleep
        headers = {"Authorization": f"Bearer {server.key}"} if server.key else {}
        limits = httpx.Timeout(server.patience.silence, connect=server.patience.connect)
        # No redirection: text goes where it was told. No proxy of the environment either.
        self._http = httpx.Client(timeout=limits, headers=headers, trust_env=False)

    def close(self) -> None:
        self._http.close()

    def ask(self, path: str, body: Mapping[str, Any]) -> Any:
        """Post to another address of the server and return its JSON. Raises as `complete`."""
        asked = {"model": self.server.model, **body}
        with self._gate.passing():
            return self._tried(path, asked, lambda response, _deadline: _json(response))

    def complete(
        self, messages: Sequence[Message], schema: Mapping[str, Any], most_tokens: int = 1200
    ) -> Completion:
        """Ask for an answer of a given shape. Raises `ServerError`, `RefusedError`."""
        with self._gate.passing():
            body = self._body(messages, schema, most_tokens)
            return self._tried(_PATH, body, _gathered)

    def _body(
        self, messages: Sequence[Message], schema: Mapping[str, Any], most_tokens: int
    ) -> dict[str, Any]:
        shape = {"name": "answer", "strict": True, "schema": schema}
        return {
            "model": self.server.model,
            "messages": [dict(message) for message in messages],
            "response_format": {"type": "json_schema", "json_schema": shape},
            "max_tokens": most_tokens,
            "temperature": 0,
            "seed": 1,
            "stream": True,
            "stream_options": {"include_usage": True},
        }

    def _tried(self, path: str, body: Mapping[str, Any], read: Reading[Answer]) -> Answer:
        patience = self.server.patience
        deadline = time.monotonic() + patience.whole
        for attempt in range(1, patience.tries + 1):
            try:
                return self._sent(path, body, deadline, read)
            except _LaterError as later:
                wait = min(
                    max(patience.wait * 2 ** (attempt - 1), later.asked), patience.longest_wait
                )
            if attempt == patience.tries or time.monotonic() + wait > deadline:
                break
            self._sleep(wait)
        raise ServerBusyError

    def _sent(
        self, path: str, body: Mapping[str, Any], deadline: float, read: Reading[Answer]
    ) -> Answer:
        """The answer. Raises `_LaterError` when another try makes sense."""
        failure = ""
        try:
            url = self.server.url.rstrip("/") + path
            with self._http.stream("POST", url, json=body) as response:
                _check_status(response)
                return read(response, deadline)
        except httpx.HTTPError as error:
            # The name alone: the error itself holds the request, and so the text.
            failure = type(error).__name__
        _LOG.warning("language model: %s", failure)
        raise ServerError


def _check_status(response: httpx.Response) -> None:
    """Raises `_LaterError` when the server asks to wait, `RefusedError` when it says no."""
    status = response.status_code
    if status in (408, 425, 429) or status >= 500:
        _LOG.warning("language model: status %d", status)
        asked = response.headers.get("Retry-After", "0")
        raise _LaterError(float(asked) if asked.isdigit() else 0.0)
    if status != httpx.codes.OK:
        _LOG.error("language model: refused with status %d", status)
        raise RefusedError


def _json(response: httpx.Response) -> Any:
    if len(response.read()) > _LARGEST_ANSWER * 20:
        raise BadAnswerError
    try:
        return response.json()
    except ValueError:
        raise BadAnswerError from None


def _gathered(response: httpx.Response, deadline: float) -> Completion:
    """The whole answer. Raises `BadAnswerError` when it stops before its end or is none."""
    if "text/event-stream" not in response.headers.get("content-type", ""):
        return _at_once(response)
    parts: list[str] = []
    ended, tokens = False, 0
    for event in _events(response):
        if time.monotonic() > deadline:
            raise ServerError
        ended = ended or _reason(event) == "stop"
        tokens = int((event.get("usage") or {}).get("total_tokens") or tokens)
        parts.append(_delta(event))
        if sum(map(len, parts)) > _LARGEST_ANSWER:
            raise BadAnswerError
    if not ended:
        _LOG.warning("language model: answer cut short")
        raise BadAnswerError
    return Completion("".join(parts), tokens)


def _at_once(response: httpx.Response) -> Completion:
    """Servers that do not stream answer in one piece."""
    if len(response.read()) > _LARGEST_ANSWER:
        raise BadAnswerError
    try:
        answer = response.json()
        choice = answer["choices"][0]
        text, usage = choice["message"]["content"], answer.get("usage") or {}
    except (ValueError, KeyError, IndexError, TypeError):
        raise BadAnswerError from None
    if not isinstance(text, str) or choice.get("finish_reason") not in (None, "stop"):
        raise BadAnswerError
    return Completion(text, int(usage.get("total_tokens") or 0))


def _events(response: httpx.Response) -> Iterator[dict[str, Any]]:
    for line in response.iter_lines():
        if not line.startswith("data:"):
            continue
        content = line[5:].strip()
        if content == "[DONE]":
            return
        try:
            event = json.loads(content)
        except ValueError:
            raise BadAnswerError from None
        if not isinstance(event, dict) or "error" in event:
            raise BadAnswerError
        yield event


def _choice(event: Mapping[str, Any]) -> Mapping[str, Any]:
    choices = event.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else {}
    return first if isinstance(first, dict) else {}


def _reason(event: Mapping[str, Any]) -> str:
    return str(_choice(event).get("finish_reason") or "")


def _delta(event: Mapping[str, Any]) -> str:
    delta = _choice(event).get("delta")
    if isinstance(delta, dict) and delta.get("refusal"):
        raise BadAnswerError
    content = delta.get("content") if isinstance(delta, dict) else ""
    return content if isinstance(content, str) else ""
