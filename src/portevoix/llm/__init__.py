"""The same tasks served by a language model, on any OpenAI-compatible server; always checked.

The only part of the library that talks to a language model. Only redacted text leaves.
"""

from portevoix.llm.client import Client, Completion, Patience, Server
from portevoix.llm.drafting import ModelDrafter
from portevoix.llm.errors import BadAnswerError, RefusedError, ServerBusyError, ServerError
from portevoix.llm.noting import Item, NoteWriter, Worded
from portevoix.llm.ranking import Embedder, Reranker
from portevoix.llm.rewording import Reworded, Rewriter

__all__ = [
    "BadAnswerError",
    "Client",
    "Completion",
    "Embedder",
    "Item",
    "ModelDrafter",
    "NoteWriter",
    "Patience",
    "RefusedError",
    "Reranker",
    "Reworded",
    "Rewriter",
    "Server",
    "ServerBusyError",
    "ServerError",
    "Worded",
]
