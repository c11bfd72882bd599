"""Money and time before a film: what a stage will ask for, what nobody knows, and the estimate against the ledger."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from personavlog import api, profiles
from personavlog.backbones import records, registry
from personavlog.backbones.records import ModelRecord
from personavlog.brief import Brief
from personavlog.errors import BriefError, CostLimitError, MissingWeightsError
from personavlog.estimate import chat, requests
from personavlog.estimate.film import estimate_film
from personavlog.estimate.numbers import UNKNOWN, EstimateStage, FilmEstimate, Span, StageEstimate, money_words, total
from personavlog.estimate.spent import compared, stage_of
from personavlog.runs.ledger import Cap
from tests.core import doubles
from tests.shared.command_line import PORTRAIT, CommandLine

SHOTS = 3
PRICES = {"image": 0.04, "video": 0.30, "music": 0.10, "speech": 0.02}
CHAT = {"writer": "fake:writer?price=0.01", "image_quality": "fake:none", "video_quality": "fake:none"}
BRIEF = Brief(theme="a lake", style="plain", photo=requests.PICTURE, shots=SHOTS, length=10.0)


def priced(**changes: Any) -> profiles.Profile:
    settings = {role: {"price": price, "seconds": 0.5} for role, price in PRICES.items()}
    return doubles.profile(settings, **{"chat": CHAT, **changes})


def stages(profile: profiles.Profile, brief: Brief = BRIEF) -> dict[EstimateStage, StageEstimate]:
    return {one.stage: one for one in estimate_film(brief, profile).stages}


def test_without_corrections_low_and_high_differ_only_by_rounds_and_rewrites() -> None:
    found = stages(priced())
    assert {stage.value: one.calls for stage, one in found.items()} == {
        "script": (10, 10 * 3 + 2 * SHOTS),
        "pictures": (1 + SHOTS, 1 + SHOTS),
        "clips": (SHOTS, SHOTS),
        "speech": (SHOTS, 3 * SHOTS),
        "music": (1, 1),
        "measuring": (0, 0),
    }
    assert found[EstimateStage.PICTURES].money == Span(low=0.16, high=0.16)
    speech = found[EstimateStage.SPEECH].money
    assert (speech.low, speech.high) == (pytest.approx(0.06), pytest.approx(0.18))


def test_corrections_are_in_the_high_end() -> None:
    found = stages(priced(feedback={"keyframe_corrections": 2, "clip_corrections": 1}))
    assert found[EstimateStage.PICTURES].calls == (1 + SHOTS, 1 + 3 * SHOTS)
    assert found[EstimateStage.CLIPS].money.low == pytest.approx(0.30 * SHOTS)
    assert found[EstimateStage.CLIPS].money.high == pytest.approx(0.30 * SHOTS * 2)


def test_without_a_reviewer_nothing_is_reviewed_and_there_is_one_round() -> None:
    found = stages(priced(chat={**CHAT, "reviewer": False}))
    assert found[EstimateStage.SCRIPT].calls == (5, 5 + 2 * SHOTS)


def test_chat_models_that_look_are_counted_with_the_edit_agent() -> None:
    eyes = {**CHAT, "image_quality": "google:gemini-2.5-pro", "video_quality": "google:gemini-2.5-pro"}
    found = stages(priced(chat=eyes, feedback={"keyframe_corrections": 2, "clip_corrections": 1}))
    keyframes, edits, clips = (SHOTS, 3 * SHOTS), (0, 2 * SHOTS), (SHOTS, 2 * SHOTS)
    measuring = found[EstimateStage.MEASURING]
    assert measuring.calls == tuple(map(sum, zip(keyframes, edits, clips, strict=True)))
    assert measuring.money.high is not None and 0 < measuring.money.low < measuring.money.high
    assert "genai-prices" in measuring.prices[0]


def test_a_hosted_writers_price_is_the_lists_and_an_unknown_ones_is_unknown() -> None:
    known = stages(priced(chat={**CHAT, "writer": "openai:gpt-4.1"}))[EstimateStage.SCRIPT]
    assert known.money.high is not None and 0.01 < known.money.low < known.money.high < 3
    assert known.seconds.high is not None and known.seconds.low > 5
    for writer in ("openai:gpt-of-tomorrow", "openai:gpt-4.1"):
        own = {**CHAT, "writer": writer, "base_url": "http://127.0.0.1:9/v1"}
        unknown = stages(priced(chat=own))[EstimateStage.SCRIPT]
        assert unknown.money == UNKNOWN and writer in unknown.unknown[0], "a server of one's own has no list price"
    said = stages(priced(chat={**own, "price": 0.25}))[EstimateStage.SCRIPT]
    assert (said.money.low, said.money.high) == (said.calls[0] * 0.25, said.calls[1] * 0.25) and not said.prices


def test_no_key_is_needed_and_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert stages(priced(chat={**CHAT, "writer": "openai:gpt-4.1"}))[EstimateStage.SCRIPT].money.high


def test_unknown_stays_unknown_up_to_the_film() -> None:
    estimate = estimate_film(BRIEF, doubles.profile({"video": {"price": None}, "image": {"price": 0.04}}))
    assert estimate.money.high is None and estimate.money.low == pytest.approx(0.16)
    assert estimate.without_price == (EstimateStage.CLIPS,) and not estimate.is_free
    assert money_words(estimate.money, estimate.without_price) == "at least $0.16, and of unknown price: clips"


def test_a_backbone_that_cannot_be_built_is_unknown_and_says_why() -> None:
    profile = priced()
    broken = profile.model_copy(update={"video": profile.video.model_copy(update={"backbone": "nobody"})})
    clips = stages(broken)[EstimateStage.CLIPS]
    assert clips.money == UNKNOWN and clips.calls == (SHOTS, SHOTS) and "no video backbone" in clips.unknown[0]


def test_a_film_that_costs_nothing_is_free() -> None:
    estimate = estimate_film(BRIEF, doubles.profile())
    assert estimate.is_free and estimate.line.startswith("nothing, ")


def test_time_is_shared_by_calls_beside_each_other_and_by_a_device() -> None:
    alone = stages(priced())[EstimateStage.CLIPS].seconds
    assert alone == Span(low=0.75, high=0.75), "three clips of half a second, two at once"
    shared = priced(devices={"gpu": 1})
    video = shared.video.model_copy(update={"device": "gpu"})
    together = stages(shared.model_copy(update={"video": video}))[EstimateStage.CLIPS].seconds
    assert together == Span(low=1.5, high=1.5)


def test_a_tables_prices_are_told_with_source_and_date_and_its_seconds_count(monkeypatch: pytest.MonkeyPatch) -> None:
    price = {"unit": "second", "low": 0.1, "high": 0.2, "source": "https://example.com/prices", "date": "2026-11-30"}
    row = ModelRecord.model_validate({"licence": {"name": "x"}, "prices": [price], "seconds": [30, 300]})
    monkeypatch.setattr(records, "record_of", lambda role, name, settings: row if role == "video" else None)
    clips = stages(priced())[EstimateStage.CLIPS]
    assert clips.prices == ("$0.1 to $0.2 a second: https://example.com/prices, read on 2026-11-30",)
    assert clips.seconds == Span(low=30 * SHOTS / 2, high=300 * SHOTS / 2)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_typical_requests_are_legal(language: str) -> None:
    brief = BRIEF.model_copy(update={"language": language, "shots": 24, "length": 180.0})
    estimate = estimate_film(brief, priced())
    assert all(not one.unknown or "takes" in one.unknown[0] for one in estimate.stages), estimate


def test_more_rounds_are_sent_with_what_was_said_before() -> None:
    one, three = (chat._rounds(priced().chat.of("story"), "story.generate", SHOTS, rounds, 0) for rounds in (1, 3))
    assert three.sent[1] > 1.9 * one.sent[1] and three.most == 3


def test_spans_add_and_no_call_at_all_costs_nothing() -> None:
    assert total([Span(low=1, high=2), Span(low=3, high=4)]) == Span(low=4, high=6)
    assert total([Span(low=1, high=2), UNKNOWN]) == Span(low=1, high=None)
    assert UNKNOWN.times(0, 0) == Span() and UNKNOWN.times(0, 1) == UNKNOWN


# --- against the ledger -----------------------------------------------------------------------------------------------


def test_every_step_of_a_film_is_told_under_a_stage(tmp_path: Path) -> None:
    film = doubles.Film(tmp_path, settings={role: {"price": price} for role, price in PRICES.items()})
    film.make()
    booked = Counter(stage_of(entry.step) for entry in film.index.ledger.entries(film.run))
    assert booked == {
        EstimateStage.SCRIPT: 10,
        EstimateStage.PICTURES: 1 + SHOTS,
        EstimateStage.CLIPS: SHOTS,
        EstimateStage.SPEECH: SHOTS,
        EstimateStage.MUSIC: 1,
    }
    names = ("keyframe/1/inspect/abc", "clip/2/measure/abc", "keyframe/1/instruct/1", "shorten/2", "cut/film")
    assert [stage_of(name) for name in names] == [EstimateStage.MEASURING] * 3 + [EstimateStage.SCRIPT, None]


def test_a_film_that_is_as_estimated_and_one_that_costs_more(tmp_path: Path) -> None:
    film = doubles.Film(
        tmp_path, settings={role: {"price": price} for role, price in PRICES.items()}, changes={"chat": CHAT}
    )
    film.make()
    estimate, entries = estimate_film(BRIEF, priced()), film.index.ledger.entries(film.run)
    rows = compared(estimate, entries)
    assert [row.verdict for row in rows] == ["as estimated"] * len(EstimateStage)
    assert sum(row.paid for row in rows) == pytest.approx(film.index.ledger.totals(film.run).paid)
    cheap = estimate_film(BRIEF, doubles.profile({"video": {"price": 0.01}}))
    assert {row.stage: row.verdict for row in compared(cheap, entries)}[EstimateStage.CLIPS] == "more than estimated"
    dear = estimate_film(BRIEF, doubles.profile({"video": {"price": 9.0}}))
    assert {row.stage: row.verdict for row in compared(dear, entries)}[EstimateStage.CLIPS] == "less than estimated"


# --- the commands -----------------------------------------------------------------------------------------------------


@pytest.fixture
def paid(tmp_path: Path) -> str:
    """A user's profile of simulated backbones with prices."""
    data = priced().model_dump(mode="json", exclude_none=True)
    file = tmp_path / "paid.toml"
    file.write_text(tomli_w.dumps({**data, "name": "paid"}))
    return str(file)


