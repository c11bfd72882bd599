"""MACF, the multi-agent collaborative framework: five writer pairs, two quality agents and the edit agent."""

from __future__ import annotations

from personavlog.agents.edit import ChatEdit, DirectEdit, EditAgent
from personavlog.agents.image_quality import ChatImageQuality
from personavlog.agents.loop import Rounds, RunStep, refine
from personavlog.agents.prompts import prompt_digest
from personavlog.agents.rounds import Drafted, Refined, Reviewed, Round
from personavlog.agents.script import AgentModels, ScriptAgents, shorten
from personavlog.agents.transcript import Transcript, Usage
from personavlog.agents.video_quality import ChatVideoQuality
from personavlog.backbones.tasks import task_of

__all__ = [
    "AgentModels",
    "ChatEdit",
    "ChatImageQuality",
    "ChatVideoQuality",
    "DirectEdit",
    "Drafted",
    "EditAgent",
    "Refined",
    "Reviewed",
    "Round",
    "Rounds",
    "RunStep",
    "ScriptAgents",
    "Transcript",
    "Usage",
    "prompt_digest",
    "refine",
    "shorten",
    "task_of",
]
