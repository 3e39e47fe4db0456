"""The real trainer on a few real pictures, for a few steps."""

from __future__ import annotations

import dataclasses
import io
import os
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from restorer import bundled
from restorer.__main__ import main
from restorer.engine import weights
from restorer.imaging.errors import RestorerError
from restorer.training import checkpoint as checkpoints
from restorer.training.config import Config
from restorer.training.crops import Batch, MaskBank, ahead, batches, synthetic
from restorer.training.losses import laplace_scale, relative_l1
from restorer.training.pictures import Pictures
from restorer.training.run_log import Progress
from restorer.training.trainer import train

SMALL = Config(
    channels=16, blocks=3, steps=6, warmup=2, cooldown=2, rate=2e-3, crop=48, batch=4, wide=1, drawn=12, autocast=False
)


@pytest.fixture(scope="module")
def pictures() -> Pictures:
    image = cv2.imread(str(bundled.resources() / "samples" / "osprey.jpg"))[..., ::-1]
    return Pictures((np.ascontiguousarray(image[:400, :500]), np.ascontiguousarray(image[300:700, 100:400])))


def quiet(_progress: Progress) -> None:
    """Report to nobody."""


def test_batches_depend_on_seed_and_number_alone(pictures: Pictures) -> None:
    bank = MaskBank.draw(48, 6, 0)
    fresh = batches(pictures, bank, 48, 4, 1, seed=7, first=0)
    third = [next(fresh) for _ in range(3)][2]
    resumed = next(batches(pictures, bank, 48, 4, 1, seed=7, first=2))
    assert (third.image == resumed.image).all()
    assert (third.mask == resumed.mask).all()
    other = next(batches(pictures, bank, 48, 4, 1, seed=8, first=2))
    assert (third.image != other.image).any()


def test_batches_drawn_ahead_are_the_same_and_their_thread_ends(pictures: Pictures) -> None:
    source = synthetic(pictures, SMALL)
    with ahead(source(0, 0, 1), depth=1) as ready:
        first, second = next(ready), next(ready)
        assert any(thread.name == "crops" for thread in threading.enumerate())
    assert not any(thread.name == "crops" for thread in threading.enumerate())
    expected = source(0, 0, 1)
    assert all((one.image == next(expected).image).all() for one in (first, second))


def test_what_fails_while_drawing_ahead_is_raised() -> None:
    def broken() -> Iterator[Batch]:
        raise RestorerError("no")
        yield

    with pytest.raises(RestorerError, match="no"), ahead(broken()) as ready:
        next(ready)


def test_a_batch_is_what_it_says(pictures: Pictures) -> None:
    batch = next(batches(pictures, MaskBank.draw(48, 6, 0), 48, 4, 1, seed=7, first=0))
    assert batch.image.shape == batch.truth.shape == (4, 3, 48, 48)
    assert batch.image.dtype == np.float32
    assert 0 <= batch.truth.min() < batch.truth.max() <= 1
    assert set(np.unique(batch.mask)) == {0, 1}
    assert batch.narrow == 3


def test_losses_on_numbers_worked_out_by_hand() -> None:
    truth = torch.zeros(1, 3, 2, 2)
    mask = torch.tensor([[[[1.0, 1.0], [0.0, 0.0]]]])
    image = torch.full_like(truth, 0.1)
    before = torch.full_like(truth, 0.2)
    # 6 values of 0.1 (0.2) over 2 px × 3 channels + 1
    assert relative_l1(image, before, truth, mask).item() == pytest.approx((0.6 / 7) / (1.2 / 7 + 3e-3), rel=1e-5)
    scale, area = torch.full((1, 1, 2, 2), 0.1), torch.tensor(3.0)
    assert laplace_scale(image, scale, truth, mask, area).item() == pytest.approx(2 * (1 + np.log(0.1)) / 3, rel=1e-5)


def test_the_rate_rises_stays_and_falls() -> None:
    config = Config(steps=100, warmup=10, cooldown=20, rate=1.0)
    rates = [config.rate_at(step) for step in range(101)]
    assert rates[0] == pytest.approx(0.1)
    assert rates[10:80] == [1.0] * 70
    assert rates[80:] == sorted(rates[80:], reverse=True)
    assert rates[100] == 0


def test_training_learns_what_the_prefill_cannot_do(tmp_path: Path) -> None:
    stripes = (128 + 100 * np.sin(np.arange(200) * 1.1)).astype(np.uint8)
    pictures = Pictures((np.repeat(np.broadcast_to(stripes, (200, 200))[..., None], 3, 2),))
    losses: list[float] = []
    config = dataclasses.replace(SMALL, steps=80, cooldown=10, wide=0)
    train(synthetic(pictures, config), config, tmp_path, lambda p: losses.append(p.measures["narrow"]))
    assert len(losses) == 80
    assert np.mean(losses[-10:]) < 0.8 * np.mean(losses[:10])


