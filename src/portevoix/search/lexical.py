"""The words of one kind of document: a tantivy index, BM25 over fields of different weights."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import tantivy

from portevoix.errors import TemporaryError
from portevoix.search.analysis import NAME, build
from portevoix.search.document import Document

FIELDS: Final = ("body", "title", "also", "lead", "path")
EVERY_NETWORK: Final = "*"
_HEAP: Final = 64_000_000
# The most that one occurrence of a term adds, in units of its rarity (k1 + 1).
_MOST: Final = 2.2


class IndexBusyError(TemporaryError):
    """L'index de recherche est en cours de mise à jour : réessayez dans un instant."""


@dataclass(frozen=True, slots=True)
class Found:
    """A document by its words; `share` nears 1 when it holds every term as well as can be."""

    key: str
    share: float


class Lexical:
    """Words of one kind of document. Kept in `folder`, or in memory when there is none."""

    def __init__(self, folder: Path | None) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(folder) if folder else None)
        self._index.register_tokenizer(NAME, build())
        self._searcher = self._index.searcher()

    def __len__(self) -> int:
        return self._searcher.num_docs

    def refresh(self) -> None:
        """See what another process wrote."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def write(self, add: Iterable[tuple[Document, str]], remove: Iterable[str]) -> None:
        """Put documents in and take others out, all or nothing. Raises `IndexBusyError`."""
        writer = self._writer()
        for key in remove:
            writer.delete_documents_by_term("key", key)
        for document, packed in add:
            writer.delete_documents_by_term("key", document.key)
            writer.add_document(_entry(document, packed))
        writer.commit()
        writer.wait_merging_threads()
        self.refresh()

    def clear(self) -> None:
        """Forget everything. Raises `IndexBusyError`."""
        writer = self._writer()
        writer.delete_all_documents()
        writer.commit()
        writer.wait_merging_threads()
        self.refresh()

    def _writer(self) -> tantivy.IndexWriter:
        try:
            return self._index.writer(heap_size=_HEAP, num_threads=1)
        except ValueError:
            raise IndexBusyError from None

    def count(self, term: str) -> int:
        """How many documents hold a term."""
        return max(self._searcher.doc_freq(field, term) for field in ("body", "title", "also"))

    def like(self, prefix: str) -> list[str]:
        """The terms that start so."""
        found = [
            term
            for field in ("body", "title", "also")
            for term, _ in self._searcher.terms_with_prefix(field, prefix)
        ]
        return list(dict.fromkeys(found))

    def search(
        self,
        terms: Mapping[str, float],
        fields: Mapping[str, float],
        networks: Iterable[str],
        limit: int,
    ) -> list[Found]:
        """The documents that hold these terms, of these networks (of all, when none is named)."""
        bound = sum(weight * self._rarity(term) for term, weight in terms.items()) * _MOST
        if not len(self) or not bound:
            return []
        query = self._filtered(self._query(terms, fields), networks)
        result = self._searcher.search(query, limit=min(limit, len(self)), count=False)
        return [
            Found(str(self._searcher.doc(address)["key"][0]), score / bound)
            for score, address in result.hits
        ]

    def load(self, key: str) -> str:
        """A document as it was packed."""
        query = tantivy.Query.term_query(self._schema, "key", key)
        ((_, address),) = self._searcher.search(query, limit=1, count=False).hits
        return bytes(self._searcher.doc(address)["packed"][0]).decode()

    def _rarity(self, term: str) -> float:
        held = self.count(term)
        return math.log(1 + (len(self) - held + 0.5) / (held + 0.5)) if held else 0.0

    def _query(self, terms: Mapping[str, float], fields: Mapping[str, float]) -> tantivy.Query:
        wanted = [
            tantivy.Query.boost_query(
                tantivy.Query.term_query(self._schema, field, term, index_option="freq"),
                weight * boost,
            )
            for term, weight in terms.items()
            for field, boost in fields.items()
        ]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in wanted])

    def _filtered(self, query: tantivy.Query, networks: Iterable[str]) -> tantivy.Query:
        names = [name or EVERY_NETWORK for name in networks]
        if not names:
            return query
        allowed = tantivy.Query.term_set_query(self._schema, "network", names)
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, query),
                (tantivy.Occur.Must, tantivy.Query.const_score_query(allowed, 0.0)),
            ]
        )


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("network", tokenizer_name="raw", index_option="basic")
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name=NAME, index_option="freq")
    builder.add_bytes_field("packed", stored=True)
    return builder.build()


def _entry(document: Document, packed: str) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_text("key", document.key)
    entry.add_text("network", document.network or EVERY_NETWORK)
    entry.add_text("title", document.title)
    entry.add_text("lead", document.lead)
    entry.add_text("body", document.body)
    entry.add_text("path", "\n".join(document.path))
    entry.add_text("also", "\n".join(document.also))
    entry.add_bytes("packed", packed.encode())
    return entry
