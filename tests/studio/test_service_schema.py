"""What the API's description promises holds for whatever is sent: schemathesis, against small films."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.studio.films import FakeFilms, scripted
from tests.studio.served import KEY, client, profile_file, slow_profile

HEADERS = {"host": "127.0.0.1", "authorization": f"Bearer {KEY}"}
ANY_BYTES = [positive_data_acceptance]
"""Any bytes fit the description of a file; not all of them are a photo."""


@pytest.fixture(scope="module")
def described(made_films: FakeFilms, tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    place = tmp_path_factory.mktemp("described")
    shutil.copytree(made_films.runs, place / "runs")
    own = str(profile_file(place / "doubles.toml", slow_profile()))
    with scripted(made_films.home):
        app = client(place / "runs", profiles=(own,)).app
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=HEADERS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_one_that_is_described(described: schemathesis.BaseSchema, mode: GenerationMode) -> None:
    checked = 0
    for found in described.exclude(path_regex="/(events|doctor)$").get_all_operations():
        operation = found.ok()

        @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy(generation_mode=mode))
        def check(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=HEADERS, excluded_checks=ANY_BYTES)

        try:
            check()
        except Unsatisfiable:  # nothing wrong can be sent where nothing is asked for
            continue
        checked += 1
    assert checked > 10


def test_the_description_names_every_part_of_the_service(described: schemathesis.BaseSchema) -> None:
    paths = set(described.raw_schema["paths"])
    film = "/api/v1/films/{run}"
    assert {
        f"{film}/{part}" for part in ("changes", "make", "stop", "script", "activity", "events", "files/{name}")
    } <= paths
    assert all(path.startswith("/api/v1/") for path in paths), "the pages are not described"
