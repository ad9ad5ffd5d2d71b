"""A language model of half a megabyte with random weights, and a real server of it.

It writes nonsense, but through the true path: a GGUF file, the llama.cpp server, its streaming and
its grammar of JSON schemas. `python -m tests.llm.tiny_model FILE PORT` serves it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Final

import gguf
import numpy as np
from numpy.typing import NDArray

WIDTH: Final = 64
LAYERS: Final = 2
HEADS: Final = 4
HIDDEN: Final = 128
CONTEXT: Final = 8192
SPECIAL: Final = ("<unk>", "<s>", "</s>", "<|im_start|>", "<|im_end|>")
END: Final = 4
WORDS: Final = (
    "le la les de des et un une est pas très bon accueil délai service agent dossier merci attente"
).split()
CHARACTERS: Final = [*map(chr, range(33, 127)), *"éèàùçêâîôûëïœ«»’", "\u2581"]
TEMPLATE: Final = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def vocabulary() -> tuple[list[bytes], list[int], list[float]]:
    """Tokens, their types and scores: special ones, every byte, characters, a few words."""
    tokens = [token.encode() for token in SPECIAL]
    types = [gguf.TokenType.UNKNOWN, *[gguf.TokenType.CONTROL] * (len(SPECIAL) - 1)]
    tokens += [f"<0x{byte:02X}>".encode() for byte in range(256)]
    types += [gguf.TokenType.BYTE] * 256
    scores = [0.0] * len(tokens)
    for character in CHARACTERS:
        tokens.append(character.encode())
        types.append(gguf.TokenType.NORMAL)
        scores.append(-1000.0)
    for rank, word in enumerate(WORDS):
        tokens.append(f"\u2581{word}".encode())
        types.append(gguf.TokenType.NORMAL)
        scores.append(-10.0 - rank)
    return tokens, [int(kind) for kind in types], scores


def write(path: Path) -> None:
    """Write the model. Dimension 0 of every embedding is 1, so that a column acts as a bias:
    closing marks and the end of the turn come soon."""
    tokens, types, scores = vocabulary()
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name("tiny-random-fr")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(tokens))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(tokens)
    writer.add_token_scores(scores)
    writer.add_token_types(types)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(END)
    writer.add_unk_token_id(0)
    writer.add_pad_token_id(2)
    writer.add_add_space_prefix(False)  # noqa: FBT003 (their signature)
    writer.add_add_bos_token(True)  # noqa: FBT003
    writer.add_add_eos_token(False)  # noqa: FBT003
    writer.add_chat_template(TEMPLATE)
    for name, values in _weights(tokens).items():
        writer.add_tensor(name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _weights(tokens: list[bytes]) -> dict[str, NDArray[np.float32]]:
    rng = np.random.default_rng(0)

    def some(*shape: int) -> NDArray[np.float32]:
        return (rng.standard_normal(shape) * 0.05).astype(np.float32)

    embedding, output = some(len(tokens), WIDTH), some(len(tokens), WIDTH) * 4
    embedding[:, 0], output[:, 0] = 1.0, -1.0
    output[END, 0] = 1.0
    output[-len(WORDS) :, 0] = 1.0
    for mark in b'"}]':
        output[tokens.index(bytes([mark])), 0] = 1.5
    found = {
        "token_embd.weight": embedding,
        "output_norm.weight": np.ones(WIDTH, np.float32),
        "output.weight": output,
    }
    for layer in range(LAYERS):
        at = f"blk.{layer}."
        found |= {f"{at}attn_{part}.weight": some(WIDTH, WIDTH) for part in "qkv"}
        found |= {f"{at}{n}.weight": np.ones(WIDTH, np.float32) for n in ("attn_norm", "ffn_norm")}
        found |= {f"{at}attn_output.weight": some(WIDTH, WIDTH)}
        found |= {f"{at}ffn_{part}.weight": some(HIDDEN, WIDTH) for part in ("gate", "up")}
        found |= {f"{at}ffn_down.weight": some(WIDTH, HIDDEN)}
    return found


def serve(path: Path, port: int, *, embeds: bool) -> None:
    """Serve the model until the process ends, to write or to embed; prints « ready »."""
    import xllamacpp  # noqa: PLC0415 (loads a large library)

    options = xllamacpp.CommonParams()
    options.model.path = str(path)
    options.n_ctx = CONTEXT
    options.n_parallel = 2
    options.hostnames = ["127.0.0.1"]
    options.port = port
    options.embedding = embeds
    if embeds:
        options.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    options.warmup = False
    options.cpuparams.n_threads = 1
    options.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(options)
    print("ready", server.listening_address, flush=True)  # noqa: T201 (read by the test)
    while True:
        time.sleep(3600)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]), embeds="embeds" in sys.argv[3:])
