"""Models with weights made of nothing, in the shapes that the inference library expects."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

CHARACTERS = [" ", *"abcdefghijklmnopqrstuvwxyzàâçéèêëîïôöùûü'-"]
BANDS, STRIDE = 80, 4


def write_tokens(folder: Path, extra: tuple[str, ...] = ()) -> None:
    pieces = ["▁" if c == " " else c for c in CHARACTERS] + list(extra) + ["<blk>"]
    lines = [f"{piece} {i}" for i, piece in enumerate(pieces)]
    (folder / "tokens.txt").write_text("\n".join(lines) + "\n", "utf-8")


def offline_nemo_ctc(folder: Path, extra: tuple[str, ...] = ()) -> Path:
    """A NeMo CTC model that hears a whole sentence: one convolution, weights drawn once."""
    folder.mkdir(parents=True, exist_ok=True)
    write_tokens(folder, extra)
    size = len(CHARACTERS) + len(extra) + 1
    draw = np.random.default_rng(0)
    weights = numpy_helper.from_array(
        (draw.standard_normal((size, BANDS, STRIDE)) * 0.3).astype("f4"), "W"
    )
    four = numpy_helper.from_array(np.array([STRIDE]), "four")
    nodes = [
        helper.make_node(
            "Conv", ["audio_signal", "W"], ["c"], strides=[STRIDE], kernel_shape=[STRIDE]
        ),
        helper.make_node("Transpose", ["c"], ["t"], perm=[0, 2, 1]),
        helper.make_node("LogSoftmax", ["t"], ["logprobs"], axis=-1),
        helper.make_node("Div", ["length", "four"], ["lengths"]),
    ]
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes, "tiny",
        [value("audio_signal", TensorProto.FLOAT, ["B", BANDS, "T"]),
         value("length", TensorProto.INT64, ["B"])],
        [value("logprobs", TensorProto.FLOAT, ["B", "T2", size]),
         value("lengths", TensorProto.INT64, ["B"])],
        [weights, four],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    facts = {
        "vocab_size": size, "subsampling_factor": STRIDE, "normalize_type": "per_feature",
        "model_type": "EncDecCTCModelBPE",
    }  # fmt: skip
    _describe(model, facts)
    onnx.save(model, folder / "model.onnx")
    return folder


def named(path: Path, inputs: list[str], **facts: object) -> None:
    """An ONNX file with these inputs and facts, and nothing to run."""
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        [helper.make_node("Identity", [inputs[0]], ["y"])], "named",
        [value(name, TensorProto.FLOAT, ["N"]) for name in inputs],
        [value("y", TensorProto.FLOAT, ["N"])],
    )  # fmt: skip
    model = helper.make_model(graph)
    _describe(model, facts)
    onnx.save(model, path)


def _describe(model: onnx.ModelProto, facts: dict[str, object]) -> None:
    for name, fact in facts.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = name, str(fact)
