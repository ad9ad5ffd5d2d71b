"""The same tasks served by a language model, on any OpenAI-compatible server; always checked.

The only part of the library that talks to a language model. Only redacted text leaves.
"""

from portevoix.llm.client import Client, Completion, Patience, Server
from portevoix.llm.drafting import ModelDrafter
from portevoix.llm.errors import BadAnswerError, RefusedError, ServerBusyError, ServerError

__all__ = [
    "BadAnswerError",
    "Client",
    "Completion",
    "ModelDrafter",
    "Patience",
    "RefusedError",
    "Server",
    "ServerBusyError",
    "ServerError",
]
