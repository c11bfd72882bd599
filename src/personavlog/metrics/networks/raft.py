"""RAFT (Teed and Deng, ECCV 2020), the large network: optical flow between two frames, as VBench's dynamic degree uses
it.

Frames are encoded apart from pairs, so that a frame that belongs to two pairs is encoded once; small pairs go through
together; the mask that enlarges the flow is made for the last iteration only; the context's share of the gated unit is
computed once a pair. None of it changes a result by more than rounding does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from personavlog.metrics.networks.keys import State, filled, renamed

ITERATIONS = 20
LEVELS, RADIUS = 4, 4
HIDDEN = 128
SMALLEST = 128
"""Px; on a shorter side the coarsest level of the correlation pyramid would be empty."""
TOGETHER = 4 * 256 * 160
"""Px of the frames that go through together: small ones alone leave a machine waiting, and more would only take
memory."""

Norm = Callable[[int], nn.Module]


class Residual(nn.Module):
    """Two 3 x 3 convolutions and a way around them."""

    def __init__(self, inward: int, outward: int, norm: Norm, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inward, outward, 3, stride, 1)
        self.conv2 = nn.Conv2d(outward, outward, 3, 1, 1)
        self.norm1, self.norm2 = norm(outward), norm(outward)
        self.downsample: nn.Module | None = None
        if stride != 1:
            # Upstream registers the norm twice; both names are in its files.
            self.norm3 = norm(outward)
            self.downsample = nn.Sequential(nn.Conv2d(inward, outward, 1, stride), self.norm3)

    def forward(self, x: Tensor) -> Tensor:
        """(b, inward, h, w) to (b, outward, h / stride, w / stride)."""
        y = F.relu_(self.norm1(self.conv1(x)))
        y = F.relu_(self.norm2(self.conv2(y)))
        return F.relu_(y.add_(x if self.downsample is None else self.downsample(x)))


class Encoder(nn.Module):
    """A frame at an eighth of its size, in 256 channels."""

    def __init__(self, norm: Norm) -> None:
        super().__init__()
        self.conv1, self.norm1 = nn.Conv2d(3, 64, 7, 2, 3), norm(64)
        self.layer1 = nn.Sequential(Residual(64, 64, norm, 1), Residual(64, 64, norm, 1))
        self.layer2 = nn.Sequential(Residual(64, 96, norm, 2), Residual(96, 96, norm, 1))
        self.layer3 = nn.Sequential(Residual(96, 128, norm, 2), Residual(128, 128, norm, 1))
        self.conv2 = nn.Conv2d(128, 256, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(b, 3, h, w) to (b, 256, h / 8, w / 8)."""
        x = F.relu_(self.norm1(self.conv1(x)))
        return self.conv2(self.layer3(self.layer2(self.layer1(x))))


class MotionEncoder(nn.Module):
    """What the correlation and the flow so far say about motion, in 128 channels."""

    def __init__(self) -> None:
        super().__init__()
        self.convc1 = nn.Conv2d(LEVELS * (2 * RADIUS + 1) ** 2, 256, 1)
        self.convc2 = nn.Conv2d(256, 192, 3, padding=1)
        self.convf1, self.convf2 = nn.Conv2d(2, 128, 7, padding=3), nn.Conv2d(128, 64, 3, padding=1)
        self.conv = nn.Conv2d(64 + 192, 128 - 2, 3, padding=1)

    def forward(self, flow: Tensor, correlation: Tensor) -> Tensor:
        """(b, 2, h, w) and (b, 324, h, w) to (b, 128, h, w)."""
        seen = self.convc2(self.convc1(correlation).relu_()).relu_()
        moved = self.convf2(self.convf1(flow).relu_()).relu_()
        return torch.cat([self.conv(torch.cat([seen, moved], dim=1)).relu_(), flow], dim=1)


class SepConvGRU(nn.Module):
    """A gated unit with a row and a column convolution in turn, over the hidden state, the context and the motion.

    A convolution of joined channels is a sum of convolutions, and the context is the same in every iteration: its share
    is computed once (``prepared``).
    """

    def __init__(self, inward: int = 256) -> None:
        super().__init__()
        along, down = (
            partial(nn.Conv2d, kernel_size=(1, 5), padding=(0, 2)),
            partial(nn.Conv2d, kernel_size=(5, 1), padding=(2, 0)),
        )
        self.convz1, self.convr1, self.convq1 = (along(HIDDEN + inward, HIDDEN) for _ in range(3))
        self.convz2, self.convr2, self.convq2 = (down(HIDDEN + inward, HIDDEN) for _ in range(3))

    def prepared(self, context: Tensor) -> tuple[Half, Half]:
        """Both halves for a context (b, 128, h, w)."""
        gates = ((self.convz1, self.convr1), self.convq1), ((self.convz2, self.convr2), self.convq2)
        first, second = (Half(Part(both, context), Part((new,), context)) for both, new in gates)
        return first, second

    def forward(self, hidden: Tensor, motion: Tensor, halves: tuple[Half, Half]) -> Tensor:
        """(b, 128, h, w) each to the new hidden state."""
        for half in halves:
            keep, use = half.gates(torch.cat([hidden, motion], dim=1)).sigmoid_().chunk(2, dim=1)
            candidate = half.new(torch.cat([use * hidden, motion], dim=1)).tanh_()
            hidden = torch.lerp(hidden, candidate, keep)
        return hidden


