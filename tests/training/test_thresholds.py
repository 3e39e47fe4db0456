"""How the share of clean pictures that may be marked is spent on the kinds of damage."""

import itertools

import numpy as np
import pytest

from restorer.training.thresholds import spent

EASY = np.array([0.008, 0.004, 0.002, 0.0]), np.array([0.50, 0.48, 0.30, 0.0])
HARD = np.array([0.030, 0.012, 0.006, 0.0]), np.array([0.30, 0.20, 0.15, 0.0])


def test_what_may_be_marked_is_spent_where_it_finds_the_most() -> None:
    places = spent({"easy": EASY, "hard": HARD}, 0.010)
    assert places == {"easy": 1, "hard": 2}  # half for each would leave the easy one at 1 and the hard one with nothing


@pytest.mark.parametrize("share", [0.0, 0.003, 0.01, 0.02, 1.0])
def test_no_more_is_spent_than_allowed_and_nothing_cheaper_gains_more(share: float) -> None:
    rng = np.random.default_rng(7)
    curves = {}
    for kind in "abc":
        cost = np.append(np.sort(rng.uniform(0, 0.02, 6))[::-1], 0.0)
        curves[kind] = cost, np.append(np.sort(rng.uniform(0, 1, 6))[::-1], 0.0)
    places = spent(curves, share)
    cost = sum(curves[kind][0][place] for kind, place in places.items())
    gain = sum(curves[kind][1][place] for kind, place in places.items())
    assert cost <= share
    for other in itertools.product(range(7), repeat=3):
        if sum(curves[kind][0][i] for kind, i in zip("abc", other, strict=True)) <= cost:
            assert sum(curves[kind][1][i] for kind, i in zip("abc", other, strict=True)) <= gain + 1e-3


def test_without_any_price_the_best_is_taken() -> None:
    assert spent({"easy": EASY, "hard": HARD}, 1.0) == {"easy": 0, "hard": 0}


def test_what_is_never_cheap_enough_gets_the_cheapest_place() -> None:
    assert spent({"dear": (np.array([0.5, 0.2]), np.array([0.9, 0.8]))}, 0.001) == {"dear": 1}
