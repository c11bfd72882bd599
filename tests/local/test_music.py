"""Music by the real classes of three libraries, tiny and untrained: as long as asked, the same for the same seed, and
said to be what it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import anyio
import numpy as np
import pytest

from personavlog.backbones import registry
from personavlog.backbones.local import ace_step, music
from personavlog.backbones.local.music import LocalMusic
from personavlog.backbones.roles import MusicRequest, MusicResult
from personavlog.backbones.tools import Tools
from personavlog.backbones.waves import Pieces
from personavlog.errors import BadMediaError, ConfigurationError, OutOfMemoryError, WeightsError
from personavlog.runs.blobs import Blobs
from personavlog.script import MusicDescription
from tests.shared.tiny_sounds import ACE_RATE, MUSICGEN_RATE, STABLE_RATE, build_sound

pytestmark = pytest.mark.skipif(find_spec("pocket_tts") is None, reason="needs the extra [local]: make test-local")
RATES = {"ace_step": ACE_RATE, "stable_audio": STABLE_RATE, "musicgen": MUSICGEN_RATE}
PIANO = MusicDescription(emotions=("calm",), instruments=("piano",), style="ambient", tempo=80)
Folders = Callable[[str], Path]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """The folder of a family's tiny model, made when it is first asked for."""
    root, built = tmp_path_factory.mktemp("music"), set[str]()

    def folder(name: str) -> Path:
        if name not in built:
            build_sound(name, root / name)
            built.add(name)
        return root / name

    return folder


def composed(backbone: LocalMusic, blobs: Blobs, seconds: float, seed: int = 5, **tools: Any) -> MusicResult:
    request = MusicRequest(description=PIANO, duration=seconds, seed=seed)
    given = Tools.alone(blobs) if not tools else Tools(blobs, job=None, cancelled=lambda: False, **tools)  # type: ignore[arg-type]

    async def work() -> MusicResult:
        await backbone.open()
        return await backbone.compose(request, given)

    return anyio.run(work)


@pytest.mark.parametrize("name", RATES)
def test_music_has_the_asked_length_and_follows_its_seed(name: str, folders: Folders, blobs: Blobs) -> None:
    backbone = registry.load("music", "local", {"model": str(folders(name)), "device": "cpu", "steps": 2})
    first = composed(backbone, blobs, 0.7)
    rate = RATES[name]
    assert (first.audio.rate, first.audio.samples) == (rate, round(0.7 * rate))
    assert backbone.capabilities.rate == rate and backbone.capabilities.max_duration == 600
    assert np.abs(blobs.samples(first.audio)).max() > 0.01
    assert first.receipt.money == 0.0 and first.receipt.model.startswith(f"local-{name}@") and first.receipt.seconds
    assert composed(backbone, blobs, 0.7).audio == first.audio, "same request, same bytes"
    assert composed(backbone, blobs, 0.7, seed=6).audio != first.audio


def test_music_longer_than_its_model_is_made_in_pieces_that_fade_into_each_other(
    folders: Folders, blobs: Blobs
) -> None:
    seen: list[float] = []
    backbone = LocalMusic(model=str(folders("stable_audio")), device="cpu", steps=2)
    made = composed(backbone, blobs, 2.5, progress=seen.append)
    assert made.audio.duration == 2.5 and "in 3 pieces of 1.0 s that fade into each other" in made.source
    assert seen == pytest.approx([1 / 6, 2 / 6, 3 / 6, 4 / 6, 5 / 6, 1.0])
    samples = blobs.samples(made.audio)
    thirds = [part[:3000] for part in np.array_split(samples, 3)]
    assert not np.array_equal(thirds[0], thirds[1]), "every piece has a seed of its own"


