"""A server's second opinion changes the order; when it fails, the order of the words stands."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from json import dumps, loads
from typing import Any

import pytest

from portevoix.configuration import Configuration, ConfigurationError
from portevoix.engines import ranker_of
from portevoix.llm import BadAnswerError, Client, Embedder, Patience, Reranker, Server, ServerError
from portevoix.search import Document, Hit, Kind, again
from portevoix.text.redact import Redactor

PATIENCE = Patience(connect=1.0, silence=2.0, whole=2.0, tries=1)
TEXTS = ["la caf", "les impôts", "la retraite"]


class Ranking(BaseHTTPRequestHandler):
    """Answers as rerank and embedding servers do: what speaks of retirement is nearest."""

    asked: list[tuple[str, dict[str, Any]]]

    def do_POST(self) -> None:
        body = loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, body))
        answer = self.answer(body["model"], self.path, body)
        self.send_response(503 if body["model"] == "down" else 200)
        self.end_headers()
        self.wfile.write(dumps(answer).encode())

    def answer(self, model: str, path: str, body: dict[str, Any]) -> Any:
        texts = body.get("documents") or body["input"]
        near = [float("retraite" in text) for text in texts]
        if model == "short":
            near = near[:-1]
        if model == "nan":
            near[0] = float("nan")
        if path.endswith("/embeddings"):
            return {"data": [{"index": n, "embedding": [v, 1 - v]} for n, v in enumerate(near)]}
        field, key = ("data", "score") if model == "albert" else ("results", "relevance_score")
        return {field: [{"index": n, key: v} for n, v in reversed([*enumerate(near)])]}

    def log_message(self, format: str, *args: Any) -> None: ...  # noqa: A002 (the library's name)


@pytest.fixture
def url() -> Iterator[str]:
    Ranking.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ranking)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()


def client(url: str, model: str = "any") -> Client:
    return Client(Server(url, model, patience=PATIENCE))


def hits() -> list[Hit]:
    return [
        Hit(Document(str(n), Kind.ARTICLE, text, (("", text),)), 1.0 - n / 10)
        for n, text in enumerate(TEXTS)
    ]


@pytest.mark.parametrize("model", ["any", "albert"])
def test_both_shapes_of_rerank_are_read(url: str, model: str) -> None:
    assert Reranker(client(url, model), Redactor()).scores("pension", TEXTS) == [0, 0, 1]


def test_vectors_of_texts_are_asked_once(url: str) -> None:
    embedder = Embedder(client(url), Redactor())
    assert embedder.scores("ma retraite", TEXTS) == [0, 0, 1]
    assert embedder.scores("mes impôts", TEXTS) == [1, 1, 0]
    assert [len(body["input"]) for _, body in Ranking.asked] == [4, 1]


@pytest.mark.parametrize("model", ["short", "nan"])
@pytest.mark.parametrize("kind", [Reranker, Embedder])
def test_an_answer_that_is_none_is_refused(
    url: str, model: str, kind: type[Reranker | Embedder]
) -> None:
    with pytest.raises(BadAnswerError):
        kind(client(url, model), Redactor()).scores("retraite", TEXTS)


def test_the_question_leaves_without_its_personal_data(url: str) -> None:
    Reranker(client(url), Redactor()).scores("Je suis Mme Martin, 06 12 34 56 78", TEXTS)
    sent = dumps(Ranking.asked)
    assert "Martin" not in sent
    assert "06 12" not in sent


def test_the_second_opinion_moves_pages_and_says_its_name(url: str) -> None:
    found = again(hits(), "pension", Reranker(client(url), Redactor()))
    assert found[0].document.title == "la retraite"
    assert {hit.ranking for hit in found} == {"rerank"}


def test_a_server_that_fails_leaves_the_order_of_the_words(url: str) -> None:
    ranker = Reranker(client(url, "down"), Redactor())
    with pytest.raises(ServerError):
        ranker.scores("pension", TEXTS)
    assert again(hits(), "pension", ranker) == hits()
    assert {hit.ranking for hit in again(hits(), "pension", None)} == {"embedded"}


def test_a_ranker_is_built_only_when_asked_for_and_named(url: str) -> None:
    assert ranker_of(Configuration()) is None
    named = Configuration(search="embeddings", llm_url=url, search_model="any")
    assert isinstance(ranker_of(named), Embedder)
    with pytest.raises(ConfigurationError, match="PORTEVOIX_SEARCH_MODEL"):
        ranker_of(Configuration(search="rerank", llm_url=url))
    with pytest.raises(ConfigurationError, match="rerank"):
        ranker_of(Configuration(search="inconnu"))
