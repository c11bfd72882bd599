"""OpenAI's CLIP (Radford et al., ICML 2021) with its own quick GELU: picture and text features of ViT-B/32 and
ViT-L/14."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from personavlog.metrics.networks.keys import State, filled, renamed

MEAN, STD = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)


def _linear(layer: nn.Linear, x: Tensor) -> Tensor:
    """The layer in float32, whatever its weights are kept in."""
    return F.linear(x, layer.weight.float(), layer.bias)


class Attention(nn.Module):
    """Multi-head self-attention under the names of torch's own module."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.in_proj_weight = nn.Parameter(torch.zeros(3 * width, width))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * width))
        self.out_proj = nn.Linear(width, width)

    def forward(self, x: Tensor, wanted: int, causal: bool) -> Tensor:
        """(b, n, width) to its first ``wanted`` tokens; ``causal`` tokens look back only."""
        width, weight = x.shape[-1], self.in_proj_weight.float()
        q = F.linear(x[:, :wanted], weight[:width], self.in_proj_bias[:width])
        k, v = F.linear(x, weight[width:], self.in_proj_bias[width:]).chunk(2, dim=-1)
        q, k, v = (part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (q, k, v))
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
        return _linear(self.out_proj, mixed.transpose(1, 2).flatten(2))


class Mlp(nn.Module):
    """Two linear layers with the quick GELU, x times sigmoid(1.702 x), between."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.c_fc, self.c_proj = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        """(..., width) to the same."""
        hidden = _linear(self.c_fc, x)
        return _linear(self.c_proj, (1.702 * hidden).sigmoid_().mul_(hidden))


class Block(nn.Module):
    """A pre-norm transformer block."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.attn, self.mlp = Attention(width, heads), Mlp(width)
        self.ln_1, self.ln_2 = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, x: Tensor, wanted: int, causal: bool) -> Tensor:
        """(b, n, width) to its first ``wanted`` tokens."""
        x = x[:, :wanted] + self.attn(self.ln_1(x), wanted, causal)
        return x + self.mlp(self.ln_2(x))


class Transformer(nn.Module):
    """A stack of blocks."""

    def __init__(self, width: int, layers: int, heads: int) -> None:
        super().__init__()
        self.resblocks = nn.ModuleList(Block(width, heads) for _ in range(layers))

    def forward(self, x: Tensor, wanted: int | None = None, causal: bool = False) -> Tensor:
        """(b, n, width) to the same, or to the first ``wanted`` tokens, which is all that the last block then
        computes."""
        for number, block in enumerate(self.resblocks, 1):
            x = block(x, wanted if wanted and number == len(self.resblocks) else x.shape[1], causal)
        return x


