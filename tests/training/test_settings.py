"""Settings from a file and from flags; what is written of a run."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from restorer.__main__ import main
from restorer.imaging.errors import RestorerError
from restorer.training.config import RECIPES, Config

TABLE = """
data = "{data}"
output = "{run}"
steps = 2
channels = 8
blocks = 2
crop = 32
batch = 2
wide = 1
drawn = 4
scale-weight = 0
autocast = false
seed = 5
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "pictures").mkdir()
    noise = np.random.default_rng(0).integers(0, 255, (200, 220, 3), np.uint8)
    cv2.imwrite(str(tmp_path / "pictures" / "a.png"), cv2.GaussianBlur(noise, (0, 0), 2))
    (tmp_path / "run.toml").write_text(TABLE.format(data=tmp_path / "pictures", run=tmp_path / "run"))
    return tmp_path / "run.toml"


def test_a_file_of_settings_serves_and_flags_win_over_it(file: Path) -> None:
    assert main(["train", "--config", str(file), "--seed", "9", "--steps", "1"]) == 0
    said = json.loads((file.parent / "run" / "config.json").read_text())
    assert (said["seed"], said["steps"], said["channels"], said["scale_weight"]) == (9, 1, 8, 0.0)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("chanels = 8", "no setting chanels: did you mean channels?"),
        ('rate = "fast"', "rate is 'fast': give a number"),
        ("steps = 1.5", "steps is 1.5: give a whole number"),
        ("threads = 0", "--threads"),
        ("only = 'free'", "give a list of words"),
        ("=", "are no TOML"),
    ],
)
def test_a_bad_line_is_one_sentence(file: Path, line: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = [kept for kept in file.read_text().splitlines() if not kept.startswith(line.split(" ")[0])]
    file.write_text("\n".join([*text, line]))
    assert main(["train", "--config", str(file)]) == 2
    assert says in capsys.readouterr().err
    assert not (file.parent / "run").exists()


def test_each_network_has_defaults_of_its_own() -> None:
    assert Config.of({}) == Config()
    for name, row in RECIPES.items():
        config = Config.of({"network": name})
        assert {key: getattr(config, key) for key in row} == row
        assert Config.of({"network": name, "rate": 0.5}).rate == 0.5
    with pytest.raises(RestorerError, match="--network is unet: choose reweave or"):
        Config.of({"network": "unet"})


def test_tensorboard_gets_numbers_and_pictures(file: Path) -> None:
    event_accumulator = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    assert main(["train", "--config", str(file), "--tensorboard"]) == 0
    board = event_accumulator.EventAccumulator(str(file.parent / "run" / "tensorboard"))
    board.Reload()
    assert [event.step for event in board.Scalars("loss")] == [1, 2]
    assert "terms/relative l1" in board.Tags()["scalars"]
    (image,) = board.Images("crops")
    assert (image.width, image.height) == (3 * 32, 2 * 32)


def test_a_missing_tensorboard_is_said(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    assert main(["train", "--config", str(file), "--tensorboard"]) == 2
    assert "pip install -c constraints.txt tensorboard, or leave out --tensorboard" in capsys.readouterr().err


def test_the_curves_are_drawn(file: Path) -> None:
    assert main(["train", "--config", str(file), "--log-every", "1"]) == 0
    plot = cv2.imread(str(file.parent / "run" / "loss.png"))
    blue = (np.abs(plot.astype(int) - (178, 111, 31)).sum(2) < 30).sum()
    assert plot.shape == (560, 960, 3)
    assert blue > 300
