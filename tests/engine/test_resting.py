"""What a fill rests on: the deletion test, on the real network and on copies."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from restorer import bundled
from restorer.engine.filling import filler
from restorer.engine.resting import Blanked, Occlusion, alike, drawn_from, known_in
from restorer.imaging.errors import Cancelled
from restorer.imaging.job import Job
from restorer.imaging.marks import Placed
from restorer.imaging.patch import Stroke, Whole
from restorer.imaging.region import Region


@pytest.fixture(scope="module")
def picture() -> np.ndarray:
    """A part of a sample with edges in it."""
    return cv2.imread(str(bundled.resources() / "samples" / "colosseum.jpg"))[300:560, 500:800, ::-1].copy()


def job_of(pixels: np.ndarray, draw: str) -> Job:
    mask = np.zeros(pixels.shape[:2], np.uint8)
    if draw == "scratch":
        cv2.line(mask, (110, 90), (170, 150), 1, 4)
    else:
        cv2.ellipse(mask, (150, 120), (22, 12), 30, 0, 360, 1, -1)
    region = Region.around(mask > 0)
    stroke = Stroke(region, (mask > 0)[region.slices])
    return Job(Whole(pixels), stroke, Placed(stroke, mask.shape))


@pytest.mark.parametrize(("draw", "times", "apart"), [("scratch", 2.0, 6), ("stain", 2.0, 10)])
def test_blanking_what_is_marked_changes_the_fill_more(
    picture: np.ndarray, draw: str, times: float, apart: float
) -> None:
    """At least twice as much, at narrow damage and at wide holes."""
    job, fills = job_of(picture, draw), filler(None, "cpu", 1)
    shares: list[float] = []
    drawn = drawn_from(job, fills, shares.append)
    asking = Occlusion(job, fills)
    marked = [part.place for part in drawn.most]
    others = [alike(drawn, asking, seed) for seed in range(3)]
    assert asking.change(marked) >= times * np.mean([asking.change(places) for places in others])
    for places in others:  # as large and as far away, and others
        assert known_in(asking, places) >= 0.9 * known_in(asking, marked)
        assert not set(places) & set(marked)
        far = [np.mean([asking.distance(place) for place in each]) for each in (marked, places)]
        assert abs(far[0] - far[1]) < apart
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_an_edge_counts_and_a_plain_does_not() -> None:
    pixels = np.full((200, 200), 120, np.uint8)
    pixels[:, 100:] = 40
    mask = np.zeros(pixels.shape, bool)
    mask[96:104, 60:140] = True
    pixels[mask] = 255
    stroke = Stroke(Region(60, 96, 140, 104), mask[96:104, 60:140])
    drawn = drawn_from(Job(Whole(pixels), stroke, mask), filler(None, "cpu", 1))
    for part in drawn.most:
        assert part.place.right > 60
    best = max(drawn.asked, key=lambda part: part.influence)
    assert abs((best.place.left + best.place.right) / 2 - 100) < 24
    assert abs((best.place.top + best.place.bottom) / 2 - 100) < 24


def test_what_is_marked_lies_in_the_known_surroundings(picture: np.ndarray) -> None:
    job, fills = job_of(picture, "scratch"), filler(None, "cpu", 1)
    drawn = drawn_from(job, fills)
    asking = Occlusion(job, fills)
    places = [part.place for part in drawn.asked]
    covered = np.zeros(picture.shape[:2], int)
    for place in places:
        covered[place.slices] += 1
        assert asking.known(place) >= 2
        assert (place & asking.surroundings) == place
    assert covered.max() == 1  # no part is asked for twice
    assert {part.place for part in drawn.most} <= set(places)
    assert not {part.place for part in drawn.most} & {part.place for part in drawn.some}


def test_a_blanked_picture_is_blank_there_only() -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (40, 50, 4), np.uint8)
    blanked = Blanked(Whole(pixels), (Region(10, 10, 20, 20),), np.array([1, 2, 3], np.uint8))
    seen = blanked.read(Region(0, 0, 50, 40))
    assert (seen[10:20, 10:20, :3] == [1, 2, 3]).all()
    seen[10:20, 10:20, :3] = pixels[10:20, 10:20, :3]
    assert (seen == pixels).all()
    assert (blanked.read(Region(12, 12, 14, 14))[..., :3] == [1, 2, 3]).all()


def test_cancelled_it_stops(picture: np.ndarray) -> None:
    job = job_of(picture, "scratch")
    with pytest.raises(Cancelled):
        drawn_from(job, filler(None, "cpu", 1), lambda share: job.cancel() if share > 0.2 else None)
