"""A folder that holds a model: what it is, from its files alone.

The names of the files of sherpa-onnx and what each ONNX file says of itself are enough; no
description has to be written by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from portevoix.errors import InputError
from portevoix.speech.onnx_file import OnnxFacts, read_facts


class ModelError(InputError):
    """Ce dossier ne contient pas de modèle de dictée que l'on sache utiliser."""


class Family(StrEnum):
    """How a model is run. The first three give words while one speaks, the others after."""

    STREAMING_TRANSDUCER = "streaming transducer"
    STREAMING_NEMO_CTC = "streaming NeMo CTC"
    STREAMING_ZIPFORMER_CTC = "streaming zipformer CTC"
    TRANSDUCER = "transducer"
    NEMO_TRANSDUCER = "NeMo transducer"
    NEMO_CTC = "NeMo CTC"
    WHISPER = "Whisper"
    CANARY = "NeMo Canary"

    @property
    def streams(self) -> bool:
        return self.value.startswith("streaming")


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model ready to be loaded. `punctuates`: its words come with marks and capitals."""

    name: str
    family: Family
    tokens: Path
    files: dict[str, Path]
    punctuates: bool


def read_folder(folder: Path) -> ModelFolder:
    """The model of `folder`. Raises `ModelError`, saying what is missing."""
    if not folder.is_dir():
        raise ModelError(f"Le dossier {folder} n'existe pas.")
    tokens = _one(folder, "tokens", ".txt")
    if tokens is None:
        raise ModelError(f"{folder} : le fichier tokens.txt manque.")
    files = {
        part: path
        for part in ("encoder", "decoder", "joiner", "model")
        if (path := _one(folder, part, ".onnx"))
    }
    family = _family(folder, files)
    return ModelFolder(folder.name, family, tokens, files, _has_marks(tokens))


def _one(folder: Path, part: str, ending: str) -> Path | None:
    """The file of a part: the quantised one when both are there, it is as good and lighter."""
    found = sorted(p for p in folder.iterdir() if p.name.endswith(ending) and part in p.stem)
    light = [p for p in found if ".int8." in p.name]
    return next(iter(light or found), None)


def _family(folder: Path, files: dict[str, Path]) -> Family:
    main = files.get("encoder") or files.get("model")
    if main is None:
        raise ModelError(f"{folder} : aucun fichier « encoder » ou « model » (.onnx).")
    try:
        facts = read_facts(main)
    except (OSError, ValueError) as error:
        raise ModelError(f"{main} n'est pas un modèle ONNX lisible.") from error
    family = _with_joiner(facts) if "joiner" in files else _alone(facts, files)
    if family is None or ("joiner" in files and "decoder" not in files):
        raise ModelError(f"{folder} : ce genre de modèle n'est pas reconnu.")
    return family


def _with_joiner(facts: OnnxFacts) -> Family:
    if _remembers(facts):
        return Family.STREAMING_TRANSDUCER
    nemo = facts.metadata.get("model_type", "").startswith("EncDec")
    return Family.NEMO_TRANSDUCER if nemo else Family.TRANSDUCER


def _alone(facts: OnnxFacts, files: dict[str, Path]) -> Family | None:
    kind = facts.metadata.get("model_type", "").lower()
    if "decoder" in files:
        if kind.startswith("whisper"):
            return Family.WHISPER
        return Family.CANARY if "canary" in kind or "multitask" in kind else None
    if kind.startswith("encdec"):
        return Family.STREAMING_NEMO_CTC if _remembers(facts) else Family.NEMO_CTC
    return Family.STREAMING_ZIPFORMER_CTC if _remembers(facts) else None


def _remembers(facts: OnnxFacts) -> bool:
    """A streaming model is given back what it remembers of the chunk before."""
    return any("cache" in name or name.startswith("state") for name in facts.inputs[1:])


def _has_marks(tokens: Path) -> bool:
    """A model that can write a full stop and capitals writes its text in full."""
    pieces = [line.split()[0] for line in tokens.read_text("utf-8").splitlines() if line.split()]
    if tokens.name != "tokens.txt" and len(pieces) > 40_000:
        # The tokens of Whisper are encoded; it always writes marks.
        return True
    has_stop = any(p in {".", "▁."} for p in pieces)
    has_both = any(p.islower() for p in pieces) and any(p.strip("▁").isupper() for p in pieces)
    return has_stop and has_both
