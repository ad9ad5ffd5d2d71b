"""Puts the voice detector of Silero (MIT) into the package, from its published wheel.

    pip download silero-vad==6.2.3 --no-deps -d WHEELS && python training/speech_vad.py WHEELS/*.whl

The wheel asks for torch; the detector itself is 310 000 numbers, stored here in half precision and
run by numpy (`portevoix.speech.silero`). Needs `onnx` (extra `dev`) to read them.
"""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

DATA = Path(__file__).resolve().parents[1] / "src/portevoix/data/speech"
# Not the safetensors beside it: those are the weights of an older version.
MEMBER = "silero_vad/data/silero_vad_16k_op15.onnx"
SHA256 = "7ed98ddbad84ccac4cd0aeb3099049280713df825c610a8ed34543318f1b2c49"
NAMES = {
    "stft": "model.stft.forward_basis_buffer",
    **{f"kernel{n}": f"model.encoder.{n}.reparam_conv.weight" for n in range(4)},
    **{f"bias{n}": f"model.encoder.{n}.reparam_conv.bias" for n in range(4)},
    "inputs": "model.decoder.rnn.weight_ih",
    "hidden": "model.decoder.rnn.weight_hh",
    "inputs_bias": "model.decoder.rnn.bias_ih",
    "hidden_bias": "model.decoder.rnn.bias_hh",
    "out": "model.decoder.decoder.2.weight",
    "out_bias": "model.decoder.decoder.2.bias",
}


def main(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(MEMBER)
        licence = next(n for n in archive.namelist() if n.endswith("LICENSE"))
        (DATA / "silero_vad.LICENSE").write_bytes(archive.read(licence))
    digest = hashlib.sha256(data).hexdigest()
    if digest != SHA256:
        sys.exit(f"not the weights that were checked: {digest}")
    graph = onnx.load(io.BytesIO(data)).graph
    found = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    arrays = {name: found[theirs].astype(np.float16) for name, theirs in NAMES.items()}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    (DATA / "silero_vad.npz").write_bytes(buffer.getvalue())
    print(len(buffer.getvalue()) // 1000, "ko")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