class Vision(nn.Module):
    """The picture tower."""

    def __init__(self, side: int, patch: int, width: int, layers: int, embed: int) -> None:
        super().__init__()
        self.side = side
        self.conv1 = nn.Conv2d(3, width, patch, patch, bias=False)
        self.class_embedding = nn.Parameter(torch.zeros(width))
        self.positional_embedding = nn.Parameter(torch.zeros((side // patch) ** 2 + 1, width))
        self.ln_pre, self.ln_post = nn.LayerNorm(width), nn.LayerNorm(width)
        self.transformer = Transformer(width, layers, width // 64)
        self.proj = nn.Parameter(torch.zeros(width, embed))

    def forward(self, x: Tensor) -> Tensor:
        """Normalised pictures (b, 3, side, side) to features (b, embed), not of unit length."""
        patches = self.conv1(x).flatten(2).transpose(1, 2)
        tokens = torch.cat([self.class_embedding.expand(len(x), 1, -1), patches], dim=1) + self.positional_embedding
        return self.ln_post(self.transformer(self.ln_pre(tokens), wanted=1)[:, 0]) @ self.proj


class Clip(nn.Module):
    """Both towers under the names of OpenAI's state dict. ``text_heads`` is the text tower's number of heads."""

    def __init__(
        self,
        *,
        embed: int = 512,
        side: int = 224,
        patch: int = 32,
        width: int = 768,
        layers: int = 12,
        context: int = 77,
        vocabulary: int = 49408,
        text_width: int = 512,
        text_layers: int = 12,
    ) -> None:
        super().__init__()
        self.visual = Vision(side, patch, width, layers, embed)
        self.transformer = Transformer(text_width, text_layers, text_width // 64)
        self.token_embedding = nn.Embedding(vocabulary, text_width)
        self.positional_embedding = nn.Parameter(torch.zeros(context, text_width))
        self.ln_final = nn.LayerNorm(text_width)
        self.text_projection = nn.Parameter(torch.zeros(text_width, embed))
        self.logit_scale = nn.Parameter(torch.zeros(()))

    def encode_image(self, x: Tensor) -> Tensor:
        """Normalised pictures (b, 3, side, side) to (b, embed)."""
        return self.visual(x)

    def encode_text(self, tokens: Tensor) -> Tensor:
        """Token numbers (b, context), zero after the end mark, to (b, embed): the features at each text's end mark, its
        largest number."""
        x = self.token_embedding(tokens) + self.positional_embedding
        x = self.ln_final(self.transformer(x, causal=True))
        return x[torch.arange(len(x)), tokens.argmax(dim=-1)] @ self.text_projection


HUGGING_FACE = (
    (r"^vision_model\.embeddings\.class_embedding$", "visual.class_embedding"),
    (r"^vision_model\.embeddings\.patch_embedding\.", "visual.conv1."),
    (r"^vision_model\.embeddings\.position_embedding\.weight$", "visual.positional_embedding"),
    (r"^vision_model\.pre_layrnorm\.", "visual.ln_pre."),
    (r"^vision_model\.post_layernorm\.", "visual.ln_post."),
    (r"^text_model\.embeddings\.token_embedding\.", "token_embedding."),
    (r"^text_model\.embeddings\.position_embedding\.weight$", "positional_embedding"),
    (r"^text_model\.final_layer_norm\.", "ln_final."),
    (r"^vision_model\.encoder\.layers\.(\d+)\.", r"visual.transformer.resblocks.\1."),
    (r"^text_model\.encoder\.layers\.(\d+)\.", r"transformer.resblocks.\1."),
)
"""transformers' CLIPModel; the parts inside a layer are renamed after these."""
_INSIDE = (
    (r"\.self_attn\.out_proj\.", ".attn.out_proj."),
    (r"\.self_attn\.([qkv])_proj\.", r".attn.\1."),
    (r"\.layer_norm([12])\.", r".ln_\1."),
    (r"\.mlp\.fc1\.", ".mlp.c_fc."),
    (r"\.mlp\.fc2\.", ".mlp.c_proj."),
)


HALVES = ("in_proj_weight", "out_proj.weight", "c_fc.weight", "c_proj.weight")
"""OpenAI published CLIP in half precision; these weights, nearly all of it, can stay so."""


def load(state: State) -> Clip:
    """The network with these weights, of the size that they have; OpenAI's or Hugging Face's key names.

    Raises ``ConfigurationError`` naming the keys that are missing or not known.
    """
    state = _openai(state)
    vision, text = _vision_sizes(state), _text_sizes(state)
    return filled(lambda: Clip(**vision, **text), state, "CLIP", HALVES)


def load_vision(state: State) -> Vision:
    """The picture tower alone; raises ``ConfigurationError`` as ``load`` does."""
    state = _openai({key: value for key, value in state.items() if key.startswith("vis")})
    sizes = {"side": 224, "patch": 32, "width": 768, "layers": 12, "embed": 512, **_vision_sizes(state)}
    return filled(
        lambda: Vision(**sizes),
        {key.removeprefix("visual."): value for key, value in state.items()},
        "CLIP's picture tower",
        HALVES,
    )


def _openai(state: State) -> State:
    state = renamed(state, HUGGING_FACE, drop=(r"^(input_resolution|context_length|vocab_size)$", r"position_ids$"))
    return _transposed(_joined(renamed(state, _INSIDE)))


def _vision_sizes(state: State) -> dict[str, int]:
    if not {"visual.conv1.weight", "visual.positional_embedding", "visual.proj"} <= state.keys():
        return {}
    conv, table = state["visual.conv1.weight"], state["visual.positional_embedding"]
    return {
        "embed": state["visual.proj"].shape[1],
        "patch": conv.shape[-1],
        "width": conv.shape[0],
        "side": conv.shape[-1] * round((table.shape[0] - 1) ** 0.5),
        "layers": _depth(state, "visual.transformer.resblocks."),
    }


def _text_sizes(state: State) -> dict[str, int]:
    if not {"positional_embedding", "token_embedding.weight"} <= state.keys():
        return {}
    vocabulary, width = state["token_embedding.weight"].shape
    return {
        "text_layers": _depth(state, "transformer.resblocks."),
        "context": len(state["positional_embedding"]),
        "vocabulary": vocabulary,
        "text_width": width,
    }


def _depth(state: State, prefix: str) -> int:
    return 1 + max((int(key[len(prefix) :].split(".")[0]) for key in state if key.startswith(prefix)), default=0)


def _joined(state: State) -> State:
    """Queries, keys and values that were stored apart as OpenAI's one projection."""
    for key in [key for key in state if ".attn.q." in key]:
        parts = [key.replace(".attn.q.", f".attn.{name}.") for name in "qkv"]
        state[key.replace(".q.weight", ".in_proj_weight").replace(".q.bias", ".in_proj_bias")] = torch.cat(
            [state.pop(part) for part in parts]
        )
    return state


def _transposed(state: State) -> State:
    """Hugging Face's linear projections as OpenAI's matrices, which multiply from the right."""
    for theirs, ours in (("visual_projection.weight", "visual.proj"), ("text_projection.weight", "text_projection")):
        if theirs in state:
            state[ours] = state.pop(theirs).T.contiguous()
    return state
