"""Official formats in and out, and the repairs real files need."""

from portevoix.opendata.experiences import ColumnMapping, read_experiences
from portevoix.opendata.reading import Reading, Refusal

__all__ = ["ColumnMapping", "Reading", "Refusal", "read_experiences"]
