"""What ComfyUI says that is wrong with a workflow, in words and with the titles of its nodes."""

from __future__ import annotations

import json
from typing import Any

from personavlog.backbones.jobs.workflow import Workflow
from personavlog.backbones.remote_answers import Answer, said
from personavlog.errors import BackboneError, OutOfMemoryError, ran_out_of_memory

ADVICE = "Correct the workflow in ComfyUI, run it there once, and export it again (API)."


def of_nodes(answer: Answer, workflow: Workflow, provider: str) -> BackboneError | None:
    """Of an answer to /prompt that names nodes, None for any other."""
    try:
        data = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    nodes = data.get("node_errors") if isinstance(data, dict) else None
    error = data.get("error") if isinstance(data, dict) else None
    if not isinstance(nodes, dict) or not (nodes or isinstance(error, dict)):
        return None
    found = [text for node, part in nodes.items() for text in _of_node(node, part, workflow)]
    text = "; ".join(found[:5]) or said(json.dumps(error).encode())
    return BackboneError(
        f"ComfyUI does not take the workflow: {text}. {ADVICE}", provider=provider, status=answer.status
    )


def _of_node(node: str, part: Any, workflow: Workflow) -> list[str]:
    errors = part.get("errors") if isinstance(part, dict) else None
    texts = []
    for one in errors if isinstance(errors, list) else ():
        words = [str(one[key]) for key in ("message", "details") if isinstance(one, dict) and one.get(key)]
        texts.append(f"node {workflow.title(node)}: {said(': '.join(words).encode(), 160)}")
    return texts


def of_history(entry: dict[str, Any], workflow: Workflow, provider: str) -> BackboneError | None:
    """Of a job that ended badly; None of one that ended well."""
    status = entry.get("status")
    if not isinstance(status, dict) or status.get("status_str") != "error":
        return None
    messages = [row for row in status.get("messages") or () if isinstance(row, list) and len(row) == 2]
    for name, data in messages:
        if name == "execution_error" and isinstance(data, dict):
            return _failed(data, workflow, provider)
    if any(name == "execution_interrupted" for name, _ in messages):
        return BackboneError("The workflow was interrupted in ComfyUI. Resume to send it again.", provider=provider)
    return BackboneError(f"The workflow failed in ComfyUI without a reason. {ADVICE}", provider=provider)


def _failed(data: dict[str, Any], workflow: Workflow, provider: str) -> BackboneError:
    text = said(str(data.get("exception_message") or data.get("exception_type") or "no reason").encode())
    where = workflow.title(data.get("node_id", ""))
    if ran_out_of_memory(RuntimeError(text)):
        return OutOfMemoryError(
            f"ComfyUI ran out of memory in node {where}: {text}. Use a smaller size or fewer frames, or start it with "
            "--lowvram.",
            provider=provider,
        )
    return BackboneError(f"The workflow failed in ComfyUI in node {where}: {text}. {ADVICE}", provider=provider)
