"""Shared by all tests: anyio on asyncio; properties explore anew on a developer's machine and repeat the same cases in
CI."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# Before torch is loaded: its threads must not wait by spinning where other work wants the cores.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
settings.register_profile("explore", deadline=None)
settings.register_profile("repeat", deadline=None, derandomize=True)
settings.load_profile("repeat" if os.environ.get("CI") else "explore")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
