"""How a chat model is reached and asked; read by profiles, so nothing of a client library is imported here."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from personavlog.frozen import Frozen
from personavlog.redaction import looks_like_a_key

RequestMode = Literal["native", "tool", "prompted"]
"""How one typed answer is asked for: as the provider's own structured output, as the call of a tool, or in words."""
OutputMode = Literal[RequestMode, "auto"]
"""The same in a profile. "auto": a server of one's own is asked by schema, and in the other ways where it refuses or
ignores that; everybody else by a tool."""


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("an address begins with http:// or https:// and names a host")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError(
            "an address holds no user name, password or query, because it is written into the run's files; put the "
            "key into an environment variable and name that with api_key_env"
        )
    _ = parts.port  # raises ValueError for one that is none
    return value


def _variable(value: str) -> str:
    if looks_like_a_key(value):
        raise ValueError("this is a key itself; put it into an environment variable and write that variable's name")
    return value


Address = Annotated[str, AfterValidator(_address)]
Variable = Annotated[str, Field(max_length=80, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$"), AfterValidator(_variable)]
Temperature = Annotated[float, Field(ge=0, le=2)]
Tokens = Annotated[int, Field(ge=64)]
Seconds = Annotated[float, Field(gt=0, le=7200)]
Price = Annotated[float, Field(ge=0, allow_inf_nan=False)]

TIMEOUT = 120.0


class ChatSettings(Frozen):
    """How a chat model is reached and asked. ``timeout`` is for a whole request, in seconds; ``takes_video``: clips are
    sent as they are, None: as the model is known to do; ``price``: US dollars a request, None: by the list; the key
    itself is in the variable ``api_key_env``."""

    base_url: Address | None = None
    api_key_env: Variable | None = None
    price: Price | None = None
    temperature: Temperature | None = None
    max_tokens: Tokens | None = None
    timeout: Seconds = TIMEOUT
    seed: int | None = None
    takes_video: bool | None = None
    output: OutputMode = "auto"
