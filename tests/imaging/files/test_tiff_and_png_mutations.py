"""Damaged bytes anywhere in every kind of TIFF and PNG: a photograph or a sentence (see mutations.py for thousands)."""

from __future__ import annotations

from pathlib import Path

import pytest
from mutations import CELLS, mutants, try_one
from round_trips import Cell

_ROUNDS = 10


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.name)
def test_mutated(tmp_path: Path, cell: Cell) -> None:
    path = tmp_path / f"whole{cell.suffix}"
    cell.make(path)
    stream = mutants(path.read_bytes(), sum(cell.name.encode()))
    outcomes = [try_one(next(stream), tmp_path, cell.how) for _ in range(_ROUNDS)]
    assert "refused" in outcomes
