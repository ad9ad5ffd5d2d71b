"""Redaction: what would identify a person in a text, found, explained and hidden.

>>> from portevoix.text.redact import redact
>>> redact("Merci à Mme Lefèvre, 06 39 98 12 34.").text
'Merci à Mme [nom], [téléphone].'
"""

from portevoix.text.redact.engine import Redactor, find, redact
from portevoix.text.redact.kinds import LABELS, Kind
from portevoix.text.redact.operators import Operator, Redaction

__all__ = ["LABELS", "Kind", "Operator", "Redaction", "Redactor", "find", "redact"]
