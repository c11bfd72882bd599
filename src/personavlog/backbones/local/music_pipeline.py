"""What diffusers' pipelines of sound share."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np

from personavlog.backbones.local.extra import imported
from personavlog.backbones.local.loading import place, quiet
from personavlog.backbones.local.music_family import Loading
from personavlog.media.arrays import Samples

WHAT = "A local music model"


def load_pipeline(kind: str, loading: Loading, dtypes: Mapping[str, str]) -> Any:
    """The pipeline, ready to be called; ``dtypes`` are what its parts are best run in on a GPU."""
    diffusers, torch = imported("diffusers", WHAT), imported("torch", WHAT)
    quiet()
    own = dtypes if loading.device != "cpu" else {"default": "float32"}
    named = own if loading.dtype == "auto" else {"default": loading.dtype}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pipeline = getattr(diffusers, kind).from_pretrained(
            str(loading.folder),
            dtype={part: getattr(torch, name) for part, name in named.items()},
            use_safetensors=True,
            local_files_only=True,
            trust_remote_code=False,
        )
    pipeline.set_progress_bar_config(disable=True)
    place(pipeline, loading.device, loading.offload)
    return pipeline


def called(pipeline: Any, **arguments: Any) -> Samples:
    """What the pipeline makes, (n, channels); a call that breaks off takes its networks off the GPU again."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torchsde's, of rounding at the ends of its interval
            audio = pipeline(**arguments).audios[0]
    except BaseException:
        pipeline.maybe_free_model_hooks()
        raise
    return np.ascontiguousarray(audio.detach().float().cpu().numpy().T, np.float32)


def drawn_with(seed: int) -> Any:
    """A generator of the processor's: the same noise on every device."""
    return imported("torch", WHAT).Generator("cpu").manual_seed(seed)
