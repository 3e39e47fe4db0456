"""The published networks: their shape, and how the engine runs them."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
import torch.nn.functional as F

import restorer
from restorer import bundled
from restorer.engine import restorer as engine
from restorer.engine import weights
from restorer.engine.networks.at_once import filled_at_once
from restorer.engine.networks.context_encoder import ContextEncoder
from restorer.engine.networks.partial_conv import Part, PartialConv2d, PartialConvUNet
from restorer.engine.networks.spotter import Spotter
from restorer.engine.networks.table import NETWORKS
from restorer.engine.restorer import Restorer
from restorer.imaging import mask as masks
from restorer.imaging.errors import Cancelled, RestorerError
from restorer.imaging.job import Job
from restorer.imaging.patch import Whole

PLAIN = ("context-encoder", "partial-conv")


def made(name: str) -> torch.nn.Module:
    torch.manual_seed(0)
    network = ContextEncoder() if name == "context-encoder" else PartialConvUNet(8)
    return network.eval()


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Untrained weights of each, as files."""
    folder = tmp_path_factory.mktemp("weights")
    shapes: dict[str, dict[str, int]] = {"context-encoder": {}, "partial-conv": {"channels": 8}}
    paths = {}
    for name, shape in shapes.items():
        card = {"network": name, "shape": shape}
        paths[name] = str(weights.save(folder / f"{name}.safetensors", made(name).state_dict(), card).path)
    return paths


@pytest.fixture(scope="module")
def photograph() -> np.ndarray:
    image = cv2.imread(str(bundled.resources() / "samples" / "osprey.jpg"))[..., ::-1]
    return np.ascontiguousarray(image[400:600, 150:340])


@pytest.fixture(scope="module")
def damage() -> np.ndarray:
    """A spot that is deeper than these networks reach at once, and a scratch: 200×190."""
    mask = np.zeros((200, 190), np.uint8)
    cv2.circle(mask, (70, 100), 60, 1, -1)
    cv2.line(mask, (150, 0), (189, 199), 1, 3)
    return mask > 0


