"""A whole film on backbones that cost, wait, refuse and lie: what is paid is kept, what is bad is never stored, and the
film is what was asked for or says why not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from personavlog import steps
from personavlog.backbones.capabilities import ImageCapabilities
from personavlog.backbones.fake import FakeImage
from personavlog.backbones.roles import EditRequest, EditResult
from personavlog.backbones.tools import Tools
from personavlog.errors import ConfigurationError, CostLimitError, RefusedError, ShotsFailedError
from personavlog.media.decode import frames
from personavlog.production.building import check_profile
from personavlog.runs.ledger import Cap
from personavlog.script import Monologue
from personavlog.steps import SCRIPT
from tests.core.doubles import SHOTS, Film, calls, profile, sent

ALL = 2 + 3 * SHOTS
"""Calls of a film that nothing goes wrong in."""


def logged(tmp_path: Path, **faults: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    roles = ("image", "video", "music", "speech")
    return {role: {"log": tmp_path / "calls.jsonl", "faults": faults.get(role, ())} for role in roles}


def test_a_film_is_made_and_nothing_is_asked_for_twice(tmp_path: Path) -> None:
    log = tmp_path / "calls.jsonl"
    film = Film(tmp_path, logged(tmp_path))
    made = film.make()
    assert sent(log) == {"image": 1 + SHOTS, "video": SHOTS, "speech": SHOTS, "music": 1}
    assert abs(made.film.duration - 10.0) <= 1.0
    assert len({call["seed"] for call in calls(log)}) == len(calls(log)), "every call has a seed of its own"
    again = film.make()
    assert again == made and len(calls(log)) == ALL


def test_a_clip_starts_with_its_keyframe_and_has_the_films_rate(tmp_path: Path) -> None:
    film = Film(tmp_path)
    made = film.make()
    for keyframe, clip in zip(made.keyframes, made.clips, strict=True):
        first = next(frames(film.store.path(clip.clip), clip.clip))
        assert abs(first.astype(int) - film.store.pixels(keyframe.image)).mean() < 8
        assert clip.clip.fps == 16 and (clip.clip.frames - 1) % 4 == 0


def test_a_refused_shot_stops_that_shot_and_what_was_paid_is_kept(tmp_path: Path) -> None:
    log = tmp_path / "calls.jsonl"
    film = Film(tmp_path, logged(tmp_path, image=("", "", "refuse", "refuse")))
    with pytest.raises(ShotsFailedError, match=r"shot \d could not be made.*refused the board.*resume film") as failed:
        film.make()
    assert len(failed.value.shots) == 1
    assert sent(log) == {"image": 2 + SHOTS, "video": SHOTS - 1, "speech": SHOTS, "music": 1}
    film.make(**logged(tmp_path))
    assert sent(log) == {"image": 3 + SHOTS, "video": SHOTS, "speech": SHOTS, "music": 1}


@pytest.mark.parametrize("role", ["image", "video"])
def test_what_was_refused_is_asked_for_once_in_neutral_words(tmp_path: Path, role: str) -> None:
    log = tmp_path / "calls.jsonl"
    film = Film(tmp_path, logged(tmp_path, **{role: ("", "refuse")}))
    film.make()
    assert sent(log)[role] == {"image": 2, "video": 1}[role] + SHOTS
    notes = [event.data["text"] for event in film.events if event.kind == "note"]
    assert [note for note in notes if "refused the board" in note and "once more in neutral words" in note]


@pytest.mark.parametrize("role", ["music", "speech"])
def test_what_has_no_neutral_words_is_refused_for_good(tmp_path: Path, role: str) -> None:
    log = tmp_path / "calls.jsonl"
    with pytest.raises((RefusedError, ShotsFailedError)):
        Film(tmp_path, logged(tmp_path, **{role: ("refuse",)})).make()
    assert sent(log)[role] <= {"music": 1, "speech": SHOTS}[role], "not asked for again"


@pytest.mark.parametrize("fault", ["rate limit", "unavailable", "time out", "damaged", "wrong size"])
def test_a_failure_that_may_pass_is_tried_again(tmp_path: Path, fault: str) -> None:
    log = tmp_path / "calls.jsonl"
    film = Film(tmp_path, logged(tmp_path, image=("", fault)))
    film.make()
    assert sent(log)["image"] == 2 + SHOTS
    assert [event.data["error"].split(":")[0] for event in film.events if event.kind == "retry"]


@pytest.mark.parametrize("fault", ["damaged", "short", "other picture"])
def test_a_bad_clip_is_never_stored_and_poisons_nothing(tmp_path: Path, fault: str) -> None:
    log = tmp_path / "calls.jsonl"
    film = Film(tmp_path, logged(tmp_path, video=(fault,) * 2 * SHOTS))
    with pytest.raises(ShotsFailedError, match="delivered a clip"):
        film.make()
    assert sent(log)["video"] == 2 * SHOTS, "each is asked for once more"
    film.make(**logged(tmp_path))
    assert sent(log)["video"] == 3 * SHOTS and sent(log)["image"] == 1 + SHOTS


@pytest.mark.parametrize("role", ["music", "speech"])
def test_a_damaged_sound_is_asked_for_again(tmp_path: Path, role: str) -> None:
    log = tmp_path / "calls.jsonl"
    Film(tmp_path, logged(tmp_path, **{role: ("damaged",)})).make()
    assert sent(log)[role] == {"music": 2, "speech": SHOTS + 1}[role]


def test_the_cap_is_never_exceeded_and_what_is_finished_is_kept(tmp_path: Path) -> None:
    log = tmp_path / "calls.jsonl"
    priced = {role: {"log": log, "price": 1.0} for role in ("image", "video", "speech", "music")}
    film = Film(tmp_path, priced, Cap(5.0))
    with pytest.raises((ShotsFailedError, CostLimitError)):
        film.make()
    assert len(calls(log)) == 5 and film.index.ledger.totals("film").paid == 5.0
    film.cap = Cap(float(ALL))
    film.make()
    assert len(calls(log)) == ALL and film.index.ledger.totals("film").paid == ALL


def test_an_unknown_price_is_told_and_refused_under_a_cap(tmp_path: Path) -> None:
    settings = {"image": {"price": None}}
    with pytest.raises(CostLimitError, match="unknown"):
        Film(tmp_path / "capped", settings, Cap(5.0)).make()
    film = Film(tmp_path / "free", settings)
    film.make()
    assert film.index.ledger.totals("film").text == f"$0.00 and {1 + SHOTS} calls of unknown price"


def test_every_failure_is_in_the_ledger(tmp_path: Path) -> None:
    film = Film(tmp_path, {"image": {"price": 0.5, "faults": ("", "rate limit", "damaged")}})
    film.make()
    entries = [entry for entry in film.index.ledger.entries("film") if entry.provider == "fake" and entry.high == 0.5]
    assert len(entries) == 3 + SHOTS
    assert sorted(entry.outcome for entry in entries) == ["failed", *["paid"] * (2 + SHOTS)]
    assert sum(entry.money or 0 for entry in entries) == 0.5 * (2 + SHOTS), "a damaged picture was paid for"


@pytest.mark.parametrize(
    ("size", "aspect", "film_size"), [((768, 1360), "9:16", (768, 1360)), ((768, 1360), "16:9", (1360, 768))]
)
def test_the_papers_size_can_be_asked_for(
    tmp_path: Path, size: tuple[int, int], aspect: str, film_size: tuple[int, int]
) -> None:
    film = Film(tmp_path, changes={"size": size}, brief_changes={"aspect": aspect, "shots": 2, "length": 6.0})
    made = film.make()
    assert (made.film.width, made.film.height) == film_size
    assert (made.keyframes[0].image.width, made.keyframes[0].image.height) == film_size


def test_a_size_that_the_backbone_does_not_make_is_made_legal_and_told(tmp_path: Path) -> None:
    film = Film(tmp_path, changes={"size": (200, 110)})
    made = film.make()
    image = made.keyframes[0].image
    assert image.width % 16 == image.height % 16 == 0 and (made.film.width, made.film.height) == (200, 110)
    assert any("Asked for 200x110" in note for note in film.notes)


class Curious(FakeImage):
    """Keeps what it was sent."""

    seen: list[EditRequest] = []  # noqa: RUF012 - one list for all that are built
    needs = False
    references = 1

    @property
    def capabilities(self) -> ImageCapabilities:
        return super().capabilities.model_copy(update={"needs_photo": self.needs, "references": self.references})

    async def edit(self, request: EditRequest, tools: Tools) -> EditResult:
        self.seen.append(request)
        return await super().edit(request, tools)


@pytest.mark.parametrize("asked", [False, True])
def test_a_painter_of_several_references_sees_the_last_keyframe_where_the_profile_asks_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    monkeypatch.setattr("personavlog.backbones.fake.FakeImage", Curious)
    monkeypatch.setattr(Curious, "seen", [])
    monkeypatch.setattr(Curious, "references", 2)
    made = Film(tmp_path, changes={"extra_references": asked}).make()
    shown = {request.shot: request.extra_references for request in Curious.seen if request.purpose == "keyframe"}
    images = [keyframe.image for keyframe in made.keyframes]
    assert shown == {shot: (images[shot - 1],) if asked and shot else () for shot in range(SHOTS)}


def test_extra_references_are_refused_where_the_painter_takes_one(tmp_path: Path) -> None:
    film = Film(tmp_path, changes={"extra_references": True})
    with pytest.raises(ConfigurationError, match="takes one reference"):
        check_profile(film.brief, profile(extra_references=True), film.store)


@pytest.mark.parametrize("needs", [False, True])
def test_the_photo_goes_only_to_a_painter_that_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needs: bool
) -> None:
    monkeypatch.setattr("personavlog.backbones.fake.FakeImage", Curious)
    monkeypatch.setattr(Curious, "seen", [])
    monkeypatch.setattr(Curious, "needs", needs)
    film = Film(tmp_path)
    film.make()
    keyframes = [request for request in Curious.seen if request.purpose == "keyframe"]
    assert len(keyframes) == SHOTS and all((request.photo is not None) == needs for request in keyframes)
    assert all(request.prompt and request.negative for request in Curious.seen)


def test_another_take_of_a_voice_does_not_buy_the_clip_again(tmp_path: Path) -> None:
    log = tmp_path / "calls.jsonl"
    film = Film(tmp_path, logged(tmp_path))
    film.make()
    film.index.edits.new_take("film", "voice/2")
    film.make()
    assert sent(log) == {"image": 1 + SHOTS, "video": SHOTS, "speech": SHOTS + 1, "music": 1}


def test_another_take_of_a_picture_is_another_picture(tmp_path: Path) -> None:
    film = Film(tmp_path)
    first = film.make()
    film.index.edits.new_take("film", "keyframe/2/paint/0")
    second = film.make()
    changed = [a.image != b.image for a, b in zip(first.keyframes, second.keyframes, strict=True)]
    assert changed == [False, True, False]


def test_a_store_whose_bytes_changed_makes_that_step_again(tmp_path: Path) -> None:
    log = tmp_path / "calls.jsonl"
    film = Film(tmp_path, logged(tmp_path))
    made = film.make()
    place = film.store.path(made.clips[1].clip)
    data = bytearray(place.read_bytes())
    data[len(data) // 2] ^= 255
    place.write_bytes(bytes(data))
    again = Film(tmp_path, logged(tmp_path)).make()
    assert again.clips[1].clip == made.clips[1].clip and sent(log)["video"] == SHOTS + 1


def test_a_backbone_is_opened_once_and_closed_whatever_happens(tmp_path: Path) -> None:
    film = Film(tmp_path, {"video": {"faults": ("refuse",) * 2 * SHOTS}})
    with pytest.raises(ShotsFailedError):
        film.make()
    assert [getattr(film.production, role).opened for role in ("image", "video", "music", "speech")] == [0] * 4


def test_a_shot_keeps_its_picture_when_others_are_moved_or_removed(tmp_path: Path) -> None:
    log = tmp_path / "calls.jsonl"
    film = Film(tmp_path, logged(tmp_path))
    first = film.make()
    before = sent(log)["image"]
    script = first.script
    order = (2, 0)
    shorter = script.model_copy(
        update={name: tuple(getattr(script, name)[n] for n in order) for name in ("boards", "videos", "monologues")}
    )
    film.index.edits.pin("film", str(SCRIPT), shorter)
    film.index.edits.set_order("film", [n + 1 for n in order])
    second = film.make()
    assert [keyframe.image for keyframe in second.keyframes] == [first.keyframes[n].image for n in order]
    assert sent(log)["image"] == before


def test_a_persons_own_picture_is_used_and_no_backbone_is_asked_for_it(tmp_path: Path) -> None:
    log = tmp_path / "calls.jsonl"
    film = Film(tmp_path, logged(tmp_path))
    first = film.make()
    own = EditResult(image=film.store.put_image(np.full((112, 192, 3), 90, np.uint8)), prompt="my own")
    film.index.edits.pin("film", str(steps.keyframe(2)), own)
    second = film.make()
    assert second.keyframes[1] == own and second.keyframes[0] == first.keyframes[0]
    assert sent(log)["image"] == 1 + SHOTS and sent(log)["video"] == SHOTS + 1


def test_a_line_that_a_person_wrote_is_spoken_word_for_word_and_the_film_gets_longer(tmp_path: Path) -> None:
    film = Film(tmp_path)
    first = film.make()
    long = " ".join(["My mother salted forty cabbages in this very kitchen before the first snow came."] * 2)
    lines = (Monologue(text=long), *first.script.monologues[1:])
    film.index.edits.pin("film", str(SCRIPT), first.script.model_copy(update={"monologues": lines}))
    second = film.make()
    assert second.narration.lines[0].text == long == second.script.monologues[0].text
    assert second.film.duration > first.film.duration + 2
    assert any("longer" in note for note in film.notes)
