"""Dictation: speech becomes text, and the voice is kept nowhere.

>>> from portevoix.speech import Session
>>> from portevoix.testing import ScriptedEngine
>>> with Session(ScriptedEngine(["bonjour"])) as session:
...     messages = session.finish()
>>> messages[-1].reason.value
'asked'
"""

from portevoix.speech.choice import SpeechSettings, choose
from portevoix.speech.engine import Engine, EngineError, Listener, SpeechUnavailableError
from portevoix.speech.limits import Limits
from portevoix.speech.memory import forbid_traces
from portevoix.speech.messages import (
    Failure,
    Message,
    Partial,
    Sentence,
    Stop,
    Transcript,
    as_record,
)
from portevoix.speech.session import Session
from portevoix.speech.writing.writer import Writer

__all__ = [
    "Engine",
    "EngineError",
    "Failure",
    "Limits",
    "Listener",
    "Message",
    "Partial",
    "Sentence",
    "Session",
    "SpeechSettings",
    "SpeechUnavailableError",
    "Stop",
    "Transcript",
    "Writer",
    "as_record",
    "choose",
    "forbid_traces",
]
