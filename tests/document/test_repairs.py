"""Repairs after they were made: switched, weakened, deleted, run again, and what had read from them."""

from __future__ import annotations

import hashlib
import json
import os
import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from working import MADE, answer, heal, picture, pixels_and_marks, stroke, worked_on

from restorer.document import answers
from restorer.document.document import Document
from restorer.document.export import Options, export
from restorer.document.repair import same_pixels
from restorer.document.source import OriginalChanged
from restorer.imaging.errors import RestorerError
from restorer.imaging.grain import Grain, grained
from restorer.imaging.patch import Patch
from restorer.imaging.region import Region


@pytest.fixture
def document(tmp_path: Path) -> Document:
    document = Document.open(picture(tmp_path))
    heal(document, (10, 10, 30, 20), 100)
    heal(document, (40, 10, 60, 20), 200)
    return document


def value_at(document: Document, x: int, y: int) -> int:
    return int(document.image.read(document.bounds)[y, x, 0])


def test_switching_weakening_and_deleting_are_steps_of_their_own(document: Document) -> None:
    before = int(document.original[15, 15, 0])
    states = [pixels_and_marks(document)]
    for change, value in (
        (lambda: document.switch(document.repairs[0], False), before),
        (lambda: document.switch(document.repairs[0], True), 100),
        (lambda: document.set_strength(document.repairs[0], 0.25), round(before + 0.25 * (100 - before))),
        (lambda: document.delete(document.repairs[0]), before),
    ):
        region = change()
        assert region == stroke(10, 10, 30, 20).region
        assert abs(value_at(document, 15, 15) - value) <= 1
        states.append(pixels_and_marks(document))
    assert [repair.number for repair in document.repairs] == [2]
    for state in states[-2::-1]:
        document.undo()
        assert pixels_and_marks(document) == state
    for state in states[1:]:
        document.redo()
        assert pixels_and_marks(document) == state


def test_doing_nothing_is_no_step(document: Document) -> None:
    steps = len(document.history.done)
    document.switch(document.repairs[0], True)
    document.set_strength(document.repairs[0], 1.0)
    assert len(document.history.done) == steps


def test_what_read_from_a_changed_repair_is_stale(document: Document) -> None:
    def stale() -> list[bool]:
        return [document.stale(repair) for repair in document.repairs]

    assert stale() == [False, False]
    document.switch(document.repairs[1], False)  # nothing lies over it
    assert stale() == [False, False]
    document.undo()
    document.switch(document.repairs[0], False)
    assert stale() == [False, True]
    document.switch(document.repairs[0], True)
    assert stale() == [False, False]
    document.set_strength(document.repairs[0], 0.5)
    assert stale() == [False, True]
    document.undo()
    document.delete(document.repairs[0])
    assert stale() == [True]


def test_what_lies_far_away_is_not_stale(tmp_path: Path) -> None:
    document = Document.open(picture(tmp_path, width=900))
    heal(document, (10, 10, 14, 14), 100)
    heal(document, (880, 10, 884, 14), 200)
    document.switch(document.repairs[0], False)
    assert not document.stale(document.repairs[1])


