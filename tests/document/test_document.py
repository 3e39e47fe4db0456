"""The document: marking, restoring, and taking all of it back."""

from __future__ import annotations

import tempfile
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from restorer.document.document import Document
from restorer.document.history import History, MaskChange, Step
from restorer.document.scratch import Scratch
from restorer.imaging.errors import RestorerError
from restorer.imaging.job import Job
from restorer.imaging.patch import Patch, Stroke
from restorer.imaging.region import Region

HEIGHT, WIDTH = 24, 32


@pytest.fixture
def document(tmp_path: Path) -> Document:
    pixels = np.random.default_rng(0).integers(0, 65536, (HEIGHT, WIDTH, 3), np.uint16)
    path = tmp_path / "print.png"
    path.write_bytes(imagecodecs.png_encode(pixels))
    return Document.open(path)


def stroke(left: int, top: int, right: int, bottom: int) -> Stroke:
    region = Region(left, top, right, bottom)
    return Stroke(region, np.ones((region.height, region.width), bool))


def answer(job: Job, value: int) -> list[Patch]:
    region = job.wanted.region
    pixels = np.full((region.height, region.width, 3), value, np.uint16)
    return [Patch(region, pixels, job.wanted.bits.copy())]


def test_the_original_cannot_be_written_to(document: Document) -> None:
    with pytest.raises(ValueError, match="read-only"):
        document.original[0, 0] = 0
    image = document.image.read(document.bounds)
    image[...] = 0  # a copy: the caller's to change
    assert document.original.any()


def test_a_repair_changes_what_the_job_wanted_and_nothing_else(document: Document) -> None:
    document.mark(stroke(3, 4, 9, 8))
    job = document.job()
    changed = document.apply(job, answer(job, 7), {})
    image = document.image.read(document.bounds)
    inside = np.zeros((HEIGHT, WIDTH), bool)
    inside[4:8, 3:9] = True
    assert (image[inside] == 7).all()
    assert (image[~inside] == document.original[~inside]).all()
    assert changed == Region(3, 4, 9, 8)
    assert not document.marked


def test_undoing_a_repair_brings_back_pixels_and_mask(document: Document) -> None:
    document.mark(stroke(3, 4, 9, 8))
    marked = document.mask.copy()
    job = document.job()
    document.apply(job, answer(job, 7), {})
    assert document.undo() == Region(3, 4, 9, 8)
    assert (document.mask == marked).all()
    assert (document.image.read(document.bounds) == document.original).all()
    document.redo()
    assert (document.image.read(document.bounds)[4:8, 3:9] == 7).all()


def test_growing_takes_in_a_rim_and_undo_returns_the_painted_mask(document: Document) -> None:
    document.mark(stroke(10, 10, 12, 12))
    painted = document.mask.copy()
    job = document.job(grow=2)
    assert job.wanted.region == Region(8, 8, 14, 14)
    document.apply(job, answer(job, 1), {})
    document.undo()
    assert (document.mask == painted).all()


def test_a_job_for_one_stroke_knows_the_other_damage(document: Document) -> None:
    document.mark(stroke(0, 0, 4, 4))
    one = stroke(10, 10, 14, 14)
    document.mark(one)
    job = document.job(one, grow=1)
    assert job.wanted.region == Region(9, 9, 15, 15)
    assert job.damage[0:4, 0:4].all()
    document.apply(job, answer(job, 1), {})
    assert document.mask[:4, :4].all()
    assert document.mask.sum() == 16


def test_a_job_is_a_snapshot(document: Document) -> None:
    document.mark(stroke(0, 0, 4, 4))
    job = document.job()
    before = job.damage[document.bounds.slices]
    document.mark(stroke(10, 10, 14, 14))
    other = document.job(stroke(10, 10, 14, 14))
    document.apply(other, answer(other, 9), {})
    assert (job.damage[document.bounds.slices] == before).all()
    assert (job.image.read(document.bounds) == document.original).all()


def test_an_answer_to_a_picture_that_changed_is_refused(document: Document) -> None:
    document.mark(stroke(0, 0, 8, 8))
    job, rival = document.job(), document.job()
    document.apply(rival, answer(rival, 1), {})
    assert not document.current(job)
    with pytest.raises(RestorerError, match="changed while"):
        document.apply(job, answer(job, 2), {})


