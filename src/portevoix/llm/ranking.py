"""A second opinion on pages found, from a server: its rerank model, else its embeddings.

`POST /rerank` is read as vLLM, llama.cpp and Albert API answer it, `POST /embeddings` as OpenAI.
"""

from __future__ import annotations

import hashlib
import math
from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from portevoix.configuration import EMBEDDINGS, RERANK
from portevoix.llm.client import Client, Patience
from portevoix.llm.errors import BadAnswerError
from portevoix.protocols import Redactor

# Someone waits for the page: past three seconds, the order of the words is shown.
PATIENCE: Final = Patience(connect=1.0, silence=3.0, whole=3.0, tries=1)
_REMEMBERED: Final = 20_000
Floats = NDArray[np.float32]
Value = TypeVar("Value")


class Reranker:
    """Asks a model that reads the question and each text together."""

    name = RERANK

    def __init__(self, client: Client, redactor: Redactor) -> None:
        self._client = client
        self._redactor = redactor

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score a text. Raises `ServerError`, `RefusedError`."""
        asked = {"query": self._redactor.redact(question), "documents": list(texts)}
        answer = self._client.ask("/rerank", asked)
        rows = answer.get("results") or answer.get("data") if isinstance(answer, dict) else None
        return _in_order(rows, len(texts), _relevance)


class Embedder:
    """Compares the vectors of the question and of each text; those of texts are remembered."""

    name = EMBEDDINGS

    def __init__(self, client: Client, redactor: Redactor) -> None:
        self._client = client
        self._redactor = redactor
        self._known: OrderedDict[bytes, Floats] = OrderedDict()
        self._lock = Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """Cosines, from -1 to 1. Raises `ServerError`, `RefusedError`."""
        marks = [hashlib.blake2b(text.encode(), digest_size=16).digest() for text in texts]
        with self._lock:
            known = {mark: self._known[mark] for mark in marks if mark in self._known}
        new = {m: t for m, t in zip(marks, texts, strict=True) if m not in known}
        asked, *fresh = self._vectors([self._redactor.redact(question), *new.values()])
        known |= dict(zip(new, fresh, strict=True))
        self._remember(known)
        if any(vector.shape != asked.shape for vector in known.values()):
            raise BadAnswerError
        return [float(known[mark] @ asked) for mark in marks]

    @property
    def remembered(self) -> int:
        """How many texts need not be sent again."""
        return len(self._known)

    def _vectors(self, texts: Sequence[str]) -> list[Floats]:
        body = {"input": list(texts), "encoding_format": "float"}
        answer = self._client.ask("/embeddings", body)
        rows = answer.get("data") if isinstance(answer, dict) else None
        return _in_order(rows, len(texts), _unit)

    def _remember(self, found: dict[bytes, Floats]) -> None:
        with self._lock:
            self._known.update(found)
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)


def _in_order(rows: Any, count: int, read: Callable[[dict[str, Any]], Value]) -> list[Value]:
    """What each row says, by its index. Raises `BadAnswerError` unless there is one a text."""
    try:
        found = {int(row["index"]): read(row) for row in rows}
        return [found[number] for number in range(count)]
    except (TypeError, KeyError, ValueError):
        raise BadAnswerError from None


def _relevance(row: dict[str, Any]) -> float:
    score = float(row["relevance_score"] if "relevance_score" in row else row["score"])
    if not math.isfinite(score):
        raise ValueError(score)
    return score


def _unit(row: dict[str, Any]) -> Floats:
    vector = np.asarray(row["embedding"], dtype=np.float32)
    norm = float(np.linalg.norm(vector))
    if vector.ndim != 1 or not math.isfinite(norm) or not norm:
        raise ValueError(vector.shape)
    return vector / norm
