"""Make the packaged tree of structures from the official export: codes, names and places alone.

    python training/directory.py ../shared/data/spplus/export-structures.csv

Writes src/portevoix/data/directory/structures.csv.gz in the official columns.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path

from portevoix.opendata.reading import Row
from portevoix.opendata.sources import rows_of
from portevoix.opendata.structures import HEADINGS

TARGET = Path(__file__).resolve().parent.parent / "src/portevoix/data/directory/structures.csv.gz"
# Addresses for messages are left to those who install: they may have changed.
KEPT = [heading for name, heading in HEADINGS.items() if name not in {"mailbox", "tracking_key"}]


def main(source: Path) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(
        text, KEPT, delimiter=";", lineterminator="\n", extrasaction="ignore", restval=""
    )
    writer.writeheader()
    rows = [row.cells for row in rows_of(source) if isinstance(row, Row)]
    writer.writerows(rows)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with gzip.GzipFile(TARGET, "wb", compresslevel=9, mtime=0) as target:
        target.write(text.getvalue().encode())
    print(f"{len(rows)} structures écrites dans {TARGET} ({TARGET.stat().st_size} octets)")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
