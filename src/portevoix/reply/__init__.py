"""A draft of an answer: each point of a story answered from a source, or left to the agent.

The machine proposes, an agent decides and signs. What only the agent can know is a visible blank.
"""

from portevoix.reply.draft import (
    Blank,
    Check,
    Draft,
    Dropped,
    Point,
    PointKind,
    Sentence,
    SentenceKind,
    Source,
)
from portevoix.reply.embedded import Drafter, EmbeddedDrafter
from portevoix.reply.manners import PastAnswer, learn
from portevoix.reply.story import Manners, Story, Style

__all__ = [
    "Blank",
    "Check",
    "Draft",
    "Drafter",
    "Dropped",
    "EmbeddedDrafter",
    "Manners",
    "PastAnswer",
    "Point",
    "PointKind",
    "Sentence",
    "SentenceKind",
    "Source",
    "Story",
    "Style",
    "learn",
]