def test_a_resumed_run_ends_at_the_same_weights(pictures: Pictures, tmp_path: Path) -> None:
    source = synthetic(pictures, SMALL)
    whole = checkpoints.load(train(source, SMALL, tmp_path / "whole", quiet))
    part = tmp_path / "part"

    class Killed(Exception):  # noqa: N818
        pass

    def kill(progress: Progress) -> None:
        if progress.step == 4:
            raise Killed

    # with a checkpoint after each step, a run that dies at the fourth goes on from the third
    with pytest.raises(Killed):
        train(source, dataclasses.replace(SMALL, save_minutes=0.0), part, kill)
    assert checkpoints.load(part / "checkpoint.pt")["step"] == 3
    steps: list[int] = []
    resumed = checkpoints.load(train(source, SMALL, part, lambda p: steps.append(p.step)))
    assert steps == [4, 5, 6]
    for name, tensor in whole["average"].items():
        assert torch.equal(tensor, resumed["average"][name]), name


def test_a_full_disk_leaves_the_old_checkpoint(
    pictures: Pictures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = synthetic(pictures, SMALL)
    checkpoint = train(source, dataclasses.replace(SMALL, steps=1), tmp_path, quiet)
    before = checkpoint.read_bytes()

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    def fill_the_disk(_progress: Progress) -> None:
        monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(RestorerError, match=r"checkpoint.pt.* the disk is full.* start again with the same -o"):
        train(source, dataclasses.replace(SMALL, steps=2), tmp_path, fill_the_disk)
    assert checkpoint.read_bytes() == before
    assert not list(tmp_path.glob(".restorer-*.part"))


def test_a_broken_checkpoint_is_named(tmp_path: Path) -> None:
    (tmp_path / "checkpoint.pt").write_bytes(b"nothing")
    with pytest.raises(RestorerError, match="not a checkpoint"):
        checkpoints.load(tmp_path / "checkpoint.pt")


def test_pictures_come_from_shards_and_from_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    encoded = cv2.imencode(".webp", np.full((200, 220, 3), 90, np.uint8))[1].tobytes()
    shards = tmp_path / "shards"
    (shards / "train").mkdir(parents=True)
    for tier in ("free", "likely"):
        with tarfile.open(shards / "train" / f"train-{tier}-00.tar", "w") as tar:
            for name, data in (("a/1.webp", encoded), ("a/bad.webp", b"not a picture")):
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
    assert len(Pictures.load(shards)) == 2
    assert len(Pictures.load(shards, ["free"])) == 1
    assert "bad.webp: not a picture" in capsys.readouterr().err

    loose = tmp_path / "loose"
    loose.mkdir()
    cv2.imwrite(str(loose / "x.png"), np.zeros((170, 170, 3), np.uint8))
    cv2.imwrite(str(loose / "small.png"), np.zeros((50, 500, 3), np.uint8))
    assert len(Pictures.load(loose)) == 1
    (loose / "x.png").unlink()
    with pytest.raises(RestorerError, match="no picture of at least"):
        Pictures.load(loose)
    with pytest.raises(RestorerError, match="no folder"):
        Pictures.load(tmp_path / "nowhere")


def test_the_commands_train_and_export(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    noise = np.random.default_rng(0).integers(0, 255, (200, 200, 3), np.uint8)
    cv2.imwrite(str(pictures / "a.png"), cv2.GaussianBlur(noise, (0, 0), 3))
    settings = {
        "channels": 16,
        "blocks": 2,
        "steps": 2,
        "warmup": 1,
        "cooldown": 1,
        "crop": 48,
        "batch": 2,
        "wide": 1,
        "drawn": 6,
    }
    flags = [word for name, value in settings.items() for word in (f"--{name}", str(value))]
    run = tmp_path / "run"
    assert main(["train", "--data", str(pictures), "-o", str(run), *flags]) == 0
    target = tmp_path / "mine.safetensors"
    assert main(["train", "export", str(run), "-o", str(target)]) == 0
    found = weights.find(str(target))
    assert found.card["steps"] == 2
    assert found.card["settings"]["crop"] == 48
    found.network()
    assert main(["train", "export", str(run), "-o", str(tmp_path / "x.bin")]) == 2
    assert main(["train", "-o", str(run)]) == 2
    assert "--data DIR" in capsys.readouterr().err
