"""A run's settings, how it is stopped and gone on with, and where its pictures come from."""

from __future__ import annotations

import csv
import dataclasses
import itertools
import json
import os
import signal
import tarfile
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest
import torch
from torch import Tensor

from restorer.__main__ import main
from restorer.engine import weights
from restorer.engine.networks.reweave import Reweave
from restorer.engine.prefill import coarse_to_fine, push_pull
from restorer.imaging.errors import RestorerError
from restorer.training import checkpoint as checkpoints
from restorer.training import trainer
from restorer.training.config import Config
from restorer.training.crops import MaskBank, Source, batches, octaves_of, synthetic
from restorer.training.pictures import LONGEST_SIDE, SMALLEST_SIDE, Pictures
from restorer.training.ranks import Ranks
from restorer.training.recipes.reweave import ReweaveRecipe, coarse_guess
from restorer.training.run_log import Progress, RunLog
from restorer.training.trainer import train

SMALL = Config(channels=8, blocks=2, steps=4, warmup=2, cooldown=2, crop=48, batch=3, wide=1, drawn=6, autocast=False)
FLAGS = [
    word
    for name in ("channels", "blocks", "warmup", "cooldown", "crop", "batch", "wide", "drawn")
    for word in (f"--{name}", str(getattr(SMALL, name)))
]


def quiet(_progress: Progress) -> None:
    """Report to nobody."""


def smooth(height: int, width: int) -> np.ndarray:
    noise = np.random.default_rng(0).integers(0, 255, (height, width, 3), np.uint8)
    return cv2.GaussianBlur(noise, (0, 0), 2)


@pytest.fixture(scope="module")
def pictures() -> Pictures:
    return Pictures((smooth(200, 220),))


