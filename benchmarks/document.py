"""Memory and time of a large document: open, mark, repair with the real network, save the project, export.

    python benchmarks/document.py [--megapixels 24 50 200] [--jpeg] [FOLDER]

Each size runs in a process of its own on a synthetic picture that is made in FOLDER and removed afterwards: a 16-bit
RGB TIFF, or a turned JPEG without chroma subsampling (the most coefficients, and a copy for turning it).
Memory is the process's peak so far (resident, with Python, NumPy and torch), beside the bytes of the pixels.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import imagecodecs
import numpy as np
import tifffile

from restorer.document.document import Document
from restorer.document.export import export
from restorer.document.project import save_project
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--megapixels", nargs="+", type=float, default=[24, 50, 200])
    parser.add_argument("--jpeg", action="store_true", help="an 8-bit JPEG instead of a 16-bit TIFF")
    parser.add_argument("folder", nargs="?", type=Path)
    args = parser.parse_args()
    for megapixels in args.megapixels:
        with tempfile.TemporaryDirectory(dir=args.folder) as folder:
            picture = Path(folder) / ("scan.jpg" if args.jpeg else "scan.tif")
            make = multiprocessing.get_context("spawn").Process(
                target=make_jpeg if args.jpeg else make_picture, args=(picture, megapixels)
            )
            make.start()
            make.join()
            child = multiprocessing.get_context("spawn").Process(target=work, args=(picture,))
            child.start()
            child.join()
            if child.exitcode:
                sys.exit(f"ended with {child.exitcode}")


def make_picture(path: Path, megapixels: float) -> None:
    height = int((megapixels * 1e6 / 1.4) ** 0.5)
    width = int(megapixels * 1e6 / height)
    rng = np.random.default_rng(0)
    tile = rng.integers(0, 65536, (64, width, 3), np.uint16)
    pixels = tifffile.memmap(path, shape=(height, width, 3), dtype=np.uint16, photometric="rgb")
    for top in range(0, height, 64):
        pixels[top : top + 64] = np.roll(tile, top, 1)[: min(64, height - top)]
    pixels.flush()


def make_jpeg(path: Path, megapixels: float) -> None:
    """Waves with grain, 4:4:4, to be seen turned by a quarter."""
    height = int((megapixels * 1e6 / 1.4) ** 0.5)
    width = int(megapixels * 1e6 / height)
    grain = np.random.default_rng(0).normal(0, 4, (64, width, 3)).astype(np.float32)
    wave = 128 + 70 * np.sin(np.arange(width, dtype=np.float32) / 90)[None, :, None]
    pixels = np.empty((height, width, 3), np.uint8)
    for top in range(0, height, 64):
        part = pixels[top : top + 64]
        part[:] = (wave * (0.7 + 0.3 * np.cos(top / 400)) + np.roll(grain, top, 1))[: len(part)].clip(0, 255)
    data = imagecodecs.jpeg8_encode(pixels, level=90, subsampling="444")
    orientation = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
    segment = b"\xff\xe1" + (len(orientation) + 2).to_bytes(2, "big") + orientation
    path.write_bytes(data[:2] + segment + data[2:])


@contextmanager
def told(what: str, pixel_bytes: int = 0) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    seconds, peak = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    share = f"{peak / pixel_bytes:5.2f} × the pixels" if pixel_bytes else ""
    print(f"  {what:44}{seconds:8.3f} s   peak {peak / 2**20:7.0f} MiB  {share}", flush=True)


def work(path: Path) -> None:
    from restorer.engine.restorer import Restorer

    with told("load torch and the network"):
        restorer = Restorer("reweave", "cpu", 1)
    begun = time.perf_counter()
    document = Document.open(path)
    seconds = time.perf_counter() - begun
    pixels, (height, width) = document.original.nbytes, document.mask.shape
    print(f"{width} × {height}, {pixels / 2**20:.0f} MiB of pixels; opened in {seconds:.2f} s", flush=True)
    with told("after opening", pixels):
        pass
    scratch = Stroke(Region(width // 2, height // 2, width // 2 + 400, height // 2 + 3), np.ones((3, 400), bool))
    with told("mark a stroke", pixels):
        document.mark(scratch)
    with told("its job", pixels):
        job = document.job(scratch, grow=2)
    with told("restore it", pixels):
        patches = restorer.restore(job)
    with told("apply", pixels):
        document.apply(job, patches, restorer.made(job))
    with told("hash the original, save the project", pixels):
        document.source.sha256()
        save_project(document.state(), path.with_suffix(".restorer"))
    with told(f"export as {path.suffix}, read back and compared", pixels):
        proof = export(document, path.with_name(f"out{path.suffix}"))
    print(f"  {proof.sentence}", flush=True)
    dust = np.zeros((height, width), bool)
    rng = np.random.default_rng(1)
    dust[rng.integers(0, height, 40_000), rng.integers(0, width, 40_000)] = True
    with told("mask of 40,000 specks over all of it", pixels):
        document.set_mask(dust)
    del dust
    with told("job of the whole mask, main thread", pixels):
        job = document.job(grow=2)
    with told("its growing, engine's thread", pixels):
        assert job.wanted.bits.any()
    with told("a copy for the history and another thread", pixels):
        document.state()


if __name__ == "__main__":
    main()
