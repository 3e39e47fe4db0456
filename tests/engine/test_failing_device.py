"""A graphics card that is full, is lost, or was never there: the CPU goes on, with the pixels it always gives.

No card is needed: CUDA's calls are made to fail (`failing_card`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from failing_card import CUDA, Card, lost

import restorer
from restorer.engine import arrays
from restorer.engine import device as devices
from restorer.engine.detector import Detector
from restorer.engine.restorer import Restorer
from restorer.imaging.errors import RestorerError
from restorer.imaging.findings import KINDS
from restorer.imaging.job import Job
from restorer.imaging.mask import cropped
from restorer.imaging.patch import Whole
from restorer.imaging.region import Region

TOO_LITTLE = "The graphics card has too little memory for this: the CPU is used, which takes longer."


@pytest.fixture(scope="module")
def job() -> Job:
    """16 bits, so that CPU and card both compute in float32; a lattice of scratches, and a stain of several octaves."""
    values = np.random.default_rng(3).integers(10_000, 50_000, (10, 10, 3)).astype(np.uint16)
    image = np.kron(values, np.ones((26, 26, 1), np.uint16))
    mask = np.zeros(image.shape[:2], bool)
    mask[10:200:12, 10:180] = mask[200:250, 200:250] = True
    return Job(Whole(image), cropped(mask), mask)


@pytest.fixture(scope="module")
def on_the_cpu(job: Job) -> np.ndarray:
    return whole(Restorer(device="cpu"), job)


def whole(engine: Restorer, job: Job) -> np.ndarray:
    image = job.image.read(Region.of_shape(job.image.shape)).copy()
    for patch in engine.restore(job):
        image[patch.region.slices][patch.mask] = patch.pixels[patch.mask]
    return image


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (lost, "failed (CUDA error: unspecified launch failure)"),
        (lambda: RuntimeError("cuDNN error: CUDNN_STATUS_EXECUTION_FAILED"), "failed (cuDNN error"),
    ],
)
@pytest.mark.parametrize("good", [0, 2])
def test_a_lost_card(
    card: Card, job: Job, on_the_cpu: np.ndarray, fault: Callable[[], Exception], said: str, good: int
) -> None:
    """At its first call or in the middle of a fill: the CPU begins again, says so once, and stays."""
    card.fault, card.faults, card.good = fault, 1, good
    notices: list[str] = []
    engine = Restorer(device="cuda", notice=notices.append)
    assert engine.made(job)["device"] == "cuda"
    got = whole(engine, job)
    assert len(notices) == 1
    assert said in notices[0]
    assert engine.made(job)["device"] == "cpu"
    np.testing.assert_array_equal(got, on_the_cpu)
    sent = len(card.areas)
    np.testing.assert_array_equal(whole(engine, job), got)
    assert len(card.areas) == sent
    assert len(notices) == 1


def test_a_full_card_gets_smaller_tiles(card: Card, job: Job, on_the_cpu: np.ndarray) -> None:
    card.fault, card.faults, card.good = torch.OutOfMemoryError, 1, 100
    engine = Restorer(device="cuda")
    engine.restore(job)  # what it sends when all is well
    largest, card.areas, card.good = max(card.areas), [], 0
    notices: list[str] = []
    engine = Restorer(device="cuda", notice=notices.append)
    got = whole(engine, job)
    assert notices == []
    assert engine.made(job)["device"] == "cuda"
    assert max(card.areas[1:]) < largest
    apart = np.abs(got.astype(int) - on_the_cpu)[got != job.image.read(Region.of_shape(got.shape))]
    assert apart.mean() <= 0.005 * 65535, apart.mean()  # other tiles see other surroundings


def test_a_card_that_stays_full(card: Card, job: Job, on_the_cpu: np.ndarray) -> None:
    card.fault, card.faults = torch.OutOfMemoryError, 2
    notices: list[str] = []
    engine = Restorer(device="cuda", notice=notices.append)
    np.testing.assert_array_equal(whole(engine, job), on_the_cpu)
    assert notices == [TOO_LITTLE]


class TestSearch:
    """The detector on such a card."""

    @pytest.fixture
    def picture(self) -> Whole:
        """8 bits, three tiles side by side, with bright scratches."""
        values = np.random.default_rng(7).integers(60, 160, (10, 60, 3)).astype(np.uint8)
        image = np.kron(values, np.ones((26, 26, 1), np.uint8))
        for left in range(40, 1500, 130):
            image[20:240, left : left + 3] = 245
        return Whole(image)

    @pytest.fixture
    def on_the_cpu(self, picture: Whole) -> np.ndarray:
        mask = Detector(device="cpu").find(picture).mask(0.5, set(KINDS))
        assert 0 < mask.sum() < mask.size
        return mask

    @pytest.mark.parametrize(
        ("fault", "faults", "said"),
        [(lost, 1, "The graphics card failed (CUDA error: unspecified launch failure)"),
         (torch.OutOfMemoryError, 2, TOO_LITTLE)],
    )  # fmt: skip
    @pytest.mark.parametrize("good", [0, 2])
    def test_the_cpu_goes_on(
        self,
        on_the_cpu: np.ndarray,
        card: Card,
        picture: Whole,
        fault: Callable[[], Exception],
        faults: int,
        said: str,
        good: int,
    ) -> None:
        card.fault, card.faults, card.good = fault, faults, good
        notices: list[str] = []
        detector = Detector(device="cuda", notice=notices.append)
        np.testing.assert_array_equal(detector.find(picture).mask(0.5, set(KINDS)), on_the_cpu)
        assert card.faults == 0
        assert len(notices) == 1
        assert said in notices[0]
        sent = len(card.areas)
        assert sent > good
        detector.find(picture)
        assert len(card.areas) == sent  # it stays with the CPU

    def test_a_card_that_was_full_once_goes_on(self, on_the_cpu: np.ndarray, card: Card, picture: Whole) -> None:
        card.fault, card.faults = torch.OutOfMemoryError, 1
        detector = Detector(device="cuda", notice=pytest.fail)
        np.testing.assert_array_equal(detector.find(picture).mask(0.5, set(KINDS)), on_the_cpu)
        assert len(card.areas) > 1


def test_a_full_computer_is_not_blamed_on_a_card(card: Card, job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Restorer(device="cuda", notice=pytest.fail)

    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(engine, "_answers", full)
    with pytest.raises(RestorerError, match="not enough memory"):
        engine.restore(job)
    assert card.areas == []


class TestMissing:
    """`is_available` may be wrong: torch is built without CUDA here, and says so when it is used."""

    @pytest.fixture(autouse=True)
    def _said_to_be_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        if torch.version.cuda is not None:
            pytest.skip("this torch has CUDA")
        monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
        arrays._restorer.cache_clear()  # one that an earlier call has made has said what it had to say

    def test_auto_takes_the_cpu(self, job: Job, on_the_cpu: np.ndarray) -> None:
        notices: list[str] = []
        engine = Restorer(notice=notices.append)
        assert notices == [
            "The graphics card failed (Torch not compiled with CUDA enabled): the CPU is used, which takes longer."
        ]
        np.testing.assert_array_equal(whole(engine, job), on_the_cpu)

    def test_who_asks_for_it_is_told(self) -> None:
        with pytest.raises(RestorerError, match=r"CUDA cannot be used \(Torch not compiled with CUDA enabled\)"):
            Restorer(device="cuda")

    def test_the_library_warns(self) -> None:
        image = np.full((40, 40), 90, np.uint8)
        mask = np.zeros((40, 40), bool)
        mask[20:23] = True
        with pytest.warns(RuntimeWarning, match="the CPU is used"):
            restorer.fill(image, mask, seed=1, device="auto")


def test_a_cuda_build_without_a_driver_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.version, "cuda", "13.0")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    notices: list[str] = []
    Restorer(notice=notices.append)
    assert notices == ["No graphics card with a working driver was found: the CPU is used, which takes longer."]
    Restorer(device="cpu", notice=pytest.fail)


def test_a_fault_of_the_cpu_is_no_cards() -> None:
    assert not devices.has_failed(torch.device("cpu"), torch.OutOfMemoryError())
    assert not devices.has_failed(CUDA, ValueError("CUDA"))
