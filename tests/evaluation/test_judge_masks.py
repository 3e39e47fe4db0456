"""The masks that judge never change."""

import hashlib
import zlib

import numpy as np
import pytest

from restorer.evaluation.masks import KINDS, fat_mask, make_mask, mask_for

# of mask_for("golden", kind, 160, 240), packed to bits; every published figure rests on these pixels
GOLDEN = {
    "scratch": "3d70695efe26dfd4",
    "dust": "389e912720e97541",
    "crack": "bb25e488ccf925ab",
    "stain": "b929bbb7303496d2",
    "tear": "76a7c5c2f7985bbf",
    "hole": "6978546c75e18bdf",
}


@pytest.mark.parametrize("kind", KINDS)
def test_pixels_are_the_golden_ones(kind: str) -> None:
    mask = mask_for("golden", kind, 160, 240)
    assert mask.dtype == np.bool_
    assert hashlib.sha256(np.packbits(mask).tobytes()).hexdigest()[:16] == GOLDEN[kind]


def test_the_seed_is_of_kind_name_and_number() -> None:
    seed = zlib.crc32(b"dust:old-photo_1:0")
    assert np.array_equal(mask_for("old-photo_1", "dust", 90, 120), make_mask("dust", 90, 120, seed))
    assert not np.array_equal(mask_for("old-photo_2", "dust", 90, 120), make_mask("dust", 90, 120, seed))


def test_scale_makes_damage_larger_not_more() -> None:
    small, large = make_mask("stain", 512, 768, 3), make_mask("stain", 1024, 1536, 3, scale=2)
    assert large.mean() == pytest.approx(small.mean(), rel=0.1)


def test_fat_masks_are_as_wide_as_people_paint() -> None:
    mask = np.zeros((100, 200), bool)
    mask[40:46, 20:180] = True  # 6 px wide
    widths = {int(fat_mask(mask, seed)[:, 100].sum()) for seed in range(20)}
    assert min(widths) >= 8
    assert max(widths) <= 19
    assert len(widths) > 3


def test_fat_masks_cover_the_damage_and_stop_at_the_limit() -> None:
    mask = np.zeros((200, 200), bool)
    mask[60:140, 60:140] = True
    fat = fat_mask(mask, 0, limit=5)
    assert fat[mask].all()
    assert fat[100, :].sum() <= 80 + 10
    assert np.array_equal(fat, fat_mask(mask, 0, limit=5))
