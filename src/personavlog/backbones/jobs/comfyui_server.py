"""A ComfyUI server: pictures go up, a workflow is queued under an id of ours, its history is asked, its file fetched.

The id is chosen and stored before anything is sent, so a workflow that is sent again after a crash is the same one
there. Routes: ComfyUI's server.py and jobs.py as of 2026.
"""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Literal
from urllib.parse import quote

from personavlog.backbones.jobs.comfyui_errors import of_history, of_nodes
from personavlog.backbones.jobs.workflow import Graph, Workflow
from personavlog.backbones.polling import polled
from personavlog.backbones.remote import Endpoint, Server
from personavlog.backbones.remote_answers import Answer
from personavlog.backbones.tools import Tools
from personavlog.errors import BackboneError, BadMediaError

Kind = Literal["image", "video"]
Filled = Callable[[], Awaitable[Graph]]
"""Gives the workflow with its inputs; may upload them."""
NAME = "comfyui"
_ENDINGS: Mapping[Kind, tuple[str, ...]] = {
    "image": (".png", ".jpg", ".jpeg", ".webp"),
    "video": (".mp4", ".webm", ".mov", ".mkv", ".avi", ".gif"),
}


class _ForgottenError(Exception):
    """The server knows nothing of the job any more."""


class ComfyServer:
    """One server and one workflow."""

    def __init__(self, endpoint: Endpoint, workflow: Workflow, *, every: float, at_most: float) -> None:
        self._server = Server(endpoint, NAME, self._explained)
        self._workflow, self._every, self._at_most = workflow, every, at_most

    def _explained(self, answer: Answer) -> BackboneError | None:
        return of_nodes(answer, self._workflow, NAME)

    async def upload(self, data: bytes, name: str, media_type: str) -> str:
        """The name by which a LoadImage node finds the picture."""
        form = {"type": "input", "overwrite": "true"}
        answer = await self._server.ask("POST", "/upload/image", data=form, files={"image": (name, data, media_type)})
        said = answer.json()
        stored, folder = (said.get(key) if isinstance(said, dict) else None for key in ("name", "subfolder"))
        if not isinstance(stored, str) or not stored:
            raise self._strange("no name of an uploaded picture")
        return f"{folder}/{stored}" if isinstance(folder, str) and folder else stored

    async def made(self, graph: Filled, kind: Kind, tools: Tools, output: str | None = None) -> tuple[bytes, str]:
        """The file that the workflow makes, and the job's id; ``output`` is the node that it comes from. ``graph`` is
        called only where something is sent. A job that the server forgets is sent once more."""
        for _ in range(2):
            job = await tools.job.submitted(_new_id)
            try:
                outputs = await self._outputs(job, graph, tools)
            except _ForgottenError:
                tools.job.finish()
                continue
            return await self._file(outputs, kind, output, tools), job
        raise BackboneError(f"{NAME!r} forgot a job twice. Look whether it was restarted.", provider=NAME)

    async def _outputs(self, job: str, graph: Filled, tools: Tools) -> Any:
        found = await self._look(job, tools, unknown=lambda: "unknown")
        if found == "unknown":
            job = await self._sent(job, graph, tools)
            found = None
        return found or await polled(
            partial(self._look, job, tools, unknown=_forgotten),
            tools,
            NAME,
            every=self._every,
            at_most=self._at_most,
            cancel=partial(self._cancel, job),
        )

    async def _sent(self, job: str, graph: Filled, tools: Tools) -> str:
        body = {"prompt": await graph(), "client_id": job, "prompt_id": job}
        said = (await self._server.ask("POST", "/prompt", json=body)).json()
        theirs = said.get("prompt_id") if isinstance(said, dict) else None
        if not isinstance(theirs, str) or not theirs:
            raise self._strange("no id of a job")
        if theirs != job:  # a server of before 2025 takes no id of ours

            async def given() -> str:
                return theirs

            tools.job.finish()
            await tools.job.submitted(given)
        return theirs

    async def _look(self, job: str, tools: Tools, *, unknown: Callable[[], Any]) -> Any:
        """The outputs of a job that is done, None of one that waits or runs, else what ``unknown`` says."""
        done = await self._history(job, tools)
        if done is None and not await self._queued(job):
            done = await self._history(job, tools)  # it may have ended between the two questions
            return unknown() if done is None else done
        return done

    async def _history(self, job: str, tools: Tools) -> Any:
        said = (await self._server.ask("GET", f"/history/{quote(job, safe='')}")).json()
        entry = said.get(job) if isinstance(said, dict) else None
        if not isinstance(entry, dict):
            return None
        error = of_history(entry, self._workflow, NAME)
        if error is not None:
            tools.job.finish()
            raise error
        return entry.get("outputs") or {}

    async def _queued(self, job: str) -> bool:
        said = (await self._server.ask("GET", "/queue")).json()
        queues = [said.get(name) for name in ("queue_running", "queue_pending")] if isinstance(said, dict) else []
        rows = [row for queue in queues if isinstance(queue, list) for row in queue]
        return any(isinstance(row, list) and job in row[:2] for row in rows)

    async def _cancel(self, job: str) -> None:
        try:
            await self._server.ask("POST", f"/api/jobs/{quote(job, safe='')}/cancel")
        except BackboneError as error:
            if error.status not in (404, 405):
                raise
            await self._server.ask("POST", "/queue", json={"delete": [job]})
            await self._server.ask("POST", "/interrupt", json={"prompt_id": job})

    async def _file(self, outputs: Any, kind: Kind, node: str | None, tools: Tools) -> bytes:
        found = _files(outputs, kind, node)
        if not found:
            tools.job.finish()
            raise self._strange(
                f"no {kind} among its outputs. End the workflow with a node that saves one; it delivered that"
            )
        file = found[0]
        params = {name: str(file.get(name) or "") for name in ("filename", "subfolder", "type")}
        try:
            return (await self._server.ask("GET", "/view", params=params)).body
        except BackboneError as error:
            if error.status != 404:
                raise
            tools.job.finish()
            raise self._strange("a file that is no longer there") from error

    def _strange(self, what: str) -> BadMediaError:
        return BadMediaError(f"{NAME!r} answered with {what}. It is asked once more.", provider=NAME)


def _files(outputs: Any, kind: Kind, node: str | None) -> list[dict[str, Any]]:
    """Files of a kind, those that the workflow saves before those that it only shows."""
    nodes = outputs.items() if isinstance(outputs, dict) else ()
    entries = [
        entry
        for key, parts in nodes
        if node in (None, key) and isinstance(parts, dict)
        for rows in parts.values()
        if isinstance(rows, list)
        for entry in rows
        if isinstance(entry, dict) and str(entry.get("filename", "")).lower().endswith(_ENDINGS[kind])
    ]
    return sorted(entries, key=lambda entry: entry.get("type") != "output")


async def _new_id() -> str:
    return str(uuid.uuid4())


def _forgotten() -> Any:
    raise _ForgottenError