def test_plan_needs_no_photo_and_makes_nothing(cli: CommandLine, paid: str) -> None:
    ended = cli.call("plan", "--profile", paid, "--shots", "3", "--length", "10")
    assert ended.status == 0 and cli.begun() == []
    assert re.search(r"^clips +fake +3 +\$0\.90 ", ended.out, re.MULTILINE), ended.out
    assert "In all: $1.32 to $" in ended.out and "no corrections" in ended.out


def test_plan_speaks_json_that_reads_back(cli: CommandLine, paid: str) -> None:
    ended = cli.call("plan", "--profile", paid, "--shots", "3", "--length", "10", "--json")
    assert FilmEstimate.model_validate_json(ended.out) == api.plan(profile=paid, shots=3, length=10.0)


def test_plan_refuses_what_cannot_be_made(cli: CommandLine, paid: str) -> None:
    assert cli.call("plan", "--profile", paid, "--length", "10", "--shots", "24").status == 2
    with pytest.raises(BriefError, match="makes at most"):
        api.plan(profile=paid, length=60.0, shots=6)


def test_make_tells_the_price_first_and_cost_tells_what_became_of_it(
    cli: CommandLine, paid: str, one_face: None
) -> None:
    made = cli.make(profile=paid, writer=CHAT["writer"], shots="3", length="10", subtitles="soft")
    assert made.status == 0, made
    assert made.out.startswith("The whole film: $1.32 to $")
    cost = cli.call("cost", "--runs", str(cli.runs))
    assert re.search(r"^clips +\$0\.90 +3 +3 +\$0\.90 +as estimated$", cost.out, re.MULTILINE), cost.out
    assert "Estimated for the whole film: $1.32 to $" in cost.out
    (run,) = cli.begun()
    record = json.loads((cli.runs / run / "record.json").read_text())
    (told,) = [entry for entry in record["entries"] if entry["kind"] == "estimate"]
    assert told["data"]["estimate"]["stages"]


