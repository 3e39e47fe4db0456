from itertools import pairwise

import numpy as np
import pytest

from restorer.imaging.findings import KINDS, TILE, Findings, FoundTile, kinds_at
from restorer.imaging.region import Region

SCRATCH, DUST = KINDS.index("scratch"), KINDS.index("dust")


HALF = dict.fromkeys(KINDS, 0.5)


def findings(levels, thresholds=HALF):
    """Cut a whole picture of levels (uint8 H×W×4) into tiles."""
    height, width = levels.shape[:2]
    tiles = []
    for top in range(0, height, TILE):
        for left in range(0, width, TILE):
            region = Region(left, top, min(left + TILE, width), min(top + TILE, height))
            if levels[region.slices].any():
                tiles.append(FoundTile(region, levels[region.slices]))
    return Findings((height, width), tuple(tiles), thresholds)


def test_marks_what_passes_the_threshold_of_its_kind():
    levels = np.zeros((40, 50, 4), np.uint8)
    levels[5:10, 5:10, SCRATCH] = 140
    levels[20:25, 20:25, DUST] = 140
    found = findings(levels, thresholds={**dict.fromkeys(KINDS, 0.5), "dust": 0.9})
    mask = found.mask()
    assert mask.shape == (40, 50)
    assert mask.sum() == 25
    assert mask[5:10, 5:10].all()


def test_kinds_can_be_left_out():
    levels = np.zeros((40, 50, 4), np.uint8)
    levels[5:10, 5:10, SCRATCH] = 200
    levels[20:25, 20:25, DUST] = 200
    assert findings(levels).mask(kinds=["dust"]).nonzero()[0].min() == 20
    assert not findings(levels).mask(kinds=[]).any()


def test_more_sensitive_marks_more_and_never_less():
    rng = np.random.default_rng(3)
    found = findings(rng.integers(0, 256, (80, 90, 4)).astype(np.uint8))
    masks = [found.mask(sensitivity) for sensitivity in (0, 0.2, 0.5, 0.7, 1)]
    for less, more in pairwise(masks):
        assert not (less & ~more).any()
    assert masks[0].sum() < masks[2].sum() < masks[-1].sum()


def test_what_nearly_passes_counts_only_beside_what_does():
    levels = np.zeros((30, 60, 4), np.uint8)
    levels[10, 5:25, SCRATCH] = 100  # below 0.5, above what hysteresis asks for
    levels[10, 10:13, SCRATCH] = 200
    levels[20, 5:25, SCRATCH] = 100
    mask = findings(levels).mask()
    assert mask[10, 5:25].all()
    assert not mask[20].any()


def test_pieces_go_on_from_tile_to_tile():
    levels = np.zeros((2 * TILE, 2 * TILE, 4), np.uint8)
    levels[100, 10 : 2 * TILE - 10, SCRATCH] = 100  # faint, across two tiles
    levels[100, 20:30, SCRATCH] = 255  # certain in the left one only
    steps = np.arange(TILE - 20, TILE + 20)
    levels[steps, steps, DUST] = 100  # a diagonal through the corner where four tiles meet
    levels[TILE - 20 : TILE - 15, TILE - 20 : TILE - 15, DUST] = 255
    mask = findings(levels).mask()
    assert mask[100, 10 : 2 * TILE - 10].all()
    assert mask[steps, steps].all()


def test_a_rising_diagonal_goes_on_through_the_corner():
    levels = np.zeros((2 * TILE, 2 * TILE, 4), np.uint8)
    steps = np.arange(TILE - 20, TILE + 20)
    levels[steps, 2 * TILE - 1 - steps, DUST] = 100
    levels[TILE - 20, TILE + 19, DUST] = 255
    mask = findings(levels).mask()
    assert mask[steps, 2 * TILE - 1 - steps].all()


def test_a_lone_pixel_is_noise():
    levels = np.zeros((30, 30, 4), np.uint8)
    levels[4, 4, DUST] = 255
    levels[10, 10:13, DUST] = 255
    mask = findings(levels).mask()
    assert not mask[4, 4]
    assert mask[10, 10:13].all()


def test_a_place_tells_its_kinds():
    levels = np.zeros((30, 30, 4), np.uint8)
    levels[4, 4, DUST] = 255
    levels[20, 20, SCRATCH] = 51
    here = kinds_at(findings(levels), Region(0, 0, 10, 10))
    assert here["dust"] == 1
    assert here["scratch"] == 0
    assert kinds_at(findings(levels), Region(15, 15, 30, 30))["scratch"] == pytest.approx(0.2)


@pytest.mark.parametrize("sensitivity", [-0.1, 1.1, float("nan")])
def test_a_sensitivity_out_of_range_is_refused(sensitivity):
    with pytest.raises(ValueError, match=r"not in 0\.\.1"):
        findings(np.zeros((8, 8, 4), np.uint8)).mask(sensitivity)


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="mould"):
        findings(np.zeros((8, 8, 4), np.uint8)).mask(kinds=["mould"])
