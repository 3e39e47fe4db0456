"""Under what conditions pictures are damaged: how much, how exactly people mark it, and what the picture was before."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from restorer.evaluation.masks import fat_mask, mask_for
from restorer.evaluation.pictures import Picture, decoded
from restorer.imaging.mask import grown

DEGRADATIONS = ("none", "grain", "jpeg", "grain+jpeg")

AREA = 768 * 512
"""Px of a picture on which damage has the sizes that `masks` names."""

GRAIN = 8.0
"""Standard deviation of the added grain, in 8-bit levels: a fast film, scanned."""

JPEG_QUALITY = 60

LIMIT = 12.0
"""A person paints at most so far beyond the outline of wide damage, px."""

RIM = 2.0
"""Damage leaks at most so far out of what a person painted, px."""

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Damaged:
    """One picture with one kind of damage.

    `picture`, uint8 RGB H×W×3, is what a method gets and what it gets back outside the holes; `given` is the mask
    that it gets; `judged`, inside it, is what is judged.  Both masks are bool H×W.
    """

    picture: Pixels
    given: Mask
    judged: Mask


@dataclass(frozen=True)
class Conditions:
    """What is done to every picture; results under different conditions are never mixed."""

    strokes: bool = False
    """The mask is not the damage but what a person paints over it: 1.5 to 3 times as wide, and in places the damage
    leaks out of it by up to `RIM` px.  What was painted is judged."""
    grow: int = 0
    """Px by which the mask is grown before the methods get it, as the window does; judged is the mask as it was."""
    degrade: str = "none"
    """Grain, JPEG, or both are added to the whole picture, also to the truth it is judged against."""
    scale: float | None = 1.0
    """Multiplies the sizes of the damage; None: by the picture's size, as a finer scan of the same print shows it."""
    threads: int = 1

    def degraded(self, picture: Picture) -> Picture:
        """The truth: the picture with its grain and its JPEG artefacts."""
        pixels = picture.pixels
        if "grain" in self.degrade:
            rng = np.random.default_rng(zlib.crc32(f"grain:{picture.name}".encode()))
            noise = cv2.GaussianBlur(rng.normal(size=pixels.shape[:2]), (0, 0), 0.7)
            grainy = pixels + (noise * (GRAIN / max(float(noise.std()), 1e-6)))[..., None]
            pixels = np.clip(np.round(grainy), 0, 255).astype(np.uint8)
        if "jpeg" in self.degrade:
            bgr = np.ascontiguousarray(pixels[..., ::-1])
            data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1]
            pixels = decoded(np.asarray(data, np.uint8), picture.name)
        return Picture(picture.name, pixels)

    def damaged(self, truth: Picture, kind: str) -> Damaged:
        """What a method gets of a truth with damage of a kind."""
        height, width = truth.pixels.shape[:2]
        scale = (height * width / AREA) ** 0.5 if self.scale is None else self.scale
        mask = mask_for(truth.name, kind, height, width, scale=scale)
        picture = truth.pixels
        if self.strokes:
            mask = fat_mask(mask, zlib.crc32(f"fat:{kind}:{truth.name}".encode()), limit=LIMIT * scale)
            picture = with_rim(picture, mask, zlib.crc32(f"rim:{kind}:{truth.name}".encode()), scale)
        return Damaged(picture, grown(mask, self.grow), mask)


def with_rim(picture: Pixels, mask: Mask, seed: int, scale: float = 1.0) -> Pixels:
    """The picture with damage that leaks out of the mask: what stays when a stroke misses part of a scratch.

    How far it leaks changes along the outline, from not at all to `RIM` px (times `scale`), and about half of the
    outline is clean.  The damage is as light or as dark as the hole's damage would be (one tone a picture, drawn), and
    fades out over its last pixel as a scan blurs it.
    """
    rng = np.random.default_rng(seed)
    height, width = mask.shape
    cell = max(4.0, 16 * scale)  # px over which the reach changes
    coarse = rng.normal(size=(int(height / cell) + 2, int(width / cell) + 2)).astype(np.float32)
    reach = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    reach = np.clip(reach * 2 * RIM, 0, RIM) * scale
    tone = rng.uniform(0, 40) if rng.random() < 0.3 else rng.uniform(200, 255)
    outside = cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    strength = np.where(mask, 0, np.clip(reach + 1 - outside, 0, 1) * (outside <= RIM * scale))[..., None]
    leaked = picture + strength * (tone - picture.astype(np.float32))
    return np.asarray(np.round(leaked), np.uint8)
