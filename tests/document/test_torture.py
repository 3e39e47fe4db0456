"""A few of the moments of `torture.py`; all hundred are run by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import torture
from working import heal

from restorer.document.document import Document
from restorer.document.journal import Journal
from restorer.imaging.errors import RestorerError

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")


def test_nothing_finished_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    call = [sys.executable, torture.__file__, "--moments", "10", "--seed", "7", "--longest", "0.8", str(tmp_path)]
    done = subprocess.run(call, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert done.stdout.startswith("10 moments, ")
    assert "0 losses" in done.stdout


@pytest.mark.parametrize("loss", ["none", "the last action", "all of it", "the original", "an export"])
def test_a_loss_would_be_noticed(tmp_path: Path, loss: str) -> None:
    original = torture.make_picture(tmp_path)
    document = Document.open(tmp_path / "print.png")
    lines: list[str] = []
    document.followers.append(lambda _event, _step: lines.append(f"done {torture.digest(document)}"))
    journal = Journal.begin(document, tmp_path / "journals")
    heal(document, (10, 10, 30, 20), 5)
    assert journal.flush(20)
    if loss == "the last action":
        document.followers.remove(journal._note)
        document.undo()
    journal.leave()
    lines.append("kept")
    if loss == "all of it":
        assert journal.path is not None
        journal.path.unlink()
    if loss == "the original":
        with (tmp_path / "print.png").open("ab") as file:
            file.write(b"x")
        os.utime(tmp_path / "print.png", ns=(document.source.modified, document.source.modified))
    if loss == "an export":
        (tmp_path / "out.tif").write_bytes(b"II*\0")
    try:
        faults = torture.look(tmp_path, lines, original, torture.Score())
    except RestorerError:
        faults = ["refused"]
    assert bool(faults) == (loss != "none"), faults
