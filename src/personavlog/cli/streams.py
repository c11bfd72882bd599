"""Standard output that may be closed while a film is made, by ``| head`` or a terminal that went away."""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO


class LastingStream:
    """A text stream that stops writing, and says so once on standard error, where its reader is gone or its disk full;
    the work behind it goes on. Everything else is the stream's own."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.closed_by_reader = False

    def write(self, text: str) -> int:
        """Write, or drop the text once nothing can be written any more."""
        if not self.closed_by_reader:
            try:
                return self._stream.write(text)
            except OSError as error:
                self._give_up(error)
        return len(text)

    def flush(self) -> None:
        """Flush, as far as that goes."""
        if not self.closed_by_reader:
            try:
                self._stream.flush()
            except OSError as error:
                self._give_up(error)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def _give_up(self, error: OSError) -> None:
        self.closed_by_reader = True
        try:  # what is still in the buffer must not be an error when the interpreter ends
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)
        except OSError:
            pass
        if self._stream is not sys.__stderr__ and sys.stderr is not None:
            print(  # noqa: T201 - the console's own streams
                f"Note: nothing more can be printed here ({error.strerror or error}); the work goes on.",
                file=sys.stderr,
            )
