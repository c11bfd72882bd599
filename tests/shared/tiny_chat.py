"""Chat models of the real classes with tiny random weights: what they write is noise, and a grammar gives it form."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.shared.tiny_words import qwen_tokenizer

READS = 8192
"""Tokens of a whole conversation."""


def build_chat(name: str, folder: Path) -> Path:
    """The checkpoint ``name`` of ``BUILDERS`` saved in ``folder``, the same every time."""
    import torch

    with torch.random.fork_rng():
        torch.manual_seed(0)
        BUILDERS[name](folder)
    return folder


def llava(folder: Path) -> None:
    """Sees pictures, and needs no torchvision."""
    import transformers
    from transformers import CLIPVisionConfig, LlavaConfig, LlavaForConditionalGeneration, LlavaProcessor

    tokenizer = qwen_tokenizer("<image>")
    picture = tokenizer.convert_tokens_to_ids("<image>")
    seen = CLIPVisionConfig(
        hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2, image_size=32, patch_size=8
    )
    config = LlavaConfig(
        vision_config=seen,
        text_config=_words(tokenizer),
        image_token_index=picture,
        image_token_id=picture,
        vision_feature_layer=-1,
        vision_feature_select_strategy="default",
    )
    eyes = transformers.CLIPImageProcessorPil(size={"shortest_edge": 32}, crop_size={"height": 32, "width": 32})
    LlavaForConditionalGeneration(config).save_pretrained(str(folder))
    LlavaProcessor(
        image_processor=eyes,
        tokenizer=tokenizer,
        patch_size=8,
        vision_feature_select_strategy="default",
        num_additional_image_tokens=1,
        chat_template=_template("<image>"),
    ).save_pretrained(str(folder))


def qwen3_vl(folder: Path) -> None:
    """The family of the table's default, whose whole processor needs torchvision for clips."""
    from transformers import Qwen2VLImageProcessorPil, Qwen3VLConfig, Qwen3VLForConditionalGeneration

    tokenizer = qwen_tokenizer()
    token = tokenizer.convert_tokens_to_ids
    config = Qwen3VLConfig(
        text_config={
            "vocab_size": len(tokenizer),
            "hidden_size": 32,
            "intermediate_size": 32,
            "num_hidden_layers": 2,
            "num_attention_heads": 2,
            "num_key_value_heads": 2,
            "head_dim": 16,
            "max_position_embeddings": READS,
            "rope_scaling": {"rope_type": "default", "mrope_section": [2, 3, 3], "mrope_interleaved": True},
        },
        vision_config={
            "depth": 1,
            "hidden_size": 32,
            "intermediate_size": 32,
            "num_heads": 2,
            "out_hidden_size": 32,
            "patch_size": 4,
            "spatial_merge_size": 2,
            "num_position_embeddings": 16,
            "deepstack_visual_indexes": [0],
        },
        image_token_id=token("<|image_pad|>"),
        video_token_id=token("<|video_pad|>"),
        vision_start_token_id=token("<|vision_start|>"),
        vision_end_token_id=token("<|vision_end|>"),
    )
    Qwen3VLForConditionalGeneration(config).save_pretrained(str(folder))
    tokenizer.chat_template = _template("<|vision_start|><|image_pad|><|vision_end|>")
    tokenizer.save_pretrained(str(folder))
    size = {"shortest_edge": 256, "longest_edge": 4096}
    Qwen2VLImageProcessorPil(patch_size=4, temporal_patch_size=2, merge_size=2, size=size).save_pretrained(str(folder))
    eyes = json.loads((folder / "preprocessor_config.json").read_text())
    whole = {
        "processor_class": "Qwen3VLProcessor",
        "image_processor": eyes,
        "video_processor": {"video_processor_type": "Qwen3VLVideoProcessor"},
    }
    (folder / "processor_config.json").write_text(json.dumps(whole))


def llama(folder: Path) -> None:
    """Reads words only."""
    from transformers import LlamaForCausalLM

    tokenizer = qwen_tokenizer()
    tokenizer.chat_template = _template("")
    tokenizer.save_pretrained(str(folder))
    LlamaForCausalLM(_words(tokenizer)).save_pretrained(str(folder))


def _words(tokenizer: Any) -> Any:
    from transformers import LlamaConfig

    return LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        bos_token_id=0,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        max_position_embeddings=READS,
    )


def _template(picture: str) -> str:
    """Turns as Qwen's models write them, with ``picture`` where one is shown."""
    item = "{% if c['type'] == 'image' %}" + picture + "{% elif 'text' in c %}{{ c['text'] }}{% endif %}"
    parts = "{% for c in m['content'] %}" + item + "{% endfor %}"
    content = "{% if m['content'] is string %}{{ m['content'] }}{% else %}" + parts + "{% endif %}"
    turns = "{% for m in messages %}<|im_start|>{{ m['role'] }}\n" + content + "<|im_end|>\n{% endfor %}"
    return turns + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"


BUILDERS: Mapping[str, Callable[[Path], None]] = {"llava": llava, "qwen3_vl": qwen3_vl, "llama": llama}
