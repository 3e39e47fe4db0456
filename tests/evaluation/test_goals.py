"""Whether a goal is reached is computed from the rows."""

import pytest

from restorer.evaluation.goals import goals, verdicts
from restorer.evaluation.methods import FSR_FAST, FSR_PADDED, PATCHMATCH
from restorer.evaluation.results import Row
from restorer.evaluation.scores import Scores

TELEA = "cv2 Telea r5"


def row(method: str, kind: str, psnr: float, perc: float, cpu: float) -> Row:
    return Row(method, "a_1", "a", kind, Scores(0.02, psnr, 5.0, 0.9, 0.8, perc, perc), cpu, cpu, 50)


def thin(psnr: float, perc: float, cpu: float) -> list[Row]:
    return [
        row("restorer", "dust", psnr, perc, cpu),
        row(FSR_FAST, "dust", 24, 0.20, 2.0),
        row(FSR_PADDED, "dust", 28, 0.10, 1.0),
        row(TELEA, "dust", 40, 0.01, 0.1),  # not what thin damage is measured against
    ]


def wide(psnr: float, perc: float, cpu: float) -> list[Row]:
    return [
        row("restorer", "hole", psnr, perc, cpu),
        row(FSR_PADDED, "hole", 18, 0.30, 1.0),
        row(PATCHMATCH, "hole", 17, 0.20, 1.5),
        row(TELEA, "hole", 19, 0.40, 0.1),
    ]


@pytest.mark.parametrize(
    ("ours", "reached"),
    [
        ((29.5, 0.08, 0.99), {FSR_FAST: [True] * 3, FSR_PADDED: [True] * 3}),
        ((29.4, 0.081, 1.0), {FSR_FAST: [True] * 3, FSR_PADDED: [False] * 3}),
        ((25.4, 0.161, 2.0), {FSR_FAST: [False] * 3, FSR_PADDED: [False] * 3}),
    ],
)
def test_thin_damage_is_measured_against_both_fsr(
    ours: tuple[float, float, float], reached: dict[str, list[bool]]
) -> None:
    found = verdicts(thin(*ours), "restorer")
    assert {peer: [v.reached for v in found if v.peer == peer] for peer in reached} == reached
    assert len(found) == 6


def test_wide_damage_is_measured_against_the_best_of_each() -> None:
    def reached(*ours: float) -> dict[tuple[str, str], bool]:
        return {(v.measure, v.peer): v.reached for v in verdicts(wide(*ours), "restorer")}

    keys = [("psnr_hole", TELEA), ("perc", PATCHMATCH), ("cpu_seconds", FSR_PADDED)]
    assert reached(19.81, 0.169, 0.9) == dict.fromkeys(keys, True)
    assert reached(19.79, 0.171, 1.1) == dict.fromkeys(keys, False)


def test_the_tables_say_figures_and_verdicts() -> None:
    text = goals([*thin(30.5, 0.09, 0.5), *wide(19.0, 0.1, 2.0)])
    assert "restorer: 6 of 9 reached." in text
    assert f"| dust | {FSR_FAST} | +6.50 **yes**, the aim too | 0.45 **yes** | 0.25 **yes** |" in text
    assert f"| dust | {FSR_PADDED} | +2.50 **yes**, the aim too | 0.90 no | 0.50 **yes** |" in text
    assert f"| hole | +0.00 no ({TELEA}) | 0.50 **yes** | – | 2.00 no |" in text
    assert goals([r for r in thin(30, 0.1, 1) if r.method != "restorer"]) == ""
    assert goals(thin(30, 0.1, 1)[:1]) == ""
