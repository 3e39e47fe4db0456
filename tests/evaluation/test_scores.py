"""The measures against cases computed by hand and numbers from scikit-image."""

import numpy as np
import pytest

from restorer.evaluation.scores import Judge, mean_ssim, psnr, ssim_map


class Counting:
    """Stands in for the perceptual distance: the mean difference, and how often a truth was looked at."""

    def __init__(self) -> None:
        self.looked = 0

    def features(self, picture: np.ndarray) -> object:
        self.looked += 1
        return picture

    def distance(self, reference: object, picture: np.ndarray, mask: np.ndarray) -> tuple[float, float]:
        difference = np.abs(np.asarray(reference, float) - picture)
        return float(difference.mean()), float(difference[mask].mean())


@pytest.fixture
def pair() -> tuple[np.ndarray, np.ndarray]:
    y, x = np.mgrid[:40, :56]
    truth = np.stack([(x * 4) % 256, (y * 6) % 256, (x * y) % 256], 2).astype(np.uint8)
    other = truth.copy()
    other[10:20, 12:40] = 128
    return truth, other


def test_psnr_by_hand() -> None:
    truth = np.full((2, 3), 100, np.uint8)
    assert psnr(truth, truth + np.uint8(10)) == pytest.approx(28.1308, abs=1e-4)  # 10 log10(65025 / 100)
    assert psnr(truth, truth - np.uint8(10)) == pytest.approx(28.1308, abs=1e-4)
    assert psnr(truth, truth) == pytest.approx(148.13, abs=0.01)


def test_ssim_equals_scikit_image(pair: tuple[np.ndarray, np.ndarray]) -> None:
    """Numbers of scikit-image 0.26: structural_similarity(truth, other, channel_axis=2, data_range=255)."""
    truth, other = pair
    similarity = ssim_map(truth, other)
    assert mean_ssim(similarity) == pytest.approx(0.8374988505179602, abs=1e-9)
    assert similarity.mean() == pytest.approx(0.8766732347680948, abs=1e-9)
    assert similarity[15, 12] == pytest.approx([0.2746285343, 0.2864015833, 0.0272791158], abs=1e-9)
    brighter = np.clip(truth.astype(int) + 3, 0, 255).astype(np.uint8)
    assert mean_ssim(ssim_map(truth, brighter)) == pytest.approx(0.998821557073941, abs=1e-9)


def test_ssim_mirrors_borders_as_scikit_image_does(pair: tuple[np.ndarray, np.ndarray]) -> None:
    truth, _ = pair
    other = truth.copy()
    other[:3, :5] = 200
    similarity = ssim_map(truth, other)
    assert similarity[0, 0] == pytest.approx([0.0007880490471978, -0.0102017002794226, -0.0002583782335533], abs=1e-9)
    assert similarity[2, 1] == pytest.approx([0.0009748142147472, -0.0422013353416108, -0.0024838373292813], abs=1e-9)


def test_ssim_needs_a_window() -> None:
    small = np.zeros((6, 50, 3), np.uint8)
    with pytest.raises(ValueError, match="7×7"):
        ssim_map(small, small)


def test_the_judge_looks_at_the_hole(pair: tuple[np.ndarray, np.ndarray]) -> None:
    truth, _ = pair
    mask = np.zeros(truth.shape[:2], bool)
    mask[5:10, 10:20] = True
    filled = truth.copy()
    filled[mask] = truth[mask] ^ 1  # every value one level off
    scores = Judge(Counting())("a", truth, filled, mask)
    assert scores.hole_share == 50 / (40 * 56)
    assert scores.mae_hole == 1
    assert scores.psnr_hole == pytest.approx(48.1308, abs=1e-4)
    assert scores.perc_hole == 1
    assert scores.perc == pytest.approx(scores.hole_share)


def test_ssim_near_is_of_the_hole_grown_by_7_px(pair: tuple[np.ndarray, np.ndarray]) -> None:
    truth, other = pair
    mask = np.zeros(truth.shape[:2], bool)
    mask[15, 25] = True
    near = ssim_map(truth, other)[15 - 7 : 15 + 8, 25 - 7 : 25 + 8].mean()
    assert Judge(Counting())("a", truth, other, mask).ssim_near == pytest.approx(float(near))


def test_one_truth_is_looked_at_once(pair: tuple[np.ndarray, np.ndarray]) -> None:
    truth, other = pair
    mask = np.ones(truth.shape[:2], bool)
    perceptual = Counting()
    judge = Judge(perceptual)
    for name in ("a", "a", "b"):
        judge(name, truth, other, mask)
    assert perceptual.looked == 2
