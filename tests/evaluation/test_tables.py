"""Tables and sheets from rows made by hand."""

import numpy as np
import pytest

from restorer.evaluation.conditions import Conditions
from restorer.evaluation.goals import our_method
from restorer.evaluation.report import sections as report
from restorer.evaluation.results import Row
from restorer.evaluation.scores import Scores
from restorer.evaluation.sheets import most_wrong, ranked
from restorer.evaluation.tables import PERCEPTUAL, PSNR, best_of, category_ratios, compared, means, ratios
from restorer.imaging.region import Region


def row(method: str, image: str, psnr: float, perc: float, kind: str = "dust", rss: float | None = 50) -> Row:
    scores = Scores(0.02, psnr, 5.0, 0.9, 0.8, perc, 2 * perc)
    return Row(method, image, image.rpartition("_")[0], kind, scores, seconds=1.0, cpu_seconds=0.5, rss_mb=rss)


@pytest.fixture
def rows() -> list[Row]:
    return [
        row("restorer", "old_1", 30, 0.010),
        row("restorer", "new_1", 32, 0.020),
        row("xphoto FSR_FAST", "old_1", 29, 0.020, rss=60),
        row("xphoto FSR_FAST", "new_1", 30, 0.030, rss=90),
        row("PyPatchMatch p3", "old_1", 25, 0.018),
        row("PyPatchMatch p3", "new_1", 26, 0.026),
    ]


def test_means_lead_with_the_perceptually_best(rows: list[Row]) -> None:
    by_method = means(rows)
    assert list(by_method) == ["restorer", "PyPatchMatch p3", "xphoto FSR_FAST"]
    assert by_method["restorer"]["psnr_hole"] == 31
    assert by_method["xphoto FSR_FAST"]["rss_mb"] == 90  # the largest, not the mean
    assert best_of(by_method, PSNR) == "restorer"
    assert best_of({m: v for m, v in by_method.items() if m != "restorer"}, PERCEPTUAL) == "PyPatchMatch p3"


def test_ratios_take_the_best_peer_of_each_measure(rows: list[Row]) -> None:
    line = ratios(rows).splitlines()[-1]
    expected = "| dust | restorer | +1.50 | xphoto FSR_FAST | 0.68 | 1.00 | PyPatchMatch p3 |"
    assert line == expected  # 31 - 29.5 dB; 0.015 / 0.022


def test_ratios_need_peers_and_ours(rows: list[Row]) -> None:
    assert ratios([r for r in rows if r.method == "restorer"]) == ""
    assert ratios([r for r in rows if r.method != "restorer"]) == ""


def test_only_common_pictures_are_compared(rows: list[Row]) -> None:
    kept = compared([*rows, row("restorer", "alone_1", 99, 0.0)], "dust")
    assert {r.image for r in kept} == {"old_1", "new_1"}


def test_a_method_with_few_pictures_takes_none_away() -> None:
    many = [row("restorer", f"a_{i}", 30, 0.01) for i in range(6)]
    kept = compared([*many, row("slow:fill", "a_0", 10, 0.1)], "dust")
    assert len(kept) == 6
    text = report([*many, row("slow:fill", "a_0", 10, 0.1)], Conditions())
    assert "Left out, as they did fewer than half of the pictures: slow:fill." in text


def test_the_page_has_kinds_categories_and_conditions(rows: list[Row]) -> None:
    text = report(rows, Conditions(strokes=True, grow=2, degrade="grain+jpeg", scale=2))
    said = "2 pictures, masks as people paint them, damage leaking out of them, grown by 2 px for the methods, "
    assert said + "grain and jpeg added to the pictures, damage 2 times as large, 1 thread." in text
    best, other = "| restorer | **31.00** |", "| PyPatchMatch p3 | 25.50 |"
    assert best in text
    assert other in text
    assert "| old | 1 | **30.00** / **10.00** | 25.00 / 18.00 | 29.00 / 20.00 |" in text
    assert "## stain" not in text
    assert "nothing" in report([], Conditions()).lower()


def test_categories_are_measured_against_their_own_best_peer(rows: list[Row]) -> None:
    lines = category_ratios(rows, "restorer").splitlines()
    assert "| new | 1 | +2.00 / 0.77 |" in lines  # 32 - 30 dB; 0.020 / 0.026
    assert "| old | 1 | +1.00 / 0.56 |" in lines  # 30 - 29 dB; 0.010 / 0.018
    assert category_ratios([r for r in rows if r.method == "restorer"], "restorer") == ""
    assert category_ratios(rows, "absent") == ""


def test_unknown_memory_is_a_dash() -> None:
    assert "| – |" in report([row("restorer", "a_1", 30, 0.01, rss=None)], Conditions())


def test_sheets_are_about_ours_not_the_prefill(rows: list[Row]) -> None:
    assert our_method([*rows, row("prefill", "old_1", 40, 0.001)]) == "restorer"
    assert our_method([r for r in rows if r.method != "restorer"]) is None
    better = row("restorer own", "old_1", 50, 0.0001)
    assert our_method([*rows, better]) == "restorer"  # the default one, whatever is better
    assert our_method([better, row("some:fill", "old_1", 60, 0.00001)]) == "restorer own"


def test_ranks_do_not_overlap() -> None:
    sorted_rows = [row("restorer", f"a_{i}", 30, 1 - i / 100) for i in range(40)]
    parts = dict(ranked(sorted_rows))
    assert [len(part) for part in parts.values()] == [12, 12, 12]
    assert parts["worst"][0] is sorted_rows[0]
    assert parts["median"] == sorted_rows[14:26]
    assert parts["best"][-1] is sorted_rows[39]
    assert dict(ranked(sorted_rows[:2])) == {"all": sorted_rows[:2]}


def test_the_most_wrong_part_holds_the_error() -> None:
    truth = np.zeros((90, 120, 3), np.uint8)
    filled = truth.copy()
    filled[60:70, 80:90] = 200
    part = most_wrong(truth, filled, side=20)
    assert (part.width, part.height) == (20, 20)
    assert part & Region(80, 60, 90, 70) == Region(80, 60, 90, 70)
    assert most_wrong(truth, filled, side=500) == Region(0, 0, 120, 90)
