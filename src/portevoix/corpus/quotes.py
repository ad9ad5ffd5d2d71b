"""Choosing quotes: exact stretches, representative, short, varied, none twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from portevoix.corpus.analyses import UNKNOWN_DAY, Analyses
from portevoix.corpus.findings import Quote
from portevoix.corpus.incidence import stems_of, table_of
from portevoix.text.screen import Screener

SHORTEST: Final = 35
LONGEST: Final = 240
_POOL: Final = 60
# Enough experiences to choose a quote among.
_HEARD: Final = 300
_MASK: Final = re.compile(r"\[[^\]]{2,40}\]")
# Openings that lean on a sentence that the reader cannot see.
_DANGLING: Final = re.compile(
    r"(?:et|mais|donc|puis|ou|car|or|ensuite|celui-ci|celle-ci|ceux-ci|ce dernier|cette dernière|"
    r"elle|il|ils|elles|lui|cela|ça|ce qui|du coup|alors|bref|en effet|pourtant|d'où)\b",
    re.IGNORECASE,
)
# Rude words, and greetings glued to what follows.
_UNFIT: Final = re.compile(
    r"\b(?:bonjour|bonsoir)(?:[a-z])|\b(?:con|cons|conne|connard\w*|connass\w*|merd\w+|put(?:e|ain)\w*|encul\w+|salop\w*|"
    r"débile\w*|abruti\w*|crétin\w*|imbécile\w*|guignol\w*|fdp|bordel\w*)\b",
    re.IGNORECASE,
)
_SHOUT: Final = re.compile(r"[A-ZÉÈÀÇ]{4,}.*[A-ZÉÈÀÇ]{4,}.*[A-ZÉÈÀÇ]{4,}", re.DOTALL)
# Slips of the keyboard that make a quote hard to read: doubled or missing spaces, !!!, ???.
_SPOILED: Final = re.compile(r"\S {2,}\S|\( | \)|[a-zé][.,;!?][A-Za-zÉ]|[!?]{2,}|\.{4,}| ,|['’] ")
# Words that point to something said before.
_ALLUSION: Final = re.compile(
    r"\b(?:celui-ci|celle-ci|ceux-ci|ces derni\w+|ce dernier|cette dernière|celui-là|le sien|"
    r"ce dernier|idem|même (?:chose|souci|problème)|cela dit|malgré cela|tout cela|là-dessus)\b",
    re.IGNORECASE,
)
# A segment this far from neutral says what its author thinks.
_OPINION: Final = 0.55
# The least that a quote is worth beside the best one.
_BESIDE: Final = 0.45
# Two quotes that share this much of their words say the same thing.
_ALIKE: Final = 0.6


class QuoteBook:
    """The quotes of one note: what is taken is not taken again."""

    # The most typical segments, among which a quote is chosen.
    CHOICE: Final = _POOL * 4

    def __init__(self, analyses: Analyses) -> None:
        self._analyses = analyses
        self._row = {one: row for row, one in enumerate(analyses.experiences.ids)}
        self._spans: set[tuple[int, int]] = set()
        self._experiences: dict[int, int] = {}
        self._said: list[frozenset[str]] = []
        self._shown: dict[int, bool] = {}
        self._screener = Screener.load()

    def pick(
        self,
        rows: NDArray[np.int64],
        weights: NDArray[np.float64],
        k: int = 2,
        against: re.Pattern[str] | None = None,
    ) -> tuple[Quote, ...]:
        """Return at most `k` quotes among segments `rows`, `weights` saying how typical each is.

        A segment that holds words `against` what is claimed is not taken, nor one much less typical
        than the best: no quote is better than a doubtful one.
        """
        order = np.argsort(-weights, kind="stable")[: self.CHOICE]
        scored = sorted(
            ((-self._worth(int(rows[i]), float(weights[i]), against), int(rows[i])) for i in order),
        )[:_POOL]
        if scored and against is not None:
            scored = [one for one in scored if one[0] <= scored[0][0] * _BESIDE]
        chosen: list[Quote] = []
        seen: set[str] = set()
        # First quotes from structures and months not heard yet, then any.
        for varied in (True, False):
            for cost, row in scored:
                if len(chosen) == k or cost >= 0:
                    break
                places = self._places(row)
                if (varied and places & seen) or not self._is_new(row):
                    continue
                chosen.append(self._take(row))
                seen |= places
        return tuple(chosen)

    def segments_of(self, identifiers: Sequence[str]) -> NDArray[np.int64]:
        """Return the segments of some experiences; of many, those of a few evenly spread.

        Those of another corpus have none here: what fell was told in the previous period.
        """
        step = max(1, len(identifiers) // _HEARD)
        known = [self._row[one] for one in identifiers[::step] if one in self._row]
        owners = np.array(known, dtype=np.int64)
        starts = np.searchsorted(self._analyses.segments.experience, owners, side="left")
        ends = np.searchsorted(self._analyses.segments.experience, owners, side="right")
        spans = [np.arange(a, b) for a, b in zip(starts, ends, strict=True)]
        return np.concatenate([np.zeros(0, dtype=np.int64), *spans])

    def text(self, row: int) -> str:
        """Return what a segment says, as it stands in the redacted text."""
        start, end = self._analyses.segments.spans[row]
        return self._analyses.experiences.texts[self._owner(row)][start:end]

    def opinion(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """How far each segment is from neutral; 0 for a mere mention."""
        polarity = self._analyses.segments.polarity[rows]
        strength = np.maximum(polarity[:, 0], polarity[:, 1]).astype(np.float64)
        return np.where(strength >= _OPINION, strength, 0.0)

    def tells(self, rows: NDArray[np.int64], topic: str) -> NDArray[np.float64]:
        """1 for the segments that have the words of a topic."""
        labels = self._analyses.segments.topics
        if topic not in labels.values:
            return np.zeros(len(rows))
        told = table_of(labels)[rows][:, [labels.values.index(topic)]].toarray().ravel()
        return told.astype(np.float64)

    def _worth(self, row: int, weight: float, against: re.Pattern[str] | None) -> float:
        if against is not None and against.search(self.text(row)):
            return 0.0
        return self._fitness(row) * weight

    def _fitness(self, row: int) -> float:
        text = self.text(row)
        if not SHORTEST <= len(text) <= LONGEST or _UNFIT.search(text) or _SHOUT.search(text):
            return 0.0
        fitness = 1.0
        if _DANGLING.match(text):
            fitness *= 0.3
        if _MASK.search(text):
            fitness *= 0.3
        if _MASK.search(self._analyses.experiences.texts[self._owner(row)]):
            fitness *= 0.7
        if text.startswith("["):
            fitness *= 0.2
        if text[:1].islower() or text[-1:] not in ".!?…":
            fitness *= 0.5
        if _SPOILED.search(text):
            fitness *= 0.6
        if text[-1:] in ",;:(" or _ALLUSION.search(text):
            fitness *= 0.4
        return fitness * (1.0 if 60 <= len(text) <= 180 else 0.8)

    def _owner(self, row: int) -> int:
        return int(self._analyses.segments.experience[row])

    def _places(self, row: int) -> set[str]:
        table, owner = self._analyses.experiences, self._owner(row)
        day = int(table.days[owner])
        month = "" if day == UNKNOWN_DAY else str(np.datetime64(day, "D").astype("datetime64[M]"))
        return {*table.structures.of(owner), month} - {""}

    def _is_new(self, row: int) -> bool:
        owner = self._owner(row)
        start, end = (int(x) for x in self._analyses.segments.spans[row])
        if (owner, start) in self._spans or self._experiences.get(owner, 0) >= 2 or end <= start:
            return False
        words = stems_of(self.text(row))
        new = all(_overlap(words, said) < _ALIKE for said in self._said)
        return new and self._may_be_shown(owner)

    def _may_be_shown(self, owner: int) -> bool:
        """Distress, danger, insults and threats are for a person to handle, not to display."""
        if owner not in self._shown:
            screening = self._screener.screen(self._analyses.experiences.texts[owner])
            calm = screening.urgency == "aucune"
            self._shown[owner] = calm and screening.verdict in {"publiable", "reclamation"}
        return self._shown[owner]

    def _take(self, row: int) -> Quote:
        owner = self._owner(row)
        start, end = (int(x) for x in self._analyses.segments.spans[row])
        self._spans.add((owner, start))
        self._experiences[owner] = self._experiences.get(owner, 0) + 1
        self._said.append(stems_of(self.text(row)))
        return Quote(self._analyses.experiences.ids[owner], start, end, self.text(row))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))
