"""How long it will take still."""

from __future__ import annotations

import pytest

from restorer.ui.batch.pace import Pace


def test_files_count_by_their_weight_and_pauses_do_not_count() -> None:
    clock = [0.0]
    pace = Pace({1: 10, 2: 30, 3: 60}, lambda: clock[0])
    assert pace.seconds_left is None
    clock[0] = 10
    pace.at(1, 1.0)
    assert pace.seconds_left == pytest.approx(90)
    pace.pause()
    clock[0] = 1000
    assert pace.seconds_left == pytest.approx(90)
    pace.go_on()
    pace.spare(3)  # it had been done before
    assert pace.seconds_left == pytest.approx(30)
    pace.at(2, 0.5)
    pace.at(2, 0.1)  # never backwards
    assert pace.share == pytest.approx(0.85)
