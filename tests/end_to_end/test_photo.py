"""A real photo is read with the real face network."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from personavlog.errors import BriefError
from personavlog.intake import read_photo
from personavlog.runs.blobs import Blobs
from tests.shared.command_line import PORTRAIT

pytestmark = pytest.mark.weights


def test_real_faces_are_found_in_a_real_photo(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "blobs")
    one = read_photo(PORTRAIT, blobs)
    assert (one.face, one.faces) == (0, 1)
    pixels = blobs.pixels(one.image)
    place = tmp_path / "two.png"
    PIL.Image.fromarray(np.hstack([pixels, pixels[:, ::-1]])).save(place)
    with pytest.raises(BriefError, match="shows 2 faces"):
        read_photo(place, blobs)
    assert read_photo(place, blobs, face=2).face == 1
