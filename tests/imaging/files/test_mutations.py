"""Damaged bytes anywhere in a file of every kind: a photograph or a sentence (mutations.py tries ten thousand)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from mutations import Specimen, mutants, specimens, try_one

_ROUNDS = 6
_PARTS = 8
"""Of all kinds, so that a fault is found among few."""


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> list[Specimen]:
    return specimens(tmp_path_factory.mktemp("specimens"))


@pytest.mark.filterwarnings("ignore::UserWarning:pydicom")
@pytest.mark.parametrize("part", range(_PARTS))
def test_mutated(tmp_path: Path, kinds: list[Specimen], part: int) -> None:
    outcomes: Counter[str] = Counter()
    for kind in kinds[part::_PARTS]:
        assert try_one(kind.data, tmp_path, kind.how) == "opened", kind
        stream = mutants(kind.data, sum(kind.name.encode()))
        for number in range(_ROUNDS):
            try:
                outcomes[try_one(next(stream), tmp_path, kind.how)] += 1
            except Exception as error:
                raise AssertionError(f"mutant {number} of {kind}") from error
    assert {"opened", "refused"} <= outcomes.keys()
    assert sum(outcomes.values()) >= 40
