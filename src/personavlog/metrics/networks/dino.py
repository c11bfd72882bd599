"""DINO's vision transformer (Caron et al., ICCV 2021), whose class token VBench compares for subject consistency."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from personavlog.metrics.networks.keys import State, filled, renamed

MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
PATCH = 16


class Attention(nn.Module):
    """Multi-head self-attention with one projection for queries, keys and values."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, x: Tensor, wanted: int) -> Tensor:
        """(b, n, width) to its first ``wanted`` tokens."""
        width = x.shape[-1]
        q = F.linear(x[:, :wanted], self.qkv.weight[:width], self.qkv.bias[:width])
        k, v = F.linear(x, self.qkv.weight[width:], self.qkv.bias[width:]).chunk(2, dim=-1)
        mixed = F.scaled_dot_product_attention(
            *(part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (q, k, v))
        )
        return self.proj(mixed.transpose(1, 2).flatten(2))


class Mlp(nn.Module):
    """Two linear layers with an exact GELU between."""

    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, hidden), nn.Linear(hidden, width)

    def forward(self, x: Tensor) -> Tensor:
        """(..., width) to the same."""
        return self.fc2(F.gelu(self.fc1(x)))


class Block(nn.Module):
    """A pre-norm transformer block."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(width, eps=1e-6), nn.LayerNorm(width, eps=1e-6)
        self.attn, self.mlp = Attention(width, heads), Mlp(width, 4 * width)

    def forward(self, x: Tensor, wanted: int) -> Tensor:
        """(b, n, width) to its first ``wanted`` tokens."""
        x = x[:, :wanted] + self.attn(self.norm1(x), wanted)
        return x + self.mlp(self.norm2(x))


class PatchEmbed(nn.Module):
    """16 x 16 px to one token; columns and rows past a multiple of 16 are dropped, as upstream's convolution drops
    them."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.proj = nn.Conv2d(3, width, PATCH, PATCH)

    def forward(self, x: Tensor) -> Tensor:
        """(b, 3, h, w) to (b, n, width)."""
        return self.proj(x).flatten(2).transpose(1, 2)


class Dino(nn.Module):
    """ViT-B/16 by default. Keys are those of ``dino_vitbase16_pretrain.pth``; ``load`` reads timm's and Hugging Face's
    layouts too."""

    def __init__(self, width: int = 768, depth: int = 12, heads: int = 12, side: int = 224) -> None:
        super().__init__()
        self.patch_embed = PatchEmbed(width)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        self.pos_embed = nn.Parameter(torch.zeros(1, (side // PATCH) ** 2 + 1, width))
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(depth))
        self.norm = nn.LayerNorm(width, eps=1e-6)

    def forward(self, x: Tensor) -> Tensor:
        """Normalised pictures (b, 3, h, w) of any one size from 16 px to the class token after the last norm, (b,
        width)."""
        tokens = torch.cat([self.cls_token.expand(len(x), -1, -1), self.patch_embed(x)], dim=1)
        tokens = tokens + self.positions(*x.shape[-2:])
        for number, block in enumerate(self.blocks, 1):
            tokens = block(tokens, tokens.shape[1] if number < len(self.blocks) else 1)
        return self.norm(tokens[:, 0])

    def positions(self, height: int, width: int) -> Tensor:
        """The position table for a picture of this size, (1, n + 1, width).

        Upstream stretches it by a scale factor with 0.1 added to the number of patches, not to a size; the coordinates
        differ, and with them the score's third digit on frames that are not square.
        """
        table = self.pos_embed
        side = round((table.shape[1] - 1) ** 0.5)
        down, across = height // PATCH, width // PATCH
        if height == width and down * across == side * side:
            return table
        grid = table[:, 1:].reshape(1, side, side, -1).permute(0, 3, 1, 2)
        grid = F.interpolate(grid, scale_factor=((down + 0.1) / side, (across + 0.1) / side), mode="bicubic")
        return torch.cat([table[:, :1], grid.permute(0, 2, 3, 1).flatten(1, 2)], dim=1)


HUGGING_FACE = (
    (r"^(?:vit\.)?embeddings\.cls_token$", "cls_token"),
    (r"^(?:vit\.)?embeddings\.position_embeddings$", "pos_embed"),
    (r"^(?:vit\.)?embeddings\.patch_embeddings\.projection\.", "patch_embed.proj."),
    (r"^(?:vit\.)?encoder\.layer\.(\d+)\.layernorm_before\.", r"blocks.\1.norm1."),
    (r"^(?:vit\.)?encoder\.layer\.(\d+)\.layernorm_after\.", r"blocks.\1.norm2."),
    (r"^(?:vit\.)?encoder\.layer\.(\d+)\.attention\.output\.dense\.", r"blocks.\1.attn.proj."),
    (r"^(?:vit\.)?encoder\.layer\.(\d+)\.intermediate\.dense\.", r"blocks.\1.mlp.fc1."),
    (r"^(?:vit\.)?encoder\.layer\.(\d+)\.output\.dense\.", r"blocks.\1.mlp.fc2."),
    (r"^(?:vit\.)?encoder\.layer\.(\d+)\.attention\.attention\.(query|key|value)\.", r"blocks.\1.attn.\2."),
    (r"^(?:vit\.)?layernorm\.", "norm."),
)
"""Hugging Face's names for these weights (transformers' ViTModel); timm keeps upstream's."""


def load(state: State) -> Dino:
    """The network with these weights, of the width and depth that they have; upstream's, timm's or Hugging Face's key
    names.

    Raises ``ConfigurationError`` naming the keys that are missing or not known.
    """
    state = _joined(renamed(state, HUGGING_FACE, drop=(r"^(?:vit\.)?pooler\.", r"^head\.", r"^fc_norm\.")))
    width = state["cls_token"].shape[-1] if "cls_token" in state else 768
    depth = 1 + max((int(key.split(".")[1]) for key in state if key.startswith("blocks.")), default=11)
    side = PATCH * round((state["pos_embed"].shape[1] - 1) ** 0.5) if "pos_embed" in state else 224
    return filled(lambda: Dino(width, depth, width // 64, side), state, "DINO ViT-B/16")


def _joined(state: State) -> State:
    """Queries, keys and values that were stored apart as the one projection that upstream stores."""
    for key in [key for key in state if ".attn.query." in key]:
        parts = [key.replace(".query.", f".{name}.") for name in ("query", "key", "value")]
        state[key.replace(".query.", ".qkv.")] = torch.cat([state.pop(part) for part in parts])
    return state
