"""Adapting weights to a collection: the real trainer, engine and files, with a small network."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import cv2
import imagecodecs
import numpy as np
import pytest
import torch

from restorer import bundled
from restorer.__main__ import main
from restorer.engine import weights
from restorer.engine.networks.reweave import Reweave
from restorer.engine.networks.spotter import Spotter
from restorer.engine.restorer import Restorer
from restorer.imaging.errors import Cancelled, RestorerError
from restorer.training import adapt as adapting
from restorer.training import collection
from restorer.training.adapt import Adapted, Measured, Progress, Request, adapt, own_target
from restorer.training.collection import gather

PHOTOGRAPH = cv2.imread(str(bundled.resources() / "samples" / "osprey.jpg"))[..., ::-1]


def write(path: Path, pixels: np.ndarray) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(imagecodecs.png_encode(np.ascontiguousarray(pixels), level=1))
    return path


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Eight photographs of 176 px, all different."""
    for number in range(8):
        y, x = 140 * (number // 4), 190 * (number % 4)
        write(tmp_path / "album" / f"{number}.png", PHOTOGRAPH[y : y + 176, x : x + 176])
    return tmp_path / "album"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Weights of a small network that was taught nothing."""
    torch.manual_seed(0)
    card = {"network": "reweave", "shape": {"channels": 8, "blocks": 2}, "licence": "Apache-2.0", "summary": "none"}
    return weights.save(tmp_path / "base.safetensors", Reweave(8, 2).state_dict(), card).path


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    few = {"crop": 64, "batch": 4, "wide": 1, "drawn": 12, "warmup": 1, "average": 0.9}
    monkeypatch.setattr(adapting, "SETTINGS", few)
    monkeypatch.setattr(collection, "EXAMINED", 96)
    monkeypatch.setattr(weights, "own_folder", lambda: tmp_path / "own" / "models")


def request(album: Path, base: Path, steps: int | None = 2, **more: object) -> Request:
    target = base.with_name("mine.safetensors")
    return Request((album,), target, model=str(base), steps=steps, device="cpu", **more)  # type: ignore[arg-type]


def test_what_is_saved_is_another_network_with_a_card_that_tells_its_story(album: Path, base: Path) -> None:
    before = {path: path.read_bytes() for path in album.iterdir()}
    adapted = adapt(request(album, base, anyway=True))
    assert {path: path.read_bytes() for path in album.iterdir()} == before
    assert (adapted.learnt_from, adapted.put_aside, adapted.steps) == (6, 2, 2)
    assert len(adapted.before.narrow) == len(adapted.after.wide) == 8
    found = weights.find(str(base.with_name("mine.safetensors")))
    found.network()
    old = weights.find(str(base))
    assert any(not torch.equal(tensor, old.tensors()[name]) for name, tensor in found.tensors().items())
    assert found.card["base"] == {"name": "base", "sha256": old.sha256}
    assert found.card["steps"] == 2
    assert found.card["licence"] == "Apache-2.0"
    assert "6 photographs" in found.card["summary"]
    figures = found.card["gain"]["psnr_hole_db"]["narrow"]
    assert figures["after"] == pytest.approx(np.mean(adapted.after.narrow), abs=0.01)
    assert str(album) not in json.dumps(dict(found.card))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no folder that refuses everybody")
@pytest.mark.parametrize("folder", ["/proc", "/proc/new/newer", "album/0.png/x"])
def test_a_folder_that_refuses_is_noticed_before_anything_is_learnt(
    album: Path, base: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapting, "gather", None)
    target = album.parent / folder / "mine.safetensors"
    with pytest.raises(RestorerError, match=r"cannot be written to .*: choose another folder"):
        adapt(Request((album,), target, model=str(base), steps=1, device="cpu"))


def test_without_a_terminal_each_stage_is_a_line(album: Path, base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["train", "adapt", str(album), "--model", str(base), "--steps", "1", "--anyway", "--device", "cpu"]
    assert main([*words, "-o", str(base.with_name("mine.safetensors"))]) == 0
    lines = [f"restorer: {stage} …" for stage in ("Reading", "Measuring", "Learning", "Measuring")]
    assert capsys.readouterr().err.splitlines() == lines


def test_the_same_request_gives_the_same_weights_and_another_seed_others(
    album: Path, base: Path, tmp_path: Path
) -> None:
    hashes = []
    for number, seed in enumerate((1, 1, 2)):
        target = tmp_path / f"{number}.safetensors"
        adapted = adapt(Request((album,), target, model=str(base), steps=2, anyway=True, device="cpu", seed=seed))
        assert adapted.weights is not None
        hashes.append(adapted.weights.sha256)
    assert hashes[0] == hashes[1] != hashes[2]


def test_a_card_that_cannot_be_used_leaves_it_to_the_cpu(
    album: Path, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """torch, built without CUDA, fails where it is called: while measuring, and again while learning."""
    if torch.version.cuda is not None:
        pytest.skip("this torch has CUDA")
    told: list[str] = []
    hashes = []
    for device in ("cpu", "auto"):
        monkeypatch.setattr(torch.cuda, "is_available", lambda there=device == "auto": there)
        target = tmp_path / f"{device}.safetensors"
        adapted = adapt(
            Request((album,), target, model=str(base), steps=2, anyway=True, device=device), tell=told.append
        )
        assert adapted.weights is not None
        hashes.append(adapted.weights.sha256)
    assert hashes[0] == hashes[1]
    assert len(told) == 3
    assert all("the CPU is used" in sentence for sentence in told)


def test_what_can_be_learnt_is_a_gain_and_is_kept(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stripes in phase with nothing: interpolation cannot continue them, and one minute of teaching can."""
    monkeypatch.setattr(adapting, "RATE", 5e-3)
    for number in range(8):
        wave = 128 + 100 * np.sin(np.arange(200) * 1.1 + number)
        stripes = np.broadcast_to(wave, (170, 200)) + 20 * np.sin(np.arange(170) * 0.03 * (number + 1))[:, None]
        write(tmp_path / "stripes" / f"{number}.png", np.clip(stripes, 0, 255).astype(np.uint8))
    adapted = adapt(request(tmp_path / "stripes", base, steps=40))
    assert adapted.narrow_gain > 1
    assert adapted.gains
    assert adapted.weights is not None
    assert adapted.weights.path.is_file()


def test_what_does_not_gain_is_not_kept(album: Path, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapting, "RATE", 1e-9)
    adapted = adapt(request(album, base))
    assert adapted.weights is None
    assert not adapted.gains
    assert abs(adapted.narrow_gain) < 0.01  # the same damage, before and after
    assert abs(adapted.wide_gain) < 0.01
    assert {path.name for path in base.parent.iterdir()} == {"album", "base.safetensors", "base.json"}


def test_a_gain_must_be_more_than_chance() -> None:
    def adapted(after: tuple[float, ...]) -> Adapted:
        return Adapted(None, Measured((20, 20), (20, 20)), Measured(after[:2], after[2:]), 6, 2, 1, 1.0)

    assert adapted((20.3, 20.3, 20.4, 20.2)).gains
    assert not adapted((22.5, 18.5, 20.3, 20.1)).gains  # mean 0.35 dB, but from one piece
    assert not adapted((20.03, 20.03, 20.04, 20.03)).gains
    assert not adapted((19.7, 19.7, 19.6, 19.8)).gains
    assert adapted((20.3, 20.3, 20.4, 20.2)).narrow_gain == pytest.approx(0.3)
    assert adapted((20.3, 20.3, 20.4, 20.2)).wide_gain == pytest.approx(0.3)


@pytest.mark.parametrize("stage", ["reading", "measuring", "learning"])
def test_what_is_cancelled_writes_nothing(stage: str, album: Path, base: Path) -> None:
    asked = request(album, base, anyway=True, steps=3)
    seen: list[str] = []

    def cancel(progress: Progress) -> None:
        seen.append(progress.stage)
        if progress.stage == stage:
            asked.cancel()

    with pytest.raises(Cancelled):
        adapt(asked, cancel)
    assert seen[-1] == stage
    assert seen.count(stage) <= 2
    assert not list(base.parent.glob("mine.*"))


def test_the_time_left_counts_what_measuring_takes(album: Path, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute was given, and measuring alone takes 50 s each time."""
    now, told = [0.0], list[Progress]()
    monkeypatch.setattr(adapting, "time", SimpleNamespace(monotonic=lambda: now[0]))
    clock = adapting._Clock(request(album, base, None, minutes=1), told.append)
    clock.tell("reading", 0.5)
    assert told[-1].seconds_left == 60
    for stage, second, share, left in (
        ("measuring", 10, 0.0, 50),
        ("measuring", 30, 0.4, 30 + 50 + adapting.LEAST_S),
        ("measuring", 60, 1.0, 50 + adapting.LEAST_S),
        ("learning", 60, 0.1, 50),
        ("learning", 65, 0.9, 50),
        ("measuring", 66, 0.0, 50),
        ("measuring", 91, 0.5, 25),
    ):
        now[0] = second
        if stage == "learning" and share == 0.1:
            clock.keep_for_the_end(50)
        clock.tell(stage, share)
        assert told[-1].seconds_left == pytest.approx(left), (stage, second)
    shares = [progress.share for progress in told]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(91 / 116)
    clock.tell("measuring", 1.0, done=True)
    assert (told[-1].share, told[-1].seconds_left) == (1, 0)


def test_progress_goes_on_to_the_end(album: Path, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapting, "LEAST_S", 0.2)
    for asked in (request(album, base, anyway=True), request(album, base, None, anyway=True, minutes=0.01)):
        told: list[Progress] = []
        adapted = adapt(asked, told.append)
        assert adapted.steps >= 2
        shares = [progress.share for progress in told]
        assert shares == sorted(shares)
        assert shares[0] < 0.2
        assert shares[-1] == 1
        assert all(progress.seconds_left >= 0 for progress in told)
        assert list(dict.fromkeys(progress.stage for progress in told)) == ["reading", "measuring", "learning"]
        for path in base.parent.glob("mine.*"):
            path.unlink()


def test_in_the_time_that_is_given_the_rate_falls_to_nothing(
    album: Path, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapting, "LEAST_S", 0.3)
    adapted = adapt(request(album, base, None, anyway=True, minutes=0.05))
    assert adapted.weights is not None
    settings = adapted.weights.card["settings"]
    assert settings["steps"] >= adapted.steps
    assert 0 < settings["cooldown"] < settings["steps"]


def test_what_is_there_is_not_replaced(album: Path, base: Path) -> None:
    asked = request(album, base, anyway=True)
    for path in (asked.target, asked.target.with_suffix(".json")):
        path.write_text("mine")
        with pytest.raises(RestorerError, match="is there already"):
            adapt(asked, lambda _progress: pytest.fail("began"))
        assert path.read_text() == "mine"
        path.unlink()
    with pytest.raises(RestorerError, match=r"end it with \.safetensors"):
        adapt(Request((album,), base.with_name("mine.bin"), model=str(base)))


def test_only_networks_that_restore_are_adapted(album: Path, tmp_path: Path) -> None:
    card = {"network": "spotter", "shape": {}}
    finder = weights.save(tmp_path / "finder.safetensors", Spotter().state_dict(), card)
    with pytest.raises(RestorerError, match="does not fill"):
        adapt(request(album, finder.path))
    with pytest.raises(RestorerError, match="no model"):
        adapt(Request((album,), tmp_path / "mine.safetensors", model="lama"))


def test_photographs_that_cannot_be_used_are_named(album: Path) -> None:
    (album / "broken.png").write_bytes(b"no picture")
    write(album / "tiny.png", PHOTOGRAPH[:100, :100])
    again = cv2.imread(str(album / "3.png"))
    cv2.imwrite(str(album / "z-again.jpg"), again, [cv2.IMWRITE_JPEG_QUALITY, 70])
    said: list[str] = []
    found = gather([album], 1, said.append)
    assert found.learnt_from + found.put_aside == 8
    assert len(said) == 3
    for name, why in (("broken.png", "no picture"), ("tiny.png", "100 × 100 px"), ("z-again.jpg", "the same as")):
        assert any(name in sentence and why in sentence for sentence in said)
    with pytest.raises(RestorerError, match="There are 5 different photographs"):
        gather(sorted(album.glob("?.png"))[:5], 1)
    with pytest.raises(RestorerError, match="no file and no folder"):
        gather([album, album / "nowhere"], 1)


def test_nothing_that_was_put_aside_is_learnt(tmp_path: Path) -> None:
    """Each photograph has a blue of its own; some are so large that pieces are cut."""
    rng = np.random.default_rng(0)
    for number in range(8):
        side = 1100 if number % 2 else 200
        noise = cv2.GaussianBlur(rng.integers(0, 255, (side, side, 3), np.uint8), (0, 0), 3)
        noise[..., 2] = 10 * number
        write(tmp_path / f"{number}.png", noise.astype(np.uint16) * 257)

    def blues(pieces: tuple[np.ndarray, ...]) -> set[int]:
        assert all((piece[..., 2] == piece[0, 0, 2]).all() for piece in pieces)
        return {int(piece[0, 0, 2]) // 10 for piece in pieces}

    found = gather([tmp_path], 1)
    learnt, aside = blues(found.pictures.arrays), blues(found.examined)
    assert len(learnt) == 6
    assert learnt | aside == set(range(8))
    assert all(piece.shape == (96, 96, 3) for piece in found.examined)
    large = sum(number % 2 for number in learnt)
    assert [piece.shape[0] for piece in found.pictures.arrays].count(collection.PIECE) == large * collection.PIECES
    assert blues(gather([tmp_path], 1).examined) == aside
    assert any(blues(gather([tmp_path], seed).examined) != aside for seed in (2, 3, 4))


def test_of_very_many_files_some_are_taken(album: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "MOST", 7)
    said: list[str] = []
    found = gather([album], 1, said.append)
    assert found.learnt_from + found.put_aside == 7
    assert said == ["There are 8 files: 7 of them are used."]


def test_own_weights_are_found_by_their_name(album: Path, base: Path) -> None:
    target = own_target("Grandmother's album".replace("'", ""))
    assert not target.parent.exists()
    adapt(Request((album,), target, model=str(base), steps=1, anyway=True, device="cpu"))
    assert weights.available() == [weights.DEFAULT, *sorted({*weights.available()} - {weights.DEFAULT})]
    assert "Grandmothers album" in weights.available()
    assert weights.find("Grandmothers album").path == target
    Restorer("Grandmothers album", "cpu")
    for taken in ("Grandmothers album", weights.DEFAULT):
        with pytest.raises(RestorerError, match="already"):
            own_target(taken)
    for bad in ("", "../x", "a/b", ".hidden", "x.safetensors", "a" * 80):
        with pytest.raises(RestorerError, match="cannot be the name"):
            own_target(bad)


def test_the_command_says_what_was_gained(
    album: Path, base: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:

    def call(*words: str) -> int:
        return main(["train", "adapt", str(album), "--model", str(base), "--steps", "1", *words])

    (album / "broken.png").write_bytes(b"no picture")
    assert call("--name", "album", "--anyway") == 0
    said = capsys.readouterr()
    assert "On 2 photographs put aside: narrow damage" in said.out
    assert "choose it with --model 'album'" in said.out
    assert "broken.png is left out" in " ".join(said.err.split())
    assert "album" in weights.available()
    monkeypatch.setattr(adapting, "RATE", 1e-9)
    assert call("-o", str(base.with_name("mine.safetensors"))) == 1
    assert "nothing was written" in capsys.readouterr().err
    assert not base.with_name("mine.safetensors").exists()
