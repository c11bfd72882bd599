from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from personavlog_embedded.figure import rays
from personavlog_embedded.figure.rays import LEAST_FAR, Caster, EmbreeCaster, TreeCaster, caster

Array = NDArray[np.float64]
Kind = Literal["embree", "numpy"]
KINDS: tuple[Kind, ...] = ("embree", "numpy") if find_spec("embreex") else ("numpy",)
EYE = np.array([0.0, 0.0, 4.0])


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.param


def sphere(rings: int = 60) -> tuple[Array, NDArray[np.int32]]:
    """Of radius 1 around the origin, 4 * rings * (rings - 1) triangles."""
    across, along = np.mgrid[: rings + 1, : 2 * rings] * np.pi / rings
    points = np.stack([np.sin(across) * np.cos(along), np.cos(across), np.sin(across) * np.sin(along)], -1)
    numbers = np.arange((rings + 1) * 2 * rings).reshape(rings + 1, -1)
    a, b = numbers[:-1], numbers[1:]
    c, d = np.roll(b, -1, axis=1), np.roll(a, -1, axis=1)
    halves = np.stack([a[1:], c[1:], d[1:]], -1), np.stack([a[:-1], b[:-1], c[:-1]], -1)
    return points.reshape(-1, 3), np.concatenate([half.reshape(-1, 3) for half in halves]).astype(np.int32)


def scattered(count: int, size: float, seed: int) -> tuple[Array, NDArray[np.int32]]:
    """That many triangles of that size in a cube from -1 to 1, which cross one another."""
    rng = np.random.default_rng(seed)
    points = rng.uniform(-1, 1, (count, 1, 3)) + rng.normal(0, size, (count, 3, 3))
    return points.reshape(-1, 3), np.arange(3 * count, dtype=np.int32).reshape(-1, 3)


def picture(side: int) -> Array:
    """The directions of side x side pixels from the eye, a little wider than the sphere."""
    y, x = (np.mgrid[:side, :side].reshape(2, -1) + 0.5) / side * 0.7 - 0.35
    return np.stack([x, -y, -np.ones_like(x)], -1)


def chords(count: int, seed: int) -> tuple[Array, Array]:
    """Origins in all directions around the mesh, and ways of all lengths towards points of its cube."""
    rng = np.random.default_rng(seed)
    origins = rng.normal(size=(count, 3)) * 2
    return origins, (rng.uniform(-1, 1, (count, 3)) - origins) * rng.uniform(0.2, 3, (count, 1))


def nearest(points: Array, triangles: NDArray[np.int32], origins: Array, ways: Array) -> rays.Hits:
    """By solving a + u (b - a) + v (c - a) = origin + far way for every ray and every triangle."""
    a, b, c = points[triangles].transpose(1, 0, 2)
    sides = np.broadcast_to(np.stack([b - a, c - a], -1), (len(ways), len(a), 3, 2))
    systems = np.concatenate([sides, np.broadcast_to(-ways[:, None, :, None], (*sides.shape[:3], 1))], -1)
    u, v, far = np.moveaxis(np.linalg.solve(systems, (origins[:, None] - a)[..., None])[..., 0], -1, 0)
    far = np.where((u >= 0) & (v >= 0) & (u + v <= 1) & (far > LEAST_FAR), far, np.inf)
    best = far.argmin(axis=1)
    u, v, far = (part[np.arange(len(ways)), best].astype(np.float32) for part in (u, v, far))
    return rays.Hits(np.where(np.isfinite(far), best, -1).astype(np.int32), u, v, far)


def assert_alike(one: rays.Hits, other: rays.Hits) -> None:
    met = (one.triangle >= 0) & (one.triangle == other.triangle)
    assert (one.triangle != other.triangle).mean() < 1e-3
    np.testing.assert_allclose(one.far[met], other.far[met], rtol=1e-4)
    np.testing.assert_allclose([one.u[met], one.v[met]], [other.u[met], other.v[met]], atol=5e-3)


