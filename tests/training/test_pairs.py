"""Pairs of images and masks: which are taken, what is said of the others, and what crops show."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import cv2
import imagecodecs
import numpy as np
import pytest

from restorer.__main__ import main
from restorer.engine.networks.reweave import REACH
from restorer.imaging.errors import RestorerError
from restorer.training.config import Config
from restorer.training.pairs import MOST_MASKED, Pair, Pairs, source_of
from restorer.training.pictures import LONGEST_SIDE
from restorer.training.trainer import train

HEIGHT, WIDTH = 200, 240


def write(path: Path, pixels: np.ndarray) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(imagecodecs.png_encode(pixels, level=1))


def photograph(seed: int = 0, height: int = HEIGHT, width: int = WIDTH) -> np.ndarray:
    noise = np.random.default_rng(seed).integers(0, 255, (height, width, 3), np.uint8)
    return cv2.GaussianBlur(noise, (0, 0), 2)


def scratch(height: int = HEIGHT, width: int = WIDTH) -> np.ndarray:
    mask = np.zeros((height, width), np.uint8)
    mask[50:54, 20:120] = 255
    return mask


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    images, masks = tmp_path / "images", tmp_path / "masks"
    for name in ("a", "b", "more/a"):
        write(images / f"{name}.png", photograph())
        write(masks / f"{name}.png", scratch())
    return images, masks


def test_pairs_of_the_same_name_are_loaded(folders: tuple[Path, Path]) -> None:
    images, masks = folders
    write(images / "c.png", photograph(1).astype(np.uint16) * 257)
    cv2.imwrite(str(masks / "c.bmp"), np.where(scratch(), 128, 127).astype(np.uint8))
    said: list[str] = []
    pairs = Pairs.load(images, masks, tell=said.append)
    assert said == []
    assert [pair.name for pair in pairs.pairs] == ["a", "b", "c", "more/a"]
    assert (pairs.pairs[0].image == photograph()).all()
    assert (pairs.pairs[2].image == photograph(1)).all()
    assert all((pair.mask == (scratch() > 0)).all() for pair in pairs.pairs)


def test_what_cannot_be_used_is_named_and_the_rest_is_loaded(folders: tuple[Path, Path]) -> None:
    images, masks = folders
    faults = {
        "maskless": (photograph(), None, "no mask of that name"),
        "imageless": (None, scratch(), "no image of that name"),
        "other-size": (photograph(), scratch(HEIGHT, WIDTH + 1), "has 241 × 200 pixels, the picture 240 × 200"),
        "empty": (photograph(), scratch() * 0, "marks nothing"),
        "full": (photograph(), scratch() * 0 + 255, "marks everything"),
        "tiny": (photograph(height=80), scratch(80), "240 × 80 pixels"),
    }
    for name, (image, mask, _) in faults.items():
        if image is not None:
            write(images / f"{name}.png", image)
        if mask is not None:
            write(masks / f"{name}.png", mask)
    for folder, name, other in ((images, "bad-image", masks), (masks, "bad-mask", images)):
        write(other / f"{name}.png", scratch())
        (folder / f"{name}.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
        faults[name] = (None, None, "damaged or incomplete")
    write(images / "twice.png", photograph())
    cv2.imwrite(str(images / "twice.jpg"), photograph())
    write(masks / "twice.png", scratch())
    faults["twice"] = (None, None, "has the same name")
    said: list[str] = []
    pairs = Pairs.load(images, masks, tell=said.append)
    assert [pair.name for pair in pairs.pairs] == ["a", "b", "more/a", "twice"]
    assert len(said) == len(faults)
    for name, (_, _, why) in faults.items():
        assert any(re.search(rf"{name}\.\w+ is left out: .*{why}", sentence) for sentence in said), name


def test_nothing_to_use_is_an_error(folders: tuple[Path, Path], tmp_path: Path) -> None:
    images, masks = folders
    with pytest.raises(RestorerError, match="There is no folder"):
        Pairs.load(images, tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(RestorerError, match="holds no picture"):
        Pairs.load(tmp_path / "empty", masks)
    for path in masks.rglob("*.png"):
        write(path, scratch(90))
    with pytest.raises(RestorerError, match=r"No image in .* can be used"):
        Pairs.load(images, masks, tell=lambda _sentence: None)


def test_large_pairs_are_reduced_together(tmp_path: Path) -> None:
    side = LONGEST_SIDE * 2
    mask = np.zeros((400, side), np.uint8)
    mask[101, 300] = 255  # a speck of one pixel must not vanish
    write(tmp_path / "images" / "a.png", photograph(0, 400, side))
    write(tmp_path / "masks" / "a.png", mask)
    pair = Pairs.load(tmp_path / "images", tmp_path / "masks").pairs[0]
    assert pair.image.shape == (200, LONGEST_SIDE, 3)
    assert np.argwhere(pair.mask).tolist() == [[50, 150]]


def marked(damage: int | None) -> Pairs:
    """An image whose colours tell where they are, with a scratch of the colour `damage` (None: the image is whole)."""
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    image = np.dstack([y, x, np.full_like(x, 200)]).astype(np.uint8)
    mask = scratch() > 0
    if damage is not None:
        image[mask] = damage
    return Pairs((Pair.of("a", image, mask),), damaged=damage is not None)


@pytest.mark.parametrize("size", [32, 64, 128])
def test_crops_show_damage_where_it_is(size: int) -> None:
    pairs = marked(None)
    for seed in range(20):
        truth, mask = pairs.crop(size, np.random.default_rng(seed))
        assert truth.shape == (size, size, 3)
        assert truth.dtype == np.float32
        assert mask.shape == (size, size)
        assert 0 < mask.mean() <= MOST_MASKED
        rows, columns = (np.round(truth[..., i] * 255) for i in (0, 1))
        # where the colours say that the scratch is, to the px that reducing and enlarging may be off by
        near = (rows >= 48) & (rows <= 55) & (columns >= 18) & (columns <= 121)
        assert near[mask].all()
        far_inside = (rows > 50) & (rows < 53) & (columns > 22) & (columns < 118)
        assert mask[far_inside].all()


def test_the_same_generator_gives_the_same_crop_and_another_gives_another() -> None:
    pairs = marked(None)
    one, same, other = (pairs.crop(64, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert (one[0] == same[0]).all()
    assert (one[1] == same[1]).all()
    assert (one[0] != other[0]).any()


def test_real_damage_is_neither_seen_nor_taken_as_truth() -> None:
    pairs = marked(damage=0)
    for seed in range(30):
        truth, mask = pairs.crop(48, np.random.default_rng(seed))
        assert mask.any()
        assert truth[..., 2].min() > 0.75  # the damage's blue is 0, the image's 200 / 255


def test_images_without_a_whole_place_are_refused() -> None:
    mask = np.zeros((HEIGHT, WIDTH), bool)
    mask[::16] = True
    pairs = Pairs((Pair.of("a", photograph(), mask),), damaged=True)
    with pytest.raises(RestorerError, match="one without any damage"):
        pairs.crop(64, np.random.default_rng(0))
    mask[:] = True
    mask[0, 0] = False
    with pytest.raises(RestorerError, match="enough that is not"):
        Pairs((Pair.of("a", photograph(), mask),)).crop(64, np.random.default_rng(0))


@pytest.fixture(scope="module")
def config() -> Config:
    return Config.of({"crop": 64, "batch": 6, "seed": 5})


def test_batches_depend_on_seed_and_number_alone(config: Config) -> None:
    source = source_of(marked(None), config)
    third = next(itertools.islice(source(0, 0, 1), 2, None))
    resumed = next(source(2, 0, 1))
    assert (third.image == resumed.image).all()
    assert (third.mask == resumed.mask).all()
    assert (third.image != next(source(3, 0, 1)).image).any()


def test_ranks_share_a_batch(config: Config) -> None:
    source = source_of(wide_and_narrow(), config)
    for step in range(5):
        whole = next(source(step, 0, 1))
        parts = [next(source(step, rank, 2)) for rank in range(2)]
        for name in ("image", "truth", "mask"):
            shared = np.empty_like(getattr(whole, name))
            shared[0::2], shared[1::2] = (getattr(part, name) for part in parts)
            assert (shared == getattr(whole, name)).all()
        assert sum(part.narrow for part in parts) == whole.narrow
        assert {part.octave for part in parts} == {whole.octave}


def wide_and_narrow() -> Pairs:
    thin, wide = scratch() > 0, np.zeros((HEIGHT, WIDTH), bool)
    wide[60:120, 60:130] = True
    return Pairs((Pair.of("a", photograph(), thin), Pair.of("b", photograph(1), wide)))


def test_a_batch_is_what_it_says(config: Config) -> None:
    found = set()
    for batch in itertools.islice(source_of(wide_and_narrow(), config)(0, 0, 1), 12):
        assert batch.image.shape == batch.truth.shape == (6, 3, 64, 64)
        assert batch.mask.shape == (6, 1, 64, 64)
        assert batch.image.dtype == batch.truth.dtype == batch.mask.dtype == np.float32
        assert 0 <= batch.truth.min() < batch.truth.max() <= 1
        assert set(np.unique(batch.mask)) == {0, 1}
        depths = [
            cv2.distanceTransform(np.pad(m[0], 1, "edge").astype(np.uint8), cv2.DIST_L2, 3).max() for m in batch.mask
        ]
        assert max(depths[: batch.narrow], default=0) <= REACH + 1
        assert min(depths[batch.narrow :], default=99) > REACH + 1
        found.add((0 < batch.narrow < 6, batch.octave))
        rims = (batch.image != batch.truth).any(1, keepdims=True) & (batch.mask == 0)
        assert rims.mean() < 0.2
    assert (True, 2) in found


def test_a_network_can_be_trained_on_pairs(tmp_path: Path) -> None:
    config = Config.of(
        {"channels": 8, "blocks": 2, "steps": 3, "crop": 64, "batch": 4, "warmup": 1, "cooldown": 1, "autocast": False}
    )
    losses: list[float] = []
    train(source_of(wide_and_narrow(), config), config, tmp_path, lambda progress: losses.append(progress.loss))
    assert len(losses) == 3
    assert np.isfinite(losses).all()


def test_the_command_trains_on_pairs(
    folders: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    images, masks = (str(folder) for folder in folders)
    (folders[0] / "bad.png").write_bytes(b"")
    small = {"channels": 8, "blocks": 2, "steps": 2, "crop": 48, "batch": 2, "wide": 0, "warmup": 1, "cooldown": 1}
    flags = [word for name, value in small.items() for word in (f"--{name}", str(value))]
    for number, more in enumerate(([], ["--damaged"])):
        run = tmp_path / f"run{number}"
        assert main(["train", "--images", images, "--masks", masks, "-o", str(run), *more, *flags]) == 0
        said = capsys.readouterr().err
        assert "restorer: 3 pairs" in said
        assert "bad.png is left out" in said
        assert (run / "checkpoint.pt").is_file()
    for call in (["--images", images], ["--masks", masks], ["--data", images, "--images", images, "--masks", masks]):
        assert main(["train", *call, "-o", str(tmp_path / "x"), *flags]) == 2
        assert "--images DIR --masks DIR" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