def test_a_repair_elsewhere_does_not_make_an_answer_stale(tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    path.write_bytes(imagecodecs.png_encode(np.zeros((20, 400, 3), np.uint16)))
    document = Document.open(path)
    first, second = stroke(0, 0, 4, 4), stroke(380, 12, 386, 18)
    document.mark(first)
    document.mark(second)
    job = document.job(first)
    other = document.job(second)
    document.apply(other, answer(other, 1), {})
    assert document.current(job)


def test_what_is_not_in_a_file_yet_counts_as_unsaved(document: Document) -> None:
    assert not document.unsaved
    document.mark(stroke(0, 0, 4, 4))
    assert document.unsaved
    job = document.job()
    document.apply(job, answer(job, 1), {})
    assert document.unsaved
    document.exported()
    assert not document.unsaved
    document.undo()
    assert document.unsaved


@pytest.mark.parametrize(("everything", "says"), [(False, "is empty"), (True, "covers the whole picture")])
def test_nothing_and_everything_cannot_be_restored(document: Document, everything: bool, says: str) -> None:
    document.set_mask(np.full((HEIGHT, WIDTH), everything))
    with pytest.raises(RestorerError, match=says):
        document.job()


def test_a_mask_of_another_size_is_refused_and_nothing_changes(document: Document) -> None:
    document.mark(stroke(0, 0, 4, 4))
    with pytest.raises(RestorerError, match="33×24"):
        document.set_mask(np.ones((HEIGHT, WIDTH + 1), bool))
    assert document.mask.sum() == 16


def step_of(value: int) -> Step:
    """A step that brings two tiles' bytes with it."""
    tile = np.full((256, 32), value, np.uint8)
    return Step("Paint", MaskChange({(0, 0): (tile, tile.copy())}), (), ())


def test_history_forgets_the_oldest_steps_beyond_its_limit(tmp_path: Path) -> None:
    history = History(limit=3 * 2 * 8192, scratch=Scratch(tmp_path))
    for value in range(1, 6):
        history.add(step_of(value))
    undone = 0
    while history.undo():
        undone += 1
    assert undone == 3
    assert history.redo() is not None
    history.add(step_of(9))
    assert not history.can_redo


def test_old_steps_go_to_the_disk_and_come_back_as_they_were(tmp_path: Path) -> None:
    scratch = Scratch(tmp_path)
    history = History(memory=2 * 2 * 8192, scratch=scratch)
    for value in range(1, 6):
        history.add(step_of(value))
    assert history.nbytes_in_memory == 2 * 2 * 8192
    assert scratch.nbytes >= 3 * 2 * 8192
    assert not list(tmp_path.iterdir())  # the file has no name
    for value in range(5, 0, -1):
        step = history.undo()
        assert step is not None
        assert step.mask is not None
        ((_, tile),) = step.mask.side(after=True)
        assert tile is not None
        assert (tile == value).all()


def test_without_room_on_the_disk_the_oldest_steps_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = Scratch()

    def full(_arrays: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(scratch, "keep", full)
    history = History(memory=2 * 2 * 8192, scratch=scratch)
    for value in range(1, 6):
        history.add(step_of(value))
    assert len(history.done) == 2


def test_repairs_that_lie_on_the_picture_do_not_push_steps_out_of_the_history(document: Document) -> None:
    """Forgetting such a step would free nothing."""
    document.history.limit = 6 * 8192 + 100  # the steps of the mask, and less than the patches
    for left in (0, 8, 16):
        document.mark(stroke(left, 0, left + 6, 6))
        job = document.job()
        document.apply(job, answer(job, left), {})
    while not document.undo().empty:
        pass
    assert not document.repairs


def test_an_answer_beyond_what_was_marked_is_refused(document: Document) -> None:
    document.mark(stroke(3, 4, 9, 8))
    job = document.job()
    region = Region(2, 4, 9, 8)
    pixels = np.zeros((4, 7, 3), np.uint16)
    for mask in (np.ones((4, 7), bool), np.arange(28).reshape(4, 7) == 0):
        with pytest.raises(RestorerError, match="outside of what was marked"):
            document.apply(job, [Patch(region, pixels.copy(), mask)], {})
    assert not document.repairs
    inside = np.zeros((4, 7), bool)
    inside[:, 1:] = True
    document.apply(job, [Patch(region, pixels.copy(), inside)], {})


def test_taking_back_what_a_job_read_makes_its_answer_stale(document: Document) -> None:
    """The neighbour's repair is a source of the stroke beside it."""
    document.mark(stroke(0, 0, 4, 4))
    first = document.job()
    document.apply(first, answer(first, 1), {})
    document.mark(stroke(5, 0, 9, 4))
    second = document.job()
    assert document.current(second)
    document.undo()  # the second stroke
    document.undo()  # the first repair
    assert not document.current(second)


class Work(RuleBasedStateMachine):
    """Random work on a document, beside the simplest possible model of it: a list of whole states."""

    @initialize()
    def begin(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "p.png"
            path.write_bytes(imagecodecs.png_encode(np.arange(HEIGHT * WIDTH, dtype=np.uint8).reshape(HEIGHT, WIDTH)))
            self.document = Document.open(path)
        self.states = [self.state()]
        self.at = 0

    def state(self) -> tuple[bytes, bytes]:
        return self.document.image.read(self.document.bounds).tobytes(), np.asarray(self.document.mask).tobytes()

    def did(self) -> None:
        if self.state() != self.states[self.at]:
            self.states = [*self.states[: self.at + 1], self.state()]
            self.at += 1

    @rule(x=st.integers(0, WIDTH - 2), y=st.integers(0, HEIGHT - 2), size=st.integers(1, 12), erase=st.booleans())
    def paint(self, x: int, y: int, size: int, erase: bool) -> None:
        region = Region(x, y, min(x + size, WIDTH), min(y + size, HEIGHT))
        self.document.mark(Stroke(region, np.ones((region.height, region.width), bool)), erase=erase)
        self.did()

    @rule(value=st.integers(0, 255))
    def restore(self, value: int) -> None:
        if not self.document.marked or self.document.mask.all():
            return
        job = self.document.job()
        region = job.wanted.region
        # a value that no pixel has, so that each repair shows
        under = job.image.read(region)
        patch = Patch(region, (under + np.uint8(1 + value % 254)).astype(np.uint8), job.wanted.bits.copy())
        self.document.apply(job, [patch], {})
        self.did()

    @rule()
    def undo(self) -> None:
        self.document.undo()
        self.at = max(0, self.at - 1)

    @rule()
    def redo(self) -> None:
        self.document.redo()
        self.at = min(len(self.states) - 1, self.at + 1)

    @invariant()
    def as_the_model_says(self) -> None:
        if hasattr(self, "states"):
            assert self.state() == self.states[self.at]


TestWork = Work.TestCase
TestWork.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
