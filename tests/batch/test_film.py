"""Frames of a film: dust that stands in one only, on a pan with parallax whose truth is known."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path
from threading import Event
from types import ModuleType

import cv2
import numpy as np
import pytest
from batch_scans import write_scan

from restorer import bundled
from restorer.batch.entries import Entry, plan
from restorer.batch.film import ALONE, frames
from restorer.batch.inputs import gather
from restorer.batch.motion import laid_over
from restorer.batch.one_file import Networks, Work, read, restore
from restorer.batch.queue import Batch
from restorer.batch.settings import Settings
from restorer.batch.spikes import Seen, rest_of, spikes
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import write_mask
from restorer.imaging.mask import grown

SETTINGS = Settings(device="cpu", film=True)


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    place = Path(__file__).resolve().parents[2] / "benchmarks" / "film.py"
    spec = importlib.util.spec_from_file_location("benchmarks_film", place)
    assert spec is not None
    assert spec.loader is not None
    sys.path.insert(0, str(place.parent))  # for what stands beside it, as when it is run
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def picture() -> np.ndarray:
    return cv2.imread(str(bundled.resources() / "samples" / "osprey.jpg"))[..., ::-1]


def test_dust_is_found_and_filled_from_the_neighbours(bench: ModuleType, picture: np.ndarray, tmp_path: Path) -> None:
    film = bench.pan(picture, (240, 160), 4, dust=10)
    bench.write_frames(tmp_path, film.dusty)
    filled, marked = bench.as_film(tmp_path, Networks(SETTINGS), SETTINGS, None)
    near = np.array([grown(mask, 4) for mask in film.dust])
    assert (marked & film.dust).sum() > 0.9 * film.dust.sum()
    assert (marked & ~near).mean() < 0.002
    assert bench.psnr(filled, film) > bench.psnr(film.dusty, film) + 12
    assert bench.flicker(filled, film) < 0.1 * bench.flicker(film.dusty, film)
    assert np.array_equal(filled[~marked], film.dusty[~marked])


def test_one_neighbour_with_dust_in_the_same_place_hides_nothing() -> None:
    """It differs more, or is as dark as the frame's; two that merely agree with each other may be what moved away."""
    frame = np.full((20, 20), 0.5, np.float32)
    known, all_of_it = np.ones((20, 20), bool), np.ones((20, 20), bool)
    values = [frame.copy() for _ in range(4)]
    frame[8:12, 8:12] = 0.1
    dust = frame < 0.3

    def found(*neighbours: np.ndarray) -> np.ndarray:
        sides = [True, True, False, False]
        return spikes(
            frame, [Seen(one, known, side) for one, side in zip(neighbours, sides, strict=True)], all_of_it, 0.005
        )

    assert np.array_equal(found(*values), dust)
    for tone in (0.1, 0.95):
        spoilt = np.where(dust, np.float32(tone), values[2])
        assert np.array_equal(found(values[0], values[1], spoilt, values[3]), dust), tone
    uncovered = np.where(dust, np.float32(0.1), values[2])
    assert not found(values[0], values[1], uncovered, uncovered).any()


def test_the_rest_of_a_speck_is_found_where_something_as_bright_moves_behind_it() -> None:
    frame = np.full((40, 60), 0.3, np.float32)
    speck = np.zeros(frame.shape, bool)
    speck[15:25, 20:30] = True
    frame[speck] = 0.9
    frame[:, 45:] = 0.9  # a bright thing, not part of it
    still, passing = np.full((40, 60), 0.3, np.float32), np.full((40, 60), 0.3, np.float32)
    still[:, 45:], passing[:, 45:] = 0.9, 0.9
    passing[:, 26:33] = 0.88  # seen by two of four: whether the speck's right half is dust, they do not agree on
    known = np.ones(frame.shape, bool)
    seen = [Seen(values, known, before) for values in (still, passing) for before in (True, False)]
    part = spikes(frame, seen, known, 0.005)
    assert part.any()
    assert not part[:, 26:].any()
    assert np.array_equal(part | rest_of(part, frame, seen, known, 0.005), speck)
    # what is larger than all that was found beside it is not laid to it
    frame[10:35, 26:33] = 0.9
    assert not rest_of(part, frame, seen, known, 0.005).any()


def test_motion_in_a_hole_follows_from_its_surroundings(picture: np.ndarray) -> None:
    grey = cv2.cvtColor(np.ascontiguousarray(picture[200:400, 100:340]), cv2.COLOR_RGB2GRAY)
    moved = cv2.warpAffine(grey, np.float32([[1, 0, 3.4], [0, 1, -1.2]]), grey.shape[::-1], flags=cv2.INTER_CUBIC)
    hole = np.zeros(grey.shape, bool)
    hole[90:110, 110:130] = True
    for one in (grey, moved):
        one[hole] = 255  # what stands there does not move along
    laid = laid_over(grey, moved, (hole, hole))
    y, x = np.mgrid[: grey.shape[0], : grey.shape[1]]
    off = np.hypot(laid.across - x - 3.4, laid.down - y + 1.2)
    assert off[hole].mean() < 0.2
    blind = laid_over(grey, moved, (np.zeros_like(hole), np.zeros_like(hole)))
    assert np.hypot(blind.across - x - 3.4, blind.down - y + 1.2)[hole].mean() > 0.6