@pytest.fixture(scope="module")
def source(pictures: Pictures) -> Source:
    return synthetic(pictures, SMALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one picture."""
    (tmp_path / "pictures").mkdir()
    cv2.imwrite(str(tmp_path / "pictures" / "a.png"), smooth(200, 220))
    return tmp_path / "pictures"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"crop": 100}, "--crop is 100: choose a multiple of 8"),
        ({"crop": 24}, "--crop"),
        ({"crop": 4096}, "--crop"),
        ({"batch": 0}, "--batch"),
        ({"drawn": 0}, "--drawn"),
        ({"wide": 11}, "--wide is 11: choose at most --batch, which is 10"),
        ({"wide": -1}, "--wide"),
        ({"steps": 0}, "--steps"),
        ({"rate": float("nan")}, "--rate"),
        ({"average": 1.0}, "--average"),
        ({"clip": 0.0}, "--clip"),
        ({"channels": 4}, "--channels"),
        ({"blocks": 0}, "--blocks"),
        ({"seed": -1}, "--seed"),
        ({"save_minutes": -1.0}, "--save-minutes"),
        ({"device": "tpu"}, "--device"),
    ],
)
def test_settings_that_cannot_work_are_refused(change: dict[str, float], says: str) -> None:
    with pytest.raises(RestorerError, match=says):
        Config(**change)  # type: ignore[arg-type]


def test_bad_calls_are_one_sentence(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    run = str(tmp_path / "run")
    for call, says in (
        (["-o", run, "--crop", "100"], "--crop"),
        (["-o", str(tmp_path / "file"), *FLAGS], "cannot be made"),
        (["-o", run, "--only", "free"], "there is no shard at all"),
    ):
        assert main(["train", "--data", str(folder), *call]) == 2
        said = [line for line in capsys.readouterr().err.splitlines() if " pictures, " not in line]
        assert len([line for line in said if line.startswith("restorer: ")]) == 1
        assert any(says in line for line in said)
    assert main(["train", "run", str(folder), "--data", str(folder), "-o", run]) == 2
    assert "unrecognized arguments" in capsys.readouterr().err


def test_cuda_that_is_missing_is_said(source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(RestorerError, match="CUDA is not available"):
        train(source, dataclasses.replace(SMALL, device="cuda"), tmp_path / "run", quiet)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(("wide", "taught"), [(0, "narrow"), (3, "wide"), (1, "both")])
def test_narrow_and_wide_crops_teach_alone_and_together(pictures: Pictures, wide: int, taught: str) -> None:
    config = dataclasses.replace(SMALL, wide=wide, scale_weight=0.0)
    batch = next(batches(pictures, MaskBank.draw(48, 6, 0), 48, 3, wide, seed=1, first=0))
    torch.manual_seed(0)
    recipe = ReweaveRecipe(config, Ranks(), torch.device("cpu"))
    crops = recipe.lesson(batch)
    (turn,) = recipe.turns(crops)
    turn.loss.backward()  # type: ignore[no-untyped-call]
    assert recipe.network.head.weight.grad is not None
    assert recipe.network.head.weight.grad.abs().sum() > 0
    assert turn.made is not None
    means = trainer._means(Ranks(), {}, recipe.measured(crops, turn.made))
    narrow, of_wide = means["narrow"], means["wide"]
    share = {"narrow": narrow, "wide": of_wide, "both": (2 * narrow + of_wide) / 3}[taught]
    assert float(turn.loss.detach()) == pytest.approx(share, rel=1e-5)
    assert np.isnan(of_wide) == (taught == "narrow")
    assert np.isnan(narrow) == (taught == "wide")


@pytest.mark.parametrize(("wide", "crop"), [(0, 48), (3, 48), (1, 40), (2, 72)])
def test_all_such_batches_can_be_trained_on(pictures: Pictures, tmp_path: Path, wide: int, crop: int) -> None:
    losses: list[float] = []
    config = dataclasses.replace(SMALL, wide=wide, crop=crop)
    train(synthetic(pictures, config), config, tmp_path, lambda progress: losses.append(progress.loss))
    assert len(losses) == 4
    assert np.isfinite(losses).all()


def test_small_crops_have_fewer_octaves() -> None:
    assert [octaves_of(size) for size in (32, 48, 64, 120, 128, 512)] == [1, 1, 2, 2, 3, 3]
    assert len(MaskBank.draw(64, 3, 0).wide) == 2


def test_the_guess_for_wide_damage_is_refined_at_its_coarser_octaves_only(pictures: Pictures) -> None:
    batch = next(batches(pictures, MaskBank.draw(64, 6, 0), 64, 2, 2, seed=1, first=0))
    image, mask = torch.from_numpy(batch.image), torch.from_numpy(batch.mask)
    torch.manual_seed(0)
    network = Reweave(8, 2)
    torch.nn.init.normal_(network.head.weight, std=0.2)
    asked: list[tuple[int, int]] = []

    def by_hand(level: int, guess: Tensor, hole: Tensor) -> Tensor:
        return network.refine(guess, hole).image if 1 <= level <= 2 else guess

    with torch.no_grad():
        guess = coarse_guess(network, image, mask, 2)
        wanted = coarse_to_fine(image, mask, by_hand)
        hook = network.stem.register_forward_pre_hook(lambda _module, args: asked.append(args[0].shape[-2:]))
        coarse_guess(network, image, mask, 2)
        hook.remove()
    assert torch.equal(guess, wanted)
    assert asked == [(8, 8), (16, 16)]  # pixel-unshuffled: octaves of 16 and 32 px
    hole = mask.expand_as(image) > 0
    assert (guess - push_pull(image, mask)).abs()[hole].mean() > 1e-3


def test_what_is_exported_is_the_average(folder: Path, tmp_path: Path) -> None:
    run, target = tmp_path / "run", tmp_path / "mine.safetensors"
    assert main(["train", "--data", str(folder), "-o", str(run), "--steps", "4", "--rate", "0.01", *FLAGS]) == 0
    assert main(["train", "export", str(run), "-o", str(target)]) == 0
    state = checkpoints.load(run / "checkpoint.pt")
    exported = weights.find(str(target)).tensors()
    assert all(torch.equal(tensor, state["average"][name]) for name, tensor in exported.items())
    trained = state["learners"]["network"]["module"]
    assert any(not torch.equal(tensor, trained[name]) for name, tensor in exported.items())
    half = tmp_path / "half.safetensors"
    assert main(["train", "export", str(run), "-o", str(half), "--half"]) == 0
    assert half.stat().st_size < 0.6 * target.stat().st_size
    rounded = weights.find(str(half)).network().state_dict()
    for name, tensor in exported.items():
        assert rounded[name].dtype == torch.float32
        assert torch.allclose(rounded[name], tensor, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_is_saved_and_can_go_on(
    number: signal.Signals,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run = tmp_path / "run"
    before = signal.getsignal(number)
    add = RunLog.add

    def stopping(log: RunLog, progress: Progress) -> None:
        add(log, progress)
        if progress.step == 2:
            os.kill(os.getpid(), number)

    call = ["train", "--data", str(folder), "-o", str(run), "--steps", "4", *FLAGS]
    with monkeypatch.context() as patch:
        patch.setattr(RunLog, "add", stopping)
        assert main(call) == 130
    assert "stopped at step 2; start again with the same -o to go on." in capsys.readouterr().err
    assert checkpoints.load(run / "checkpoint.pt")["step"] == 2
    assert signal.getsignal(number) == before
    assert main(call) == 0
    assert checkpoints.load(run / "checkpoint.pt")["step"] == 4


def test_before_the_first_step_a_run_stops_at_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(*_args: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        raise AssertionError("went on")

    monkeypatch.setattr(MaskBank, "draw", draw)
    assert main(["train", "--data", str(folder), "-o", str(tmp_path / "run"), *FLAGS]) == 130
    assert not (tmp_path / "run" / "checkpoint.pt").exists()


def test_the_first_checkpoint_comes_within_a_minute_or_so(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = itertools.count(0, 11)
    monkeypatch.setattr(trainer, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    seconds: list[float] = []

    def report(progress: Progress) -> None:
        if not (tmp_path / "checkpoint.pt").exists():
            seconds.append(progress.seconds)

    train(source, dataclasses.replace(SMALL, steps=12), tmp_path, report)
    assert len(seconds) < 12
    assert seconds[-1] < 100


@pytest.mark.parametrize(
    ("name", "value"), [("channels", 16), ("blocks", 3), ("crop", 56), ("batch", 4), ("wide", 2), ("seed", 2)]
)
def test_another_run_is_not_gone_on_with(source: Source, tmp_path: Path, name: str, value: int) -> None:
    train(source, dataclasses.replace(SMALL, steps=1), tmp_path, quiet)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(RestorerError, match=f"has --{name} {getattr(SMALL, name)}: say the same"):
        train(source, dataclasses.replace(SMALL, **{name: value}), tmp_path, quiet)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_other_settings_may_change_and_take_effect(source: Source, tmp_path: Path) -> None:
    train(source, dataclasses.replace(SMALL, steps=1), tmp_path, quiet)
    (tmp_path / ".restorer-1.part").write_bytes(b"half")
    changed = dataclasses.replace(
        SMALL, steps=2, warmup=1, cooldown=1, rate=1e-4, weight_decay=0.5, drawn=9, save_minutes=1.0, average=0.9
    )
    state = checkpoints.load(train(source, changed, tmp_path, quiet))
    assert state["step"] == 2
    assert {group["weight_decay"] for group in state["learners"]["network"]["optimizer"]["param_groups"]} == {0.5}
    assert json.loads((tmp_path / "config.json").read_text()) == dataclasses.asdict(changed)
    assert not (tmp_path / ".restorer-1.part").exists()


def test_the_log_goes_on_where_the_checkpoint_does(source: Source, tmp_path: Path) -> None:
    train(source, dataclasses.replace(SMALL, steps=2), tmp_path, quiet)
    log = tmp_path / "log.csv"
    log.write_text("step,loss,narrow,wide,rate,seconds\n1,1,1,1,1,1\n2,2,2,2,2,2\n3,3,3,3,3,3\n50,0.1\n1")
    train(source, SMALL, tmp_path, quiet)
    assert [row["step"] for row in csv.DictReader(log.read_text().splitlines())] == ["1", "2", "4"]
    measures = {"narrow": 0.5, "wide": 0.5}
    running = RunLog(log, measures, 2, every=1)
    running.add(Progress(3, 4, 0.5, measures, 1e-3, 9.0))
    assert [row["step"] for row in csv.DictReader(log.read_text().splitlines())] == ["1", "2", "3"]


def test_a_checkpoint_without_its_parts_is_named(tmp_path: Path) -> None:
    torch.save({"step": 1}, tmp_path / "checkpoint.pt")
    with pytest.raises(RestorerError, match="it has no average, config"):
        checkpoints.load(tmp_path / "checkpoint.pt")


def test_large_pictures_are_reduced(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), smooth(900, 2500))
    cv2.imwrite(str(tmp_path / "b.png"), smooth(200, 3000))
    cv2.imwrite(str(tmp_path / "c.png"), smooth(400, 500).astype(np.uint16) * 257)
    (tmp_path / "d.png").write_bytes(b"")
    os.truncate(tmp_path / "d.png", 0)
    found = Pictures.load(tmp_path)
    assert [array.shape for array in found.arrays] == [
        (round(900 * LONGEST_SIDE / 2500), LONGEST_SIDE, 3),
        (SMALLEST_SIDE, 2400, 3),
        (400, 500, 3),
    ]
    assert all(array.dtype == np.uint8 and array.flags.c_contiguous for array in found.arrays)
    assert np.array_equal(found.arrays[2], smooth(400, 500)[..., ::-1])
    assert found.megabytes == pytest.approx(sum(array.size for array in found.arrays) / 2**20)


def test_how_much_is_loaded_is_said(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = str(tmp_path / "run")
    assert main(["train", "--data", str(folder), "-o", run, "--steps", "1", *FLAGS]) == 0
    assert "restorer: 1 pictures, 0 MB" in capsys.readouterr().err


@pytest.mark.parametrize("data", [b"", b"no tar at all" * 100, "cut"])
def test_a_damaged_shard_is_named(data: bytes | str, folder: Path, tmp_path: Path) -> None:
    shards = tmp_path / "shards"
    shards.mkdir()
    shard = shards / "train-free-00.tar"
    with tarfile.open(shard, "w") as tar:
        tar.add(folder / "a.png", "a.png")
    shard.write_bytes(shard.read_bytes()[:20_000] if isinstance(data, str) else data)
    with pytest.raises(RestorerError, match=r"train-free-00\.tar cannot be read"):
        Pictures.load(shards)


def test_a_part_that_no_shard_has_is_an_error(folder: Path) -> None:
    with tarfile.open(folder / "train-free-00.tar", "w") as tar:
        tar.add(folder / "a.png", "a.png")
    assert len(Pictures.load(folder, ["free"])) == 1
    with pytest.raises(RestorerError, match=r"has “fre3” in its name \(--only\); there is train-free-00\.tar"):
        Pictures.load(folder, ["free", "fre3"])
