"""How the detector is taught: what is drawn and labelled, what is learnt from it, and what a run of it gives."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from restorer import bundled
from restorer.__main__ import main
from restorer.engine import weights
from restorer.engine.detector import Detector
from restorer.engine.networks.spotter import Spotter, _local_mean
from restorer.imaging.errors import RestorerError
from restorer.imaging.findings import KINDS, Findings, FoundTile
from restorer.imaging.patch import Whole
from restorer.imaging.region import Region
from restorer.training import trainer
from restorer.training.config import Config
from restorer.training.defects import FAINT, VISIBLE, specimen
from restorer.training.export import export
from restorer.training.pictures import Pictures
from restorer.training.ranks import Ranks
from restorer.training.recipes.spotter import Labelled, SpotterRecipe
from restorer.training.run_log import Progress
from restorer.training.specimens import Specimens, synthetic
from restorer.training.thresholds import choose

CPU = torch.device("cpu")
SMALL = Config.of(
    {"network": "spotter", "crop": 64, "batch": 4, "steps": 3, "warmup": 1, "cooldown": 1, "autocast": False}
)


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def pictures() -> Pictures:
    image = cv2.imread(str(bundled.resources() / "samples" / "osprey.jpg"))[..., ::-1]
    return Pictures((np.ascontiguousarray(image[300:700, 100:400]),))


@pytest.mark.parametrize("height", [32, 288, 544])
def test_computing_in_strips_gives_the_very_same(height: int) -> None:
    """Without gradients the finest level is computed some rows at a time, with as many beside them as are seen."""
    torch.manual_seed(1)
    network, picture = Spotter(), torch.rand(2, 3, height, 64)
    whole = network(picture).detach()
    with torch.inference_mode():
        strips = network(picture)
    assert torch.equal(strips, whole)


def grey(side: int = 96) -> np.ndarray:  # type: ignore[type-arg]
    return np.full((side, side, 3), 0.5, np.float32)


def test_intact_crops_have_nothing_labelled_and_the_others_mostly_do() -> None:
    intact = [specimen(grey(), np.random.default_rng(seed), intact=1.0) for seed in range(6)]
    assert not any(one.labels.any() or one.unsure.any() for one in intact)
    damaged = [specimen(grey(), np.random.default_rng(seed), intact=0.0) for seed in range(40)]
    assert sum(bool(one.labels.any()) for one in damaged) > 30
    assert all(any(one.labels[..., kind].any() for one in damaged) for kind in range(len(KINDS)))


@pytest.mark.parametrize(
    ("seed", "next_number", "mean", "labelled"),
    [
        (1, 1808575592, 0.5442, [1119, 2037, 0, 0]),
        (2, 656250764, 0.4582, [2807, 0, 582, 0]),
        (3, 561985474, 0.5284, [0, 0, 1048, 0]),
        (4, 1463010838, 0.5156, [497, 0, 2567, 0]),
    ],
)
def test_a_seed_gives_the_specimen_that_it_gave_before(
    seed: int, next_number: int, mean: float, labelled: list[int]
) -> None:
    """A run that is resumed with a later version goes on with the same crops."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:96, :96]
    clean = np.stack([x / 96, y / 96, np.full((96, 96), 0.4)], 2).astype(np.float32)
    drawn = specimen(clean, rng, intact=0.0)
    assert int(rng.integers(2**31)) == next_number
    assert float(drawn.image.mean()) == pytest.approx(mean, abs=2e-4)
    assert drawn.labels.sum((0, 1)) == pytest.approx(np.array(labelled), abs=12)


@pytest.mark.parametrize("size", [(5, 9), (15, 40), (64, 33)])
def test_local_means_are_of_what_lies_inside(size: tuple[int, int]) -> None:
    image = torch.rand(2, 3, *size, generator=torch.Generator().manual_seed(1))
    wanted = torch.nn.functional.avg_pool2d(image, 15, 1, 7, count_include_pad=False)
    assert torch.allclose(_local_mean(image), wanted, atol=1e-6)


def test_what_is_labelled_changed_and_what_lies_beside_it_is_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A square of known changes in place of each kind's drawing."""
    from restorer.training import defects

    def squares(image: np.ndarray, _rng: np.random.Generator) -> np.ndarray:  # type: ignore[type-arg]
        image = image.copy()
        image[10:20, 10:20] += 2 * VISIBLE
        image[40:50, 40:50] += (VISIBLE + FAINT) / 2
        image[70:80, 70:80] += FAINT / 2
        return image

    monkeypatch.setattr(defects, "DAMAGE", dict.fromkeys(KINDS, (squares,)))
    monkeypatch.setattr(defects, "CHANCES", (1.0, 0.0, 0.0, 0.0))
    monkeypatch.setattr(defects, "CONFOUNDED_CHANCE", 0.0)
    monkeypatch.setattr(defects, "MOST", 1)
    one = specimen(grey(), np.random.default_rng(3), intact=0.0)
    labels, unsure = np.zeros((96, 96), bool), np.zeros((96, 96), bool)
    labels[10:20, 10:20] = True
    unsure[9:21, 9:21] = unsure[40:50, 40:50] = True
    assert (one.labels[..., 0] == labels).all()
    assert (one.unsure[..., 0] == (unsure & ~labels)).all()
    assert not one.labels[..., 1:].any()


