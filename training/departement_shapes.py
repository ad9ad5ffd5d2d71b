"""Make the outlines of the map of départements, small enough to be drawn inside a page.

    python training/departement_shapes.py departements-avec-outre-mer.geojson

The file is that of https://github.com/gregoiredavid/france-geojson, made of IGN Admin Express COG
2018 (Licence Ouverte). Outlines are put on a grid: neighbours keep the same border. Overseas
départements and the centre of Paris are drawn apart, each at its own scale.

Writes src/portevoix/web/desk/static/desk/departements.svg: a path « d59 » for each département, a
second one « z75 » for those drawn larger. Pages refer to them, so that a browser keeps them.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

TARGET = (
    Path(__file__).resolve().parent.parent / "src/portevoix/web/desk/static/desk/departements.svg"
)
WIDTH: Final = 600
HEIGHT: Final = 600
# Where each group is drawn: codes → left, top, width, height.
INSETS: Final[dict[tuple[str, ...], tuple[float, float, float, float]]] = {
    ("971",): (4, 506, 82, 82),
    ("972",): (98, 506, 66, 82),
    ("973",): (176, 506, 72, 82),
    ("974",): (260, 506, 72, 82),
    ("976",): (344, 506, 60, 82),
    ("75", "92", "93", "94"): (4, 10, 108, 92),
}
MAINLAND: Final = (70.0, 6.0, 526.0, 490.0)

Point = tuple[float, float]


def rings(geometry: dict[str, Any]) -> Iterable[list[Point]]:
    """The outer rings: a hole in a département is another département, drawn over it."""
    many = geometry["type"] == "MultiPolygon"
    for polygon in geometry["coordinates"] if many else [geometry["coordinates"]]:
        yield [(lon, lat) for lon, lat in polygon[0]]


def lambert(point: Point) -> Point:
    """Lambert-93: conic, true at 44° and 49° N, upright at 3° E; y grows downwards."""
    lon, lat = map(math.radians, point)
    phi1, phi2, phi0, lon0 = map(math.radians, (44.0, 49.0, 46.5, 3.0))

    def stretched(phi: float) -> float:
        return math.tan(math.pi / 4 + phi / 2)

    n = math.log(math.cos(phi1) / math.cos(phi2)) / math.log(stretched(phi2) / stretched(phi1))
    f = math.cos(phi1) * stretched(phi1) ** n / n
    rho, rho0 = f / stretched(lat) ** n, f / stretched(phi0) ** n
    return rho * math.sin(n * (lon - lon0)), rho * math.cos(n * (lon - lon0)) - rho0


def local(point: Point, latitude: float) -> Point:
    """Plain, true at one latitude."""
    return math.radians(point[0]) * math.cos(math.radians(latitude)), -math.radians(point[1])


def fitted(
    shapes: dict[str, list[list[Point]]], box: tuple[float, float, float, float]
) -> dict[str, str]:
    """Paths of some shapes inside a box, at one scale."""
    points = [p for found in shapes.values() for ring in found for p in ring]
    left, top = min(p[0] for p in points), min(p[1] for p in points)
    wide = max(p[0] for p in points) - left
    high = max(p[1] for p in points) - top
    scale = min(box[2] / wide, box[3] / high)

    def placed(point: Point) -> tuple[int, int]:
        return (
            round(box[0] + (point[0] - left) * scale),
            round(box[1] + (point[1] - top) * scale),
        )

    return {
        code: "".join(filter(None, (path([placed(p) for p in ring]) for ring in found)))
        for code, found in shapes.items()
    }


def path(points: list[tuple[int, int]]) -> str:
    """A closed path without repeated or aligned points; empty when nothing is left of it."""
    kept: list[tuple[int, int]] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and aligned(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    if kept and kept[0] == kept[-1]:
        kept.pop()
    if len(set(kept)) < 3:
        return ""
    steps = "".join(f"l{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}{steps}z".replace(" -", "-")


def aligned(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) == (b[1] - a[1]) * (c[0] - a[0])


def main(source: Path) -> None:
    features = json.loads(source.read_text(encoding="utf-8"))["features"]
    shapes = {f["properties"]["code"]: list(rings(f["geometry"])) for f in features}
    apart = {code for codes in INSETS for code in codes if len(code) == 3}
    mainland = {
        code: [[lambert(p) for p in ring] for ring in found]
        for code, found in shapes.items()
        if code not in apart
    }
    paths = fitted(mainland, MAINLAND)
    insets = {}
    for codes, box in INSETS.items():
        middle = shapes[codes[0]][0][0][1]
        group = {c: [[local(p, middle) for p in ring] for ring in shapes[c]] for c in codes}
        insets |= fitted(group, box)
    overseas = {code: insets.pop(code) for code in sorted(apart)}
    drawn = {f"d{code}": path for code, path in sorted((paths | overseas).items())}
    drawn |= {f"z{code}": path for code, path in sorted(insets.items())}
    lines = [f'<path id="{name}" d="{path}"/>' for name, path in drawn.items()]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"><defs>'
    origin = "<!-- IGN Admin Express COG 2018, Licence Ouverte, by france-geojson -->"
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("\n".join([head, origin, *lines, "</defs></svg>\n"]), encoding="utf-8")
    print(f"{len(drawn)} contours, {TARGET.stat().st_size} octets")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
