"""Puts the files of a published model in place, each checked against its sum.

Opens no connection: whoever calls says how a file is fetched. A model is there whole or not at all.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from portevoix.errors import PortevoixError
from portevoix.speech.catalogue import ModelFile, Published
from portevoix.speech.models import read_folder

Fetch = Callable[[str, ModelFile], AbstractContextManager[Iterable[bytes]]]
"""Gives the bytes of an address, by blocks."""
Report = Callable[[int], object]
"""Told of each number of bytes received."""


class ChecksumError(PortevoixError):
    """Un fichier reçu n'est pas celui que son éditeur annonce : rien n'a été installé."""


def install(model: Published, folder: Path, fetch: Fetch, report: Report) -> Path:
    """Fetch `model` into `folder`; return where it is.

    Raises `ChecksumError`, `ModelError` for a model that cannot be read, what `fetch` raises.
    """
    target = folder / model.name
    pending = folder / f".{model.name}.part"
    shutil.rmtree(pending, ignore_errors=True)
    pending.mkdir(parents=True)
    try:
        for file in model.files:
            with fetch(model.address(file), file) as blocks:
                _write(file, blocks, pending / file.name, report)
        (pending / "SOURCE.txt").write_text(_source(model), "utf-8")
        read_folder(pending)
        shutil.rmtree(target, ignore_errors=True)
        pending.rename(target)
    finally:
        shutil.rmtree(pending, ignore_errors=True)
    return target


def _write(file: ModelFile, blocks: Iterable[bytes], path: Path, report: Report) -> None:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as out:
        for block in blocks:
            size += len(block)
            if size > file.size:
                break
            digest.update(block)
            out.write(block)
            report(len(block))
    if size != file.size or digest.hexdigest() != file.sha256:
        raise ChecksumError(
            f"{file.name} n'est pas le fichier que son éditeur annonce : rien n'a été installé."
        )


def _source(model: Published) -> str:
    lines = [model.title, f"Éditeur : {model.publisher}", f"Licence : {model.licence}", ""]
    lines += [f"{file.sha256}  {model.address(file)}" for file in model.files]
    return "\n".join(lines) + "\n"
