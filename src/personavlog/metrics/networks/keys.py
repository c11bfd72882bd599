"""Weights under other names: what each published layout calls the same tensor, and loading that says what does not
fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import torch
from torch import Tensor, nn

from personavlog.errors import ConfigurationError

State = dict[str, Tensor]
Net = TypeVar("Net", bound=nn.Module)


def renamed(state: Mapping[str, Tensor], rules: Sequence[tuple[str, str]], drop: Sequence[str] = ()) -> State:
    """A copy with every key rewritten by the first rule (pattern, replacement) that matches it; keys that match a
    pattern of ``drop`` are left out."""
    kept = {key: value for key, value in state.items() if not any(re.search(pattern, key) for pattern in drop)}
    return {_name(key, rules): value for key, value in kept.items()}


def _name(key: str, rules: Sequence[tuple[str, str]]) -> str:
    for pattern, replacement in rules:
        new, count = re.subn(pattern, replacement, key)
        if count:
            return new
    return key


def filled(make: Callable[[], Net], state: Mapping[str, Tensor], name: str, halves: tuple[str, ...] = ()) -> Net:
    """The network that ``make`` makes with these weights, in evaluation mode; raises ``ConfigurationError`` naming the
    first keys or shapes that do not fit.

    Weights become float32 and are not copied where they are. Those whose names end in one of ``halves`` are kept in
    half precision where that loses nothing, which is half the memory; the network computes with them in float32.
    """
    with torch.device("meta"):
        net = make()
    own = net.state_dict()
    missing, unknown = sorted(own.keys() - state.keys()), sorted(state.keys() - own.keys())
    shapes = [key for key in own.keys() & state.keys() if own[key].shape != state[key].shape]
    for what, keys in (("lack", missing), ("hold unknown", unknown), ("have other shapes for", sorted(shapes))):
        if keys:
            raise ConfigurationError(
                f"These weights are not {name}'s: they {what} {', '.join(map(repr, keys[:3]))}. Give the "
                "published file."
            )
    net.load_state_dict({key: _stored(value, key.endswith(halves)) for key, value in state.items()}, assign=True)
    return net.eval().requires_grad_(False)


def _stored(value: Tensor, half: bool) -> Tensor:
    if not value.is_floating_point():
        return value
    if not half or value.dtype == torch.float16:
        return value if half else value.float()
    small = value.half()
    return small if small.float().equal(value.float()) else value.float()
