"""MUSIQ (Ke et al., ICCV 2021): picture quality from patches of a picture at three sizes, written from the paper and
from Google's Apache-2.0 description.

Key names are those of the checkpoint ``musiq_spaq_ckpt-358bb6af.pth``. Where the widespread torch port departs from
Google's (bicubic resizing without an antialias filter), this network follows the port, because VBench's numbers come
from it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from personavlog.metrics.networks.keys import State, filled, renamed

PATCH = 32
SIDES = (224, 384)
"""Px of the longer side of the two made sizes; the third is the picture's own."""
GRID = 10
"""Places per side of the table that all patch grids are hashed to."""
WIDTH, HEADS, MLP = 384, 6, 1152
AT_ONCE = 256
"""Patches that are convolved together."""


@dataclass(frozen=True)
class Patches:
    """``pixels`` (b, n, 3, 32, 32); ``place`` (n,) in the 10 x 10 table; ``scale`` (n,) 0 to 2."""

    pixels: Tensor
    place: Tensor
    scale: Tensor


class StdConv(nn.Conv2d):
    """A convolution whose filters are shifted and scaled to mean 0 and deviation 1; padded as TensorFlow's SAME."""

    def forward(self, x: Tensor) -> Tensor:
        """(b, c, h, w) to (b, c', ceil(h / stride), ceil(w / stride))."""
        deviation, mean = torch.std_mean(self.weight, dim=(1, 2, 3), keepdim=True, correction=1)
        return F.conv2d(
            _same(x, self.kernel_size[0], self.stride[0]), (self.weight - mean) / (deviation + 1e-5), stride=self.stride
        )


