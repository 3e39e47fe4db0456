"""Makes the pictures in docs/screenshots with the real program and the real network: `python docs/make_screenshots.py`.

Every state of scenes.py, in both themes and both languages, as WebP; those of `DOUBLED` on a doubled screen, too.
Language and scale are settled when a program starts, so each pair of them has a process of its own; the theme changes
while the window stands.  Needs a font with Chinese characters (Debian: fonts-noto-cjk).

    --only NAME …    these states alone
    --all-doubled    every state at 2x, too
    --lossless       PNG, to look at each pixel
    -o FOLDER        somewhere else
    --in FOLDER      the states read and write below it, and some show its name; it must not exist yet
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import scenes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image
    from PySide6.QtWidgets import QWidget

FOLDER = Path(__file__).parent / "screenshots"
GUIDE_FOLDER = Path(__file__).parent.parent / "resources" / "guide"
LANGUAGES = {"en": "en", "zh": "zh_CN"}
DOUBLED = ("start", "marked", "divider", "export")
QUALITY, QUALITY_DOUBLED = 58, 42
SIZE = 1200, 750
SIZE_DOUBLED = 1000, 640
"""Points: the pictures have twice as many px a side."""
GUIDE = ("marked", "divider", "export", "batch", "sureness")
"""States that the guide shows, too, in the light theme."""
GUIDE_WIDTH = 680


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", default=list(scenes.SCENES), metavar="NAME", choices=list(scenes.SCENES))
    parser.add_argument("--all-doubled", action="store_true")
    parser.add_argument("--lossless", action="store_true")
    parser.add_argument("--scales", nargs="+", type=int, default=[1, 2], choices=[1, 2])
    parser.add_argument("--languages", nargs="+", default=list(LANGUAGES), choices=list(LANGUAGES))
    parser.add_argument("--themes", nargs="+", default=["light", "dark"], choices=["light", "dark"])
    parser.add_argument("-o", "--output", type=Path, default=FOLDER, metavar="FOLDER")
    parser.add_argument("--in", dest="place", type=Path, metavar="FOLDER")
    parser.add_argument("--as", dest="process", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.process is not None:
        language, scale = args.process
        return _photograph(args, language, int(scale))
    with tempfile.TemporaryDirectory() as own:
        for language in args.languages:
            for scale in args.scales:
                names = [name for name in args.only if scale == 1 or args.all_doubled or name in DOUBLED]
                names = [name for name in names if name != "guide"]
                if names:
                    _start(args, language, scale, names, own)
        if args.output == FOLDER:
            for name in GUIDE:
                for language in args.languages:
                    _make_smaller(FOLDER / f"{name}-light-{language}.webp", GUIDE_FOLDER / f"{name}-{language}.png")
        if "guide" in args.only and 1 in args.scales:  # which shows the others
            for language in args.languages:
                _start(args, language, 1, ["guide"], own)
    pictures = sorted(args.output.glob("*.*"))
    print(f"{len(pictures)} pictures, {sum(path.stat().st_size for path in pictures) / 1e6:.2f} MB")
    return 0


def _start(args: argparse.Namespace, language: str, scale: int, names: list[str], own: str) -> None:
    """A process that has never run before: nothing is left of what this computer's user has done."""
    args.output.mkdir(parents=True, exist_ok=True)
    places = {f"XDG_{kind}_HOME": f"{own}/{language}{scale}/{kind}" for kind in ("STATE", "CACHE", "CONFIG", "DATA")}
    environment = {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
    command = [sys.executable, __file__, "--as", language, str(scale), "-o", str(args.output), "--only", *names]
    command += ["--themes", *args.themes, *(["--lossless"] if args.lossless else [])]
    command += [] if args.place is None else ["--in", str(args.place)]
    subprocess.run(command, env=environment, check=True)


def _photograph(args: argparse.Namespace, language: str, scale: int) -> int:
    from PySide6.QtWidgets import QApplication

    from restorer.ui import translation
    from restorer.ui.engine import Engine

    application = QApplication([])
    translation.install(application, LANGUAGES[language])
    engine = Engine()
    stage: scenes.Stage | None = None
    with _place(args.place) as folder:
        for number, name in enumerate(args.only):
            if stage is not None and not scenes.goes_on(args.only[number - 1], name):
                stage.strike()
                stage = None
            if stage is None:
                own = Path(folder) / f"box {number + 1}"
                own.mkdir()
                stage = scenes.Stage(application, engine, own, SIZE if scale == 1 else SIZE_DOUBLED)
            try:
                stage.set(name)
            except Exception:
                traceback.print_exc()
                os._exit(1)  # Qt would not outlive half a scene
            for theme in args.themes:
                stage.desk.theme.choose(theme)
                scenes.wait(150)
                suffix = f"-{theme}-{language}{'-2x' if scale == 2 else ''}"
                quality = None if args.lossless else QUALITY if scale == 1 else QUALITY_DOUBLED
                _save(seen(stage.shown), args.output / f"{name}{suffix}", quality)
            print(f"{name} {language} {scale}x", flush=True)
        if stage is not None:
            stage.strike()
    engine.stop()
    return 0


@contextlib.contextmanager
def _place(wanted: Path | None) -> Iterator[Path]:
    """A folder to work in that is gone afterwards."""
    if wanted is None:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
        return
    wanted.mkdir(parents=True)
    try:
        yield wanted
    finally:
        shutil.rmtree(wanted, ignore_errors=True)


def seen(window: QWidget) -> Image:
    """A window with its dialogs over it, as they lie on a desk."""
    from PIL import Image
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QDialog

    def pixels_of(widget: QWidget) -> Image.Image:
        picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
        pixels = rows[:, : 3 * picture.width()].reshape(picture.height(), picture.width(), 3)
        return Image.fromarray(pixels.copy())

    whole = pixels_of(window)
    edge = round(whole.width / window.width())
    for dialog in window.findChildren(QDialog):
        if not dialog.isVisible():
            continue
        lying = pixels_of(dialog)
        if lying.width > whole.width or lying.height > whole.height:
            whole = _enlarged(whole, lying.size)
        whole.paste((64, 64, 64), (0, 0), Image.new("L", whole.size, 110))
        left, top = (whole.width - lying.width) // 2, (whole.height - lying.height) // 2
        around = left - edge, top - edge, left + lying.width + edge, top + lying.height + edge
        whole.paste((128, 128, 128), around)
        whole.paste(lying, (left, top))
    return whole


def _enlarged(whole: Image, least: tuple[int, int]) -> Image:
    from PIL import Image

    size = max(whole.width, least[0] + 16), max(whole.height, least[1] + 16)
    larger = Image.new("RGB", size, (64, 64, 64))
    larger.paste(whole, ((size[0] - whole.width) // 2, (size[1] - whole.height) // 2))
    return larger


def _save(picture: Image, target: Path, quality: int | None) -> None:
    """As WebP; as PNG if no quality is given."""
    if quality is None:
        picture.save(target.with_name(target.name + ".png"))
    else:
        picture.save(target.with_name(target.name + ".webp"), quality=quality, method=6)


def _make_smaller(source: Path, target: Path) -> None:
    """For the guide, which is shown without the plugin for WebP."""
    from PIL import Image

    if source.exists():
        with Image.open(source) as picture:
            size = GUIDE_WIDTH, round(picture.height * GUIDE_WIDTH / picture.width)
            picture.convert("RGB").resize(size, Image.Resampling.LANCZOS).quantize(128).save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