def test_make_says_nothing_of_a_film_that_is_free(cli: CommandLine, tmp_path: Path, one_face: None) -> None:
    file = tmp_path / "free.toml"
    file.write_text(tomli_w.dumps(doubles.profile().model_dump(mode="json", exclude_none=True)))
    made = cli.make(profile=str(file), writer="fake:writer", shots="2", length="8", subtitles="none")
    assert made.status == 0 and "The whole film:" not in made.out


def test_unknown_prices_under_a_cap_are_refused_before_anything_is_paid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one_face: None
) -> None:
    monkeypatch.setenv("PERSONAVLOG_HOME", str(tmp_path / "home"))
    log, file = tmp_path / "log", tmp_path / "mine.toml"
    profile = doubles.profile({"image": {"price": 0.01, "log": str(log)}})
    file.write_text(tomli_w.dumps(profile.model_dump(mode="json", exclude_none=True)))
    options = api.Options(
        photo=PORTRAIT,
        theme="a lake",
        style="plain",
        i_may_use_this_likeness=True,
        length=8.0,
        shots=2,
        subtitles="none",
    )

    def begun(cap: Cap) -> api.Job:
        writer = "fake:writer?price=unknown"
        return api.begin(options, profile=str(file), writer=writer, runs=tmp_path / "runs", cap=cap)

    with pytest.raises(CostLimitError, match=r"unknown \(script\).*\$5\.00.*--allow-unknown-prices"):
        begun(Cap(5.0)).make()
    assert doubles.calls(log) == [], "the person would have been painted and paid before the writer was refused"
    assert begun(Cap(5.0, unknown=True)).make().cost.unknown == 10


