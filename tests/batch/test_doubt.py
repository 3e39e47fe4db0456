"""When so much was found that a person should look."""

from __future__ import annotations

import numpy as np

from restorer.imaging.damage import doubt_of


def test_much_in_all_or_in_one_piece() -> None:
    found = np.zeros((100, 100), bool)
    assert doubt_of(found) == ""
    found[::10, :90] = True  # 9 %, in pieces of 0.9 %
    assert doubt_of(found) == ""
    found[55, :] = True
    found[57, :80] = True  # 10.8 %
    assert doubt_of(found).startswith("10.8 % of it was marked as damage, the largest piece 1.0 %")
    found[:] = False
    found[:20, :15] = True
    assert doubt_of(found) == ""  # 3 %, not more
    found[20, 0] = True
    assert doubt_of(found).startswith("3.0 % of it was marked as damage, the largest piece 3.0 %")
