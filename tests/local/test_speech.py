"""Speech by the real pocket-tts package with a tiny random model: a sample is cloned, a seed gives the same line, and
what cannot be followed is said."""

from __future__ import annotations

import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

import anyio
import numpy as np
import pytest
import yaml

from personavlog.backbones import registry
from personavlog.backbones.checking import check_sound
from personavlog.backbones.local import pocket_files, speech
from personavlog.backbones.local.speech import LocalSpeech
from personavlog.backbones.roles import SpeechRequest, SpeechResult
from personavlog.backbones.tools import Tools
from personavlog.doctor import files
from personavlog.errors import BackboneError, ConfigurationError, MissingWeightsError
from personavlog.media import Audio
from personavlog.runs.blobs import Blobs
from personavlog.script import Character
from tests.core import doubles
from tests.shared.tiny_sounds import POCKET_RATE, build_sound

pytestmark = pytest.mark.skipif(find_spec("pocket_tts") is None, reason="needs the extra [local]: make test-local")
LINE = "hello there, this is my vlog"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sound("pocket_tts", tmp_path_factory.mktemp("pocket")) / "tiny.yaml"


@pytest.fixture
def backbone(place: Path) -> LocalSpeech:
    built = registry.load("speech", "local", {"model": str(place)})
    assert isinstance(built, LocalSpeech)
    return built


def sample(blobs: Blobs, pitch: float, rate: int = 24_000) -> Audio:
    time = np.arange(2 * rate) / rate
    return blobs.put_audio((0.5 * np.sin(2 * np.pi * pitch * time)).astype(np.float32), rate)


def spoken(backbone: LocalSpeech, tools: Tools, **request: object) -> SpeechResult:
    whole = SpeechRequest.model_validate({"text": LINE, "language": "en", **request})

    async def work() -> SpeechResult:
        await backbone.open()
        return await backbone.speak(whole, tools)

    return anyio.run(work)


def test_the_voice_of_the_sample_is_used_and_the_seed_followed(
    backbone: LocalSpeech, blobs: Blobs, tools: Tools
) -> None:
    low, high = sample(blobs, 150.0), sample(blobs, 700.0)
    first = spoken(backbone, tools, sample=low, seed=1)
    check_sound(first.audio, "local", blobs)
    assert first.audio.rate == POCKET_RATE and first.audio.channels == 1 and first.voice == speech.CLONED
    assert first.receipt.money == 0.0 and first.receipt.seconds
    assert spoken(backbone, tools, sample=low, seed=1).audio == first.audio, "same request, same bytes"
    assert spoken(backbone, tools, sample=low, seed=2).audio != first.audio
    assert spoken(backbone, tools, sample=high, seed=1).audio != first.audio
    assert spoken(backbone, tools, sample=low, seed=1).audio == first.audio, "whatever was said in between"


def test_other_use_of_chance_in_the_process_changes_no_line(backbone: LocalSpeech, blobs: Blobs, tools: Tools) -> None:
    import torch

    low, stop = sample(blobs, 150.0), threading.Event()
    alone = spoken(backbone, tools, sample=low, seed=1).audio

    def draw() -> None:
        while not stop.is_set():
            torch.randn(100)

    noisy = threading.Thread(target=draw)
    noisy.start()
    try:
        assert spoken(backbone, tools, sample=low, seed=1).audio == alone
    finally:
        stop.set()
        noisy.join()


def test_a_sample_at_another_rate_is_heard_as_the_same_voice(backbone: LocalSpeech, blobs: Blobs, tools: Tools) -> None:
    plain, finer = (
        blobs.samples(spoken(backbone, tools, sample=sample(blobs, 150.0, rate)).audio) for rate in (24_000, 48_000)
    )
    size = min(len(plain), len(finer))
    assert abs(len(plain) - len(finer)) < 0.1 * POCKET_RATE
    assert np.corrcoef(plain[:size], finer[:size])[0, 1] > 0.9