def test_a_film_without_dust_stays_as_it_is(bench: ModuleType, picture: np.ndarray, tmp_path: Path) -> None:
    film = bench.pan(picture, (240, 160), 3)
    bench.write_frames(tmp_path, film.clean)
    _, marked = bench.as_film(tmp_path, Networks(SETTINGS), SETTINGS, None)
    assert marked.mean() < 0.001


def test_a_flash_is_no_dust(bench: ModuleType, picture: np.ndarray, tmp_path: Path) -> None:
    film = bench.pan(picture, (160, 120), 3, dust=0)
    flashed = film.clean.copy()
    flashed[1, 20:100, 20:140] = 255
    bench.write_frames(tmp_path, flashed)
    _, marked = bench.as_film(tmp_path, Networks(SETTINGS), SETTINGS, None)
    assert not marked[1, 40:80, 40:120].any()


def test_a_hair_in_the_gate_is_filled_by_its_mask(bench: ModuleType, picture: np.ndarray, tmp_path: Path) -> None:
    film = bench.pan(picture, (240, 160), 3, dust=0)
    hair = np.zeros((160, 240), bool)
    hair[60:140, 100:103] = True
    spoilt = film.clean.copy()
    spoilt[:, hair] = 10
    bench.write_frames(tmp_path, spoilt)
    masks = np.array([hair] * 3)
    filled, _ = bench.as_film(tmp_path, Networks(SETTINGS), SETTINGS, masks)
    wrong = np.abs(filled[:, hair].astype(int) - film.clean[:, hair])
    assert wrong.mean() < 15 < np.abs(spoilt[:, hair].astype(int) - film.clean[:, hair]).mean()


def test_gaps_other_sizes_and_order(tmp_path: Path) -> None:
    for number in (1, 2, 3, 5, 6, 7, 8, 10, 12):
        write_scan(tmp_path / f"shot-{number}.png", number)
    cv2.imwrite(str(tmp_path / "shot-8.png"), np.zeros((30, 40, 3), np.uint8))
    entries = frames(plan(gather([tmp_path]), tmp_path / "out"))
    beside = {entry.source.stem: [path.stem for path in entry.neighbours] for entry in entries}
    assert beside == {
        "shot-1": ["shot-2", "shot-3"], "shot-2": ["shot-1", "shot-3"], "shot-3": ["shot-1", "shot-2"],
        "shot-5": ["shot-6", "shot-7"], "shot-6": ["shot-5", "shot-7"], "shot-7": ["shot-5", "shot-6"],
        "shot-8": [], "shot-10": [], "shot-12": [],
    }  # fmt: skip
    by_name = {entry.source.stem: entry for entry in entries}
    assert "the other frames are 96 × 72" in by_name["shot-8"].fault
    assert by_name["shot-10"].fault == ALONE
    planned = plan(gather([tmp_path]), tmp_path / "out")
    masked = frames([replace(entry, masks=(tmp_path / "shot-1.png",)) for entry in planned])
    alone = next(entry for entry in masked if entry.source.stem == "shot-10")
    assert not alone.fault
    assert "not looked for" in alone.remarks[0]
    assert [entry.source.stem for entry in entries][-2:] == ["shot-10", "shot-12"]
    longer = tmp_path / "longer"
    longer.mkdir()
    for number in range(1, 7):
        write_scan(longer / f"{number}.png", number)
    entries = frames(plan(gather([longer]), tmp_path / "out"))
    beside = {entry.source.stem: [path.stem for path in entry.neighbours] for entry in entries}
    assert beside["1"] == ["2", "3", "4"]
    assert beside["2"] == ["1", "3", "4"]
    assert beside["3"] == ["1", "2", "4", "5"]
    assert beside["6"] == ["3", "4", "5"]
    write_scan(tmp_path / "title.png", 0)
    with pytest.raises(RestorerError, match="has no number"):
        frames(plan(gather([tmp_path]), tmp_path / "out"))


def _planned(folder: Path, *names: str) -> dict[str, Entry]:
    folder.mkdir()
    for seed, name in enumerate(names):
        write_scan(folder / name, seed)
    return {entry.source.name: entry for entry in frames(plan(gather([folder]), folder / "out"))}


