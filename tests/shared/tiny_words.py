"""Tokenizers and text encoders of the real classes, trained on a few lines here: nothing is fetched."""

from __future__ import annotations

import json
from typing import Any

LINES = (
    "a person walks on the beach at sunset, pixar style",
    "keep the same character, change the background to a tea house",
    "gentle piano and warm strings, 90 bpm",
    "hello there, this is my vlog 0123456789",
    "camera slowly pans left; soft light!",
) * 4
QWEN_TOKENS = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|vision_pad|>",
    "<|image_pad|>",
    "<|video_pad|>",
)


def clip_tokenizer(length: int = 77) -> Any:
    """CLIP's byte pairs with an end-of-word mark."""
    from transformers import CLIPTokenizer

    vocabulary, merges = _byte_pairs(("<|startoftext|>", "<|endoftext|>"), 900, "</w>")
    return CLIPTokenizer(vocab=vocabulary, merges=merges, model_max_length=length)


def t5_tokenizer(length: int = 512) -> Any:
    """Letters and the words of ``LINES``."""
    from transformers import T5Tokenizer

    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:!?'-()[]"
    words = sorted({word for line in LINES for word in line.replace(",", " ").split()})
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0)]
    pieces += [(letter, -4.0) for letter in letters] + [(f"▁{word}", -3.0) for word in words]
    return T5Tokenizer(vocab=pieces, extra_ids=0, model_max_length=length)


def qwen_tokenizer(*more: str) -> Any:
    """Qwen's byte pairs; ``more`` are further special tokens."""
    from transformers import Qwen2Tokenizer

    special = (*QWEN_TOKENS, *more)
    vocabulary, merges = _byte_pairs(special, 400)
    tokenizer = Qwen2Tokenizer(
        vocab=vocabulary,
        merges=merges,
        unk_token="<|endoftext|>",
        eos_token="<|im_end|>",
        pad_token="<|endoftext|>",
        model_max_length=4096,
    )
    tokenizer.add_special_tokens({"additional_special_tokens": list(special[1:])})
    return tokenizer


def clip_text(tokenizer: Any, width: int = 32) -> Any:
    """CLIP's text encoder."""
    from transformers import CLIPTextConfig, CLIPTextModel

    config = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=width,
        intermediate_size=37,
        num_hidden_layers=1,
        num_attention_heads=2,
        projection_dim=width,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        max_position_embeddings=77,
    )
    return CLIPTextModel(config)


def t5_encoder(tokenizer: Any, width: int = 32, *, many_languages: bool = False) -> Any:
    """T5's encoder, or UMT5's."""
    from transformers import T5Config, T5EncoderModel, UMT5Config, UMT5EncoderModel

    config_of, model_of = (UMT5Config, UMT5EncoderModel) if many_languages else (T5Config, T5EncoderModel)
    config = config_of(
        vocab_size=len(tokenizer),
        d_model=width,
        d_kv=8,
        d_ff=37,
        num_layers=1,
        num_heads=4,
        feed_forward_proj="gated-gelu",
        relative_attention_num_buckets=8,
    )
    return model_of(config)


def _byte_pairs(special: tuple[str, ...], size: int, end_of_word: str = "") -> tuple[dict[str, int], list[Any]]:
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE(end_of_word_suffix=end_of_word))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=list(special),
        end_of_word_suffix=end_of_word,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(LINES, trainer)
    model = json.loads(tokenizer.to_str())["model"]
    return model["vocab"], [
        tuple(pair) if isinstance(pair, list) else tuple(pair.split(" ")) for pair in model["merges"]
    ]
