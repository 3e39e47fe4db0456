"""Dust on a synthetic pan with parallax: filled from the neighbouring frames, and frame by frame.

    python benchmarks/film.py [--frames N] [--size WxH] [--seed N] [--page docs/batch.md] [PICTURE ...]

A camera glides over a picture; a part of it, nearer, glides faster, so that it hides and shows what is behind.  Each
frame has grain of its own and known specks and hairs.  Compared are: nothing done; each frame filled alone by the
network under the true mask; each frame alone, its damage found by the detector; frames filled under the true mask
from their neighbours where they agree (what a person who marks dust gets); and the whole chain, in which the dust is
found by comparing frames as well.

The thresholds of film were chosen under the dust and grain of seed 0; another seed is held out.

PSNR is of the dust's pixels against the frame without dust: in frames with two others on each side, and in the two at
each end.  Flicker is the mean absolute difference, in levels of 255,
of successive frames along the true motion, at the dust's pixels, beyond that of the frames without dust.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

import cv2
import numpy as np
from into_page import put

from restorer import bundled
from restorer.batch.entries import Entry, plan
from restorer.batch.film import frames
from restorer.batch.inputs import gather
from restorer.batch.one_file import Networks, read, restore
from restorer.batch.pairing import paired
from restorer.batch.settings import Settings
from restorer.document.document import Document
from restorer.imaging.files import write_mask
from restorer.imaging.mask import grown

Restored = tuple[np.ndarray, np.ndarray | None]
"""Frames uint8 n×H×W×3, and bool n×H×W what was filled, where that was chosen by the program."""
GRAIN = 2.0


@dataclass(frozen=True, eq=False)
class Pan:
    """`clean` and `dusty` uint8 n×H×W×3, `dust` bool n×H×W, `step` n×H×W×2: where each pixel lies a frame later."""

    clean: np.ndarray
    dusty: np.ndarray
    dust: np.ndarray
    step: np.ndarray


def pan(picture: np.ndarray, size: tuple[int, int], count: int, seed: int = 0, dust: int = 25) -> Pan:
    """A pan over `picture` (uint8 H×W×3); `size` is width and height of a frame."""
    rng = np.random.default_rng(seed)
    width, height = size
    speed, nearer = np.array([2.3, 0.7]), np.array([4.9, 0.9])
    need = (int(width + 5 * count + 40), int(height + 2 * count + 40))
    scale = max(need[0] / picture.shape[1], need[1] / picture.shape[0], 0.3)
    far = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    near = far[:, ::-1].copy()
    shape = np.zeros(far.shape[:2], np.float32)
    centre = int(far.shape[1] * 0.4), int(need[1] * 0.5)
    cv2.ellipse(shape, centre, (width // 6, height // 4), 20, 0, 360, 1.0, -1)
    shape = cv2.GaussianBlur(shape, (0, 0), 0.8)
    clean, dusty, marks, steps = [], [], [], []
    for number in range(count):
        layers = []
        for layer, way in ((far, speed), (near, nearer), (shape, nearer)):
            move = np.float32([[1, 0, -way[0] * number - 10], [0, 1, -way[1] * number - 10]])
            layers.append(cv2.warpAffine(layer, move, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE))
        cover = layers[2].clip(0, 1)[..., None]
        frame = layers[0] * (1 - cover) + layers[1] * cover + rng.normal(0, GRAIN, (height, width, 1))
        frame = np.rint(frame.clip(0, 255)).astype(np.uint8)
        mask = specks(rng, height, width, dust)
        tone = np.where(rng.random() < 0.5, 235, 20)
        spoilt = frame.copy()
        spoilt[mask] = np.clip(tone + rng.normal(0, 4, (int(mask.sum()), 1)), 0, 255)
        clean.append(frame)
        dusty.append(spoilt)
        marks.append(mask)
        steps.append(np.where(cover > 0.5, -nearer, -speed))
    return Pan(np.array(clean), np.array(dusty), np.array(marks), np.array(steps))


def specks(rng: np.random.Generator, height: int, width: int, count: int) -> np.ndarray:
    """Round and lengthy dust, and a hair."""
    mask = np.zeros((height, width), np.uint8)
    for _ in range(count):
        at = int(rng.integers(5, width - 5)), int(rng.integers(5, height - 5))
        axes = int(rng.integers(1, 5)), int(rng.integers(1, 5))
        cv2.ellipse(mask, at, axes, int(rng.integers(0, 180)), 0, 360, 1, -1)
    start = np.array([rng.integers(10, width - 10), rng.integers(10, height - 10)], float)
    bends = start + np.cumsum(rng.normal(0, 6, (8, 2)), 0)
    cv2.polylines(mask, [np.rint(bends).astype(np.int32)], False, 1, 2)
    return mask > 0


def psnr(filled: np.ndarray, pan_: Pan, frames_: np.ndarray | None = None) -> float:
    """In the dust of the frames for which `frames_` (bool n) is true; of all of them without it."""
    dust = pan_.dust if frames_ is None else pan_.dust & frames_[:, None, None]
    difference = filled[dust].astype(float) - pan_.clean[dust]
    return float(10 * np.log10(255**2 / max(1e-9, (difference**2).mean())))


def flicker(filled: np.ndarray, pan_: Pan) -> float:
    """See above; 0 is what the frames without dust have."""
    return _restless(filled, pan_) - _restless(pan_.clean, pan_)


def _restless(film: np.ndarray, pan_: Pan) -> float:
    found = []
    height, width = film.shape[1:3]
    y, x = np.mgrid[:height, :width].astype(np.float32)
    for number in range(len(film) - 1):
        step = pan_.step[number].astype(np.float32)
        to_x, to_y = x + step[..., 0], y + step[..., 1]
        after = cv2.remap(film[number + 1].astype(np.float32), to_x, to_y, cv2.INTER_CUBIC)
        later = cv2.remap(pan_.dust[number + 1].astype(np.float32), to_x, to_y, cv2.INTER_NEAREST) > 0
        near = cv2.remap(pan_.step[number + 1].astype(np.float32)[..., 0], to_x, to_y, cv2.INTER_NEAREST)
        looked = (pan_.dust[number] | later) & (np.abs(near - step[..., 0]) < 1e-3)
        looked &= (to_x >= 0) & (to_x < width - 1) & (to_y >= 0) & (to_y < height - 1)
        found.append(np.abs(film[number].astype(np.float32) - after).mean(2)[looked])
    return float(np.concatenate(found).mean())


def write_frames(folder: Path, film: np.ndarray) -> None:
    for number, frame in enumerate(film, 1):
        cv2.imwrite(str(folder / f"frame-{number}.png"), frame[..., ::-1])


def per_frame(folder: Path, pan_: Pan, networks: Networks) -> np.ndarray:
    """Each frame alone, under the true mask."""
    done = []
    for number, mask in enumerate(pan_.dust, 1):
        document = Document.open(folder / f"frame-{number}.png")
        document.set_mask(mask)
        job = document.job(grow=1)
        document.apply(job, networks.restorer.restore(job), {})
        done.append(document.image.read(document.bounds))
    return np.array(done)


def alone(folder: Path, networks: Networks, settings: Settings) -> Restored:
    """As `restorer batch --detect` does, each frame by itself.  Also what was filled."""
    return _restored(plan(gather([folder]), folder / "out"), networks, replace(settings, film=False, detect=True))


def as_film(folder: Path, networks: Networks, settings: Settings, masks: np.ndarray | None) -> Restored:
    """The batch's own steps; with `masks` these are filled, too, besides what is found.  Also what was filled."""
    found = gather([folder])
    if masks is not None:
        (folder / "masks").mkdir(exist_ok=True)
        for one, mask in zip(found, masks, strict=True):
            write_mask(folder / "masks" / f"{one.path.stem}.png", mask)
        found = paired(found, folder / "masks")
    return _restored(frames(plan(found, folder / "out")), networks, settings)


