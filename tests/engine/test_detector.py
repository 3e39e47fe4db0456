"""Finding over tiles and octaves, depths and transparency, with the bundled detector."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from restorer import bundled
from restorer.engine.detector import Detector
from restorer.imaging.damage import looked_at
from restorer.imaging.files import read_photograph, write_mask
from restorer.imaging.findings import TILE, Findings
from restorer.imaging.patch import Whole
from restorer.imaging.region import Region


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector(device="cpu", threads=2)


def _sky(height: int, width: int) -> np.ndarray:
    """An even picture with the grain of a photograph, uint8 H×W×3."""
    rng = np.random.default_rng(3)
    grain = rng.normal(0, 2.0, (height, width, 1))
    ramp = np.linspace(110, 150, height)[:, None, None] + np.array([-20, 0, 25])
    return np.rint(ramp + grain).clip(0, 255).astype(np.uint8)


def _specks(picture: np.ndarray, places: list[tuple[int, int]], radius: int = 3) -> np.ndarray:
    """Dust, as bright as it gets, at places x, y; the mask of it."""
    mask = np.zeros(picture.shape[:2], np.uint8)
    for place in places:
        cv2.circle(mask, place, radius, 1, -1)
    picture[mask > 0] = 245
    return mask > 0


def _probabilities(findings: Findings) -> np.ndarray:
    whole = np.zeros((*findings.shape, 4), np.uint8)
    for tile in findings.tiles:
        whole[tile.region.slices] = tile.probability
    return whole


def test_tiles_show_no_seam(detector: Detector) -> None:
    """What lies across the edge of a tile is judged as if there were none: tiles see their surroundings."""
    picture = _sky(256, TILE + 320)
    truth = _specks(picture, [(TILE - 2, 60), (TILE + 1, 130), (TILE, 200), (300, 100)])
    whole = _probabilities(detector.find(Whole(picture)))
    shifted = _probabilities(detector.find(Whole(np.ascontiguousarray(picture[:, 192:]))))  # the edge lies elsewhere
    near = slice(TILE - 64, TILE + 64)
    apart = np.abs(whole[:, near].astype(int) - shifted[:, TILE - 64 - 192 : TILE + 64 - 192])
    assert np.percentile(apart, 99.5) <= 8
    mask = detector.find(Whole(picture)).mask(0.6)
    assert mask[truth].mean() > 0.9


def test_sixteen_bits_show_what_eight_do(detector: Detector) -> None:
    picture = _sky(192, 256)
    _specks(picture, [(60, 60), (180, 120)])
    eight = _probabilities(detector.find(Whole(picture)))
    sixteen = _probabilities(detector.find(Whole(picture.astype(np.uint16) * 257)))
    assert eight.max() > 128
    assert np.abs(eight.astype(int) - sixteen).max() <= 1


def test_what_is_fully_transparent_is_not_marked(detector: Detector) -> None:
    picture = _sky(192, 256)
    truth = _specks(picture, [(60, 60), (180, 120)])
    alpha = np.full((*picture.shape[:2], 1), 255, np.uint8)
    alpha[:, :128] = 0
    seen = detector.find(Whole(np.concatenate([picture, alpha], 2))).mask(0.7)
    assert detector.find(Whole(picture)).mask(0.7)[truth].mean() > 0.8
    assert not seen[:, :128].any()
    assert seen[:, 128:][truth[:, 128:]].mean() > 0.8


def test_damage_of_a_fine_scan_is_seen_at_its_own_size(detector: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    """Specks of a scan four times as fine as those that the network was taught with."""
    small = _sky(128, 512)
    truth = _specks(small, [(60, 60), (280, 90), (420, 40)], 4)
    fine = cv2.resize(small, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    at = cv2.resize(truth.astype(np.uint8), None, fx=4, fy=4, interpolation=cv2.INTER_NEAREST) > 0
    found = detector.find(Whole(fine)).mask(0.6)[at].mean()
    monkeypatch.setattr("restorer.engine.detector.SMALL", 10_000)  # its native size alone
    alone = detector.find(Whole(fine)).mask(0.6)[at].mean()
    assert found > 0.7
    assert found > alone + 0.2


def test_values_with_levels_of_their_own_are_looked_at_as_they_are_shown(tmp_path: Path) -> None:
    inks = read_photograph(bundled.resources() / "samples" / "osprey.jpg")
    assert looked_at(image := Whole(inks.pixels), inks) is image
    write_mask(tmp_path / "grey.png", np.eye(40, dtype=bool))
    grey = read_photograph(tmp_path / "grey.png")
    narrow = replace(grey, pixels=np.full((40, 40), 300, np.uint16), levels=(0.0, 600.0))
    shown = looked_at(Whole(narrow.pixels), narrow)
    assert shown.read(Region(0, 0, 40, 40)).dtype == np.uint8
    assert abs(int(shown.read(Region(0, 0, 40, 40)).mean()) - 128) <= 1
