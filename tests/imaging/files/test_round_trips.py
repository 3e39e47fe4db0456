"""Every cell of the tables of round trips is green, or what is lost is said."""

from __future__ import annotations

import pytest
import round_trips_jpeg
import round_trips_others
import round_trips_png
import round_trips_tiff
from round_trips import Cell, Outcome, walk_all

_CELLS = (*round_trips_tiff.CELLS, *round_trips_png.CELLS, *round_trips_jpeg.CELLS, *round_trips_others.CELLS)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """All cells at once: exiftool takes longer to start than to read them."""
    return walk_all(_CELLS, tmp_path_factory.mktemp("cells"))


@pytest.mark.filterwarnings("ignore::UserWarning:pydicom")
@pytest.mark.parametrize("cell", _CELLS, ids=lambda cell: f"{cell.suffix} {cell.name}")
def test_round_trip(outcomes: dict[str, Outcome], cell: Cell) -> None:
    outcome = outcomes[cell.name]
    assert outcome.faults == ()
    assert outcome.kept == dict.fromkeys(cell.holds, True)
    assert len(outcome.said) == len(cell.said)
    assert all(word in sentence for word, sentence in zip(cell.said, outcome.said, strict=True))
