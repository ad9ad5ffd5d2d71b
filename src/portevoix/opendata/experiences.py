"""Experiences out of files: official exports by heading, any other table by a mapping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final

from portevoix.errors import MissingColumnError, UnreadableFileError
from portevoix.opendata import repairs
from portevoix.opendata.headings import fold, match_headings
from portevoix.opendata.ratings import Scale
from portevoix.opendata.reading import Reading, Refusal, Row
from portevoix.opendata.sources import rows_of
from portevoix.types import Concern, Experience, Feeling, FollowUp, Reply, Tag

_LOOKED_AT: Final = 1_000


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column of a table holds what; only the text is needed."""

    text: str
    date: str = ""
    rating: str = ""
    structure: str = ""
    network: str = ""
    id: str = ""


def read_experiences(paths: Sequence[Path], mapping: ColumnMapping | None = None) -> Reading:
    """Read every file; each row is an experience or a refusal with its file, line and reason.

    Raises `UnreadableFileError` when a file is not a table, `MissingColumnError` when the column
    of the text is not there. An identifier already met is refused the second time.
    """
    repaired: Counter[str] = Counter()
    refused: list[Refusal] = []
    kept: dict[str, Experience] = {}
    for path in paths:
        rows = list(rows_of(path))
        if not rows:
            raise UnreadableFileError(f"« {path.name} » ne contient aucune ligne.")
        reader = _reader(path, [row for row in rows if isinstance(row, Row)], mapping)
        for row in rows:
            result = row if isinstance(row, Refusal) else reader.read(row, repaired)
            if isinstance(result, Refusal):
                refused.append(result)
            elif result.id in kept:
                reason = f"l'identifiant {result.id} a déjà été lu"
                refused.append(Refusal(path.name, result.line, reason))
            else:
                kept[result.id] = result
    return Reading(tuple(kept.values()), tuple(refused), repaired)


def stream_official(path: Path, repaired: Counter[str]) -> Iterator[Experience | Refusal]:
    """Yield the experiences of an official export one by one, answers and follow-up included.

    Nothing is kept of what was yielded, so an identifier met twice comes twice.
    """
    rows = rows_of(path)
    first = list(islice(rows, _LOOKED_AT))
    if not first:
        raise UnreadableFileError(f"« {path.name} » ne contient aucune ligne.")
    reader = _OfficialReader(path, _headings(first), answers=True)
    for row in chain(first, rows):
        yield row if isinstance(row, Refusal) else reader.read(row, repaired)


def _headings(rows: Iterable[Row | Refusal]) -> list[str]:
    """JSON records name only what they hold: the first thousand name nearly everything."""
    read = (row for row in islice(rows, _LOOKED_AT) if isinstance(row, Row))
    return list(dict.fromkeys(key for row in read for key in row.cells))


def _reader(
    path: Path, rows: list[Row], mapping: ColumnMapping | None
) -> _OfficialReader | _TableReader:
    headings = _headings(rows)
    if mapping is not None:
        return _TableReader(path, headings, rows, mapping)
    return _OfficialReader(path, headings)


