"""How large the standalone program is, and what each part of it costs.

    python packaging/sizes.py dist/restorer [--compressed]

Prints a table in Markdown: MiB on disk and, with --compressed, MiB after zstd -12 of that part alone.
"""

from __future__ import annotations

import argparse
import subprocess
from collections import defaultdict
from pathlib import Path

PARTS = (
    ("torch", ("_internal/torch/",), "runs the network; libtorch_cpu alone is nearly all of it"),
    (
        "OpenCV",
        ("_internal/cv2/", "_internal/opencv_python_headless.libs/"),
        "masks, resizing; OpenBLAS and FFmpeg are linked to it",
    ),
    ("Qt and PySide6", ("_internal/PySide6/", "_internal/shiboken6/"), "the window; a third is Unicode data (ICU)"),
    ("NumPy", ("_internal/numpy/", "_internal/numpy.libs/"), "arrays; two thirds is OpenBLAS"),
    (
        "imagecodecs",
        ("_internal/imagecodecs/", "_internal/imagecodecs.libs/"),
        "TIFF, PNG, JPEG, JPEG 2000, JPEG XL, AVIF: the codecs in use",
    ),
    ("Pillow", ("_internal/PIL/", "_internal/pillow.libs/"), "WebP, GIF, BMP, colour profiles"),
    ("HEIF", ("_internal/pi_heif/", "_internal/pi_heif.libs/", "_internal/_pi_heif"), "reads HEIC"),
    (
        "Python and modules",
        ("restorer", "_internal/python3", "_internal/libpython", "_internal/base_library"),
        "the interpreter, and all Python code, packed",
    ),
    ("weights", ("_internal/models/",), "the networks"),
    ("samples, icons, translations, guide", ("_internal/resources/", "_internal/docs/", "_internal/self-test"), ""),
    ("licence texts", ("_internal/licences/",), ""),
)
OTHER = "libraries of the system"


def measured(bundle: Path) -> dict[str, list[Path]]:
    """The files of each part."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(bundle.rglob("*")):
        if path.is_file() and not path.is_symlink():
            place = path.relative_to(bundle).as_posix()
            name = next((name for name, starts, _ in PARTS if place.startswith(starts)), OTHER)
            found[name].append(path)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="What each part of the standalone program costs.")
    parser.add_argument("bundle", type=Path, help="its folder")
    parser.add_argument("--compressed", action="store_true", help="also after zstd -12, which takes a minute")
    args = parser.parse_args()
    why = {name: reason for name, _, reason in PARTS} | {OTHER: "X11, fonts, glib: what Qt is linked to"}
    total = packed = 0.0
    print("| part | MiB |" + (" MiB, zstd -12 |" if args.compressed else "") + " why |")
    print("|---|---|---|" + ("---|" if args.compressed else ""))
    for name, paths in sorted(measured(args.bundle).items(), key=lambda item: -sum(p.stat().st_size for p in item[1])):
        size = sum(path.stat().st_size for path in paths) / 2**20
        total += size
        middle = ""
        if args.compressed:
            archive = subprocess.Popen(
                ["tar", "-C", str(args.bundle), "-cf", "-", *(str(p.relative_to(args.bundle)) for p in paths)],
                stdout=subprocess.PIPE,
            )
            small = subprocess.run(["zstd", "-q", "-12", "--long=27"], stdin=archive.stdout, stdout=subprocess.PIPE)
            packed += len(small.stdout) / 2**20
            middle = f" {len(small.stdout) / 2**20:.1f} |"
        print(f"| {name} | {size:.1f} |{middle} {why[name]} |")
    print(f"| **all** | **{total:.0f}** |" + (f" **{packed:.0f}** |" if args.compressed else "") + " |")


if __name__ == "__main__":
    main()
