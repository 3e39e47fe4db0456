"""Sparse marks against a plain array."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restorer.imaging import mask as masks
from restorer.imaging.errors import RestorerError
from restorer.imaging.marks import SIDE, Marks, Placed, changed_region
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region

HEIGHT, WIDTH = 2 * SIDE + 37, 3 * SIDE + 5


def random_mask(seed: int, share: float = 0.001) -> np.ndarray:
    return np.random.default_rng(seed).random((HEIGHT, WIDTH)) < share


@st.composite
def strokes(draw: st.DrawFn) -> Stroke:
    left, top = draw(st.integers(0, WIDTH - 1)), draw(st.integers(0, HEIGHT - 1))
    region = Region(left, top, draw(st.integers(left + 1, WIDTH)), draw(st.integers(top + 1, HEIGHT)))
    bits = np.random.default_rng(draw(st.integers(0, 99))).random((region.height, region.width)) < 0.3
    return Stroke(region, bits)


@given(st.lists(st.tuples(strokes(), st.booleans()), max_size=4))
@settings(max_examples=25, deadline=None)
def test_adding_taking_and_undoing_are_those_of_an_array(work: list[tuple[Stroke, bool]]) -> None:
    marks, array = Marks((HEIGHT, WIDTH)), np.zeros((HEIGHT, WIDTH), bool)
    for stroke, erase in work:
        before, kept = array.copy(), marks.snapshot()
        if erase:
            array[stroke.region.slices] &= ~stroke.bits
            changes = marks.taken(Marks.of(stroke, array.shape))
        else:
            array[stroke.region.slices] |= stroke.bits
            changes = marks.added(Marks.of(stroke, array.shape))
        assert changed_region(changes) == Region.around(before ^ array)
        marks.put((key, after) for key, (_, after) in changes.items())
        assert (np.asarray(marks) == array).all()
        assert (np.asarray(kept) == before).all()
        assert (marks.region, marks.sum(), marks.any()) == (Region.around(array), array.sum(), array.any())
        assert (marks[stroke.region.slices] == array[stroke.region.slices]).all()
        marks.put((key, old) for key, (old, _) in changes.items())
        assert (np.asarray(marks) == before).all()
        marks.put((key, after) for key, (_, after) in changes.items())


def test_it_reads_as_an_array_does() -> None:
    array = random_mask(0)
    marks = Marks.of_array(array)
    assert marks.shape == array.shape
    assert marks[-1, -1] == array[-1, -1]
    assert (marks[:, 100:300] == array[:, 100:300]).all()
    assert (marks[700:, 3] == array[700:, 3]).all()
    assert ((~marks) == ~array).all()
    assert (marks | ~array).all()
    assert (marks.sum(axis=0) == array.sum(axis=0)).all()
    assert (np.argwhere(marks) == np.argwhere(array)).all()
    assert not marks.all()
    assert Marks.of_array(np.ones((HEIGHT, WIDTH), bool)).all()
    almost = np.ones((HEIGHT, WIDTH), bool)
    almost[-1, 0] = False
    assert not Marks.of_array(almost).all()


def test_it_costs_what_is_marked() -> None:
    marks = Marks((12_000, 17_000))
    assert marks.nbytes == 0
    stroke = Stroke(Region(9000, 9000, 9010, 9010), np.ones((10, 10), bool))
    marks.put((key, after) for key, (_, after) in marks.added(Marks.of(stroke, marks.shape)).items())
    assert marks.nbytes <= 4 * SIDE * SIDE // 8


@pytest.mark.parametrize("radius", [0, 2, 9])
def test_growing_is_that_of_an_array_and_waits_until_it_is_read(radius: int) -> None:
    array = random_mask(1)
    marks = Marks.of_array(array)
    stroke = marks.grown(radius)
    marks.put([(key, None) for key in marks.tiles])  # later changes do not matter
    grown = masks.grown(array, radius)
    assert stroke.region == Region.around(grown)
    placed = Placed(stroke, array.shape)
    assert (placed[0:HEIGHT, 0:WIDTH] == grown).all()
    assert (placed[100:300, 50:400] == grown[100:300, 50:400]).all()


def test_growing_over_everything_is_refused_where_it_is_read() -> None:
    array = np.zeros((60, 60), bool)
    array[::4, ::4] = True
    grown = Marks.of_array(array).grown(9)
    with pytest.raises(RestorerError, match="covers the whole picture"):
        assert grown.bits.any()
