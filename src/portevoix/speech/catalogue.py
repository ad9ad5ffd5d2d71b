"""Models of French that their publishers give under a free licence, with the sum of each file.

Nothing of them is in Porte-voix. Sizes and sums are those that the publishers state for the exact
revision named; a file that differs is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from portevoix.errors import InputError


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file: `size` in bytes, `sha256` in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Published:
    """A model as published. `source` is the address of its files, `about` what it is good for."""

    name: str
    title: str
    publisher: str
    licence: str
    source: str
    about: str
    files: tuple[ModelFile, ...]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    def address(self, file: ModelFile) -> str:
        return f"{self.source}/{file.name}"


_HUB: Final = "https://huggingface.co"

CATALOGUE: Final[tuple[Published, ...]] = (
    Published(
        "zipformer-fr",
        "Zipformer français en continu (2023-04-14, int8)",
        "shaojieli, d'après la recette icefall (k2-fsa), Common Voice français",
        "Apache-2.0",
        f"{_HUB}/shaojieli/sherpa-onnx-streaming-zipformer-fr-2023-04-14/resolve/"
        "3db9565d9633758d6b87b9a7b3dc09ebfb6b2c73",
        "mots affichés pendant que l'on parle ; sans ponctuation, que Porte-voix rétablit ; léger",
        (
            ModelFile(
                "encoder-epoch-29-avg-9-with-averaged-model.int8.onnx",
                126_655_903,
                "47a94a7fdc8dff63d708be4ea0535747640224467f91e238311f1ddbdd09327e",
            ),
            ModelFile(
                "decoder-epoch-29-avg-9-with-averaged-model.int8.onnx",
                1_307_157,
                "e72b2b9ed36355bd0dd43433f7dd258e7226ab54c9ef42b28c73ebb785805623",
            ),
            ModelFile(
                "joiner-epoch-29-avg-9-with-averaged-model.int8.onnx",
                259_572,
                "fc2f3bb851a15a532c6f2422d53eecd1ca949f12b0897e07a852021c30481711",
            ),
            ModelFile(
                "tokens.txt",
                4_819,
                "37fb3f2a7bcb85e5fff3f1f66be04e6fbb05077a22f56d177fe85704e945fb31",
            ),
        ),
    ),
    Published(
        "parakeet-v3",
        "Parakeet TDT 0.6B v3 (int8), 25 langues d'Europe",
        "NVIDIA, converti par k2-fsa (sherpa-onnx)",
        "CC-BY-4.0",
        f"{_HUB}/csukuangfj/sherpa-onnx-nemo-parakeet-tdt-0.6b-v3-int8/resolve/"
        "2bda32ec70b097a55adaa07d9a7173915b43cc78",
        "ponctuation et majuscules du modèle ; une phrase s'affiche quand elle est finie",
        (
            ModelFile(
                "encoder.int8.onnx",
                652_184_281,
                "acfc2b4456377e15d04f0243af540b7fe7c992f8d898d751cf134c3a55fd2247",
            ),
            ModelFile(
                "decoder.int8.onnx",
                11_845_275,
                "179e50c43d1a9de79c8a24149a2f9bac6eb5981823f2a2ed88d655b24248db4e",
            ),
            ModelFile(
                "joiner.int8.onnx",
                6_355_277,
                "3164c13fc2821009440d20fcb5fdc78bff28b4db2f8d0f0b329101719c0948b3",
            ),
            ModelFile(
                "tokens.txt",
                93_939,
                "d58544679ea4bc6ac563d1f545eb7d474bd6cfa467f0a6e2c1dc1c7d37e3c35d",
            ),
        ),
    ),
    Published(
        "whisper-turbo",
        "Whisper large-v3 turbo (int8)",
        "OpenAI, converti par k2-fsa (sherpa-onnx)",
        "MIT",
        f"{_HUB}/csukuangfj/sherpa-onnx-whisper-turbo/resolve/"
        "2ca6ff69fc878651b770880507669577ac41c2ff",
        "très juste, lent sans carte graphique ; une phrase s'affiche quand elle est finie",
        (
            ModelFile(
                "turbo-encoder.int8.onnx",
                674_716_297,
                "b02dcdf54f348741e93fe732b67d933c8dcb6735655f710640143081db38878b",
            ),
            ModelFile(
                "turbo-decoder.int8.onnx",
                361_080_764,
                "20accd02388482eb3a46bd615631adfdc85e1eb2c7db9ea3f02a40ffe6b81547",
            ),
            ModelFile(
                "turbo-tokens.txt",
                816_730,
                "b34b360dbb493e781e479794586d661700670d65564001f23024971d1f2fa126",
            ),
        ),
    ),
)


def published(name: str) -> Published:
    """The model of that name. Raises `InputError`, naming those that exist."""
    for model in CATALOGUE:
        if model.name == name:
            return model
    known = ", ".join(model.name for model in CATALOGUE)
    raise InputError(f"Le modèle « {name} » n'est pas connu. Modèles proposés : {known}.")
