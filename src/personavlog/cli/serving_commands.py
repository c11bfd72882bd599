"""``personavlog fake-server``: the servers that backbones talk to, faked for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from personavlog.cli.console import errors_in_words, say


def fake_server(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any free one.")] = 8091,
    fault: Annotated[
        list[str] | None,
        typer.Option("--fault", help="ROUTE=FAULT[:TIMES[:AFTER]], as often as wanted; --faults lists them."),
    ] = None,
    seconds: Annotated[float, typer.Option("--seconds", min=0, help="How long making one thing takes.")] = 0.0,
    price: Annotated[float, typer.Option("--price", min=0, help="US dollars a thing, for the log.")] = 0.0,
    at_once: Annotated[int, typer.Option("--at-once", min=0, help="Things made at a time; more get HTTP 429.")] = 0,
    model: Annotated[list[str] | None, typer.Option("--model", help="A model that is served; none: any.")] = None,
    key_env: Annotated[
        str, typer.Option("--key-env", help="The variable with the key that calls must carry; none: any.")
    ] = "",
    forget_keys: Annotated[
        bool, typer.Option("--no-idempotency", help="Make a thing again for a key that was answered.")
    ] = False,
    log: Annotated[Path | None, typer.Option("--log", help="A file that gets a line of JSON a call.")] = None,
    faults: Annotated[bool, typer.Option("--faults", help="List routes and their faults, and stop.")] = False,
) -> None:
    """Serve fake models in vLLM-Omni's and the job services' protocols, with real media, on this machine only."""
    from personavlog.fake_server import running

    with errors_in_words():
        if faults:
            for line in running.faults_in_words():
                say(line)
            return
        running.run(
            port=port,
            faults=fault or (),
            seconds=seconds,
            price=price,
            at_once=at_once,
            models=model or (),
            key_env=key_env,
            keeps_keys=not forget_keys,
            log=log,
            ready=lambda address: say(f"The fake server answers at {address}. Stop it with Ctrl-C."),
        )
