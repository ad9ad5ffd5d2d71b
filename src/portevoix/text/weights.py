"""The trained numbers of the reading of expectations, as one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from portevoix.errors import ResourceError
from portevoix.text.network import Network

WEIGHTS: Final = Path(__file__).resolve().parent.parent / "data" / "expectations.npz"

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """What a model knows.

    `features` names the rows of `vectors` float32 (f, 22) and `squares` float32 (f,): words,
    character n-grams and pairs, whose scores are summed, divided by one norm and added to `bias`
    (22,). `words` names
    the rows of `meanings` float32 (v + 1, d), row 0 for a word unknown. `prior` (17,): what the
    probabilities of the codes are divided by to choose a code.
    """

    features: tuple[str, ...]
    vectors: Floats
    squares: Floats
    bias: Floats
    words: tuple[str, ...]
    meanings: Floats
    network: Network
    prior: Floats

    def save(self, path: Path) -> None:
        scale = np.abs(self.meanings).max(axis=0) / 127 + 1e-9
        arrays = {name: getattr(self.network, name) for name in Network.names()}
        np.savez_compressed(
            path,
            features=_packed(self.features),
            vectors=self.vectors.astype(np.float16),
            squares=self.squares.astype(np.float16),
            bias=self.bias,
            words=_packed(self.words),
            meanings=np.round(self.meanings / scale).astype(np.int8),
            scale=scale.astype(np.float32),
            prior=self.prior,
            **arrays,
        )

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Self:
        """Raise `ResourceError` when the file is missing or is not one of ours."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                return cls._from(stored)
        except (OSError, ValueError, KeyError) as error:
            raise ResourceError(f"Le modèle « {path} » manque ou est abîmé.") from error

    @classmethod
    def _from(cls, stored: Any) -> Self:
        def numbers(name: str) -> Floats:
            return np.asarray(stored[name], dtype=np.float32)

        return cls(
            features=_unpacked(stored["features"]),
            vectors=numbers("vectors"),
            squares=numbers("squares"),
            bias=numbers("bias"),
            words=_unpacked(stored["words"]),
            meanings=numbers("meanings") * numbers("scale"),
            network=Network(**{name: numbers(name) for name in Network.names()}),
            prior=numbers("prior"),
        )

    def rounded(self) -> Self:
        """Return the weights as they are once saved and loaded."""
        scale = np.abs(self.meanings).max(axis=0) / 127 + 1e-9
        return replace(
            self,
            meanings=(np.round(self.meanings / scale) * scale).astype(np.float32),
            vectors=self.vectors.astype(np.float16).astype(np.float32),
            squares=self.squares.astype(np.float16).astype(np.float32),
        )


def _packed(names: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _unpacked(stored: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(stored.tobytes().decode().split("\n"))
