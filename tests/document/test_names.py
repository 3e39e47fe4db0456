"""A file name of an old disk, whose bytes are no UTF-8, is as good as any other."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from working import all_states, picture, pixels_and_marks, worked_on

from restorer.document.document import Document
from restorer.document.export import Options, export
from restorer.document.journal import Journal
from restorer.document.manifest import beside
from restorer.document.project import open_project, save_project
from restorer.document.recovery import recover, recoverable

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")

LATIN = b"b\xe4d.png"


@pytest.fixture
def scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return picture(tmp_path, os.fsdecode(LATIN))


def test_work_on_it_comes_back_after_a_crash(scan: Path, tmp_path: Path) -> None:
    document = Document.open(scan)
    told: list[str] = []
    journal = Journal.begin(document, tmp_path / "journals", told.append)
    worked_on(document)
    assert journal.flush(20)
    journal.leave()
    assert told == []
    (item,) = recoverable(tmp_path / "journals")
    assert os.fsencode(item.original.name) == LATIN
    again, journal = recover(item)
    assert all_states(again) == all_states(document)
    journal.close()


def test_a_project_finds_it_again_beside_itself_and_in_itself(scan: Path, tmp_path: Path) -> None:
    document = worked_on(Document.open(scan))
    project = tmp_path / os.fsdecode(b"b\xe4d.restorer")
    save_project(document.state(), project, embed=True)
    assert pixels_and_marks(open_project(project)) == pixels_and_marks(document)
    elsewhere = Path(shutil.move(project, tmp_path / "elsewhere.restorer"))
    scan.rename(tmp_path / "moved.png")
    again = open_project(elsewhere)
    assert os.fsencode(again.source.path.name) == LATIN
    assert pixels_and_marks(again) == pixels_and_marks(document)


def test_a_manifest_and_the_history_name_it(scan: Path, tmp_path: Path) -> None:
    target = tmp_path / os.fsdecode(b"b\xe4d.tif")
    who = os.fsdecode(b"J\xf6rg")
    export(worked_on(Document.open(scan)), target, options=Options(manifest=True, history=True, operator=who))
    told = json.loads(beside(target)[0].read_text(encoding="utf-8"))
    assert os.fsencode(told["input"]["name"]) == LATIN
    assert (told["output"]["name"], told["operator"]) == (target.name, who)


@pytest.mark.parametrize("command", ["fill", "batch"])
def test_the_command_line_says_its_bytes(command: str, tmp_path: Path) -> None:
    scan = picture(tmp_path, os.fsdecode(LATIN), height=64, width=64)
    mask = np.zeros((64, 64), np.uint8)
    mask[20:24, 10:50] = 255
    cv2.imwrite(str(tmp_path / "mask.png"), mask)
    (tmp_path / "out").mkdir()
    target = tmp_path / "out" / (scan.name if command == "batch" else os.fsdecode(b"b\xe4d.tif"))
    call = [command, scan, "--mask", tmp_path / "mask.png", "-o", target if command == "fill" else target.parent]
    done = subprocess.run(
        [sys.executable, "-m", "restorer", *map(str, call), "--manifest"],
        env=os.environ | {"PYTHONIOENCODING": "utf-8:strict"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert os.fsencode(target) in done.stdout
    assert os.fsencode(json.loads(beside(target)[0].read_text(encoding="utf-8"))["input"]["name"]) == LATIN