def test_pieces_meet_at_equal_power_and_make_the_whole_length() -> None:
    for seconds, longest in ((2.5, 1.024), (47.0, 47.5), (180.0, 47.55), (600.0, 30.0), (60.001, 30.0)):
        rate = 4000
        pieces = Pieces.of(seconds, longest, rate)
        assert pieces.length <= longest * rate and (pieces.count == 1) == (seconds <= longest)
        noise = [np.random.default_rng(n).normal(size=(pieces.length, 2)) for n in range(pieces.count)]
        whole = pieces.joined([part.astype(np.float32) for part in noise], round(seconds * rate))
        assert whole.shape == (round(seconds * rate), 2)
        middle = [whole[start : start + rate // 4].std() for start in range(0, len(whole) - rate // 4, rate // 8)]
        assert min(middle) > 0.85 and max(middle) < 1.15, "no dip and no bump where they meet"


def test_the_base_model_takes_guidance_and_the_distilled_one_does_not(folders: Folders, blobs: Blobs) -> None:
    heard = {
        (name, guidance): composed(
            LocalMusic(model=str(folders(name)), device="cpu", steps=2, guidance=guidance), blobs, 0.5
        ).audio.digest
        for name in ("ace_step", "ace_step_base")
        for guidance in (1.5, 9.0)
    }
    assert heard["ace_step", 1.5] == heard["ace_step", 9.0]
    assert heard["ace_step_base", 1.5] != heard["ace_step_base", 9.0]


def test_a_stopped_run_ends_within_a_step(folders: Folders, blobs: Blobs) -> None:
    backbone = LocalMusic(model=str(folders("musicgen")), device="cpu")
    steps: list[float] = []

    async def stopped() -> bool:
        with anyio.CancelScope() as scope:

            def stop_after_three(share: float) -> None:
                steps.append(share)
                if len(steps) == 3:
                    anyio.from_thread.run_sync(scope.cancel)

            tools = Tools(blobs, stop_after_three, None, lambda: False)  # type: ignore[arg-type]
            await backbone.compose(MusicRequest(description=PIANO, duration=5.0), tools)
        return scope.cancelled_caught

    assert anyio.run(stopped) and len(steps) == 3


def test_what_progress_raises_ends_the_call(folders: Folders, blobs: Blobs) -> None:
    class Stopped(Exception):
        pass

    def stop(share: float) -> None:
        raise Stopped

    for name in RATES:
        backbone = LocalMusic(model=str(folders(name)), device="cpu", steps=2)
        with pytest.raises(Stopped):
            composed(backbone, blobs, 0.5, progress=stop)
        assert composed(backbone, blobs, 0.5).audio.duration == 0.5, "and the next one works"


@pytest.mark.parametrize("wrong", [float("nan"), 0.0])
def test_a_model_that_makes_no_sound_is_bad_media(wrong: float, tmp_path: Path, blobs: Blobs) -> None:
    from safetensors.torch import load_file, save_file

    folder = build_sound("stable_audio", tmp_path / "stable")
    weights = folder / "vae" / "diffusion_pytorch_model.safetensors"
    save_file({name: one.fill_(wrong) for name, one in load_file(weights).items()}, weights)
    with pytest.raises(BadMediaError, match=r"silence|numbers that are no sound"):
        composed(LocalMusic(model=str(folder), device="cpu", steps=2), blobs, 0.5)


def test_what_does_not_fit_is_named_before_anything_is_made(folders: Folders, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no local model 'nothing'"):
        registry.load("music", "local", {"model": "nothing"})
    with pytest.raises(ConfigurationError, match="do not fit the music backbone 'local'"):
        registry.load("music", "local", {"model": str(folders("ace_step")), "steps": 0})
    with pytest.raises(ConfigurationError, match="one dtype, and no quantisation"):
        LocalMusic(model=str(folders("ace_step")), compile=True)
    with pytest.raises(WeightsError, match="Get it with: hf download ACE-Step/acestep-v15-xl-turbo-diffusers"):
        anyio.run(LocalMusic().open)
    other = tmp_path / "other"
    other.mkdir()
    (other / "model_index.json").write_text('{"_class_name": "WanImageToVideoPipeline"}')
    with pytest.raises(ConfigurationError, match=r"makes no music here.*AceStepPipeline"):
        anyio.run(LocalMusic(model=str(other)).open)


def test_a_damaged_checkpoint_is_told_from_a_whole_one(tmp_path: Path, blobs: Blobs) -> None:
    folder = build_sound("musicgen", tmp_path / "musicgen")
    before = LocalMusic(model=str(folder), device="cpu").fingerprint
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    damaged = LocalMusic(model=str(folder), device="cpu")
    assert damaged.fingerprint != before
    with pytest.raises(WeightsError, match="damaged or not there in full"):
        anyio.run(damaged.open)


def test_the_tables_default_is_known_without_its_files() -> None:
    can = LocalMusic().capabilities
    assert (can.rate, can.seed, can.licence.name) == (48_000, True, "MIT")
    assert ace_step.FAMILY.like == music.DEFAULT


def test_a_token_is_drawn_from_guided_scores() -> None:
    """Generate adds guidance to the list that it is given; drawn before it, a token would be chosen twice."""
    import transformers

    from personavlog.backbones.local.musicgen import _drawn_last

    first, guidance, drawer = object(), object(), object()
    processors = _drawn_last(transformers, [first, drawer])
    processors.append(guidance)
    assert list(processors) == [first, guidance, drawer]


def test_memory_that_runs_out_is_said_with_what_to_change(
    folders: Folders, blobs: Blobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_much(loading: Any) -> Any:
        raise RuntimeError("CPU out of memory. Tried to allocate 1 TB")

    family = replace(ace_step.FAMILY, load=too_much)
    monkeypatch.setattr(music, "FAMILIES", {family.model: family})
    with pytest.raises(OutOfMemoryError, match=r"does not fit into the memory of 'cpu'.*Choose a smaller model"):
        composed(LocalMusic(model=str(folders("ace_step")), device="cpu"), blobs, 0.5)


def test_files_of_another_version_are_named(tmp_path: Path, blobs: Blobs) -> None:
    folder = build_sound("ace_step", tmp_path / "ace")
    (folder / "vae" / "config.json").write_text('{"sampling_rate": "fast"}')
    with pytest.raises(ConfigurationError, match="does not say what the model's family needs to know"):
        registry.load("music", "local", {"model": str(folder)})
    (folder / "vae" / "config.json").write_text('{"sampling_rate": 1000, "_class_name": "Strange"}')
    with pytest.raises(WeightsError, match="does not load"):
        composed(LocalMusic(model=str(folder), device="cpu"), blobs, 0.5)
