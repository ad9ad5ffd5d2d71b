"""One lexical and dense index: knowledge articles, published experiences, past answers.

`Index.sync` brings it in step with what it is given, `Index.search` finds documents and the
passages to quote. Nothing here opens a connection.
"""

from portevoix.search.document import Document, Hit, Kind, Passage
from portevoix.search.index import Changes, Index
from portevoix.search.ranking import again
from portevoix.search.sources import from_article, from_experience
from portevoix.search.weights import Weights

__all__ = [
    "Changes",
    "Document",
    "Hit",
    "Index",
    "Kind",
    "Passage",
    "Weights",
    "again",
    "from_article",
    "from_experience",
]