class _OfficialReader:
    """Reads rows with the official headings; what services answered only when asked."""

    def __init__(self, path: Path, headings: list[str], *, answers: bool = False) -> None:
        self._file = path.name
        self._answers = answers
        self._heading = match_headings(headings)
        if "text" not in self._heading:
            shown = ", ".join(f"« {h} »" for h in headings[:8]) or "aucune"
            raise MissingColumnError(
                f"« {path.name} » n'a pas de colonne « Description ». Colonnes trouvées : {shown}. "
                "Dites laquelle contient le texte : --text COLONNE."
            )

    def read(self, row: Row, repaired: Counter[str]) -> Experience | Refusal:
        def cell(name: str) -> str:
            return row.cell(self._heading.get(name))

        title = repairs.mend(cell("title"), repaired)
        text = repairs.mend(cell("text"), repaired) or title
        if not text:
            return Refusal(self._file, row.line, "ni titre ni texte")
        return Experience(
            id=cell("id") or f"{self._file}:{row.line}",
            text=text,
            title=title,
            written=repairs.read_moment(cell("written"), repaired),
            published=repairs.read_moment(cell("published"), repaired),
            feeling=repairs.read_feeling(cell("feeling"), repaired),
            departement=repairs.read_departement(cell("departement"), repaired),
            region=repairs.mend(cell("region"), repaired),
            country=repairs.mend(cell("country"), repaired),
            posted_as=repairs.mend(cell("posted_as"), repaired),
            pseudonym=repairs.mend(cell("pseudonym"), repaired),
            procedures=_list(repairs.mend(cell("procedures"), repaired)),
            concerns=tuple(c for n in (1, 2, 3) if (c := self._concern(row, n, repaired))),
            tags=self._tags(row, repaired),
            similar=_number(cell("similar")),
            follow_up=self._follow_up(row, repaired) if self._answers else None,
            page=cell("page"),
            fictional=fold(cell("fictional")) == "oui",
            file=self._file,
            line=row.line,
        )

    def _concern(self, row: Row, n: int, repaired: Counter[str]) -> Concern | None:
        def cell(name: str) -> str:
            value = row.cell(self._heading.get(f"{name} {n}"))
            return repairs.mend(value, repaired)

        structure = cell("structure")
        if fold(structure) == "hors structures":
            structure = ""
        concern = Concern(
            structure_id=cell("structure_id") if structure else "",
            structure=structure,
            network=cell("network"),
            country=cell("country"),
            postcode=cell("postcode"),
            channels=_list(cell("channels")),
            reply=self._reply(row, n, repaired) if self._answers else None,
        )
        return concern if concern != Concern(country=concern.country) else None

    def _reply(self, row: Row, n: int, repaired: Counter[str]) -> Reply | None:
        def cell(name: str) -> str:
            return row.cell(self._heading.get(f"{name} {n}"))

        similarity = cell("reply_similarity")
        rated = fold(cell("reply_by_author"))
        reply = Reply(
            text=repairs.mend(cell("reply"), repaired),
            published=repairs.read_moment(cell("reply_date"), repaired),
            signature=repairs.mend(cell("reply_signature"), repaired),
            similarity=min(100, _number(similarity)) if _is_number(similarity) else None,
            author_found_useful=rated == "utile" if rated else None,
            useful=_number(cell("reply_useful")),
            not_useful=_number(cell("reply_not_useful")),
            kept=_count_of(cell("reply_kept")),
            changed=_count_of(cell("reply_changed")),
            written=_count_of(cell("reply_written")),
            cited=tuple(cell("reply_cited").split()),
        )
        return reply if reply != Reply() else None

    def _follow_up(self, row: Row, repaired: Counter[str]) -> FollowUp:
        def cell(name: str) -> str:
            return row.cell(self._heading.get(name))

        return FollowUp(
            answered=fold(cell("status")) == "experience avec reponse",
            improvement_considered=fold(cell("improvement")) == "oui",
            action=repairs.mend(cell("action"), repaired),
            committed=repairs.read_moment(cell("committed"), repaired),
            done=repairs.read_moment(cell("done"), repaired),
            trade_tags=_list(repairs.mend(cell("trade_tags"), repaired).replace(";", ",")),
        )

    def _tags(self, row: Row, repaired: Counter[str]) -> dict[Tag, Feeling]:
        found = {}
        for tag in Tag:
            value = row.cell(self._heading.get(f"tag {tag}"))
            feeling = repairs.read_feeling(value, repaired)
            if feeling is not None:
                found[tag] = feeling
        return found


class _TableReader:
    """Reads rows of any table by the columns that were named."""

    def __init__(
        self, path: Path, headings: list[str], rows: list[Row], mapping: ColumnMapping
    ) -> None:
        self._file = path.name
        by_fold = {fold(heading): heading for heading in headings}
        self._heading: dict[str, str] = {}
        for name in ("text", "date", "rating", "structure", "network", "id"):
            wanted = getattr(mapping, name)
            if not wanted:
                continue
            if fold(wanted) not in by_fold:
                shown = ", ".join(f"« {h} »" for h in headings[:12])
                raise MissingColumnError(
                    f"« {path.name} » n'a pas de colonne « {wanted} ». Colonnes trouvées : {shown}."
                )
            self._heading[name] = by_fold[fold(wanted)]
        rating = self._heading.get("rating")
        self._scale = Scale.of(row.cell(rating) for row in rows) if rating else None

    def read(self, row: Row, repaired: Counter[str]) -> Experience | Refusal:
        def cell(name: str) -> str:
            value = row.cell(self._heading.get(name))
            return repairs.mend(value, repaired)

        text = cell("text")
        if not text:
            return Refusal(self._file, row.line, "pas de texte")
        rating = cell("rating")
        feeling = self._scale.feeling(rating) if self._scale else None
        if rating and feeling is None:
            repaired[repairs.FEELING] += 1
        concern = Concern(structure=cell("structure"), network=cell("network"))
        return Experience(
            id=cell("id") or f"{self._file}:{row.line}",
            text=text,
            written=repairs.read_moment(cell("date"), repaired),
            feeling=feeling,
            concerns=(concern,) if concern != Concern() else (),
            file=self._file,
            line=row.line,
        )


def _list(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.strip() for item in value.split(",") if item.strip()))


def _count_of(value: str) -> int | None:
    return _number(value) if _is_number(value) else None


def _number(value: str) -> int:
    return int(float(value)) if _is_number(value) else 0


def _is_number(value: str) -> bool:
    return value.replace(".", "", 1).isdigit()