def test_a_run_of_another_version_has_no_estimate_and_costs_what_it_cost(tmp_path: Path) -> None:
    film = doubles.Film(tmp_path)
    film.make()
    rows = compared(None, film.index.ledger.entries(film.run))
    assert rows and all(row.estimated is None and row.verdict == "" for row in rows)


def test_a_model_that_is_not_on_this_machine_yet_costs_nothing_and_says_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    durations = {"fps": 16, "frame_step": 4, "frame_offset": 1, "shortest": 1.0, "longest": 5.0625}
    video = {"durations": durations, "licence": {"name": "x"}}
    row = ModelRecord.model_validate({"licence": {"name": "x"}, "video": video, "seconds": [60, 600]})
    missing = MissingWeightsError("The model 'big' is not in the cache. Get it with: hf download a/big")
    monkeypatch.setattr(records, "family_of", lambda role, name: "local" if role == "video" else None)
    monkeypatch.setattr(records, "table", lambda family: {"fake": row})
    real = registry.load

    def load(role: Any, name: str, settings: Any) -> Any:
        if role == "video":
            raise missing
        return real(role, name, settings)

    monkeypatch.setattr(registry, "load", load)
    found = stages(priced())
    assert found[EstimateStage.CLIPS].money == Span() and found[EstimateStage.CLIPS].unknown == (str(missing),)
    assert found[EstimateStage.CLIPS].seconds == Span(low=60 * SHOTS, high=600 * SHOTS)
    assert found[EstimateStage.SPEECH].money.high, "a line's length follows from what the table says of the clips"