def test_a_long_line_is_spoken_whole_with_progress(backbone: LocalSpeech, blobs: Blobs) -> None:
    seen: list[float] = []
    tools = Tools(blobs, seen.append, None, lambda: False)  # type: ignore[arg-type]
    text = (f"{LINE}. " * 30)[:600].strip()
    long = spoken(backbone, tools, text=text, sample=sample(blobs, 150.0))
    short = spoken(backbone, tools, sample=sample(blobs, 150.0))
    assert long.audio.duration > 5 * short.audio.duration
    assert seen == sorted(seen[: seen.index(1.0) + 1]) + seen[seen.index(1.0) + 1 :] and max(seen) == 1.0


def test_a_stopped_run_ends_within_a_tenth_of_a_second_of_sound(backbone: LocalSpeech, blobs: Blobs) -> None:
    heard: list[float] = []

    async def stopped() -> bool:
        with anyio.CancelScope() as scope:

            def stop(share: float) -> None:
                heard.append(share)
                anyio.from_thread.run_sync(scope.cancel)

            tools = Tools(blobs, stop, None, lambda: False)  # type: ignore[arg-type]
            request = SpeechRequest(text=f"{LINE}. " * 20, language="en", sample=sample(blobs, 150.0))
            await backbone.speak(request, tools)
        return scope.cancelled_caught

    before = threading.active_count()
    assert anyio.run(stopped) and len(heard) == 1
    assert threading.active_count() <= before + 1, "the package's own threads ended too"


def test_what_is_not_followed_is_said(backbone: LocalSpeech, blobs: Blobs, tools: Tools) -> None:
    voice = sample(blobs, 150.0)
    assert spoken(backbone, tools, sample=voice).notes == ()
    (note,) = spoken(backbone, tools, sample=voice, speed=1.2).notes
    assert "the speed 1.2 was not followed" in note


def test_what_it_cannot_speak_is_named(backbone: LocalSpeech, place: Path, blobs: Blobs, tools: Tools) -> None:
    with pytest.raises(ConfigurationError, match=r"no voices by name.*--voice-sample"):
        spoken(backbone, tools)
    with pytest.raises(ConfigurationError, match="speaks 'en', not 'fr'"):
        spoken(backbone, tools, language="fr", sample=sample(blobs, 150.0))
    with pytest.raises(ConfigurationError, match=r"does not speak 'zh'.*en, fr, de, pt, it, es, nl"):
        spoken(LocalSpeech(), tools, language="zh")
    with pytest.raises(ConfigurationError, match="no voice 'nobody'"):
        there = pocket_files.described(place)
        LocalSpeech()._voice(SpeechRequest(text=LINE, language="en", voice="nobody"), there, tools)
    with pytest.raises(BackboneError, match="nothing that can be spoken"):
        spoken(backbone, tools, text="\u200b \u200b".replace("\u200b", " "), sample=sample(blobs, 150.0))


def test_models_that_are_not_here_are_named_with_what_gets_them(tools: Tools, place: Path, tmp_path: Path) -> None:
    with pytest.raises(MissingWeightsError, match=r"hf download kyutai/pocket-tts-without-voice-cloning languages/"):
        spoken(LocalSpeech(), tools)
    content = yaml.safe_load(place.read_text())
    for wrong, said in (
        ("https://example.org/model.safetensors", "a copy of the file 'https"),
        (str(tmp_path / "absent.safetensors"), "a copy of the file"),
        (
            "hf://owner/name/folder/model.safetensors@abc",
            "hf download owner/name folder/model.safetensors --revision abc",
        ),
    ):
        changed = tmp_path / "changed.yaml"
        changed.write_text(yaml.safe_dump({**content, "weights_path": wrong}))
        with pytest.raises(MissingWeightsError, match=said):
            anyio.run(LocalSpeech(model=str(changed)).open)


def test_cloning_needs_the_weights_that_clone(place: Path, blobs: Blobs, tools: Tools, tmp_path: Path) -> None:
    content = yaml.safe_load(place.read_text())
    gated = "hf://kyutai/pocket-tts/languages/english/model.safetensors@abc"
    changed = tmp_path / "open.yaml"
    changed.write_text(
        yaml.safe_dump(
            {**content, "weights_path": gated, "weights_path_without_voice_cloning": content["weights_path"]}
        )
    )
    backbone = LocalSpeech(model=str(changed))
    with pytest.raises(MissingWeightsError, match=r"accept the terms of 'kyutai/pocket-tts'.*hf download"):
        spoken(backbone, tools, sample=sample(blobs, 150.0))