@pytest.mark.parametrize("mesh", [sphere(12), scattered(2000, 0.05, 0), scattered(200, 0.4, 1), scattered(1, 1, 2)])
def test_the_nearest_of_all_triangles_is_met(kind: Kind, mesh: tuple[Array, NDArray[np.int32]]) -> None:
    made = caster(*mesh, prefer=kind)
    origins, ways = chords(400, 3)
    expected = nearest(*mesh, origins, ways)
    assert np.isfinite(expected.far).any() and np.isinf(expected.far).any()
    assert_alike(made.first(origins, ways), expected)
    assert_alike(made.first(EYE, ways), nearest(*mesh, np.broadcast_to(EYE, ways.shape), ways))
    sun = np.broadcast_to([0.3, 0.8, 0.5], ways.shape)
    assert (made.blocked(origins, sun[0]) != np.isfinite(nearest(*mesh, origins, sun).far)).mean() < 1e-3


def test_far_and_barycentrics_name_one_point_on_the_surface(kind: Kind) -> None:
    points, triangles = sphere()
    origins, ways = chords(5000, 4)
    hits = caster(points, triangles, prefer=kind).first(origins, ways)
    met = hits.triangle >= 0
    a, b, c = points[triangles[hits.triangle[met]]].transpose(1, 0, 2)
    u, v = hits.u[met, None], hits.v[met, None]
    there = origins[met] + ways[met] * hits.far[met, None]
    np.testing.assert_allclose(a * (1 - u - v) + b * u + c * v, there, atol=1e-4)
    np.testing.assert_allclose(np.linalg.norm(there, axis=1), 1, atol=2e-3)


def test_a_ray_past_the_mesh_meets_nothing(kind: Kind) -> None:
    ways = np.array([[0.4, 0, -1], [0, 0, 1], [0, 0, 0], [np.nan, 0, -1], [0, 0, -1]])
    hits = caster(*sphere(), prefer=kind).first(EYE, ways)
    assert (hits.triangle[:4] == -1).all() and np.isinf(hits.far[:4]).all()
    assert hits.triangle[4] >= 0 and np.isfinite(hits.far[4])


def test_a_ray_moved_to_the_first_surface_meets_the_second(kind: Kind) -> None:
    ball, ways = caster(*sphere(), prefer=kind), picture(90)
    ways = ways[np.hypot(ways[:, 0], ways[:, 1]) < 0.2]
    front = ball.first(EYE, ways)
    behind = ball.first(EYE + ways * front.far[:, None], ways)
    middle = -(ways @ EYE) / (ways * ways).sum(1)
    np.testing.assert_allclose(front.far + behind.far / 2, middle, atol=5e-3)
    assert np.isinf(ball.first(EYE + ways * (front.far + behind.far)[:, None], ways).far).all()


def test_nothing_is_met_nearer_than_the_least_distance(kind: Kind) -> None:
    points, triangles = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0]]), np.array([[0, 1, 2]], np.int32)
    heights, way = LEAST_FAR * np.array([0, 0.5, 2, 50]), np.array([0, 0, -1.0])
    origins = np.stack([np.full(4, 0.25), np.full(4, 0.25), heights], 1)
    hits = caster(points, triangles, prefer=kind).first(origins, np.broadcast_to(way, (4, 3)))
    assert hits.triangle.tolist() == [-1, -1, 0, 0]
    np.testing.assert_allclose(hits.far[2:], heights[2:], atol=1e-6)
    assert caster(points, triangles, prefer=kind).blocked(origins, way).tolist() == [False, False, True, True]


def test_a_sphere_throws_the_shadow_of_a_sphere(kind: Kind) -> None:
    origins, sun = np.random.default_rng(5).uniform(-2.5, 2.5, (20_000, 3)), np.array([1.0, 2, -0.5])
    middle = -(origins @ sun) / (sun @ sun)
    beside = np.linalg.norm(origins + middle[:, None] * sun, axis=1)
    shaded = np.where(np.linalg.norm(origins, axis=1) < 1, True, (beside < 1) & (middle > 0))
    clear = (abs(beside - 1) > 0.01) & (abs(np.linalg.norm(origins, axis=1) - 1) > 0.01)
    np.testing.assert_array_equal(caster(*sphere(), prefer=kind).blocked(origins, sun)[clear], shaded[clear])


