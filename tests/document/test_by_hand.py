"""What is done to a document by hand, and the grain of its repairs: steps, records, replay."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from working import heal, picture, pixels_and_marks, stroke

from restorer.__main__ import main
from restorer.document.document import Document
from restorer.document.export import Options, export
from restorer.document.project import open_project, save_project
from restorer.engine.restorer import Restorer
from restorer.imaging.cloning import Cloning
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import read_photograph
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region

STROKE = stroke(100, 100, 140, 112)


@pytest.fixture
def document(tmp_path: Path) -> Document:
    return Document.open(picture(tmp_path))


def pixels(document: Document) -> np.ndarray:
    return document.image.read(document.bounds)


def marked(each: Stroke, document: Document) -> np.ndarray:
    mask = np.zeros(document.mask.shape, bool)
    mask[each.region.slices] = each.bits
    return mask


@pytest.mark.parametrize("heals", [False, True])
def test_one_step_that_changes_nothing_outside_the_stroke(document: Document, heals: bool) -> None:
    document.mark(stroke(90, 90, 200, 130))
    before = pixels_and_marks(document)
    document.clone(STROKE, Cloning(60, 20, heals=heals))
    inside = marked(STROKE, document)
    assert (pixels(document)[~inside] == document.original[~inside]).all()
    assert (pixels(document)[inside] != document.original[inside]).any()
    assert not (np.asarray(document.mask) & inside).any()  # it is no damage any more
    assert document.repairs[-1].made["hand"] == ("heal" if heals else "clone")
    document.undo()
    assert pixels_and_marks(document) == before
    document.redo()
    assert (pixels(document)[inside] != document.original[inside]).any()


def test_it_reads_the_picture_as_it_is_and_is_stale_when_that_changes(document: Document) -> None:
    heal(document, (160, 120, 210, 140), 4321)
    document.clone(STROKE, Cloning(65, 24))
    assert (pixels(document)[105:110, 105:130] == 4321).all()
    assert not document.stale(document.repairs[1])
    document.switch(document.repairs[0], False)
    assert document.stale(document.repairs[1])


def test_all_beyond_the_picture_is_no_step(document: Document) -> None:
    assert document.clone(STROKE, Cloning(-2000, 0)).empty
    assert not document.history.can_undo


def test_a_stroke_by_hand_can_be_run_again_by_a_network(document: Document) -> None:
    document.clone(STROKE, Cloning(60, 20))
    old = document.repairs[0]
    job = document.job_again(old)
    restorer = Restorer()
    document.apply(job, restorer.restore(job), restorer.made(job), instead_of=old)
    assert document.repairs[0].made["model"] == "reweave"
    assert "hand" not in document.repairs[0].made


def test_names_and_grain_are_steps(document: Document) -> None:
    heal(document, (50, 50, 90, 58), 30000)
    repair = document.repairs[0]
    document.rename(repair, "crease")
    assert document.repairs[0].name == "crease"
    bare = pixels(document)
    document.set_grain(document.repairs[0], 1.0)
    grainy = pixels(document)
    inside = np.asarray(repair.wanted)
    assert (grainy[~inside] == bare[~inside]).all()
    assert grainy[inside].std() > 5000  # the original is noise of the whole range
    document.set_grain(document.repairs[0], 0.5)
    assert 0.4 < (pixels(document)[inside].astype(float).std() / grainy[inside].astype(float).std()) < 0.7
    document.set_grain(document.repairs[0], 0.0)
    assert (pixels(document) == bare).all()
    document.undo()
    document.undo()
    assert (pixels(document) == grainy).all()
    document.undo()
    document.undo()
    assert document.repairs[0].name == ""


def test_feather_is_a_step_and_passes_into_what_was_there(document: Document) -> None:
    before = pixels(document).astype(np.float64)
    heal(document, (50, 50, 90, 70), 30000)
    repair = document.repairs[0]
    full = pixels(document)
    document.set_feather(repair, 4)
    soft = pixels(document)
    inside = np.asarray(repair.wanted)
    assert (soft[~inside] == before[~inside]).all()
    assert (soft[54:66, 54:86] == full[54:66, 54:86]).all()
    expected = before[60, 50:54] + np.arange(1, 5)[:, None] / 5 * (30000 - before[60, 50:54])
    assert np.abs(soft[60, 50:54] - expected).max() <= 0.51
    for cut in (Region(52, 51, 61, 55), Region(88, 60, 95, 75)):  # however it is asked for
        assert (document.image.read(cut) == soft[cut.slices]).all()
    document.set_strength(document.repairs[0], 0.5)
    half = pixels(document)[60, 50].astype(np.float64)
    assert np.abs(half - (before[60, 50] + 0.1 * (30000 - before[60, 50]))).max() <= 0.51
    document.undo()
    document.undo()
    assert (pixels(document) == full).all()
    with pytest.raises(ValueError, match="feather"):
        document.set_feather(document.repairs[0], -1)


def test_new_repairs_get_the_feather_that_is_set_and_strokes_by_hand_none(document: Document) -> None:
    document.feather = 3
    heal(document, (50, 50, 90, 70), 30000)
    document.clone(STROKE, Cloning(60, 20))
    assert [repair.feather for repair in document.repairs] == [3, 0]
    document.set_feather(document.repairs[0], 5)
    job = document.job_again(document.repairs[0])
    restorer = Restorer()
    document.apply(job, restorer.restore(job), restorer.made(job), instead_of=document.repairs[0])
    assert document.repairs[0].feather == 5


def test_what_was_read_under_another_feather_is_stale(document: Document) -> None:
    heal(document, (100, 100, 140, 120), 4321)
    document.clone(STROKE, Cloning(65, 24))
    assert not document.stale(document.repairs[1])
    document.set_feather(document.repairs[0], 2)
    assert document.stale(document.repairs[1])


def test_where_nothing_is_known_around_grain_is_refused(document: Document) -> None:
    heal(document, (50, 50, 90, 58), 30000)
    everything = replace(document.repairs[0], damage=type(document.mask).of_array(np.ones(document.mask.shape, bool)))
    document.repairs = (everything,)
    with pytest.raises(RestorerError, match="too little"):
        document.set_grain(everything, 1.0)


def test_grain_stays_with_a_repair_that_is_run_again(document: Document) -> None:
    heal(document, (50, 50, 90, 58), 30000)
    document.set_grain(document.repairs[0], 0.75)
    document.rename(document.repairs[0], "crease")
    job = document.job_again(document.repairs[0])
    restorer = Restorer()
    document.apply(job, restorer.restore(job), restorer.made(job), instead_of=document.repairs[0])
    assert document.repairs[0].grain is not None
    assert document.repairs[0].grain.amount == 0.75
    assert document.repairs[0].name == "crease"


def test_a_project_brings_it_all_back(document: Document, tmp_path: Path) -> None:
    heal(document, (50, 50, 90, 58), 30000)
    document.set_grain(document.repairs[0], 0.75)
    document.rename(document.repairs[0], "“left” crease")
    document.set_feather(document.repairs[0], 3)
    document.clone(STROKE, Cloning(60, 20, heals=True, soft=2))
    save_project(document.state(), tmp_path / "a.restorer")
    again = open_project(tmp_path / "a.restorer")
    assert pixels_and_marks(again) == pixels_and_marks(document)
    assert again.repairs[0].name == "“left” crease"
    assert again.repairs[0].grain == document.repairs[0].grain
    assert again.repairs[0].feather == 3
    assert again.repairs[1].made == document.repairs[1].made


def test_replay_gives_the_same_pixels(document: Document, tmp_path: Path) -> None:
    """By hand, by the network, and grain over both; one reads from the other."""
    document.clone(STROKE, Cloning(60, 20, heals=True, soft=1))
    crease = stroke(90, 108, 170, 113)
    document.mark(crease)
    job = document.job(crease, grow=1)
    restorer = Restorer(threads=1)
    document.apply(job, restorer.restore(job), restorer.made(job))
    document.set_grain(document.repairs[1], 1.0)
    document.set_grain(document.repairs[0], 0.25)
    document.set_feather(document.repairs[1], 2)
    export(document, tmp_path / "out.tif", options=Options(manifest=True))
    told = json.loads((tmp_path / "out.tif.restorer.json").read_text())
    shown = [told["repairs"][number] for number in told["order"]]
    assert [each["tool"] for each in shown] == ["heal", "fill"]
    assert [each["grain"]["amount"] for each in shown] == [0.25, 1.0]
    assert [each["feather"] for each in shown] == [0, 2]
    call = ["replay", document.photograph.path, tmp_path / "out.tif.restorer.json", "-o", tmp_path / "again.tif"]
    assert main(list(map(str, call))) == 0
    assert (read_photograph(tmp_path / "again.tif").pixels == read_photograph(tmp_path / "out.tif").pixels).all()


def test_the_file_says_whose_work_it_was(document: Document, tmp_path: Path) -> None:
    document.clone(STROKE, Cloning(60, 20))
    export(document, tmp_path / "hand.tif")
    said = (read_photograph(tmp_path / "hand.tif").xmp or b"").decode()
    assert "clone by hand" in said
    assert "digitalsourcetype/humanEdits" in said
    assert "trained" not in said.lower()
    heal(document, (50, 50, 90, 58), 30000)
    export(document, tmp_path / "both.tif")
    assert "compositeWithTrainedAlgorithmicMedia" in (read_photograph(tmp_path / "both.tif").xmp or b"").decode()


def test_a_source_beyond_the_picture_in_a_manifest_is_damage(document: Document, tmp_path: Path) -> None:
    document.clone(STROKE, Cloning(60, 20))
    export(document, tmp_path / "out.tif", options=Options(manifest=True))
    manifest = tmp_path / "out.tif.restorer.json"
    told = json.loads(manifest.read_text())
    told["repairs"][0]["settings"]["dx"] = "9999"
    manifest.write_text(json.dumps(told))
    call = ["replay", document.photograph.path, manifest, "-o", tmp_path / "again.tif"]
    assert main(list(map(str, call))) != 0
    assert not (tmp_path / "again.tif").exists()


def test_a_region_that_healing_cannot_hold_is_one_sentence(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("restorer.imaging.cloning.LARGEST", 100)
    before = pixels_and_marks(document)
    with pytest.raises(RestorerError, match="shorter"):
        document.clone(STROKE, Cloning(60, 20, heals=True))
    assert pixels_and_marks(document) == before
    assert Region(0, 0, 1, 1) not in [repair.region for repair in document.repairs]
