"""Every cell of the JPEG table of round trips is green, or what is lost is said."""

from __future__ import annotations

import pytest
import round_trips_jpeg
from round_trips import Cell, Outcome, walk_all


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    return walk_all(round_trips_jpeg.CELLS, tmp_path_factory.mktemp("cells"))


@pytest.mark.parametrize("cell", round_trips_jpeg.CELLS, ids=lambda cell: cell.name)
def test_round_trip(outcomes: dict[str, Outcome], cell: Cell) -> None:
    outcome = outcomes[cell.name]
    assert outcome.faults == ()
    assert outcome.kept == dict.fromkeys(cell.holds, True)
    assert len(outcome.said) == len(cell.said)
    assert all(word in sentence for word, sentence in zip(cell.said, outcome.said, strict=True))
