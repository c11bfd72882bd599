"""The six dimensions' weight files, drawn from tensor names and seeds, where VBench looks for them and under our names.

    python benchmarks/six/weights.py FOLDER [--published]

Needs the extra ``[metrics]`` and an importable ``vbench`` (for AMT-S). 2.7 GB. ``--published`` takes RAFT's and AMT-S's
real weights from the cache.
"""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import Tensor

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from personavlog import weights
from personavlog.metrics.networks.clip import Clip
from personavlog.metrics.networks.dino import Dino
from personavlog.metrics.networks.musiq import Musiq
from personavlog.metrics.networks.raft import Raft
from personavlog.metrics.published import amt
from personavlog.metrics.published.loading import aesthetic_head
from tests.core.seeded import seeded

OURS = {
    "dino": "checkpoints/hub/checkpoints/dino_vitbase16_pretrain.pth",
    "clip-b": "clip_model/ViT-B-32.pth",
    "clip-l": "clip_model/ViT-L-14.pth",
    "musiq": "pyiqa_model/musiq_spaq_ckpt-358bb6af.pth",
    "raft": "raft_model/models/raft-things.pth",
    "amt": "amt_model/amt-s.pth",
}
"""Our names for the networks, and their files below the folder."""
LARGE = {"embed": 768, "patch": 14, "width": 1024, "layers": 24, "text_width": 768}


def make(folder: Path, published: bool) -> None:
    """Write all files that are not there yet."""
    for name, file in OURS.items():
        target = folder / file
        if not target.is_file() and (name != "amt" or find_spec("vbench")):
            target.parent.mkdir(parents=True, exist_ok=True)
            _write(name, target, published)
    # VBench asks for this file and then reads the other.
    (folder / "dino_model").mkdir(exist_ok=True)
    (folder / "dino_model/dino_vitbase16_pretrain.pth").touch()
    _save(aesthetic_head().state_dict(), folder / "aesthetic_model/emb_reader/sa_0_4_vit_l_14_linear.pth")


def _write(name: str, target: Path, published: bool) -> None:
    if name == "raft" and published:
        shutil.copyfile(weights.file("raft-things"), target)
    elif name == "amt" and published:
        # The same tensors in a plain dictionary: VBench 0.1.5 cannot open the published one with a torch of today.
        _save({"state_dict": amt.read(weights.file("amt-s"))}, target)
    elif name in ("clip-b", "clip-l"):
        _write_clip(target, Clip(**(LARGE if name == "clip-l" else {})), 23 if name == "clip-l" else 22)
    else:
        _save(_state(name), target)


def _state(name: str) -> dict[str, object]:
    match name:
        case "dino":
            return dict(seeded(Dino(), 11, 1.6))
        case "raft":
            return {f"module.{key}": value for key, value in seeded(Raft(), 44).items()}
        case "amt":
            return {"state_dict": seeded(amt.network(), 55, 0.7)}
        case _:
            state = seeded(Musiq(), 66)
            return {
                **state,
                "head.weight": state["head.weight"] * 4,
                "head.bias": torch.full_like(state["head.bias"], 50.0),
            }


def _write_clip(target: Path, net: Clip, seed: int) -> None:
    """In half precision as OpenAI's files are: for us by name, for VBench as the archive of code and numbers that its
    loader wants."""
    state = {key: value.half() for key, value in seeded(net, seed, 1.3).items()}
    _save(state, target)
    net.half().load_state_dict(state)
    net.eval().requires_grad_(False)
    # OpenAI's loader takes only the numbers out of it.
    picture: Tensor = torch.zeros(1, 3, net.visual.side, net.visual.side, dtype=torch.float16)
    text = torch.zeros(1, len(net.positional_embedding), dtype=torch.long)
    torch.jit.trace_module(net, {"encode_image": picture, "encode_text": text}, check_trace=False).save(
        str(target.with_suffix(".pt"))
    )


def _save(state: object, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, target)


if __name__ == "__main__":
    make(Path(sys.argv[1]), "--published" in sys.argv)
