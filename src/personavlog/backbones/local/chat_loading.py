"""A chat model from its folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from personavlog.backbones.local import device as devices
from personavlog.backbones.local.chat_network import WHAT, ChatNetwork
from personavlog.backbones.local.extra import imported
from personavlog.backbones.local.settings import Dtype, Offload
from personavlog.errors import ConfigurationError, PersonaVlogError, WeightsError


def load_chat(folder: Path, dtype: Dtype | Mapping[str, Dtype], device: str, offload: Offload) -> ChatNetwork:
    """The model, ready to write; blocks. Raises ``ConfigurationError`` for a folder that holds no chat model,
    ``WeightsError`` for one that does not load."""
    transformers = imported("transformers", WHAT)
    transformers.utils.logging.disable_progress_bar()
    try:
        config = transformers.AutoConfig.from_pretrained(str(folder), local_files_only=True)
        sees = type(config) in transformers.MODEL_FOR_IMAGE_TEXT_TO_TEXT_MAPPING
        processor = _processor(folder, config, sees)
        kind = transformers.AutoModelForImageTextToText if sees else transformers.AutoModelForCausalLM
        model = kind.from_pretrained(
            str(folder), dtype=_dtype(dtype, device), use_safetensors=True, local_files_only=True
        ).eval()
        return ChatNetwork(_placed(model, device, offload), processor, device, sees=sees)
    except PersonaVlogError:
        raise
    except Exception as error:  # every library has its own for files that do not fit
        if devices.out_of_memory(error):
            raise
        said = (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
        raise WeightsError(
            f"The chat model in {folder.name!r} does not load: {said}. Give the folder of a chat model that "
            "transformers knows, with safetensors files, or get it again."
        ) from error


def _processor(folder: Path, config: Any, sees: bool) -> Any:
    transformers = imported("transformers", WHAT)
    if not sees:
        processor = transformers.AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
    else:
        try:
            processor = transformers.AutoProcessor.from_pretrained(str(folder), local_files_only=True)
        except ImportError:  # of torchvision, by processors that read clips too
            processor = _of_pictures(config).from_pretrained(str(folder), local_files_only=True)
    if not processor.chat_template:
        raise ConfigurationError(
            f"The model in {folder.name!r} has no chat template, so it is not made to be asked. Choose one whose name "
            "says instruct or chat."
        )
    return processor


def _of_pictures(config: Any) -> Any:
    """The processor's class without what reads clips, which needs torchvision and is never sent one."""
    transformers = imported("transformers", WHAT)
    names = imported("transformers.models.auto.processing_auto", WHAT).PROCESSOR_MAPPING_NAMES
    whole = getattr(transformers, names[config.model_type])
    parts = [part for part in whole.get_attributes() if part != "video_processor"]
    return type(whole.__name__, (whole,), {"get_attributes": classmethod(lambda cls: parts)})


def _dtype(wanted: Dtype | Mapping[str, Dtype], device: str) -> Any:
    """As the checkpoint says on a GPU; float32 on a CPU, where half precision is slow."""
    chosen = wanted if isinstance(wanted, str) else wanted.get("default", "auto")
    if chosen == "auto":
        return "auto" if device != "cpu" else imported("torch", WHAT).float32
    return getattr(imported("torch", WHAT), chosen)


def _placed(model: Any, device: str, offload: Offload) -> Any:
    if offload == "none":
        return model.to(device)
    accelerate, torch = imported("accelerate", WHAT), imported("torch", WHAT)
    return accelerate.cpu_offload(model, execution_device=torch.device(device))
