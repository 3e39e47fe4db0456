"""`restorer detect`, and `batch --detect`, with a small detector that the test itself teaches."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from restorer.__main__ import main


@pytest.fixture(scope="module")
def detector(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights of a Spotter that has seen bright lines on smooth grey for a few steps: enough for these pictures."""
    import torch

    from restorer.engine import weights
    from restorer.engine.networks.spotter import Spotter

    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    network = Spotter()
    optimizer = torch.optim.Adam(network.parameters(), 2e-3)
    for _ in range(40):
        pictures, targets = zip(*(scratched(rng, (64, 64)) for _ in range(4)), strict=True)
        x = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 255
        y = torch.zeros(4, 4, 64, 64)
        y[:, 0] = torch.from_numpy(np.stack(targets)).float()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(network(x), y, pos_weight=torch.tensor(5.0))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    path = tmp_path_factory.mktemp("weights") / "lines.safetensors"
    weights.save(path, network.state_dict(), {"network": "spotter", "shape": {}, "thresholds": {}})
    return path


def scratched(rng: np.random.Generator, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Smooth grey with a bright line, uint8 H×W×3, and where the line is."""
    smooth = cv2.GaussianBlur(rng.integers(0, 200, shape).astype(np.float32), (0, 0), 8)
    picture = np.repeat(smooth[..., None], 3, 2).astype(np.uint8)
    mask = np.zeros(shape, np.uint8)
    row = int(rng.integers(4, shape[0] - 4))
    cv2.line(mask, (4, row), (shape[1] - 5, int(rng.integers(4, shape[0] - 4))), 1, 2)
    picture[mask > 0] = 250
    return picture, mask > 0


def test_what_is_found_becomes_a_mask_that_fill_takes(
    detector: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture, truth = scratched(np.random.default_rng(7), (96, 128))
    scan, mask = tmp_path / "scan.png", tmp_path / "mask.png"
    cv2.imwrite(str(scan), picture)
    call = ["detect", str(scan), "-o", str(mask), "--model", str(detector), "--device", "cpu"]
    assert main(call) == 0
    found = cv2.imread(str(mask), cv2.IMREAD_UNCHANGED) > 127
    assert "pixels marked" in capsys.readouterr().out
    assert found[truth].mean() > 0.9
    assert found.mean() < 0.5
    assert main(call) == 2  # it exists now
    assert main([*call, "--overwrite", "--kinds", "stain"]) == 0
    assert "nothing found" in capsys.readouterr().out
    assert main([*call, "--overwrite"]) == 0
    # the whole chain in one call gives the very same pixels
    assert main(["fill", str(scan), "--mask", str(mask), "-o", str(tmp_path / "filled.png"), "--device", "cpu"]) == 0
    (tmp_path / "in").mkdir()
    scan.rename(tmp_path / "in" / "scan.png")
    cv2.imwrite(str(tmp_path / "in" / "clean.png"), np.full((64, 64, 3), 90, np.uint8))
    batch = ["batch", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--detect", "--detector", str(detector)]
    assert main([*batch, "--device", "cpu"]) == 0
    alone, together = (cv2.imread(str(path), -1) for path in (tmp_path / "filled.png", tmp_path / "out" / "scan.png"))
    assert np.array_equal(alone, together)
    assert (tmp_path / "out" / "clean.png").read_bytes() == (tmp_path / "in" / "clean.png").read_bytes()
    assert "Nothing was found" in capsys.readouterr().out


def test_weights_that_fill_find_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), np.zeros((40, 40), np.uint8))
    assert main(["detect", str(tmp_path / "a.png"), "-o", str(tmp_path / "m.png"), "--model", "reweave"]) == 2
    assert "does not find damage" in capsys.readouterr().err
    assert not (tmp_path / "m.png").exists()
