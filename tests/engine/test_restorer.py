"""The real engine with the bundled weights on real pixels."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch

import restorer
from restorer import bundled
from restorer.engine import restorer as engine
from restorer.engine.prefill import fill as prefill
from restorer.engine.restorer import Restorer
from restorer.engine.texture import find_sources
from restorer.imaging import mask as masks
from restorer.imaging.errors import Cancelled, RestorerError
from restorer.imaging.job import Job
from restorer.imaging.patch import Stroke, Whole
from restorer.imaging.region import Region


@pytest.fixture(scope="module")
def photograph() -> np.ndarray:
    """An undamaged part of a sample, 256×256×3 uint8."""
    image = cv2.imread(str(bundled.resources() / "samples" / "osprey.jpg"))[..., ::-1]
    return np.ascontiguousarray(image[400:656, 150:406])


@pytest.fixture(scope="module")
def scratches() -> np.ndarray:
    mask = np.zeros((256, 256), np.uint8)
    for i in range(6):
        cv2.line(mask, (20 + 40 * i, 0), (255 - 37 * i, 255), 1, 1 + i % 4)
    for i in range(30):
        cv2.circle(mask, (37 * i % 256, 53 * i % 256), 1 + i % 5, 1, -1)
    return mask > 0


@pytest.fixture(scope="module")
def stain() -> np.ndarray:
    mask = np.zeros((256, 256), np.uint8)
    cv2.circle(mask, (90, 120), 34, 1, -1)
    cv2.line(mask, (120, 120), (255, 200), 1, 4)
    return mask > 0


def error(filled: np.ndarray, truth: np.ndarray, mask: np.ndarray) -> float:
    return float(np.mean((filled[mask].astype(float) - truth[mask]) ** 2))


@pytest.mark.parametrize("damage", ["scratches", "stain"])
def test_it_beats_telea_and_the_prefill(photograph: np.ndarray, damage: str, request: pytest.FixtureRequest) -> None:
    mask = request.getfixturevalue(damage)
    damaged = np.where(mask[..., None], 255, photograph).astype(np.uint8)
    telea = cv2.inpaint(damaged, mask.astype(np.uint8), 5, cv2.INPAINT_TELEA)
    ours = error(restorer.fill(damaged, mask), photograph, mask)
    assert ours < 0.95 * error(telea, photograph, mask)
    assert ours < 0.97 * error(prefill(damaged, mask), photograph, mask)


@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [None, 1, 2, 3, 4])
@pytest.mark.parametrize("damage", ["scratches", "stain"])
def test_kind_is_kept_and_only_the_mask_changes(
    photograph: np.ndarray, depth: type, channels: int | None, damage: str, request: pytest.FixtureRequest
) -> None:
    mask = request.getfixturevalue(damage)[:120, :130]
    part = photograph[:120, :130].astype(depth) * (257 if depth is np.uint16 else 1)
    alpha = np.random.default_rng(0).integers(0, np.iinfo(depth).max, (120, 130, 1), depth)
    image = {None: part[..., 0], 1: part[..., :1], 3: part}.get(channels)
    if image is None:
        image = np.concatenate([part[..., : channels - 1], alpha], 2)  # type: ignore[operator]
    before = image.copy()
    filled = restorer.fill(image, mask)
    assert filled.shape == image.shape
    assert filled.dtype == depth
    assert (image == before).all()
    assert (filled[~mask] == image[~mask]).all()
    colour = filled[..., :-1] if channels in (2, 4) else filled
    assert (colour[mask] != (image[..., :-1] if channels in (2, 4) else image)[mask]).mean() > 0.5
    if channels in (2, 4):
        assert (filled[..., -1] == image[..., -1]).all()


@pytest.mark.parametrize("damage", ["scratches", "stain"])
@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
def test_values_under_the_mask_never_count_and_equal_calls_give_equal_bytes(
    photograph: np.ndarray, damage: str, depth: type, request: pytest.FixtureRequest
) -> None:
    mask = request.getfixturevalue(damage)
    image = photograph.astype(depth)
    answers = []
    for seed in range(3):
        damaged = image.copy()
        damaged[mask] = np.random.default_rng(seed).integers(0, np.iinfo(depth).max, (int(mask.sum()), 3))
        answers.append(restorer.fill(damaged, mask).tobytes())
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize("damage", ["scratches", "stain"])
@pytest.mark.parametrize("depth", [np.uint8, np.uint16])
def test_the_number_of_threads_does_not_change_a_pixel(
    photograph: np.ndarray, damage: str, depth: type, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LARGEST", 48)
    mask = request.getfixturevalue(damage)
    job = Job(Whole(photograph.astype(depth) * (257 if depth is np.uint16 else 1)), masks.cropped(mask), mask)
    before = torch.get_num_threads()
    answers = [[p.pixels.tobytes() for p in Restorer(threads=threads).restore(job)] for threads in (1, 2, 3)]
    assert answers[0] == answers[1] == answers[2]
    assert torch.get_num_threads() == before


def test_sixteen_bits_are_used(photograph: np.ndarray, scratches: np.ndarray) -> None:
    deep = cv2.GaussianBlur(photograph.astype(np.float32), (0, 0), 2) * 257
    filled = restorer.fill(deep.astype(np.uint16), scratches)[scratches]
    assert (filled % 257 != 0).mean() > 0.95
    assert len(np.unique(filled)) > 2000


@pytest.mark.parametrize("size", [(1, 9), (3, 3), (5, 40), (17, 8), (9, 300)])
def test_any_size_is_filled(size: tuple[int, int]) -> None:
    image = np.full((*size, 3), 200, np.uint8)
    mask = np.zeros(size, bool)
    mask[size[0] // 2, size[1] // 2] = True
    mask[:, 1:2] = True
    damaged = np.where(mask[..., None], 0, image).astype(np.uint8)
    filled = restorer.fill(damaged, mask)
    assert np.abs(filled.astype(int) - 200).max() < 12


def test_tiles_leave_no_seam(photograph: np.ndarray, stain: np.ndarray, monkeypatch: pytest.MonkeyPatch) -> None:
    """Across the border of two tiles, neighbouring pixels differ no more than neighbours inside a tile do."""
    monkeypatch.setattr(engine, "LARGEST", 24)
    filled, tile_of = photograph.copy(), np.zeros(stain.shape, int)
    job = Job(Whole(photograph), masks.cropped(stain), stain)
    for number, patch in enumerate(Restorer().restore(job), start=1):
        filled[patch.region.slices][patch.mask] = patch.pixels[patch.mask]
        tile_of[patch.region.slices][patch.mask] = number
    assert tile_of.max() > 6
    jump = np.abs(np.diff(filled.astype(int), axis=1)).mean(2)
    inside = stain[:, 1:] & stain[:, :-1]
    border = tile_of[:, 1:] != tile_of[:, :-1]
    assert (inside & border).sum() > 100
    assert jump[inside & border].mean() < 1.25 * jump[inside & ~border].mean()


def test_a_stroke_is_filled_without_its_undamaged_neighbourhood_being_touched(photograph: np.ndarray) -> None:
    damage = np.zeros((256, 256), bool)
    damage[50:60, 50:120] = True
    damage[50:60, 121:200] = True
    region = Region(50, 50, 120, 60)
    job = Job(Whole(photograph), Stroke(region, np.ones((10, 70), bool)), damage)
    patches = Restorer().restore(job)
    covered = np.zeros((256, 256), int)
    for patch in patches:
        covered[patch.region.slices] += patch.mask
        assert patch.pixels.dtype == np.uint8
        assert not patch.pixels.flags.writeable
    assert covered.max() == 1
    assert covered.sum() == 700
    assert covered[region.slices].all()


def test_progress_rises_to_one_and_cancelling_ends_it(photograph: np.ndarray, scratches: np.ndarray) -> None:
    wanted = masks.cropped(scratches)
    shares: list[float] = []
    Restorer().restore(Job(Whole(photograph), wanted, scratches), shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)

    job = Job(Whole(photograph), wanted, scratches)
    job.cancel()  # before it starts
    with pytest.raises(Cancelled):
        Restorer().restore(job)


def test_a_job_can_be_cancelled_in_the_middle(monkeypatch: pytest.MonkeyPatch, photograph: np.ndarray) -> None:
    monkeypatch.setattr(engine, "LARGEST", 16)
    monkeypatch.setattr(engine, "BATCH", 1)
    mask = np.zeros((256, 256), bool)
    mask[100:110, 10:250] = True
    job = Job(Whole(photograph), masks.cropped(mask), mask)
    seen: list[float] = []

    def report(share: float) -> None:
        seen.append(share)
        if len(seen) == 2:
            job.cancel()

    with pytest.raises(Cancelled):
        Restorer().restore(job, report)
    assert 2 <= len(seen) <= 8  # what was under way beside it may still arrive


def test_tiles_computed_together_are_filled_as_each_alone(
    monkeypatch: pytest.MonkeyPatch, photograph: np.ndarray
) -> None:
    mask = np.zeros((256, 256), bool)
    for i in range(9):
        mask[10 + 27 * i : 13 + 27 * i, 20 + 22 * (i % 4) : 24 + 25 * (i % 4)] = True
    job = Job(Whole(photograph.astype(np.uint16) * 257), masks.cropped(mask), mask)  # float32, where rounding is small
    calls = []
    refine = engine.Reweave.refine
    monkeypatch.setattr(engine.Reweave, "refine", lambda *a: calls.append(len(a[1])) or refine(*a))
    together = {patch.region: patch.pixels for patch in Restorer().restore(job)}
    assert max(calls) > 3
    monkeypatch.setattr(engine, "BATCH", 1)
    calls.clear()
    alone = {patch.region: patch.pixels for patch in Restorer().restore(job)}
    assert set(calls) == {1}
    assert together.keys() == alone.keys()
    for region, pixels in together.items():
        assert np.abs(pixels.astype(int) - alone[region]).max() <= 2


def test_a_wide_fill_tells_its_progress_and_can_be_cancelled(photograph: np.ndarray, stain: np.ndarray) -> None:
    shares: list[float] = []
    Restorer().restore(Job(Whole(photograph), masks.cropped(stain), stain), shares.append)
    assert len(shares) > 3  # also from the coarser octaves
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    job = Job(Whole(photograph), masks.cropped(stain), stain)
    with pytest.raises(Cancelled):
        Restorer().restore(job, lambda _share: job.cancel())


def test_the_search_for_texture_can_be_cancelled() -> None:
    def stop() -> None:
        raise Cancelled

    hole = np.zeros((40, 40), bool)
    hole[10:20, 10:20] = True
    with pytest.raises(Cancelled):
        find_sources(np.zeros((40, 40, 3), np.float32), hole, 0, stop)


@pytest.mark.parametrize("damage", ["scratches", "stain"])
def test_a_grey_scan_saved_as_rgb_gets_no_tint(
    photograph: np.ndarray, damage: str, request: pytest.FixtureRequest
) -> None:
    mask = request.getfixturevalue(damage)
    grey = np.repeat(photograph[..., 1:2], 3, axis=2)
    damaged = np.where(mask[..., None], (200, 30, 30), grey).astype(np.uint8)
    filled = restorer.fill(damaged, mask)
    assert (filled.max(2) == filled.min(2)).all()


def test_colours_that_cannot_be_seen_do_not_count(photograph: np.ndarray, scratches: np.ndarray) -> None:
    clear = np.zeros((256, 256), bool)
    clear[:, 100:140] = True
    answers = []
    for hidden in (0, 255):
        image = np.dstack([photograph, np.where(clear, 0, 255).astype(np.uint8)])
        image[clear, :3] = hidden
        answers.append(restorer.fill(image, scratches)[~clear].tobytes())
    assert answers[0] == answers[1]


def test_a_narrow_grey_picture_is_not_taken_for_one_with_alpha() -> None:
    image = np.tile(np.arange(60, dtype=np.uint8)[:, None], (1, 4))
    image[:, 3] = 0
    mask = np.zeros((60, 4), bool)
    mask[30, 3] = True
    assert restorer.fill(image, mask)[30, 3] < 25


def test_too_little_memory_is_one_sentence(
    photograph: np.ndarray, scratches: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exhausted(*_args: object) -> None:
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes")

    monkeypatch.setattr(engine.Restorer, "_refined", exhausted)
    with pytest.raises(RestorerError, match="not enough memory"):
        restorer.fill(photograph, scratches)


def test_the_network_does_its_part_at_the_finest_octave_of_wide_damage(
    photograph: np.ndarray, stain: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    refined = engine.Restorer._refined

    def watched(self, octave, guess, precision):  # type: ignore[no-untyped-def]
        answer = refined(self, octave, guess, precision)
        hole = octave.known == 0
        if guess is not None:
            changed = (answer.image - guess)[hole.expand_as(guess)].abs().mean()
            assert changed > 1e-3
        seen.append(int(hole.sum()))
        return answer

    monkeypatch.setattr(engine.Restorer, "_refined", watched)
    restorer.fill(photograph, stain)
    assert sum(seen) > 1.2 * stain.sum()  # the native octave, and coarser ones


def test_the_record_names_all_that_decides_the_pixels(photograph: np.ndarray) -> None:
    mask = np.zeros((256, 256), bool)
    mask[5, 5] = True
    made = Restorer(device="cpu").made(Job(Whole(photograph), masks.cropped(mask), mask, seed=3))
    assert made["seed"] == "3"
    assert made["device"] == "cpu"
    assert len(made["weights_sha256"]) == 64
    assert made["torch"] == torch.__version__
    deep = Whole(photograph.astype(np.uint16))
    assert Restorer().made(Job(deep, masks.cropped(mask), mask))["precision"] == "float32"


@pytest.mark.parametrize(
    ("image", "mask", "says"),
    [
        (np.zeros((8, 8, 3), np.float32), np.ones((8, 8), bool), "float32"),
        (np.zeros((8, 8, 5), np.uint8), np.ones((8, 8), bool), r"\(8, 8, 5\)"),
        (np.zeros((8, 8, 3), np.uint8), np.ones((8, 8), np.uint8), "mask is uint8"),
        (np.zeros((8, 8, 3), np.uint8), np.ones((8, 9), bool), "9×8 px"),
        (np.zeros((8, 8, 3), np.uint8), np.zeros((8, 8), bool), "empty"),
        (np.zeros((8, 8, 3), np.uint8), np.ones((8, 8), bool), "whole picture"),
    ],
)
def test_arrays_that_do_not_fit_are_named(image: np.ndarray, mask: np.ndarray, says: str) -> None:
    with pytest.raises(RestorerError, match=says):
        restorer.fill(image, mask)


def test_a_device_that_is_not_there_is_named() -> None:
    with pytest.raises(RestorerError, match="no device 'tpu'"):
        Restorer(device="tpu")
    if not torch.cuda.is_available():
        with pytest.raises(RestorerError, match="CUDA is not available"):
            Restorer(device="cuda")
