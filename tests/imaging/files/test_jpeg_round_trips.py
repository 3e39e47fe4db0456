"""Every cell of the JPEG table of round trips is green, or what is lost is said."""

from __future__ import annotations

from pathlib import Path

import pytest
import round_trips_jpeg
from round_trips import Cell, walk


@pytest.mark.parametrize("cell", round_trips_jpeg.CELLS, ids=lambda cell: cell.name)
def test_round_trip(tmp_path: Path, cell: Cell) -> None:
    outcome = walk(cell, tmp_path)
    assert outcome.faults == ()
    assert outcome.kept == dict.fromkeys(cell.holds, True)
    assert len(outcome.said) == len(cell.said)
    assert all(word in sentence for word, sentence in zip(cell.said, outcome.said, strict=True))