def test_the_number_that_counts_is_the_one_that_changes(tmp_path: Path) -> None:
    sized = _planned(tmp_path / "sized", *(f"shot_000{number}_2048x1556.png" for number in (1, 2, 3)))
    assert [len(entry.neighbours) for entry in sized.values()] == [2, 2, 2]
    names = [f"shot{shot}-{number}.png" for shot in (1, 2) for number in (8, 9, 10)]
    shots = _planned(tmp_path / "shots", *names)
    assert list(shots) == names
    assert [path.name for path in shots["shot1-8.png"].neighbours] == ["shot1-9.png", "shot1-10.png"]


def test_two_frames_of_one_number_are_told(tmp_path: Path) -> None:
    twice = _planned(tmp_path / "twice", "f1.png", "f2.png", "f02.png", "f3.png", "f4.png", "f5.png")
    assert "More than one frame has the number 2" in twice["f2.png"].fault
    assert "More than one frame has the number 2" in twice["f02.png"].fault
    assert twice["f1.png"].fault == ALONE
    assert [path.name for path in twice["f3.png"].neighbours] == ["f4.png", "f5.png"]


def test_a_frame_that_cannot_be_read_is_a_gap_to_the_others(
    bench: ModuleType, picture: np.ndarray, tmp_path: Path
) -> None:
    film = bench.pan(picture, (240, 160), 4, dust=3)
    bench.write_frames(tmp_path, film.dusty)
    spoilt = bytearray((tmp_path / "frame-2.png").read_bytes())
    spoilt[len(spoilt) // 2 : len(spoilt) // 2 + 40] = bytes(40)  # the header is whole
    (tmp_path / "frame-2.png").write_bytes(bytes(spoilt))
    outcomes = Batch(frames(plan(gather([tmp_path]), tmp_path / "out")), tmp_path / "out", SETTINGS).run()
    assert [outcomes[number].status for number in (1, 2, 3, 4)] == ["restored", "failed", "restored", "restored"]
    assert any("“frame-2.png” was not compared with it" in remark for remark in outcomes[1].remarks)


def _frames_of(folder: Path, values: list[np.ndarray], masks: dict[int, np.ndarray]) -> list[Entry]:
    for number, value in enumerate(values, 1):
        cv2.imwrite(str(folder / f"frame-{number}.png"), value)
    entries = plan(gather([folder]), folder / "out")
    (folder / "masks").mkdir()
    for number, mask in masks.items():
        write_mask(folder / "masks" / f"{number}.png", mask)
    given = {number: (folder / "masks" / f"{number}.png",) for number in masks}
    return frames([replace(entry, masks=given.get(entry.number, ())) for entry in entries])


def _still(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A frame of 200×160 px of a camera that stands still, and what is damaged of it."""
    hole = np.zeros((160, 200), bool)
    hole[70:90, 90:110] = True
    return np.ascontiguousarray(picture[200:360, 100:300, ::-1]), hole


def _restored(entry: Entry, settings: Settings) -> Work:
    work = read(entry, Event())
    restore(work, settings, Networks(settings), lambda _share: None)
    return work


def test_where_no_two_neighbours_agree_the_network_fills(picture: np.ndarray, tmp_path: Path) -> None:
    still, hole = _still(picture)
    values = [still.copy() for _ in range(3)]
    values[0][hole], values[1][hole], values[2][hole] = 0, 255, 128
    work = _restored(_frames_of(tmp_path, values, {2: hole})[1], SETTINGS)
    assert work.made is not None
    assert int(work.made["from_neighbours"]) < 0.2 * hole.sum()
    assert work.made["model"] == "reweave"


def test_what_is_marked_in_a_neighbour_is_not_taken_from_it(picture: np.ndarray, tmp_path: Path) -> None:
    still, hole = _still(picture)
    values = [still.copy() for _ in range(5)]
    for number in (0, 1, 2):
        values[number][hole] = 20  # the same hair in two neighbours, which agree about it
    work = _restored(_frames_of(tmp_path, values, {1: hole, 2: hole, 3: hole})[2], SETTINGS)
    filled = work.document.image.read(work.document.bounds)[..., ::-1]
    assert np.abs(filled[hole].astype(int) - still[hole]).mean() < 4


def test_given_masks_and_found_dust_are_grown_each_by_its_own(picture: np.ndarray, tmp_path: Path) -> None:
    still, hole = _still(picture)
    values = [still.copy() for _ in range(5)]
    dust = np.zeros_like(hole)
    dust[20:26, 30:36] = True
    values[2][dust] = 255
    entry = _frames_of(tmp_path, values, {3: hole})[2]
    marked = {}
    for given, found in ((0, 0), (3, 0), (0, 4)):
        work = _restored(entry, replace(SETTINGS, grow=given, grow_found=found))
        marked[given, found] = work.marked
    assert marked[3, 0] - marked[0, 0] == grown(hole, 3).sum() - hole.sum()
    assert marked[0, 4] - marked[0, 0] >= grown(dust, 3).sum() - dust.sum()