def test_batches_depend_on_seed_and_number_alone(pictures: Pictures) -> None:
    source = synthetic(pictures, SMALL)
    whole = source(0, 0, 1)
    next(whole)
    second = next(whole)
    parts = [next(source(1, rank, 2)) for rank in (0, 1)]
    for name in ("image", "labels", "unsure"):
        array = getattr(second, name)
        assert array.shape == (4, 3 if name == "image" else 4, 64, 64)
        for rank, part in enumerate(parts):
            assert (getattr(part, name) == array[rank::2]).all()
    other = next(synthetic(pictures, dataclasses.replace(SMALL, seed=2))(1, 0, 1))
    assert (other.image != second.image).any()
    assert 0 <= second.image.min() <= second.image.max() <= 1


def lesson_of(pictures: Pictures, step: int = 0) -> tuple[SpotterRecipe, Labelled]:
    torch.manual_seed(0)
    recipe = SpotterRecipe(SMALL, Ranks(), CPU)
    torch.nn.init.normal_(recipe.network.head.weight, std=0.1)
    return recipe, recipe.lesson(next(synthetic(pictures, SMALL)(step, 0, 1)))


def test_the_loss_is_likelihood_and_overlap_of_what_is_sure(pictures: Pictures) -> None:
    """In plain loops over kinds; what is unsure has no part in it."""
    recipe, lesson = lesson_of(pictures)
    (turn,) = recipe.turns(lesson)
    assert turn.made is not None
    chance = turn.made.double().numpy()
    labels, heed = lesson.labels.numpy() > 0, lesson.heed.numpy() > 0
    truly = np.where(labels, chance, 1 - chance)
    likelihood = -np.log(truly)[heed].sum() / labels[:, 0].size
    indices = []
    channels = [(chance[:, k], labels[:, k], heed[:, k]) for k in range(4)]
    damaged = labels.any(1)
    channels.append((1 - (1 - chance).prod(1), damaged, heed.all(1) | damaged))
    for p, is_damage, sure in channels:
        if (is_damage & sure).any():
            right, wrong = p[is_damage & sure].sum(), p[~is_damage & sure].sum()
            missed = (1 - p)[is_damage & sure].sum()
            indices.append((right) / (right + 0.6 * wrong + 0.4 * missed + 1))
    wanted = likelihood + SMALL.overlap * (1 - np.mean(indices))
    assert float(turn.loss.detach()) == pytest.approx(wanted, rel=1e-4)


def test_measures_are_f1_and_the_marked_share_of_intact_crops() -> None:
    recipe = SpotterRecipe(SMALL, Ranks(), CPU)
    labels, made = torch.zeros(2, 4, 32, 32), torch.zeros(2, 4, 32, 32)
    heed = torch.ones_like(labels)
    labels[0, 0, :10, :10] = 1  # a scratch of 100 px
    made[0, 0, :10, :20] = 0.9  # 100 found, 100 wrongly marked
    heed[0, 0, :10, 15:20] = 0  # 50 of them where nobody can say
    made[1, 2, :16, :16] = 0.6  # of 1024 px without damage
    measures = recipe.measured(Labelled(torch.zeros(2, 3, 32, 32), labels, heed), made)
    values = {name: float(measure.total / measure.over) for name, measure in measures.items()}
    assert set(values) == set(recipe.measures)
    assert values["scratch"] == pytest.approx(2 * 100 / (150 + 100))
    assert values["intact"] == pytest.approx(25.0)
    assert np.isnan(values["dust"])