def test_no_ray_slips_between_two_triangles(kind: Kind) -> None:
    points, triangles = sphere(24)
    share = np.random.default_rng(6).uniform(size=(50, 1, 1))
    edges = points[triangles[:, 0]] * share + points[triangles[:, 1]] * (1 - share)
    aims = edges[..., 2] > 0.5
    assert (caster(points, triangles, prefer=kind).first(EYE, edges[aims] - EYE).far < 1.1).all()


def test_no_rays_and_no_triangles(kind: Kind) -> None:
    none, ways = np.zeros((0, 3)), picture(4)
    hits = caster(*sphere(8), prefer=kind).first(EYE, none)
    assert [len(part) for part in (hits.triangle, hits.u, hits.v, hits.far)] == [0] * 4
    assert caster(*sphere(8), prefer=kind).blocked(none, EYE).shape == (0,)
    empty = caster(none, np.zeros((0, 3), np.int32), prefer=kind)
    assert (empty.first(EYE, ways).triangle == -1).all() and not empty.blocked(ways, EYE).any()


def test_triangles_without_an_area_or_a_place_hide_nothing(kind: Kind) -> None:
    points, triangles = sphere(12)
    points = np.concatenate([points, [[np.nan] * 3, [0, 0, 2]]])
    lost, near = len(points) - 2, len(points) - 1
    bad = np.array([[near, near, near], [0, 0, near], [0, near, lost], [lost, lost, lost]], np.int32)
    ways = picture(60)
    spoilt = caster(points, np.concatenate([bad, triangles]), prefer=kind).first(EYE, ways)
    whole = caster(points, triangles, prefer=kind).first(EYE, ways)
    np.testing.assert_array_equal(spoilt.far, whole.far)


def test_the_two_kinds_answer_in_the_same_types(kind: Kind) -> None:
    hits = caster(*sphere(8), prefer=kind).first(EYE, picture(10))
    assert hits.triangle.dtype == np.int32
    assert {part.dtype for part in (hits.u, hits.v, hits.far)} == {np.dtype(np.float32)}


def test_threads_may_share_a_caster_from_its_first_ray(kind: Kind) -> None:
    ways = picture(80)
    alone = caster(*sphere(), prefer=kind).first(EYE, ways)
    shared = caster(*sphere(), prefer=kind)
    with ThreadPoolExecutor(4) as pool:
        for hits in pool.map(lambda _: shared.first(EYE, ways), range(8)):
            np.testing.assert_array_equal(hits.far, alone.far)


def test_many_surfaces_in_a_row_take_no_more_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    mesh, ways = scattered(300, 1, 7), picture(40)
    whole = caster(*mesh, prefer="numpy").first(EYE, ways)
    monkeypatch.setattr(rays, "_BLOCK", 100)
    met: list[int] = []
    crossed = rays._crossed
    monkeypatch.setattr(rays, "_crossed", lambda *a: (met.append(a[0].shape[2]), crossed(*a))[1])
    parted = caster(*mesh, prefer="numpy").first(EYE, ways)
    np.testing.assert_array_equal(parted.far, whole.far)
    assert max(met) <= 100


def test_without_embree_the_tree_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("embreex", "embreex.mesh_construction", "embreex.rtcore_scene"):
        monkeypatch.setitem(sys.modules, name, None)
    found: Caster = caster(*sphere(8))
    assert isinstance(found, TreeCaster)
    assert found.first(EYE, np.array([[0, 0.01, -1.0]])).triangle >= 0
    with pytest.raises(ImportError):
        caster(*sphere(8), prefer="embree")


def test_embree_is_taken_where_it_is() -> None:
    assert isinstance(caster(*sphere(8)), EmbreeCaster if "embree" in KINDS else TreeCaster)
