"""The schema of the API as a page shows it: operations, parameters, fields of the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Said = Mapping[str, Any]
_KINDS: Final = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "boolean": "oui ou non",
    "array": "liste",
    "object": "objet",
    "date": "date",
    "date-time": "date et heure",
}
_EXAMPLES: Final = {
    "experiences": "/experiences?ressenti=negatif&repondu=false&taille=10",
    "experience": "/experiences/IDENTIFIANT",
    "reseaux": "/reseaux",
    "structures": "/structures?mots=caf+lyon",
    "structure": "/structures/CODE",
    "statistiques": "/statistiques?departement=59&depuis=2025-01-01",
}


@dataclass(frozen=True, slots=True)
class Member:
    """A parameter, or a field of an answer (`depth`: how far inside)."""

    name: str
    kind: str
    told: str
    default: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked."""

    name: str
    path: str
    title: str
    told: str
    example: str
    parameters: Sequence[Member]
    fields: Sequence[Member]
    statuses: Sequence[tuple[str, str]]


def operations(schema: Said) -> list[Operation]:
    """What the schema says, in its order."""
    return [
        _operation(path, path_item["get"], schema["components"]["schemas"])
        for path, path_item in schema["paths"].items()
    ]


def _operation(path: str, said: Said, schemas: Said) -> Operation:
    answer = said["responses"][200]["content"]["application/json"]["schema"]
    root = path[: path.index("/v1") + 3]
    return Operation(
        name=said["operationId"],
        path=path,
        title=said["summary"],
        told=said.get("description", ""),
        example=root + _EXAMPLES[said["operationId"]],
        parameters=[_parameter(parameter) for parameter in said["parameters"]],
        fields=list(_fields(answer, schemas)),
        statuses=[(str(status), told["description"]) for status, told in said["responses"].items()],
    )


def _parameter(said: Said) -> Member:
    asked = said["schema"]
    default = asked.get("default")
    return Member(
        name=said["name"],
        kind=_kind(asked),
        told=asked.get("description", ""),
        default=str(default) if default not in {None, ""} else "",
    )


def _fields(said: Said, schemas: Said, depth: int = 0) -> Iterator[Member]:
    """The fields of an object, those of what it holds after each."""
    held = _resolved(said, schemas)
    for name, field in held.get("properties", {}).items():
        yield Member(name, _kind(field), _told(field, schemas), depth=depth)
        yield from _fields(_inside(field), schemas, depth + 1)


def _inside(field: Said) -> Said:
    """What an optional field or a list holds."""
    options = [option for option in field.get("anyOf", ()) if option.get("type") != "null"]
    inner: Said = options[0] if options else field
    held: Said = inner.get("items", inner)
    return held


def _resolved(said: Said, schemas: Said) -> Said:
    found: Said = schemas[said["$ref"].rsplit("/", 1)[1]] if "$ref" in said else said
    return found


def _told(field: Said, schemas: Said) -> str:
    own = field.get("description") or _resolved(_inside(field), schemas).get("description", "")
    return str(own)


def _kind(said: Said) -> str:
    inner = _inside(said)
    if "enum" in inner:
        return " ou ".join(json.dumps(value, ensure_ascii=False) for value in inner["enum"])
    name = inner.get("format", inner.get("type", "object"))
    kind = _KINDS.get(name, "texte")
    if said.get("type") == "array":
        return f"liste ({_KINDS.get(inner.get('type', 'object'), 'objet')})"
    optional = any(option.get("type") == "null" for option in said.get("anyOf", ()))
    return f"{kind}, ou nul" if optional else kind
