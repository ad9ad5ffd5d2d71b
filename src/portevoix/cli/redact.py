"""`portevoix redact`: one line of JSON in, one out."""

from __future__ import annotations

import json
from typing import TextIO

import click

from portevoix.text.redact import Operator
from portevoix.text.redact import redact as hide


@click.command("redact")
@click.option(
    "--operator",
    type=click.Choice([operator.value for operator in Operator]),
    default=Operator.REPLACE.value,
    show_default=True,
    help="Remplacer par le genre, masquer, ou numéroter les personnes d'un même texte.",
)
@click.argument("source", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
@click.option(
    "--out", type=click.File("w", encoding="utf-8"), default="-", help="Fichier de sortie."
)
def redact(operator: str, source: TextIO, out: TextIO) -> None:
    """Masque les données personnelles de textes : {"id","text"} par ligne."""
    for number, line in enumerate(source, start=1):
        if line.strip():
            out.write(json.dumps(_answer(line, number, operator), ensure_ascii=False) + "\n")


def _answer(line: str, number: int, operator: str) -> dict[str, object]:
    try:
        item = json.loads(line)
    except ValueError:
        return {"id": None, "error": f"Ligne {number} : ce n'est pas du JSON."}
    if not isinstance(item, dict):
        return {"id": None, "error": f"Ligne {number} : un objet {{id, text}} est attendu."}
    if not isinstance(item.get("text"), str):
        return {
            "id": item.get("id"),
            "error": f"Ligne {number} : « text » manque ou n'est pas du texte.",
        }
    redaction = hide(item["text"], operator)
    findings = [
        {
            "start": f.start,
            "end": f.end,
            "kind": str(f.kind),
            "score": round(f.score, 3),
            "reason": f.reason,
        }
        for f in redaction.findings
    ]
    return {"id": item.get("id"), "text": redaction.text, "findings": findings}
