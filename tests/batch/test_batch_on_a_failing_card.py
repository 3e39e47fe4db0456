"""A graphics card that fails in the middle of a batch: the CPU goes on, and the report says so once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import torch
from batch_scans import read_back, write_many
from failing_card import Card, lost

from restorer.batch.entries import Entry
from restorer.batch.outcome import Outcome
from restorer.batch.pipeline import Pipeline
from restorer.batch.settings import Settings

COUNT = 3
NUMBERS = range(1, COUNT + 1)


def run(folder: Path, name: str, settings: Settings) -> tuple[dict[int, Outcome], list[np.ndarray]]:
    """Outcomes and pictures of the scans of `folder`, restored one after the other as a worker of a batch does."""
    told: dict[int, Outcome] = {}
    pipeline = Pipeline(settings, lambda *_: None, told.__setitem__)
    staged = {number: folder / name / str(number) / f"print-{number}.png" for number in NUMBERS}
    for number, path in staged.items():
        path.parent.mkdir(parents=True)
        masks = () if settings.detect else (folder / "masks" / path.name,)
        pipeline.give(Entry(number, folder / "scans" / path.name, path, path, masks), path.parent)
    pipeline.close()
    return told, [read_back(path) for path in staged.values()]


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """Their folder; each has a white scratch, and a mask of it."""
    folder, _ = write_many(tmp_path, COUNT)
    for path in folder.iterdir():
        pixels = read_back(path)
        pixels[20:60, 40:43] = 65535
        path.write_bytes(imagecodecs.png_encode(np.ascontiguousarray(pixels)))
    return tmp_path


@pytest.mark.parametrize("detect", [False, True])
@pytest.mark.parametrize(
    ("fault", "faults", "said"),
    [(lost, 1, "The graphics card failed"), (torch.OutOfMemoryError, 2, "The graphics card has too little memory")],
)
def test_the_cpu_goes_on(
    scans: Path, request: pytest.FixtureRequest, fault: Callable[[], Exception], faults: int, said: str, detect: bool
) -> None:
    settings = Settings(device="cpu", detect=detect, sensitivity=0.9)
    before, pixels = run(scans, "cpu", settings)
    assert [before[number].status for number in NUMBERS] == ["restored"] * COUNT
    card: Card = request.getfixturevalue("card")
    card.fault, card.faults, card.good = fault, faults, 1
    after, others = run(scans, "auto", replace(settings, device="auto"))
    assert card.faults == 0
    for number in NUMBERS:
        assert (after[number].status, after[number].marked) == ("restored", before[number].marked)
    remarks = [remark for outcome in after.values() for remark in outcome.remarks if said in remark]
    assert len(remarks) == 1
    np.testing.assert_array_equal(others, pixels)