class Part:
    """Convolutions of one shape side by side, with what the context adds to them."""

    def __init__(self, parts: Sequence[nn.Conv2d], context: Tensor) -> None:
        weight = torch.cat([part.weight for part in parts])
        self._padding = parts[0].padding
        self._weight = torch.cat([weight[:, :HIDDEN], weight[:, 2 * HIDDEN :]], dim=1)
        self._given = F.conv2d(
            context, weight[:, HIDDEN : 2 * HIDDEN], torch.cat([part.bias for part in parts]), padding=self._padding
        )

    def __call__(self, x: Tensor) -> Tensor:
        """Hidden state and motion joined, (b, 256, h, w), to what the convolutions make of them and of the context."""
        return F.conv2d(x, self._weight, padding=self._padding).add_(self._given)


@dataclass(frozen=True)
class Half:
    """The gated unit along one axis: ``gates`` say what to keep and what to use, ``new`` makes the candidate."""

    gates: Part
    new: Part


class FlowHead(nn.Module):
    """The flow's change."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(HIDDEN, 256, 3, padding=1), nn.Conv2d(256, 2, 3, padding=1)

    def forward(self, hidden: Tensor) -> Tensor:
        """(b, 128, h, w) to (b, 2, h, w)."""
        return self.conv2(self.conv1(hidden).relu_())


class Update(nn.Module):
    """One iteration; ``mask`` holds the weights that enlarge the flow eightfold."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.gru, self.flow_head = MotionEncoder(), SepConvGRU(), FlowHead()
        self.mask = nn.Sequential(nn.Conv2d(HIDDEN, 256, 3, padding=1), nn.ReLU(), nn.Conv2d(256, 64 * 9, 1))

    def forward(
        self, hidden: Tensor, halves: tuple[Half, Half], correlation: Tensor, flow: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The new hidden state and the flow's change."""
        hidden = self.gru(hidden, self.encoder(flow, correlation), halves)
        return hidden, self.flow_head(hidden)


class Raft(nn.Module):
    """The large RAFT under upstream's key names, without their ``module.``."""

    def __init__(self) -> None:
        super().__init__()
        self.fnet, self.cnet = Encoder(nn.InstanceNorm2d), Encoder(nn.BatchNorm2d)
        self.update_block = Update()

    def encode(self, frames: Tensor) -> Tensor:
        """Features of frames (b, 3, h, w) with values 0 to 255 and sides that are multiples of 8: (b, 256, h / 8, w /
        8)."""
        return torch.cat([self.fnet(2 * (some / 255.0) - 1.0) for some in frames.split(together(*frames.shape[-2:]))])

    def context(self, frames: Tensor) -> Tensor:
        """What ``flow`` needs to know of the frames that it starts from, of the same shapes."""
        return torch.cat([self.cnet(2 * (some / 255.0) - 1.0) for some in frames.split(together(*frames.shape[-2:]))])

    def forward(self, first: Tensor, second: Tensor) -> Tensor:
        """Flow in px from ``first`` to ``second``, (b, 3, h, w) each, values 0 to 255, sides multiples of 8 and at
        least 128: (b, 2, h, w)."""
        return self.flow(self.context(first), self.encode(first), self.encode(second))

    def flow(self, context: Tensor, from_features: Tensor, to_features: Tensor) -> Tensor:
        """``forward`` with the first frames' context and both frames' features at hand."""
        size = together(8 * context.shape[-2], 8 * context.shape[-1])
        parts = zip(context.split(size), from_features.split(size), to_features.split(size), strict=True)
        return torch.cat([self._flow(*some) for some in parts])

    def _flow(self, context: Tensor, from_features: Tensor, to_features: Tensor) -> Tensor:
        hidden, context = torch.split(context, [HIDDEN, HIDDEN], dim=1)
        hidden, halves = torch.tanh(hidden), self.update_block.gru.prepared(torch.relu(context))
        pyramid = _pyramid(from_features, to_features)
        start = _grid(from_features)
        flow = torch.zeros_like(start)
        for _ in range(ITERATIONS):
            hidden, change = self.update_block(hidden, halves, _looked_up(pyramid, start + flow), flow)
            flow = (start + flow + change) - start
        return _enlarged(flow, 0.25 * self.update_block.mask(hidden))


def together(height: int, width: int) -> int:
    """How many frames of this size go through at once."""
    return max(1, TOGETHER // (height * width))


def _grid(like: Tensor) -> Tensor:
    """Every px's own x and y, (b, 2, h, w)."""
    b, _, h, w = like.shape
    y, x = torch.meshgrid(torch.arange(h, device=like.device), torch.arange(w, device=like.device), indexing="ij")
    return torch.stack([x, y]).float().expand(b, 2, h, w)


def _pyramid(first: Tensor, second: Tensor) -> list[Tensor]:
    """How alike each place of ``first`` is to each of ``second``, at four sizes: (b h w, 1, h2, w2) each.

    A mean of products is the product with a mean, so the coarser sizes come from pooled features instead of a pooled
    volume.
    """
    b, channels, h, w = first.shape
    queries = (first / channels**0.5).flatten(2).transpose(1, 2)
    levels = []
    for level in range(LEVELS):
        second = F.avg_pool2d(second, 2, 2) if level else second
        levels.append((queries @ second.flatten(2)).view(b * h * w, 1, *second.shape[-2:]))
    return levels


def _looked_up(pyramid: list[Tensor], places: Tensor) -> Tensor:
    """The correlation around each place (b, 2, h, w) on every level: (b, 324, h, w)."""
    b, _, h, w = places.shape
    step = torch.linspace(-RADIUS, RADIUS, 2 * RADIUS + 1, device=places.device)
    # Upstream adds the slow index to x and the fast one to y; the network has learnt it so.
    window = torch.stack(torch.meshgrid(step, step, indexing="ij"), dim=-1)
    centres = places.permute(0, 2, 3, 1).reshape(b * h * w, 1, 1, 2)
    found = [_sampled(level, centres / 2**power, window).view(b, h, w, -1) for power, level in enumerate(pyramid)]
    return torch.cat(found, dim=-1).permute(0, 3, 1, 2).contiguous()


def _sampled(level: Tensor, centres: Tensor, window: Tensor) -> Tensor:
    """Bilinear samples at x, y in px around each centre; 0 outside."""
    scale = 2 / torch.tensor([level.shape[-1] - 1, level.shape[-2] - 1], device=level.device)
    return F.grid_sample(level, (centres * scale - 1) + window * scale, align_corners=True)


def _enlarged(flow: Tensor, mask: Tensor) -> Tensor:
    """Eight times larger: every fine px is a learnt mean of its nine coarse neighbours."""
    b, _, h, w = flow.shape
    weights = torch.softmax(mask.view(b, 1, 9, 8, 8, h, w), dim=2)
    around = F.unfold(8 * flow, (3, 3), padding=1).view(b, 2, 9, 1, 1, h, w)
    return (weights * around).sum(dim=2).permute(0, 1, 4, 2, 5, 3).reshape(b, 2, 8 * h, 8 * w)


TORCHVISION = (
    (r"^feature_encoder\.", "fnet."),
    (r"^context_encoder\.", "cnet."),
    (r"^update_block\.motion_encoder\.convcorr1\.0\.", "update_block.encoder.convc1."),
    (r"^update_block\.motion_encoder\.convcorr2\.0\.", "update_block.encoder.convc2."),
    (r"^update_block\.motion_encoder\.convflow1\.0\.", "update_block.encoder.convf1."),
    (r"^update_block\.motion_encoder\.convflow2\.0\.", "update_block.encoder.convf2."),
    (r"^update_block\.motion_encoder\.conv\.0\.", "update_block.encoder.conv."),
    (r"^update_block\.recurrent_block\.convgru([12])\.conv([zrq])\.", r"update_block.gru.conv\2\1."),
    (r"^update_block\.flow_head\.", "update_block.flow_head."),
    (r"^mask_predictor\.convrelu\.0\.", "update_block.mask.0."),
    (r"^mask_predictor\.conv\.", "update_block.mask.2."),
)
"""torchvision's raft_large; the parts of an encoder are renamed after these."""
_ENCODER = (
    (r"^([fc]net)\.convnormrelu\.0\.", r"\1.conv1."),
    (r"^([fc]net)\.convnormrelu\.1\.", r"\1.norm1."),
    (r"^([fc]net)\.conv\.", r"\1.conv2."),
    (r"\.convnormrelu([12])\.0\.", r".conv\1."),
    (r"\.convnormrelu([12])\.1\.", r".norm\1."),
)


def load(state: State) -> Raft:
    """The network with these weights; upstream's key names, with or without ``module.``, or torchvision's.

    Raises ``ConfigurationError`` naming the keys that are missing or not known.
    """
    state = renamed(
        renamed(renamed(state, ((r"^module\.", ""),)), TORCHVISION), _ENCODER, drop=(r"num_batches_tracked$",)
    )
    for key in [key for key in state if ".downsample.1." in key]:
        state.setdefault(key.replace("downsample.1", "norm3"), state[key])
    # How many batches a norm has seen is of no use here, and torchvision's file lacks it for the second name.
    counters = {
        key.replace("running_mean", "num_batches_tracked"): torch.zeros((), dtype=torch.long)
        for key in state
        if key.endswith(".running_mean")
    }
    return filled(Raft, {**state, **counters}, "RAFT (large)")
