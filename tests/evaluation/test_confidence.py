"""Expected errors: what the engine gives out, and how they are judged."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from restorer import bundled
from restorer.engine.restorer import Restorer
from restorer.evaluation import confidence
from restorer.evaluation.confidence import Regions, local_contrast, rank_correlation
from restorer.evaluation.methods import find
from restorer.evaluation.results import Results, save
from restorer.evaluation.runner import Task
from restorer.imaging import mask as masks
from restorer.imaging.job import Job
from restorer.imaging.patch import Whole


@pytest.fixture(scope="module")
def photograph() -> np.ndarray:
    image = cv2.imread(str(bundled.resources() / "samples" / "osprey.jpg"))[..., ::-1]
    return np.ascontiguousarray(image[400:592, 150:342])


@pytest.fixture(scope="module")
def damage() -> np.ndarray:
    mask = np.zeros((192, 192), np.uint8)
    cv2.circle(mask, (70, 80), 34, 1, -1)
    for i in range(5):
        cv2.line(mask, (30 * i, 191), (191, 40 * i), 1, 1 + i % 4)
    return mask > 0


def test_every_pixel_of_a_patch_has_an_expected_error(photograph: np.ndarray, damage: np.ndarray) -> None:
    job = Job(Whole(photograph), masks.cropped(damage), damage)
    engine = Restorer(device="cpu", threads=1)
    answers = engine.answers(job)
    patches = engine.restore(job)
    assert len(answers) == len(patches) > 0
    for (patch, expected), other in zip(answers, patches, strict=True):
        assert patch.region == other.region
        assert np.array_equal(patch.pixels, other.pixels)
        assert expected.dtype == np.float32
        assert expected.shape == patch.mask.shape
        assert (expected[patch.mask] > 0).all()
        assert (expected[patch.mask] < 1).all()
        assert not expected[~patch.mask].any()


def test_the_middle_of_a_hole_is_less_sure_than_its_rim(photograph: np.ndarray, damage: np.ndarray) -> None:
    expected = np.zeros(damage.shape)
    for patch, error in Restorer(device="cpu").answers(Job(Whole(photograph), masks.cropped(damage), damage)):
        expected[patch.region.slices][patch.mask] = error[patch.mask]
    depth = cv2.distanceTransform(damage.astype(np.uint8), cv2.DIST_L2, 5)
    assert expected[depth > 20].mean() > 1.3 * expected[damage & (depth < 2)].mean()


def test_regions_are_pieces_cut_on_a_grid() -> None:
    mask = np.zeros((40, 48), bool)
    mask[2:6, 2:8] = True  # 24 px in one cell
    mask[10:14, 2:8] = True  # the same cell, another piece
    mask[20:26, 10:38] = True  # over three cells
    mask[35:37, 0:3] = True  # 6 px: too few
    values = np.zeros(mask.shape)
    values[2:6, 2:8], values[10:14, 2:8] = 1, 2
    values[20:26, 10:16], values[20:26, 16:32], values[20:26, 32:38] = 3, 4, 5
    values[35:37, 0:3] = 99
    assert sorted(Regions.of(mask).means(values)) == [1, 2, 3, 4, 5]


def test_rank_correlation_is_spearmans() -> None:
    first = np.array([1.0, 2, 3, 4, 5])
    assert rank_correlation(first, first**3) == pytest.approx(1)
    assert rank_correlation(first, -np.exp(first)) == pytest.approx(-1)
    # ties take their mean rank: 1, 2.5, 2.5, 4 against 1, 2, 3, 4
    tied = rank_correlation(np.array([1.0, 2, 2, 9]), np.array([1.0, 2, 3, 4]))
    assert tied == pytest.approx(0.9486832980505138)
    assert np.isnan(rank_correlation(first, np.ones(5)))


def test_contrast_is_of_known_pixels_only() -> None:
    rng = np.random.default_rng(0)
    picture = np.full((120, 200, 3), 100, np.uint8)
    picture[:, 100:] = rng.choice([80, 120], (120, 100, 1))
    mask = np.zeros((120, 200), bool)
    mask[40:80, 130:170] = True
    picture[mask] = 255
    contrast = local_contrast(picture, mask)
    assert contrast[60, 30] == 0
    assert contrast[60, 150] == pytest.approx(20, rel=0.1)  # not of the white under the mask
    everything = np.ones((40, 40), bool)
    assert (local_contrast(np.zeros((40, 40, 3), np.uint8), everything) == 0).all()


def test_it_is_measured_once_and_told_in_a_table(tmp_path: Path, photograph: np.ndarray, damage: np.ndarray) -> None:
    results = Results(tmp_path)
    results.inputs.mkdir()
    cv2.imwrite(str(results.truth("a")), photograph[..., ::-1])
    cv2.imwrite(str(results.mask("a_hole")), damage.astype(np.uint8) * 255)
    method, task = find(["restorer"])[0], Task("a_hole", "a", given=7)
    assert confidence.table(results) == ""
    confidence.measure(method, [task], results, 1, lambda: None)
    text = confidence.table(results)
    assert "### restorer" in text
    line = next(line for line in text.splitlines() if line.startswith("| hole |"))
    cells = [cell.split()[0] for cell in line.strip("| ").split("|")]
    assert int(cells[1]) == len(Regions.of(damage).means(damage.astype(float)))
    assert 0.3 < float(cells[2]) < 1
    assert float(cells[4]) == pytest.approx(float(cells[2]) - float(cells[3]), abs=0.0011)
    file = tmp_path / "confidence" / "restorer.json"
    before = file.stat().st_mtime_ns
    confidence.measure(method, [task], results, 1, lambda: None)
    assert file.stat().st_mtime_ns == before
    confidence.measure(method, [Task("a_hole", "a", given=8)], results, 1, lambda: None)  # another picture
    assert file.stat().st_mtime_ns != before


def test_the_verdict_follows_the_figures(tmp_path: Path) -> None:
    def table(expected: list[float], plain: list[float]) -> str:
        real = [float(i) for i in range(len(expected))]
        regions = [list(values) for values in zip(expected, real, plain, strict=True)]
        fills = {"a_dust": {"given": 0, "regions": regions}}
        save(tmp_path / "confidence/restorer.json", {"method": "restorer", "version": "", "fills": fills})
        return confidence.table(Results(tmp_path)).splitlines()[-1]

    rising, falling = [0.0, 1, 2, 3, 4], [4.0, 3, 2, 1, 0]
    assert table(rising, falling) == "| dust | 5 | 1.000 **yes** | -1.000 | +2.000 **yes** | 1.00 |"
    assert table(rising, rising) == "| dust | 5 | 1.000 **yes** | 1.000 | +0.000 no | 1.00 |"
    assert table(falling, falling) == "| dust | 5 | -1.000 no | -1.000 | +0.000 no | 1.00 |"