def test_it_learns_white_scratches_on_a_dark_picture(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from restorer.training import defects

    def line(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:  # type: ignore[type-arg]
        image, column = image.copy(), int(rng.integers(4, 60))
        image[:, column : column + 2] = 0.95
        return image

    monkeypatch.setattr(defects, "DAMAGE", dict.fromkeys(KINDS, (line,)))
    monkeypatch.setattr(defects, "CHANCES", (1.0, 0.0, 0.0, 0.0))
    monkeypatch.setattr(defects, "CONFOUNDED_CHANCE", 0.0)
    monkeypatch.setattr(defects, "MOST", 1)
    dark = Pictures((np.full((200, 200, 3), 60, np.uint8),))
    config = dataclasses.replace(SMALL, steps=40, cooldown=10, average=0.8, rate=4e-3)
    seen: list[Progress] = []
    saved = trainer.train(synthetic(dark, config), config, tmp_path / "run", seen.append)
    assert seen[-1].loss < 0.5 * seen[0].loss
    assert (tmp_path / "run" / "log.csv").read_text().startswith("step,loss,scratch,dust,crack,stain,intact,rate,")
    assert (tmp_path / "run" / "loss.png").stat().st_size > 1000

    thresholds = {"scratch": 0.4, "dust": 0.9, "crack": 0.9, "stain": 0.9}
    detector = Detector(str(export(saved, tmp_path / "s.safetensors", {"thresholds": thresholds}).path), "cpu", 1)
    assert detector.thresholds == thresholds
    picture = np.full((128, 128, 3), 60, np.uint8)
    picture[:, 70:72] = 240
    mask = detector.find(Whole(picture)).mask()
    assert mask[20:108, 70:72].mean() > 0.9
    assert not mask[:, :60].any()


def test_a_run_goes_on_as_if_never_broken_off(pictures: Pictures, tmp_path: Path) -> None:
    from restorer.training import checkpoint as checkpoints

    source = synthetic(pictures, SMALL)
    whole = checkpoints.load(trainer.train(source, SMALL, tmp_path / "whole", lambda _progress: None))
    steps: list[int] = []
    for _ in range(2):
        told = len(steps)
        stop = (lambda: len(steps) == 2) if not told else (lambda: False)
        trainer.train(source, SMALL, tmp_path / "part", lambda p: steps.append(p.step), stop=stop)
    assert steps == [1, 2, 3]
    part = checkpoints.load(tmp_path / "part" / trainer.CHECKPOINT)
    assert all(torch.equal(tensor, part["average"][name]) for name, tensor in whole["average"].items())


def test_what_cannot_be_taught_is_told(tmp_path: Path) -> None:
    from restorer.cli.train import Call

    with pytest.raises(RestorerError, match="for spotter choose a multiple of 32"):
        Config.of({"network": "spotter", "crop": 48})
    call = Call(output=tmp_path, images=tmp_path, masks=tmp_path)
    with pytest.raises(RestorerError, match="name whole photographs with --data"):
        call.source(SMALL)


def test_an_intact_batch_has_no_overlap_to_lose(pictures: Pictures) -> None:
    recipe, _ = lesson_of(pictures)
    image = np.full((2, 3, 64, 64), 0.5, np.float32)
    none = np.zeros((2, 4, 64, 64), np.bool_)
    (turn,) = recipe.turns(recipe.lesson(Specimens(image, none, none)))
    assert float(turn.terms["overlap"]) == 0
    assert float(turn.loss.detach()) == pytest.approx(float(turn.terms["likelihood"]))


class Oracle:
    """In place of a detector: probabilities that grow with brightness, of scratches alone."""

    def find(self, picture: Whole) -> Findings:
        red = np.asarray(picture.array)[..., 0]
        probability = np.zeros((*red.shape, len(KINDS)), np.uint8)
        probability[..., 0] = red
        return Findings(red.shape, (FoundTile(Region.of_shape(red.shape), probability),), dict.fromkeys(KINDS, 0.5))


def test_thresholds_are_the_best_that_leave_clean_pictures_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from restorer.training import defects

    def line(image: np.ndarray, _rng: np.random.Generator) -> np.ndarray:  # type: ignore[type-arg]
        image = image.copy()
        image[:, 100:103] = 0.9
        return image

    monkeypatch.setattr(defects, "DAMAGE", dict.fromkeys(KINDS, (line,)))
    monkeypatch.setattr(defects, "CHANCES", (1.0, 0.0, 0.0, 0.0))
    monkeypatch.setattr(defects, "CONFOUNDED_CHANCE", 0.0)
    monkeypatch.setattr(defects, "MOST", 1)
    monkeypatch.setattr(defects, "aged", lambda image, _rng: image)
    monkeypatch.setattr(defects, "scanned", lambda image, _rng: image)
    dark, light = (np.full((256, 256, 3), level, np.uint8) for level in (40, 40))
    light[:32, :32] = 180  # 1.6 % of a picture, which is nothing
    chosen = choose(Oracle(), Pictures((dark, light)), share=0.004)  # type: ignore[arg-type]
    assert 0.71 < chosen["scratch"].threshold < 0.9
    assert chosen["scratch"].clean == 0
    assert chosen["scratch"].f1 == 1
    allowed = choose(Oracle(), Pictures((dark, light)), share=0.2)["scratch"]  # type: ignore[arg-type]
    assert allowed.f1 == 1  # whatever may be marked, it is not worse


def test_calibrating_writes_the_thresholds_into_the_card(
    pictures: Pictures, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torch.manual_seed(1)
    path = weights.save(tmp_path / "a.safetensors", Spotter().state_dict(), {"network": "spotter", "shape": {}}).path
    cv2.imwrite(str(tmp_path / "clean.png"), pictures.arrays[0][:200, :200])
    call = ["train", "calibrate", str(path), "--data", str(tmp_path), "--threads", "1"]
    assert main([*call, "-o", str(tmp_path / "b.safetensors")]) == 0
    said = capsys.readouterr().out
    card = json.loads((tmp_path / "b.json").read_text())
    assert set(card["thresholds"]) == set(KINDS)
    assert all(f"{kind}: from {value:.3f}" in said for kind, value in card["thresholds"].items())
    assert Detector(str(tmp_path / "b.safetensors"), "cpu", 1).thresholds == pytest.approx(card["thresholds"])
    assert main([*call, "-o", str(tmp_path / "b.png")]) == 2
