from __future__ import annotations

import numpy as np
import pytest
import torch

from restorer.engine.prefill import Octave, coarse_to_fine, enlarged, fill, octaves, push_pull


def picture(height: int, width: int, seed: int = 0) -> torch.Tensor:
    return torch.rand(1, 3, height, width, generator=torch.Generator().manual_seed(seed))


def hole(height: int, width: int, share: float = 0.3, seed: int = 1) -> torch.Tensor:
    return (torch.rand(1, 1, height, width, generator=torch.Generator().manual_seed(seed)) < share).float()


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (7, 5), (64, 64), (33, 130)])
def test_known_pixels_stay_and_the_others_lie_between_them(size: tuple[int, int]) -> None:
    image, mask = picture(*size), hole(*size)
    mask[..., 0, 0] = 0
    filled = push_pull(image, mask)
    assert torch.equal(filled[(mask == 0).expand_as(filled)], image[(mask == 0).expand_as(image)])
    assert filled.min() >= image.min() - 1e-6
    assert filled.max() <= image.max() + 1e-6


def test_what_lies_under_the_mask_does_not_count() -> None:
    image, mask = picture(40, 50), hole(40, 50)
    other = torch.where(mask > 0, torch.full_like(image, 1e6), image)
    assert torch.equal(push_pull(image, mask), push_pull(other, mask))


def test_a_flat_picture_is_filled_flat() -> None:
    image, mask = torch.full((2, 3, 37, 41), 0.625), hole(37, 41).expand(2, 1, 37, 41)
    assert torch.allclose(push_pull(image, mask), image, atol=1e-6)


def test_a_coarse_pixel_is_the_mean_of_its_known_pixels() -> None:
    image = torch.tensor([[[[0.2, 0.4, 0.8], [0.6, 0.0, 0.0]]]])
    known = torch.tensor([[[[1.0, 1.0, 1.0], [1.0, 0.0, 0.0]]]])
    half = Octave(image * known, known).halved()
    assert torch.allclose(half.value, torch.tensor([[[[0.4, 0.8]]]]))
    assert torch.equal(half.known, torch.ones(1, 1, 1, 2))


def test_the_pyramid_ends_where_nothing_is_missing() -> None:
    mask = torch.zeros(1, 1, 64, 64)
    mask[..., 10, 10] = 1
    assert len(octaves(picture(64, 64), mask)) == 2


def test_refinement_is_offered_each_octave_from_coarse_to_fine() -> None:
    mask = torch.zeros(1, 1, 64, 64)
    mask[..., 8:40, 8:40] = 1
    seen: list[tuple[int, int]] = []

    def refine(level: int, guess: torch.Tensor, missing: torch.Tensor) -> torch.Tensor:
        seen.append((level, guess.shape[-1]))
        assert missing.shape[-1] == guess.shape[-1]
        return guess

    coarse_to_fine(picture(64, 64), mask, refine)
    assert seen == sorted(seen, reverse=True)
    assert seen[-1] == (0, 64)


def test_enlarging_keeps_a_ramp() -> None:
    ramp = torch.arange(8.0).expand(1, 1, 8, 8)
    twice = enlarged(ramp, 15, 15)
    assert twice.shape == (1, 1, 15, 15)
    assert torch.allclose(twice[0, 0, 0, 1:15], torch.arange(14) / 2 + 0.25)


def test_as_a_method_of_the_benchmark() -> None:
    rng = np.random.default_rng(0)
    image, mask = rng.integers(0, 256, (20, 30, 3), np.uint8), rng.random((20, 30)) < 0.2
    filled = fill(image, mask)
    assert filled.dtype == np.uint8
    assert (filled[~mask] == image[~mask]).all()
    assert (filled[mask] != image[mask]).any()
