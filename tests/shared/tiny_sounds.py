"""Checkpoints of the real music and speech classes with tiny random weights: built here, saved to a folder, loaded from
it as any other."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from tests.shared.tiny_words import LINES, qwen_tokenizer, t5_encoder, t5_tokenizer

ACE_RATE, STABLE_RATE, MUSICGEN_RATE, POCKET_RATE = 1000, 4000, 3200, 24_000


def build_sound(name: str, folder: Path) -> Path:
    """The checkpoint ``name`` of ``BUILDERS`` saved in ``folder``, the same every time."""
    import torch

    with torch.random.fork_rng(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of weight_norm, which both libraries still use
        torch.manual_seed(0)
        BUILDERS[name](folder)
    return folder


def ace_step(folder: Path, *, turbo: bool = True) -> None:
    """Stereo at 1 kHz; the distilled model, or the base model."""
    from diffusers import AceStepPipeline, AutoencoderOobleck, FlowMatchEulerDiscreteScheduler
    from diffusers.models.transformers.ace_step_transformer import AceStepTransformer1DModel
    from diffusers.pipelines.ace_step import AceStepConditionEncoder
    from transformers import Qwen3Config, Qwen3Model

    tokenizer = qwen_tokenizer()
    size = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 8,
    }
    text = Qwen3Config(**size, num_hidden_layers=2, vocab_size=len(tokenizer), max_position_embeddings=4096)
    network = {**size, "rope_theta": 10_000.0, "sliding_window": 16}
    transformer = AceStepTransformer1DModel(
        **network, num_hidden_layers=2, in_channels=24, audio_acoustic_hidden_dim=8, patch_size=2, is_turbo=turbo
    )
    conditions = AceStepConditionEncoder(
        **network,
        text_hidden_dim=32,
        timbre_hidden_dim=8,
        num_lyric_encoder_hidden_layers=2,
        num_timbre_encoder_hidden_layers=2,
    )
    vae = AutoencoderOobleck(
        encoder_hidden_size=6,
        downsampling_ratios=[4, 10],
        decoder_channels=3,
        decoder_input_channels=8,
        audio_channels=2,
        channel_multiples=[2, 4],
        sampling_rate=ACE_RATE,
    )
    AceStepPipeline(
        vae=vae,
        text_encoder=Qwen3Model(text),
        tokenizer=tokenizer,
        transformer=transformer,
        condition_encoder=conditions,
        scheduler=FlowMatchEulerDiscreteScheduler(num_train_timesteps=1, shift=1.0),
    ).save_pretrained(str(folder))


def stable_audio(folder: Path) -> None:
    """Stereo at 4 kHz, 1.024 s at most, with the scheduler of Stable Audio Open."""
    from diffusers import (
        AutoencoderOobleck,
        CosineDPMSolverMultistepScheduler,
        StableAudioDiTModel,
        StableAudioPipeline,
        StableAudioProjectionModel,
    )

    tokenizer = t5_tokenizer(128)
    transformer = StableAudioDiTModel(
        sample_size=64,
        in_channels=3,
        num_layers=2,
        attention_head_dim=4,
        num_key_value_attention_heads=2,
        num_attention_heads=2,
        out_channels=3,
        cross_attention_dim=4,
        time_proj_dim=8,
        global_states_input_dim=8,
        cross_attention_input_dim=4,
    )
    vae = AutoencoderOobleck(
        encoder_hidden_size=6,
        downsampling_ratios=[8, 8],
        decoder_channels=3,
        decoder_input_channels=3,
        audio_channels=2,
        channel_multiples=[2, 4],
        sampling_rate=STABLE_RATE,
    )
    StableAudioPipeline(
        vae=vae,
        text_encoder=t5_encoder(tokenizer),
        projection_model=StableAudioProjectionModel(text_encoder_dim=32, conditioning_dim=4, min_value=0, max_value=32),
        tokenizer=tokenizer,
        transformer=transformer,
        scheduler=CosineDPMSolverMultistepScheduler(solver_order=2, sigma_data=1.0, sigma_schedule="exponential"),
    ).save_pretrained(str(folder))


def musicgen(folder: Path) -> None:
    """Mono at 3.2 kHz, 200 tokens a second."""
    import torch
    from transformers import (
        EncodecConfig,
        EncodecFeatureExtractor,
        MusicgenConfig,
        MusicgenDecoderConfig,
        MusicgenForConditionalGeneration,
        MusicgenProcessor,
        T5Config,
    )

    tokenizer, books = t5_tokenizer(64), 4
    text = T5Config(vocab_size=len(tokenizer), d_model=32, d_kv=8, d_ff=37, num_layers=1, num_heads=4)
    codec = EncodecConfig(
        hidden_size=32,
        num_filters=4,
        codebook_size=64,
        codebook_dim=32,
        upsampling_ratios=[4, 4],
        sampling_rate=MUSICGEN_RATE,
        num_lstm_layers=1,
        target_bandwidths=[4.8],
    )
    decoder = MusicgenDecoderConfig(
        vocab_size=64,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        ffn_dim=32,
        num_codebooks=books,
        max_position_embeddings=512,
        pad_token_id=64,
        bos_token_id=64,
    )
    model = MusicgenForConditionalGeneration(
        MusicgenConfig(
            text_encoder={**text.to_dict(), "model_type": "t5"},
            audio_encoder={**codec.to_dict(), "model_type": "encodec"},
            decoder={**decoder.to_dict(), "model_type": "musicgen_decoder"},
        )
    )
    for layer in model.audio_encoder.quantizer.layers:
        torch.nn.init.normal_(layer.codebook.embed)  # zero in a fresh model: every token would sound the same
    own = model.generation_config
    own.do_sample, own.guidance_scale, own.max_length = True, 3.0, 64
    own.decoder_start_token_id = own.pad_token_id = own.bos_token_id = 64
    model.save_pretrained(str(folder))
    extractor = EncodecFeatureExtractor(feature_size=1, sampling_rate=MUSICGEN_RATE)
    MusicgenProcessor(extractor, tokenizer).save_pretrained(str(folder))


def pocket_tts(folder: Path) -> None:
    """Pocket TTS as its own package describes a model: ``tiny.yaml`` with weights and a tokenizer beside it. The weight
    that clones a voice is zero in a fresh model, so it gets numbers of its own."""
    import torch
    from safetensors.torch import save_file

    folder.mkdir(parents=True, exist_ok=True)
    plan = _pocket_plan(folder)
    _write_yaml(folder / "tiny.yaml", plan)
    from pocket_tts import TTSModel

    model = TTSModel.load_model(config=folder / "tiny.yaml")
    torch.nn.init.normal_(model.flow_lm.speaker_proj_weight)
    save_file({name: one.detach().clone() for name, one in model.state_dict().items()}, folder / "tiny.safetensors")
    _write_yaml(folder / "tiny.yaml", {**plan, "weights_path": str(folder / "tiny.safetensors")})


def _pocket_plan(folder: Path) -> dict[str, Any]:
    seanet = {
        "dimension": 32,
        "channels": 1,
        "n_filters": 4,
        "n_residual_layers": 1,
        "ratios": [6, 5, 4],
        "kernel_size": 7,
        "residual_kernel_size": 3,
        "last_kernel_size": 3,
        "dilation_base": 2,
        "pad_mode": "constant",
        "compress": 2,
    }
    transformer = {
        "d_model": 32,
        "num_heads": 2,
        "num_layers": 1,
        "layer_scale": 0.01,
        "context": 250,
        "dim_feedforward": 64,
        "input_dimension": 32,
        "output_dimensions": [32],
    }
    words = {"dim": 32, "n_bins": 80, "tokenizer": "sentencepiece", "tokenizer_path": str(_pieces(folder))}
    speaks = {"d_model": 32, "hidden_scale": 2, "max_period": 10_000, "num_heads": 2, "num_layers": 1}
    return {
        "flow_lm": {
            "dtype": "float32",
            "flow": {"depth": 1, "dim": 32},
            "transformer": speaks,
            "lookup_table": words,
            "insert_bos_before_voice": True,
        },
        "mimi": {
            "dtype": "float32",
            "sample_rate": POCKET_RATE,
            "inner_dim": 8,
            "outer_dim": 32,
            "channels": 1,
            "frame_rate": 12.5,
            "seanet": seanet,
            "transformer": transformer,
            "quantizer": {"dimension": 8, "output_dimension": 32},
        },
    }


def _pieces(folder: Path) -> Path:
    """A sentencepiece model trained on ``LINES``."""
    import sentencepiece

    trained = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(LINES), model_writer=trained, vocab_size=80, model_type="bpe", minloglevel=2
    )
    place = folder / "words.model"
    place.write_bytes(trained.getvalue())
    return place


def _write_yaml(place: Path, content: Mapping[str, Any]) -> None:
    import yaml

    place.write_text(yaml.safe_dump(dict(content)), encoding="utf-8")


BUILDERS: Mapping[str, Callable[[Path], None]] = {
    "ace_step": ace_step,
    "ace_step_base": partial(ace_step, turbo=False),
    "stable_audio": stable_audio,
    "musicgen": musicgen,
    "pocket_tts": pocket_tts,
}
