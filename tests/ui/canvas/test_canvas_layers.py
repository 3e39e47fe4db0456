"""Pyramids, overlay, tiles and colours that the views draw from."""

from __future__ import annotations

from dataclasses import replace
from threading import Thread

import numpy as np
import pytest
from canvas_hands import MakeDocument
from PySide6.QtGui import QColorSpace

from restorer.document.document import Document
from restorer.imaging.brush import Dab
from restorer.imaging.patch import Patch, Stroke
from restorer.imaging.region import Region
from restorer.ui.canvas.colour import ScreenColours
from restorer.ui.canvas.layers import DisplayLayers
from restorer.ui.canvas.overlay import Overlay
from restorer.ui.canvas.tiles import SIDE, Tiles


def levels(layers: DisplayLayers) -> list[np.ndarray]:
    pyramids = (layers.before.pyramid, layers.after.pyramid, layers.overlay.pyramid)
    return [p.read(level, p.bounds(level)) for p in pyramids for level in range(len(p))]


def test_updates_end_where_building_anew_would(make_document: MakeDocument) -> None:
    document = make_document(1037, 803)
    layers = DisplayLayers.of(document)
    rng = np.random.default_rng(11)
    for turn in range(25):
        x, y, w, h = (int(v) for v in rng.integers((0, 0, 1, 1), (900, 700, 130, 100)))
        region, bits = Region(x, y, x + w, y + h), rng.random((h, w)) < 0.6
        match turn % 5:
            case 0 | 1:
                changed = document.mark(Stroke(region, bits), erase=turn % 2 == 1)
            case 2 | 3:
                document.mark(Stroke(region, bits))
                job = document.job(Stroke(region, bits))
                pixels = np.full((h, w, 3), turn * 9, np.uint8)
                changed = document.apply(job, [Patch(region, pixels, bits)], {})
            case _:
                changed = document.undo()
        layers.update(document, changed)
    for kept, anew in zip(levels(layers), levels(DisplayLayers.of(document)), strict=True):
        assert np.array_equal(kept, anew)


def test_the_original_stays_the_original(document: Document) -> None:
    layers = DisplayLayers.of(document)
    region, bits = Region(10, 10, 60, 60), np.ones((50, 50), bool)
    patch = Patch(region, np.full((50, 50, 3), 9, np.uint8), bits)
    document.mark(Stroke(region, bits))
    layers.update(document, document.apply(document.job(Stroke(region, bits)), [patch], {}))
    assert np.array_equal(layers.before.read(0, document.bounds), document.original)
    assert (layers.after.read(0, region) == 9).all()
    assert (layers.after.read(1, Region(6, 6, 29, 29)) == 9).all()
    assert not (layers.before.read(1, Region(6, 6, 29, 29)) == 9).any(axis=2).all()


def test_can_be_built_on_another_thread(document: Document) -> None:
    built: list[DisplayLayers] = []
    thread = Thread(target=lambda: built.append(DisplayLayers.of(document)))
    thread.start()
    thread.join()
    assert all(np.array_equal(a, b) for a, b in zip(levels(built[0]), levels(DisplayLayers.of(document)), strict=True))


@pytest.mark.parametrize("erase", [False, True])
def test_a_stroke_being_painted_looks_like_the_mask_it_will_make(document: Document, erase: bool) -> None:
    if erase:
        document.set_mask(np.ones(document.mask.shape, bool))
    overlay = Overlay(document.mask)
    for x in (30.0, 70.0, 95.5):
        overlay.paint(Dab(x, x / 2, 9.5), erase=erase)
    live = [overlay.pyramid.read(k, overlay.pyramid.bounds(k)).copy() for k in range(len(overlay.pyramid))]
    stroke = overlay.lift()
    assert stroke is not None
    assert not overlay.shows(stroke)
    document.mark(stroke, erase=erase)
    assert overlay.shows(stroke)
    anew = Overlay(document.mask).pyramid
    for level, shown in enumerate(live):
        assert np.array_equal(anew.read(level, anew.bounds(level)), shown)


def test_tiles_read_once_and_again_after_a_change() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (700, 900, 3), np.uint8)
    read: list[Region] = []

    def reading(region: Region) -> np.ndarray:
        read.append(region)
        return pixels[region.slices].copy()

    tiles = Tiles(reading, Region.of_shape(pixels.shape), limit=5 * SIDE * SIDE * 3)
    region = Region(200, 100, 600, 300)
    assert np.array_equal(tiles.read(region), pixels[region.slices])
    assert len(read) == 6
    tiles.read(Region(300, 280, 310, 290))
    assert len(read) == 6
    pixels[285, 305] = 1
    tiles.forget(Region(305, 285, 306, 286))
    assert np.array_equal(tiles.read(Region(300, 280, 310, 290)), pixels[280:290, 300:310])
    assert len(read) == 7
    whole = Region.of_shape(pixels.shape)
    assert np.array_equal(tiles.read(whole), pixels)
    assert tiles.nbytes <= 5 * SIDE * SIDE * 3


def profile(space: QColorSpace) -> bytes:
    return space.iccProfile().data()


def test_profiles() -> None:
    colours = np.random.default_rng(0).integers(0, 256, (9, 7, 3), np.uint8)
    for icc in (None, b"", b"no profile" * 40, profile(QColorSpace(QColorSpace.NamedColorSpace.SRgb))):
        untouched = ScreenColours(icc)
        assert not untouched.needed
        assert untouched(colours) is colours
    adobe = ScreenColours(profile(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb)))
    assert adobe.needed
    shown = adobe(np.array([[[100, 150, 100], [128, 128, 128]]], np.uint8))
    assert shown[0, 0, 0] < 75  # a mild green of Adobe RGB is strong in sRGB
    assert np.abs(shown[0, 1].astype(int) - 128).max() <= 1
    assert np.array_equal(adobe(colours[:, ::2]), adobe(colours)[:, ::2])


def test_a_profile_reaches_every_level(document: Document) -> None:
    icc = profile(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb))
    pixels = np.full((400, 600, 3), (100, 150, 100), np.uint8)
    layers = DisplayLayers.of(Document(replace(document.photograph, pixels=pixels, icc=icc)))
    expected = ScreenColours(icc)(pixels[:1, :1])[0, 0]
    for level in range(len(layers.after.pyramid)):
        assert (layers.after.read(level, Region(0, 0, 9, 9)) == expected).all()
        assert (layers.before.read(level, Region(0, 0, 9, 9)) == expected).all()
