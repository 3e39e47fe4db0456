from __future__ import annotations

import cv2
import numpy as np
import pytest
import torch

import restorer
from restorer import bundled
from restorer.engine import texture
from restorer.engine.prefill import enlarged
from restorer.engine.texture import copied, fade, find_sources
from restorer.imaging.region import Region


def striped(height: int, width: int, period: float) -> np.ndarray:
    """float32 H×W×3: fine stripes on the left, plain on the right."""
    row = 0.5 + 0.3 * np.sin(np.arange(width) * 2 * np.pi / period) * (np.arange(width) < width // 2)
    return np.ascontiguousarray(np.broadcast_to(row[None, :, None], (height, width, 3)), np.float32)


def test_sources_are_known_near_and_look_alike() -> None:
    coarse = striped(60, 80, 5)
    hole = np.zeros((60, 80), bool)
    hole[20:40, 10:30] = True
    found = find_sources(coarse, hole, 0)
    assert found is not None
    assert sorted(zip(found.row.tolist(), found.column.tolist(), strict=True)) == np.argwhere(hole).tolist() or (
        len(found.row) == hole.sum()
    )
    assert not hole[found.from_row, found.from_column].any()
    assert (found.from_column < 41).mean() > 0.98  # stripes take after stripes
    alike = np.abs(coarse[found.row, found.column] - coarse[found.from_row, found.from_column])
    assert alike.mean() < 0.02


def test_what_is_as_rough_as_the_rim_is_taken() -> None:
    """A fill is smoother than what it stands for: by its colours alone it would take after the smooth part."""
    rng = np.random.default_rng(0)
    coarse = np.full((60, 120, 3), 0.5, np.float32)
    coarse[:, :60] += rng.normal(0, 0.1, (60, 60, 1)).astype(np.float32)
    hole = np.zeros((60, 120), bool)
    hole[22:38, 20:36] = True
    coarse[hole] = 0.5 + 0.6 * (coarse[hole] - 0.5)
    found = find_sources(coarse, hole, 0)
    assert found is not None
    assert (found.from_column < 60).mean() > 0.6


def test_no_source_is_copied_side_by_side() -> None:
    """On a plain ground all candidates look alike; the same one again and again would make a lattice."""
    coarse = np.full((80, 80, 3), 0.5, np.float32)
    hole = np.zeros((80, 80), bool)
    hole[20:60, 20:60] = True
    found = find_sources(coarse, hole, 0)
    assert found is not None
    from_row = np.full(hole.shape, -1)
    from_column = np.full(hole.shape, -1)
    from_row[found.row, found.column], from_column[found.row, found.column] = found.from_row, found.from_column
    assert (from_row[hole] >= 0).all()
    same = (from_row[20:60, 21:60] == from_row[20:60, 20:59]) & (from_column[20:60, 21:60] == from_column[20:60, 20:59])
    assert same.mean() < 0.1


def test_nothing_is_found_where_nothing_is_left() -> None:
    hole = np.ones((20, 20), bool)
    hole[0] = False
    assert find_sources(np.zeros((20, 20, 3), np.float32), hole, 0) is None


def test_what_is_copied_is_what_the_sources_have_beyond_the_enlargement() -> None:
    rng = np.random.default_rng(0)
    coarse = rng.random((12, 14, 3), np.float32)
    finer = rng.random((24, 28, 3), np.float32)
    sources = texture.Sources(*(np.array(a) for a in ([5, 0], [6, 0], [2, 11], [3, 13])))
    known = np.ones((23, 28), bool)  # an odd height: the last row of children lies outside
    known[5, 7] = False

    def gather(row: np.ndarray, column: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        inside = row < 23
        row = np.where(inside, row, 0)
        return finer[row, column], inside & known[row, column]

    found = copied(sources, coarse, gather)
    detail = found.laid_out(Region(0, 0, 28, 23))
    low = enlarged(torch.from_numpy(coarse).permute(2, 0, 1)[None], 23, 28)[0].permute(1, 2, 0).numpy()
    for at, source in (((5, 6), (2, 3)), ((0, 0), (11, 13))):
        for down in (0, 1):
            for right in (0, 1):
                row, column = 2 * source[0] + down, 2 * source[1] + right
                usable = row < 23 and known[row, column]
                wanted = finer[row, column] - low[row, column] if usable else np.zeros(3)
                assert detail[2 * at[0] + down, 2 * at[1] + right] == pytest.approx(wanted, abs=1e-6)
    assert np.count_nonzero(detail.any(2)) == 5
    part = found.laid_out(Region(13, 11, 20, 20))
    assert (part == detail[11:20, 13:20]).all()


def test_a_source_that_a_pixel_has_already_is_not_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of one source agree inside; only where two meet is there something to compare."""
    compared = []
    distances = texture._distances
    monkeypatch.setattr(
        texture,
        "_distances",
        lambda looks, first, second: (compared.append(len(first[0])), distances(looks, first, second))[1],
    )
    coarse = np.random.default_rng(0).random((60, 60, 3)).astype(np.float32)
    hole = np.zeros((60, 60), bool)
    hole[20:40, 20:40] = True
    search = texture._Search(texture._Looks(coarse, hole), hole, texture._touching(hole), lambda: None)
    rows, columns = np.nonzero(hole)
    search.from_row[hole], search.from_column[hole] = rows - 17, columns
    search.spread(1)
    assert sum(compared) == 0
    # a second piece, two pixels higher: only what lies along the border between them is compared
    search.from_row[30:40, 20:40] -= 2
    search._cost[hole] = 0  # and nothing is taken over
    search.spread(1)
    assert sum(compared) == 2 * 20


def test_texture_sets_in_from_the_rim() -> None:
    hole = np.zeros((30, 30), bool)
    hole[5:25, 5:25] = True
    for native, strength in ((False, texture.STRENGTH), (True, texture.NATIVE_STRENGTH)):
        shares = fade(hole, native)[15, :, 0]
        assert shares[4] == 0
        assert 0 < shares[5] < shares[6] < shares[15] == pytest.approx(strength)
    assert (fade(hole, native=True) <= fade(hole, native=False)).all()


def test_a_wide_hole_gets_the_texture_of_its_surroundings() -> None:
    """Enlarged fills are smooth; ours must hold a fair share of the fine contrast around the hole."""
    image = cv2.imread(str(bundled.resources() / "samples" / "osprey.jpg"))[100:420, 130:460]
    mask = np.zeros(image.shape[:2], np.uint8)
    cv2.circle(mask, (160, 160), 40, 1, -1)
    filled = restorer.fill(np.ascontiguousarray(image), mask > 0)
    inside = cv2.erode(mask, np.ones((25, 25), np.uint8)) > 0

    def fine_contrast(picture: np.ndarray, where: np.ndarray) -> float:
        grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
        return float((grey - cv2.GaussianBlur(grey, (0, 0), 2))[where].std())

    around = cv2.dilate(mask, np.ones((41, 41), np.uint8)) > mask
    assert fine_contrast(filled, inside) > 0.35 * fine_contrast(image, around)
    telea = cv2.inpaint(image, mask, 5, cv2.INPAINT_TELEA)
    assert fine_contrast(telea, inside) < 0.2 * fine_contrast(image, around)