def _same(x: Tensor, kernel: int, stride: int) -> Tensor:
    """Zeros around, the odd one right and below, so that one output falls on every stride."""
    down, across = (max((math.ceil(side / stride) - 1) * stride + kernel - side, 0) for side in x.shape[-2:])
    return F.pad(x, (across // 2, across - across // 2, down // 2, down - down // 2))


class Bottleneck(nn.Module):
    """ResNet's block with weight standardisation and group norms."""

    def __init__(self, inward: int, middle: int, outward: int) -> None:
        super().__init__()
        self.conv1, self.gn1 = StdConv(inward, middle, 1, bias=False), nn.GroupNorm(32, middle, eps=1e-4)
        self.conv2, self.gn2 = StdConv(middle, middle, 3, bias=False), nn.GroupNorm(32, middle, eps=1e-4)
        self.conv3, self.gn3 = StdConv(middle, outward, 1, bias=False), nn.GroupNorm(32, outward, eps=1e-4)
        self.conv_proj, self.gn_proj = StdConv(inward, outward, 1, bias=False), nn.GroupNorm(32, outward, eps=1e-4)

    def forward(self, x: Tensor) -> Tensor:
        """(b, inward, h, w) to (b, outward, h, w)."""
        y = F.relu_(self.gn1(self.conv1(x)))
        y = F.relu_(self.gn2(self.conv2(y)))
        return F.relu_(self.gn3(self.conv3(y)).add_(self.gn_proj(self.conv_proj(x))))


class Attention(nn.Module):
    """Multi-head self-attention."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))

    def forward(self, x: Tensor, wanted: int) -> Tensor:
        """(b, n, 384) to the first ``wanted`` tokens, (b, wanted, 384)."""
        q, k, v = (_headed(part) for part in (self.query(x[:, :wanted]), self.key(x), self.value(x)))
        return self.out(F.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2))


def _headed(x: Tensor) -> Tensor:
    return x.unflatten(-1, (HEADS, WIDTH // HEADS)).transpose(1, 2)


class Mlp(nn.Module):
    """Two linear layers with an exact GELU between."""

    def __init__(self) -> None:
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(WIDTH, MLP), nn.Linear(MLP, WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        """(..., 384) to the same."""
        return self.fc2(F.gelu(self.fc1(x)))


class Block(nn.Module):
    """A pre-norm transformer block."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-6), nn.LayerNorm(WIDTH, eps=1e-6)
        self.attention, self.mlp = Attention(), Mlp()

    def forward(self, x: Tensor, wanted: int) -> Tensor:
        """(b, n, 384) to its first ``wanted`` tokens, (b, wanted, 384)."""
        x = x[:, :wanted] + self.attention(self.norm1(x), wanted)
        return x + self.mlp(self.norm2(x))


class Places(nn.Module):
    """The table of places."""

    def __init__(self) -> None:
        super().__init__()
        self.position_emb = nn.Parameter(torch.zeros(1, GRID * GRID, WIDTH))


class Scales(nn.Module):
    """The table of sizes."""

    def __init__(self) -> None:
        super().__init__()
        self.scale_emb = nn.Parameter(torch.zeros(len(SIDES) + 1, WIDTH))


class Encoder(nn.Module):
    """The transformer over all patches."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.cls = nn.Parameter(torch.zeros(1, 1, WIDTH))
        self.posembed_input, self.scaleembed_input = Places(), Scales()
        self.transformer = nn.ModuleDict({f"encoderblock_{number}": Block() for number in range(layers)})
        self.encoder_norm = nn.LayerNorm(WIDTH, eps=1e-6)

    def forward(self, x: Tensor, patches: Patches) -> Tensor:
        """Tokens (b, n, 384) to the class token (b, 384)."""
        x = x + self.posembed_input.position_emb[0, patches.place] + self.scaleembed_input.scale_emb[patches.scale]
        x = torch.cat([self.cls.expand(len(x), -1, -1), x], dim=1)
        blocks = list(self.transformer.values())
        for number, block in enumerate(blocks):
            x = block(x, x.shape[1] if number < len(blocks) - 1 else 1)
        return self.encoder_norm(x[:, 0])


class Musiq(nn.Module):
    """Pictures (b, 3, h, w), values 0 to 1, to a quality (b,), 0 to 100 on SPAQ's scale."""

    def __init__(self, layers: int = 14) -> None:
        super().__init__()
        self.conv_root, self.gn_root = StdConv(3, 64, 7, 2, bias=False), nn.GroupNorm(32, 64, eps=1e-6)
        self.block1 = Bottleneck(64, 64, 256)
        self.embedding = nn.Linear(256 * (PATCH // 4) ** 2, WIDTH)
        self.transformer_encoder = Encoder(layers)
        self.head = nn.Linear(WIDTH, 1)

    def forward(self, pictures: Tensor) -> Tensor:
        """The quality of each picture."""
        patches = cut(pictures)
        b, n = patches.pixels.shape[:2]
        # A patch's convolutions take many times its own memory: so many at a time.
        tokens = torch.cat([self._tokens(some) for some in patches.pixels.flatten(0, 1).split(AT_ONCE)])
        quality: Tensor = self.head(self.transformer_encoder(tokens.view(b, n, WIDTH), patches))
        return quality[:, 0]

    def _tokens(self, pixels: Tensor) -> Tensor:
        x = _same(F.relu_(self.gn_root(self.conv_root(pixels))), 3, 2)
        # Pooling is ten times quicker channels last, group norms are ten times slower so.
        x = F.max_pool2d(x.contiguous(memory_format=torch.channels_last), 3, 2).contiguous()
        return self.embedding(self.block1(x).permute(0, 2, 3, 1).flatten(1))


def cut(pictures: Tensor) -> Patches:
    """The patches of all sizes, the two made ones first. Pictures (b, 3, h, w) with values 0 to 1.

    Upstream fills the made sizes up to a square number of patches and gives the filling no weight in any attention;
    here there is none.
    """
    centred = (pictures - 0.5) * 2
    sizes = [_patches(picture) for picture in (*(_resized(centred, side) for side in SIDES), centred)]
    scale = torch.cat([torch.full_like(place, number) for number, (_, place) in enumerate(sizes)])
    return Patches(torch.cat([pixels for pixels, _ in sizes], dim=1), torch.cat([place for _, place in sizes]), scale)


def _resized(pictures: Tensor, longer: int) -> Tensor:
    h, w = pictures.shape[-2:]
    ratio = longer / max(h, w)
    return F.interpolate(pictures, size=(round(h * ratio), round(w * ratio)), mode="bicubic", align_corners=False)


def _patches(pictures: Tensor) -> tuple[Tensor, Tensor]:
    """(b, n, 3, 32, 32) and places (n,)."""
    b, _, h, w = pictures.shape
    flat = F.unfold(_same(pictures, PATCH, PATCH), PATCH, stride=PATCH).transpose(1, 2)
    rows, columns = (_hashed(math.ceil(side / PATCH), pictures.device) for side in (h, w))
    return flat.reshape(b, -1, 3, PATCH, PATCH), (rows[:, None] * GRID + columns).flatten()


def _hashed(count: int, device: torch.device) -> Tensor:
    """Which of the table's ten places each of ``count`` patches along a side takes: the nearest."""
    table = torch.arange(GRID, dtype=torch.float32, device=device)
    return F.interpolate(table[None, None], size=count, mode="nearest")[0, 0].long()


def load(state: State) -> Musiq:
    """The network with these weights, of the depth that they have.

    Raises ``ConfigurationError`` naming the keys that are missing or not known.
    """
    state = renamed(state, ((r"^module\.", ""),))
    marks = [key.split("encoderblock_")[1].split(".")[0] for key in state if "encoderblock_" in key]
    return filled(lambda: Musiq(1 + max(map(int, marks), default=13)), state, "MUSIQ")