def test_grain_measured_elsewhere_is_the_same(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a new repair that lies beside others and other marks, and of one that is made again."""
    document.grain = 0.6
    document.mark(stroke(100, 40, 130, 60))
    document.mark(stroke(70, 40, 90, 60))
    job = document.job(stroke(70, 40, 90, 60), grow=1)
    assert document.wants_grain()
    document.apply(job, answer(job, 300), MADE)  # measured by the document
    here = document.repairs[-1].grain
    assert here is not None
    assert (here.amount, here.seed) == (0.6, 3)
    document.undo()
    lacking = answers.grain_lacking(job, answer(job, 300))
    with monkeypatch.context() as nothing:
        nothing.setattr(answers, "measured", None)  # it must not measure any more
        document.apply(job, answer(job, 300), MADE, grain=lacking)
    made = document.repairs[-1]
    assert made.grain == replace(here, seed=made.number)
    assert document.wants_grain(made)
    assert not document.wants_grain(document.repairs[0])
    again = document.job_again(made)
    lacking = answers.grain_lacking(again, answer(again, 300))
    monkeypatch.setattr(answers, "measured", None)
    document.apply(again, answer(again, 300), MADE, instead_of=made, grain=lacking)
    assert (document.repairs[-1].run, document.repairs[-1].grain) == (2, made.grain)


def test_running_a_repair_again_reads_from_below_it_and_keeps_its_place(document: Document) -> None:
    first, second = document.repairs
    job = document.job_again(second, seed=9)
    assert (job.wanted.region, job.seed) == (second.wanted.region, 9)
    assert document.job_again(second).seed == int(MADE["seed"])
    assert (job.image.read(document.bounds)[15, 45] == document.original[15, 45]).all()
    assert (job.image.read(document.bounds)[15, 15] == 100).all()
    mask = np.asarray(document.mask)
    region = document.apply(job, answer(job, 999), {"model": "other"}, instead_of=second)
    again = document.repairs[1]
    assert region == second.region
    assert (again.number, again.run, again.made) == (2, 2, {"model": "other"})
    assert value_at(document, 45, 15) == 999
    assert (np.asarray(document.mask) == mask).all()
    rerun = document.job_again(first)
    document.apply(rerun, answer(rerun, 1), MADE, instead_of=first)
    assert document.stale(document.repairs[1])
    document.undo()
    assert not document.stale(document.repairs[1])
    document.undo()
    assert document.repairs == (first, second)


def test_an_answer_for_a_repair_that_is_gone_is_refused(document: Document) -> None:
    first, second = document.repairs
    job = document.job_again(second)
    document.switch(first, False)
    with pytest.raises(RestorerError, match="changed while"):
        document.apply(job, answer(job, 1), MADE, instead_of=second)
    document.undo()
    document.delete(second)
    with pytest.raises(RestorerError, match="changed while"):
        document.apply(job, answer(job, 1), MADE, instead_of=second)


def test_a_repair_that_is_off_is_not_exported_and_its_place_counts_as_outside(tmp_path: Path) -> None:
    document = Document.open(picture(tmp_path))
    worked_on(document)
    proof = export(document, tmp_path / "out.png", options=Options(mask=True))
    image = document.image.read(document.bounds)
    assert proof.changed == int((image != document.original).any(2).sum())
    assert proof.outside == 0
    assert proof.also == (tmp_path / "out.png.mask.png",)


def test_a_manifest_says_what_is_stale_and_keeps_what_was_read_from(tmp_path: Path) -> None:
    document = worked_on(Document.open(picture(tmp_path)))
    document.delete(document.repairs[0])
    export(document, tmp_path / "out.png", options=Options(manifest=True))
    told = json.loads((tmp_path / "out.png.restorer.json").read_text())
    shown = [told["repairs"][number] for number in told["order"]]
    assert [(each["number"], each["stale"]) for each in shown[:2]] == [(2, True), (3, True)]
    read_from = [told["repairs"][number] for number in shown[1]["under"]]
    assert [(each["number"], each["on"], each["strength"]) for each in read_from] == [(1, True, 1.0), (2, True, 1.0)]
    assert [each["strength"] for each in shown[:2]] == [0.5, 1.0]


def test_no_work_changes_the_original(tmp_path: Path) -> None:
    path = picture(tmp_path)
    path.chmod(0o444)
    before, status = hashlib.sha256(path.read_bytes()).hexdigest(), path.stat()
    document = worked_on(Document.open(path))
    export(document, tmp_path / "out.tif", options=Options(manifest=True, mask=True))
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before == document.source.sha256()
    assert (path.stat().st_mtime_ns, path.stat().st_size) == (status.st_mtime_ns, status.st_size)


def test_a_file_that_changed_on_the_disk_is_noticed_and_not_exported_unasked(tmp_path: Path) -> None:
    document = worked_on(Document.open(picture(tmp_path)))
    source = document.source
    assert source.change() is None
    content = source.path.read_bytes()
    source.sha256()
    os.utime(source.path, ns=(1, 1))  # touched, not changed
    assert source.change() is None
    picture(tmp_path, height=310)
    assert source.change() == "changed"
    with pytest.raises(OriginalChanged, match="has been changed"):
        export(document, tmp_path / "out.png")
    assert not (tmp_path / "out.png").exists()
    export(document, tmp_path / "out.png", options=Options(accept_changed=True))
    source.path.write_bytes(content)
    assert source.change() is None
    source.path.unlink()
    assert source.change() == "missing"
    export(document, tmp_path / "again.png")


def test_answers_are_compared_in_strips_whatever_patches_they_are_cut_into() -> None:
    region = Region(100, 50, 3100, 2050)
    pixels = np.random.default_rng(0).integers(0, 65536, (2000, 3000, 3), np.uint16)
    mask = np.ones((2000, 3000), bool)
    mask[700:720] = False
    whole = [Patch(region, pixels, mask)]
    tiles = [
        Patch(tile, pixels[tile.within(region).slices].copy(), mask[tile.within(region).slices].copy())
        for left in (100, 1400)
        for tile in (Region(left, 50, left + 1700, 900), Region(left, 800, left + 1700, 2050))
    ]  # they overlap, and say the same there
    last = tiles[-1].pixels.copy()
    last[-1, -1, 2] ^= 1
    other = [*tiles[:-1], Patch(tiles[-1].region, last, tiles[-1].mask)]
    tracemalloc.start()
    try:
        assert same_pixels(whole, tiles, region)
        assert not same_pixels(whole, other, region)
        assert not same_pixels(whole, tiles[:-1], region)  # a part is lacking
        assert not same_pixels(whole, [], region)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    small, black = Region(0, 0, 8, 8), np.zeros((8, 8), np.uint8)
    half = np.ones((8, 8), bool)
    half[4:] = False
    all_of_it, part_of_it = Patch(small, black, np.ones((8, 8), bool)), Patch(small, black, half)
    assert not same_pixels([all_of_it], [part_of_it], small)  # black is not nothing
    assert most < pixels.nbytes  # two strips and what their comparison takes


def test_grain_is_drawn_once_for_all_states_that_have_it(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes seconds in a wide repair, and strength does not change it."""
    from restorer.document import repair as repairs

    drawn: list[float] = []

    def counting(patch: Patch, grain: Grain) -> Patch:
        drawn.append(grain.amount)
        return grained(patch, grain)

    monkeypatch.setattr(repairs, "grained", counting)
    document.set_grain(document.repairs[0], 0.5)
    document.image.read(document.bounds)
    document.set_strength(document.repairs[0], 0.5)
    document.image.read(document.bounds)
    document.set_feather(document.repairs[0], 2)
    document.image.read(document.bounds)
    assert drawn == [0.5]
    document.set_grain(document.repairs[0], 0.75)
    document.image.read(document.bounds)
    assert drawn == [0.5, 0.75]