def test_they_have_the_parameters_that_were_asked_for() -> None:
    counts = {name: sum(p.numel() for p in NETWORKS[name].make().parameters()) for name in PLAIN}
    assert counts["context-encoder"] == 4_121_091
    assert counts["partial-conv"] <= 4_000_000


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("size", [(1, 1), (3, 50), (37, 29), (64, 64)])
def test_any_size_and_batch_is_filled_and_the_hole_is_not_looked_into(name: str, size: tuple[int, int]) -> None:
    network = made(name)
    image, mask = torch.rand(2, 3, *size), torch.zeros(2, 1, *size)
    mask[..., size[0] // 3 :, size[1] // 3 :] = 1
    with torch.no_grad():
        answer = network(image, mask)
        again = network(torch.where(mask > 0, torch.rand_like(image), image), mask)
        alone = network(image[1:], mask[1:])
    assert answer.shape == image.shape
    assert answer.dtype == torch.float32
    assert torch.isfinite(answer).all()
    assert torch.equal(answer, again)
    assert torch.allclose(answer[1:], alone, atol=1e-4)  # crops of a batch do not know each other


@pytest.mark.parametrize("name", PLAIN)
def test_what_is_known_counts(name: str) -> None:
    network, image, mask = made(name), torch.rand(1, 3, 48, 48), torch.zeros(1, 1, 48, 48)
    mask[..., 20:28, 20:28] = 1
    with torch.no_grad():
        change = (network(image, mask) - network(1 - image, mask)).abs()
    assert (change * mask).sum() / (3 * mask.sum()) > 1e-3


def test_a_context_encoder_sees_as_far_as_its_context() -> None:
    network, image, mask = made("context-encoder"), torch.rand(1, 3, 120, 120), torch.zeros(1, 1, 120, 120)
    other = image.clone()
    other[..., 60, 60] = 1 - other[..., 60, 60]
    with torch.no_grad():
        changed = (network(image, mask) != network(other, mask)).any(1)[0]
    rows = torch.nonzero(changed.any(1)).flatten()
    reach = max(60 - int(rows.min()), int(rows.max()) - 60)
    assert 20 < reach <= ContextEncoder.CONTEXT


def test_a_partial_convolution_of_a_whole_picture_is_a_convolution() -> None:
    torch.manual_seed(0)
    layer = PartialConv2d(4, 5, 3)
    torch.nn.init.normal_(layer.bias)
    x = torch.rand(1, 4, 9, 9)
    answer = layer.fill([Part(x, torch.ones(1, 1, 9, 9))])
    assert torch.allclose(answer.x[..., 1:-1, 1:-1], F.conv2d(x, layer.weight, layer.bias), atol=1e-5)
    assert answer.known.all()


def test_a_partial_convolution_weighs_what_is_known_and_hands_on_where() -> None:
    layer = PartialConv2d(3, 1, 3)
    torch.nn.init.ones_(layer.weight)
    torch.nn.init.constant_(layer.bias, 0.5)
    one, other = Part(torch.full((1, 1, 7, 7), 2.0), torch.zeros(1, 1, 7, 7)), Part(
        torch.full((1, 2, 7, 7), 4.0), torch.zeros(1, 1, 7, 7)
    )  # fmt: skip
    one.known[..., 1, 1] = 1
    other.known[..., 1, 2] = 1
    answer = layer.fill([one, other])
    # at (1, 1): values 2, 4, 4 of 27, so their sum times 27/3; at (1, 0) only the 2; at (1, 3) only the two 4
    assert answer.x[0, 0, 1, 1].item() == pytest.approx(10 * 9 + 0.5)
    assert answer.x[0, 0, 1, 0].item() == pytest.approx(2 * 27 + 0.5)
    assert answer.x[0, 0, 1, 3].item() == pytest.approx(8 * 27 / 2 + 0.5)
    assert answer.x[0, 0, 5, 5].item() == 0
    wanted = torch.zeros(7, 7)
    wanted[0:3, 0:4] = 1
    assert torch.equal(answer.known[0, 0], wanted)


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("kind", ["colour", "grey", "alpha", "deep"])
def test_they_fill_any_kind_of_picture_inside_the_mask_alone(
    name: str, kind: str, saved: dict[str, str], photograph: np.ndarray, damage: np.ndarray
) -> None:
    image = {
        "colour": photograph,
        "grey": photograph[..., 1],
        "alpha": np.dstack([photograph, np.full(damage.shape, 200, np.uint8)]),
        "deep": photograph.astype(np.uint16) * 257,
    }[kind]
    answers = []
    for under in (0, 1):
        damaged = image.copy()
        damaged[damage] = under * np.iinfo(image.dtype).max
        if kind == "alpha":
            damaged[..., 3] = 200
        answers.append(restorer.fill(damaged, damage, model=saved[name]))
    filled = answers[0]
    assert filled.dtype == image.dtype
    assert filled.shape == image.shape
    assert (filled == answers[1]).all()
    assert (filled[~damage] == image[~damage]).all()
    assert (filled[damage] != image[damage]).mean() > 0.5
    if kind == "alpha":
        assert (filled[..., 3] == 200).all()


@pytest.mark.parametrize("name", PLAIN)
def test_the_network_fills_at_its_octave_and_its_answer_is_enlarged(
    name: str, saved: dict[str, str], photograph: np.ndarray, damage: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[bool, int]] = []

    def watched(network, guess, mask):  # type: ignore[no-untyped-def]
        seen.append((network is not None, int(mask.sum())))
        return filled_at_once(network, guess, mask)

    monkeypatch.setattr(engine, "filled_at_once", watched)
    monkeypatch.setattr(made(name).__class__, "CONTEXT", 16)
    restorer_ = Restorer(saved[name], threads=1)
    restorer_.restore(Job(Whole(photograph), masks.cropped(damage), damage))
    assert [first for first, _ in seen].count(True) >= 2  # the scratch as it stands, the spot an octave down
    deepest = max(area for first, area in seen if first)
    spot = int(damage[:, :140].sum())
    assert 0.2 * spot < deepest < 0.35 * spot
    assert any(area >= spot for first, area in seen if not first)


@pytest.mark.parametrize("name", PLAIN)
def test_they_can_be_cancelled_and_tell_their_progress(
    name: str, saved: dict[str, str], photograph: np.ndarray, damage: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "LARGEST", 64)
    job = Job(Whole(photograph), masks.cropped(damage), damage)
    shares: list[float] = []
    answers = Restorer(saved[name]).answers(job, shares.append)
    assert len(answers) > 3
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)
    errors = np.concatenate([answer.expected_error[answer.patch.mask] for answer in answers])
    assert (errors > 0).all()
    job = Job(Whole(photograph), masks.cropped(damage), damage)
    with pytest.raises(Cancelled):
        Restorer(saved[name]).restore(job, lambda _share: job.cancel())


def test_a_network_that_does_not_fill_is_named(tmp_path: Path) -> None:
    path = weights.save(tmp_path / "s.safetensors", Spotter().state_dict(), {"network": "spotter", "shape": {}}).path
    assert isinstance(weights.find(str(path)).network(), Spotter)
    with pytest.raises(RestorerError, match="s does not fill: choose one of reweave"):
        Restorer(str(path))


def test_models_are_listed_by_what_they_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, network in (("b", "partial-conv"), ("reweave", "reweave"), ("eye", "spotter")):
        (tmp_path / f"{name}.json").write_text(f'{{"network": "{network}"}}')
    (tmp_path / "odd.json").write_text("{")
    monkeypatch.setattr(bundled, "models", lambda: tmp_path)
    assert weights.available() == ["reweave", "b", "odd"]
    assert weights.available("finds") == ["eye"]