@pytest.mark.parametrize(
    "text", ["", "- a list", "flow_lm: 3", "{", "!!python/object/apply:os.system ['true']", "weights_path: [1, 2]"]
)
def test_a_bad_description_is_refused(text: str, blobs: Blobs, tools: Tools, tmp_path: Path) -> None:
    place = tmp_path / "bad.yaml"
    place.write_text(text)
    with pytest.raises((ConfigurationError, MissingWeightsError)):
        spoken(LocalSpeech(model=str(place)), tools, sample=sample(blobs, 150.0))


def test_settings_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    for settings in ({"model": "other"}, {"model": str(tmp_path / "absent.yaml")}, {"temperature": -1}, {"voice": "x"}):
        with pytest.raises(ConfigurationError):
            registry.load("speech", "local", settings)


def test_the_voice_fits_the_character() -> None:
    backbone = LocalSpeech()
    man = Character(appearance="an old man with a beard", personality="his calm way")
    woman = Character(appearance="a woman in a red coat", personality="she is curious")
    assert backbone.capabilities.voices["alba"] == "en" and backbone.capabilities.clones
    chosen = {backbone.choose_voice("en", who) for who in (man, woman)}
    assert {speech.voices()[name or ""].sex for name in chosen} == {"male", "female"}
    assert backbone.choose_voice("fr", man) == "estelle", "the only one of its language"
    assert backbone.choose_voice("zh", man) is None


def test_the_names_of_voices_are_the_packages() -> None:
    from pocket_tts.utils import utils

    assert set(speech.voices()) == set(utils._ORIGINS_OF_PREDEFINED_VOICES)
    for language in pocket_files.DESCRIPTIONS:
        assert pocket_files.packaged(language).is_file()


@pytest.mark.slow
def test_loading_it_leaves_the_process_its_threads(place: Path) -> None:
    program = (
        "import sys, torch; torch.set_num_threads(3)\n"
        "from pathlib import Path\n"
        "from personavlog.backbones.local.pocket_files import described\n"
        "from personavlog.backbones.local.pocket_model import PocketModel\n"
        "PocketModel.load(described(Path(sys.argv[1])), None)\n"
        "assert torch.get_num_threads() == 3, torch.get_num_threads()\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(place)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_doctor_gives_the_commands_that_the_first_line_would(tools: Tools) -> None:
    choice = {"backbone": "local", "settings": {"model": "pocket-tts"}}
    (found,) = files.wanted(doubles.profile(speech=choice))
    with pytest.raises(MissingWeightsError) as caught:
        spoken(LocalSpeech(), tools)
    assert str(caught.value).endswith(f"Get it with: {found.line}") and not found.there


def test_files_of_the_hubs_cache_are_used_where_they_lie(
    place: Path, blobs: Blobs, tools: Tools, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = yaml.safe_load(place.read_text())
    cached = tmp_path / "hub" / "models--owner--name" / "snapshots" / "abc" / "english"
    cached.mkdir(parents=True)
    (cached / "one.safetensors").write_bytes(Path(content["weights_path"]).read_bytes())
    import huggingface_hub

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    changed = tmp_path / "cached.yaml"
    changed.write_text(yaml.safe_dump({**content, "weights_path": "hf://owner/name/english/one.safetensors@abc"}))
    low = sample(blobs, 150.0)
    heard = spoken(LocalSpeech(model=str(changed)), tools, sample=low, seed=1).audio
    assert heard == spoken(LocalSpeech(model=str(place)), tools, sample=low, seed=1).audio


def test_a_saved_voice_speaks_like_the_sample_it_was_made_from(place: Path, tmp_path: Path) -> None:
    from pocket_tts.models.model_state import export_model_state

    from personavlog.backbones.local.pocket_model import PocketModel

    model = PocketModel.load(pocket_files.described(place), None)
    tone = (0.5 * np.sin(2 * np.pi * 150 * np.arange(48_000) / 24_000)).astype(np.float32)
    voice = model.voice("sample", lambda: (tone, 24_000))
    export_model_state(voice, tmp_path / "voice.safetensors")
    saved = model.voice("saved", lambda: tmp_path / "voice.safetensors")
    assert np.array_equal(*(model.say(one, LINE, 1, lambda seconds: None) for one in (voice, saved)))
