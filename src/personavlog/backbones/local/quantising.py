"""Weights of fewer bits, by the libraries that diffusers knows."""

from __future__ import annotations

from typing import Any

from personavlog.backbones.local.extra import imported
from personavlog.backbones.local.family import Index
from personavlog.backbones.local.settings import Quantisation
from personavlog.errors import ConfigurationError

_PACKAGES = {"int8": "torchao", "fp8": "torchao", "nf4": "bitsandbytes", "gguf": "gguf"}


def quantised(wanted: Quantisation | None, index: Index) -> Any:
    """diffusers' description of it, None where there is nothing to do on loading; raises ``ConfigurationError``."""
    if wanted is None or wanted.kind == "gguf":
        return None
    _check(wanted, index)
    mapping = {part: _config(wanted.kind, str(index[part][0])) for part in wanted.components}
    return imported("diffusers", "Quantisation").PipelineQuantizationConfig(quant_mapping=mapping)


def read_gguf(wanted: Quantisation | None, folder: Any, index: Index) -> dict[str, Any]:
    """The parts that come from GGUF files, loaded."""
    if wanted is None or wanted.kind != "gguf":
        return {}
    _check(wanted, index)
    diffusers, torch = imported("diffusers", "Quantisation"), imported("torch", "Quantisation")
    found = {}
    for part, file in wanted.files.items():
        found[part] = getattr(diffusers, str(index[part][1])).from_single_file(
            str(file),
            config=str(folder),
            subfolder=part,
            quantization_config=diffusers.GGUFQuantizationConfig(compute_dtype=torch.bfloat16),
            dtype=torch.bfloat16,
            local_files_only=True,
        )
    return found


def _check(wanted: Quantisation, index: Index) -> None:
    there = {part for part, value in index.items() if isinstance(value, list) and value[0] in _LIBRARIES}
    if not there.issuperset(wanted.components):
        unknown = sorted(set(wanted.components) - there)
        raise ConfigurationError(f"The model has no parts {unknown!r} to quantise. It has: {', '.join(sorted(there))}.")
    package = _PACKAGES[wanted.kind]
    try:
        imported(package, "Quantisation")
    except ConfigurationError as error:
        raise ConfigurationError(
            f"Quantisation {wanted.kind!r} needs the package {package!r}. Install it with: pip install {package}"
        ) from error


_LIBRARIES = ("diffusers", "transformers")


def _config(kind: str, library: str) -> Any:
    """Each library has a class of its own for the same thing."""
    owner, torch = imported(library, "Quantisation"), imported("torch", "Quantisation")
    if kind == "nf4":
        return owner.BitsAndBytesConfig(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=torch.bfloat16
        )
    torchao = imported("torchao.quantization", "Quantisation")
    return owner.TorchAoConfig(torchao.Int8WeightOnlyConfig() if kind == "int8" else torchao.Float8WeightOnlyConfig())
