"""``personavlog make``, ``script`` and ``resume``: films."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from personavlog import api, profiles
from personavlog.brief import Aspect
from personavlog.cli import weights_commands
from personavlog.cli.console import errors_in_words, out, say, tell, warn
from personavlog.cli.options import (
    MaxCostOption,
    OfflineOption,
    RunArgument,
    RunsOption,
    UnknownPricesOption,
    cap,
    options_of,
    set_offline,
    where,
)
from personavlog.cli.progress import Progress, shown
from personavlog.errors import (
    BackboneError,
    BriefError,
    ConfigurationError,
    CostLimitError,
    MachineError,
    ShotsFailedError,
    WeightsError,
    with_profile,
)
from personavlog.steps import Until

EXAMPLE = {"theme": "During a vacation in a coastal city", "style": "Hayao Miyazaki"}
NEXT = {
    Until.SCRIPT: ("The script is written", "personavlog edit changes it"),
    Until.PICTURES: ("The pictures are painted", "personavlog redo SHOT paints one again"),
    Until.CLIPS: ("The clips are made", "personavlog redo SHOT --part clip makes one again"),
}

UntilOption = Annotated[
    Until | None, typer.Option("--until", help="Make no more than the script, the pictures or the clips.")
]


def make(
    photo: Annotated[Path | None, typer.Option(help="One photo of the person: PNG, JPEG or WebP.")] = None,
    theme: Annotated[str | None, typer.Option(help="What the vlog is about.")] = None,
    style: Annotated[
        str | None, typer.Option(help="The visual style, otherwise Hayao Miyazaki; see: personavlog styles")
    ] = None,
    i_may_use_this_likeness: Annotated[
        bool, typer.Option("--i-may-use-this-likeness", help="You state that you may use this person's likeness.")
    ] = False,
    example: Annotated[bool, typer.Option("--example", help="Use the example portrait (NASA, public domain).")] = False,
    face: Annotated[
        int | None, typer.Option(min=1, help="Which face, counted from the left, if there are several.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="What the story calls the person.")] = None,
    language: Annotated[
        str, typer.Option(help="Spoken language: en, zh, de, es, fr, hi, it, ja, ko or pt; see: personavlog voices.")
    ] = "en",
    voice: Annotated[str | None, typer.Option(help="A voice by name; see: personavlog voices")] = None,
    voice_sample: Annotated[
        Path | None, typer.Option(help="A recording of the person's voice, for backbones that clone voices.")
    ] = None,
    voice_transcript: Annotated[
        str | None, typer.Option(help="The words that are spoken in the sample, for backbones that need them.")
    ] = None,
    aspect: Annotated[Aspect, typer.Option(help="The film's shape.")] = Aspect.WIDE,
    length: Annotated[float, typer.Option(help="Wanted length in seconds, 6 to 180.")] = 30.0,
    shots: Annotated[int | None, typer.Option(help="Number of shots; otherwise chosen from the length.")] = None,
    subtitles: Annotated[str, typer.Option(help="burned, soft or none.")] = "burned",
    seed: Annotated[int, typer.Option(help="Another seed, another film.")] = 0,
    profile: Annotated[
        str, typer.Option(help="A shipped profile or the path of your own .toml file.")
    ] = profiles.DEFAULT,
    writer: Annotated[
        str | None,
        typer.Option(help="Who writes, in place of the profile's: openai:MODEL, google:MODEL, embedded:planner, ..."),
    ] = None,
    until: UntilOption = None,
    max_cost: MaxCostOption = None,
    allow_unknown_prices: UnknownPricesOption = False,
    runs: RunsOption = api.RUNS,
    offline: OfflineOption = False,
) -> None:
    """Make a vlog."""
    with errors_in_words():
        set_offline(offline)
        weights_commands.fetch_shown(profiles.load(profile).weights)
        with as_file(files("personavlog.example") / "portrait.png") as portrait:
            if photo is None and not example:
                raise BriefError(
                    "Which person? Give a photo with --photo FILE, or try the example portrait with --example."
                )
            options = api.Options(
                photo=portrait if photo is None else photo,
                theme=EXAMPLE["theme"] if theme is None and photo is None else theme or "",
                style=EXAMPLE["style"] if style is None else style,
                i_may_use_this_likeness=i_may_use_this_likeness or photo is None,
                face=face,
                name=name,
                language=language,
                voice=voice,
                voice_sample=voice_sample,
                voice_transcript=voice_transcript,
                aspect=aspect,
                length=length,
                shots=shots,
                subtitles=subtitles,
                seed=seed,
            )
            limit = cap(max_cost, allow_unknown_prices)
            job = api.begin(options, profile=profile, writer=writer, runs=runs, cap=limit)
        _tell_price(job)
        run_shown(job, until)


def _tell_price(job: api.Job) -> None:
    """One line before a film that costs money."""
    if job.estimate is not None and not job.estimate.is_free:
        say(f"The whole film: {job.estimate.line}. Stage by stage: personavlog plan")


@options_of(make, but="until")
def script(**options: Any) -> None:
    """Write only the script of a vlog, in seconds."""
    make(**options, until=Until.SCRIPT)


def resume(
    run: RunArgument = "last",
    until: UntilOption = None,
    without: Annotated[
        str | None,
        typer.Option("--without", help="Take these shots out of the film first: their numbers, such as 2,5."),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(help="Go on with this profile, a shipped one or your own .toml file, in place of the run's copy."),
    ] = None,
    max_cost: MaxCostOption = None,
    allow_unknown_prices: UnknownPricesOption = False,
    runs: RunsOption = api.RUNS,
    offline: OfflineOption = False,
) -> None:
    """Go on with a run that was stopped; nothing that was finished is made again."""
    with errors_in_words():
        set_offline(offline)
        if without is not None and profile is not None:
            raise BriefError("Give --profile or --without, not both at once: either may be refused.")
        if profile is not None:
            weights_commands.fetch_shown(profiles.load(profile).weights)
            for note in api.replace_profile(run, profile, runs=runs):
                warn(note)
        if without is not None:
            api.remove_shots(run, _places(without), runs=runs)
        job = api.reopen(run, runs=runs, cap=cap(max_cost, allow_unknown_prices))
        weights_commands.fetch_shown(job.profile.weights)
        run_shown(job, until)


def _places(text: str) -> list[int]:
    try:
        return [int(part) for part in text.split(",")]
    except ValueError as error:
        raise BriefError(f"Which shots? {text!r} is no list of numbers such as 2,5.") from error


def run_shown(job: api.Job, until: Until | None = None) -> None:
    """Make the film with progress, then say where it is and what can be done with it."""
    progress, said = Progress(job.brief.shots, until), job.said()
    place = where(job.folder.root)
    try:
        with shown(progress, out) as listen:
            made = job.make(listen) if until is None else job.make(listen, until=until)
    except ShotsFailedError as error:
        failed = ",".join(map(str, error.shots))
        if len(error.shots) < job.brief.shots:
            warn(f"Finish the film without them: personavlog resume {job.folder.run} --without {failed}{place}")
        raise
    except (BackboneError, ConfigurationError, CostLimitError, MachineError, WeightsError) as error:
        go_on = f"personavlog resume {job.folder.run}{place}{with_profile([error])}"
        warn(f"Everything finished is kept. Afterwards go on with: {go_on}")
        raise
    finally:
        tell(progress.notes, said)
    if isinstance(made, api.Draft):
        _tell_draft(made, place)
    else:
        _tell_film(made, place)


def _tell_draft(draft: api.Draft, place: str) -> None:
    done, change = NEXT[draft.until]
    out.print(f"[bold]{escape(str(draft.folder))}[/]")
    say(f"{done}, in {draft.seconds:.0f} s, cost {draft.cost.text}; {change}.")
    say(f"Go on with: personavlog resume {draft.run}{place}")


def _tell_film(vlog: api.Vlog, place: str) -> None:
    shots = len(vlog.script.boards)
    out.print(f"[bold]{escape(str(vlog.path))}[/]")
    say(
        f"{vlog.duration:.1f} s, {vlog.width}x{vlog.height}, {shots} shots, made in "
        f"{vlog.seconds:.0f} s, cost {vlog.cost.text}"
    )
    say(f"How it came to be: {vlog.report}")
    say(f"Another take of a shot: personavlog redo {min(3, shots)} --run {vlog.run}{place}")
    say(f"Edit the script:        personavlog edit --run {vlog.run}{place}")