def _restored(entries: Sequence[Entry], networks: Networks, settings: Settings) -> Restored:
    done, marked = [], []
    for entry in entries:
        work = read(entry, Event())
        before = np.array(work.document.original)
        restore(work, settings, networks, lambda _share: None)
        image = work.document.image.read(work.document.bounds)
        done.append(image)
        marked.append((image != before).any(2))
    return np.array(done), np.array(marked)


def ways(folder: Path, film: Pan, networks: Networks, settings: Settings) -> dict[str, Callable[[], Restored]]:
    return {
        "nothing": lambda: (film.dusty, None),
        "network, frame by frame": lambda: (per_frame(folder, film, networks), None),
        "network, frame by frame, dust found": lambda: alone(folder, networks, settings),
        "neighbours, true mask": lambda: (as_film(folder, networks, settings, film.dust)[0], None),
        "dust found, neighbours": lambda: as_film(folder, networks, settings, None),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--frames", type=int, default=12)
    parser.add_argument("--size", default="480x320")
    parser.add_argument("--seed", type=int, default=0, help="of dust and grain")
    parser.add_argument("--page", type=Path, help="put the table into this page, too")
    samples = sorted((bundled.resources() / "samples").glob("*.jpg"))
    parser.add_argument("pictures", nargs="*", type=Path, default=samples)
    args = parser.parse_args()
    width, height = map(int, args.size.split("x"))
    settings = Settings(device="cpu", film=True, grow=1, grow_found=1)
    networks = Networks(replace(settings, detect=True))  # with a detector
    rows = [
        "| picture | way | PSNR in the dust, dB: within | at the ends "
        "| flicker | found | marked wrongly | CPU s a frame |",
        "|---|---|---|---|---|---|---|---|",
    ]
    print("\n".join(rows), flush=True)
    within = np.zeros(args.frames, bool)
    within[2:-2] = True
    for picture in args.pictures:
        film = pan(cv2.imread(str(picture))[..., ::-1], (width, height), args.frames, args.seed)
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            write_frames(folder, film.dusty)
            for way, work in ways(folder, film, networks, settings).items():
                begun = time.process_time()
                filled, marked = work()
                seconds = (time.process_time() - begun) / args.frames
                said = "| |"
                if marked is not None:
                    near = np.array([grown(mask, 3) for mask in film.dust])
                    said = f"{(marked & film.dust).sum() / film.dust.sum():.3f} | {(marked & ~near).mean():.5f} |"
                inner, outer = psnr(filled, film, within), psnr(filled, film, ~within)
                rows.append(
                    f"| {picture.stem} | {way} | {inner:.2f} | {outer:.2f} | {flicker(filled, film):.2f} | {said} "
                    f"{seconds:.2f} |"
                )
                print(rows[-1], flush=True)
    if args.page:
        put(args.page, f"film of seed {args.seed}" if args.seed else "film", "\n".join(rows))


if __name__ == "__main__":
    main()
