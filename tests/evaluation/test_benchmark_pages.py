"""`benchmarks/page.py` and `benchmarks/engine.py`: what they compute and keep, on small things."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import pytest
import torch

from restorer.engine import weights
from restorer.evaluation.conditions import Conditions
from restorer.evaluation.methods import PEERS, find
from restorer.evaluation.results import Results
from restorer.evaluation.scores import Scores

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"benchmarks_{name}", BENCHMARKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def results(folder: Path, conditions: Conditions, ours: float) -> Path:
    """One picture with one scratch, filled by ours and by both FSR."""
    held = Results(folder)
    held.claim(conditions)
    held.keep_categories({"a_1": "portrait"})
    peers = [peer for peer in PEERS if peer.word.startswith("fsr")]
    for method, psnr in zip([*find(["restorer"]), *peers], (ours, 24.0, 27.0), strict=True):
        kept = held.of(method)
        answer = {"seconds": 1.0, "cpu_seconds": 0.5, "rss_mb": 90.0, "made": 1}
        kept.record("a_1_scratch", 7, answer)
        kept.keep_scores({"a_1_scratch": Scores(0.02, psnr, 5.0, 0.9, 0.8, 0.01, 0.02)})
    return folder


def test_the_page_is_made_of_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main = results(tmp_path / "main", Conditions(), ours=28.6)
    strokes = results(tmp_path / "strokes", Conditions(strokes=True), ours=26.0)
    (main / "large-6000x4000-1.csv").write_text(
        "method,kind,hole_share,status,seconds,cpu_seconds,rss_mb\nrestorer,stain,0.07,ok,6.0127,5.888,1353.0\n"
        "PyPatchMatch p3,stain,0.07,ended by status -24 (limit 120 CPU s),,,\n"
    )
    row = {"size": "256²", "kind": "stain", "threads": 1, "precision": "float32", "seconds": 0.5, "cpu_seconds": 0.25}
    row |= {"outside": 0.199, "network_gmacs": 60.0, "convolution_gmacs": 80.0, "peak_mib": 400.0}
    (tmp_path / "engine.json").write_text(json.dumps({"a": row, "b": {**row, "outside": 0.2}}))
    out = tmp_path / "page.md"
    arguments = [main, "--variants", strokes, "--engine", tmp_path, "-o", out]
    monkeypatch.setattr(sys, "argv", ["page.py", *map(str, arguments)])
    assert script("page").main() == 0
    text = out.read_text()
    assert f"restorer (weights sha256 {weights.find().sha256[:12]})" in " ".join(text.split())
    # 28.6 against 24 and 27; 26 against the same, under the variant's own heading
    assert "| scratch | xphoto FSR_FAST padded | +1.60 **yes** | 1.00 no | 1.00 no |" in text
    variant = text[text.index("## Masks as people paint them") :]
    assert "### Goals" in variant
    assert "| scratch | xphoto FSR_FAST | +2.00 **yes**, the aim too | 1.00 no | 1.00 no |" in variant
    assert "| scratch | xphoto FSR_FAST padded | -1.00 no | 1.00 no | 1.00 no |" in variant
    assert "| portrait | 1 |" in text[: text.index("## Masks as")]
    assert "| restorer | stain | ok | 6.01 | 5.89 | 1353 |" in text
    assert "| PyPatchMatch p3 | stain | ended by status -24 (limit 120 CPU s) | – | – | – |" in text
    assert "Less than 20 % outside the network: 1 of 2 cases." in text
    assert "| 256² | stain | float32 | 1 | 0.50 | 0.25 | 20 % **yes** | 60 | 80 | 75 % | 400 |" in text


def test_a_folder_without_results_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["page.py", str(tmp_path), "-o", str(tmp_path / "page.md")])
    assert script("page").main() == 2
    assert "holds no evaluation" in capsys.readouterr().err
    assert not (tmp_path / "page.md").exists()


def test_multiply_adds_are_those_of_the_convolutions() -> None:
    engine = script("engine")
    network = weights.find().network()
    counted = []

    def count(layer: torch.nn.Conv2d, _inputs: object, answer: torch.Tensor) -> None:
        counted.append(answer[0].numel() * layer.in_channels * layer.kernel_size[0] * layer.kernel_size[1])

    for layer in engine._layers(network):
        layer.register_forward_hook(count)
    watched = engine.Watched(network)
    with torch.inference_mode():
        network.refine(torch.rand(1, 3, 48, 64), torch.zeros(1, 1, 48, 64))
    assert sum(counted) == engine._multiply_adds(network, 48, 64)
    assert watched.shapes == {(48, 64): 1}
    assert watched.seconds > 0


def test_a_case_is_measured_on_the_real_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = script("engine")
    monkeypatch.setitem(engine.SIZES, "tiny", (96, 80))
    case = engine.Case("tiny", "stain", 1, "float32")
    row = engine.measured(case, None, 1)
    assert 0 < row["outside"] < 1
    assert row["tiles"] >= 2  # more than one octave
    assert 0 < row["hole_share"] < 0.6
    assert row["network_gmacs"] > 0
    assert row["convolution_gmacs"] > 0
    picture = engine._picture(96, 80)
    assert picture.shape == (80, 96, 3)
    assert np.array_equal(picture, engine._picture(96, 80))
    assert cv2.Laplacian(picture, cv2.CV_64F).std() > 1


def test_what_was_measured_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = script("engine")
    done = []

    def apart(case: object, _arguments: object) -> dict[str, float]:
        done.append(case)
        shares = dict.fromkeys(("outside", "network_gmacs", "convolution_gmacs"), 0.5)
        return {"seconds": 1.0, "cpu_seconds": 1.0, "peak_mib": 100.0, **shares}

    monkeypatch.setattr(engine, "_apart", apart)

    def run(*arguments: str) -> int:
        done.clear()
        monkeypatch.setattr(sys, "argv", ["engine.py", "-o", str(tmp_path), *arguments])
        assert engine.main() == 0
        return len(done)

    assert run("--only", "256² stain 1") in (1, 2)  # with bfloat16 where the CPU has it
    every = len(engine.cases())
    first = len(json.loads((tmp_path / "engine.json").read_text()))
    assert run() == every - first
    assert run() == 0
    assert run("--again") == every


def test_the_curve_finds_the_law_that_made_the_points() -> None:
    curve = script("curve")
    samples = [600, 1_250, 2_500, 5_000, 80_000]
    fit = curve.fitted(samples, [0.4 + 3.0 * n**-0.3 for n in samples])
    assert fit.a == pytest.approx(0.4, abs=1e-3)
    assert fit.b == pytest.approx(3.0, rel=0.02)
    assert fit.c == pytest.approx(0.3, abs=0.004)
    bent = [(n, 0.4 + 3.0 * n**-0.3 + (0.01 if n == 2_500 else 0.0)) for n in samples]
    told, low, high = curve.promised(bent, 800_000)
    assert low <= 0.4 + 3.0 * 800_000**-0.3 + 1e-4
    assert low < told <= high
    assert low > 0.4


def test_a_curve_that_only_falls_promises_no_error_below_zero() -> None:
    curve = script("curve")
    fit = curve.fitted([100, 200, 400], [0.9, 0.6, 0.2])
    assert fit.a >= 0
    assert fit.at(1e9) >= 0


def test_the_curves_page_tells_every_point_and_what_is_not_in_the_fit() -> None:
    curve = script("curve")
    points = [curve.Point(16, 2, 100 * 2**i, 0.9 - 0.1 * i, 0.95 - 0.05 * i, "this run") for i in range(3)]
    points.append(curve.Point(16, 2, 90_000, 0.51, 0.68, "weights 0123abcd", counts=False))
    text = curve.page(points)
    assert "| 100 | 0.900 | 0.950 |" in text
    assert "90,000 | 0.510 | 0.680 | weights 0123abcd, not in the fit |" in text
    assert "at 4,000 |" in text  # ten times the last one that counts
    assert curve.plot(points).size == curve.PLOT
