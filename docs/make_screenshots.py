"""Makes the pictures in docs/screenshots with the real program and the real network: `python docs/make_screenshots.py`.

Each scene runs in a process of its own, because language and screen scale are settled at the start.  Needs a font
with Chinese characters (Debian: fonts-noto-cjk).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from restorer.ui.desk import Desk
    from restorer.ui.main_window import MainWindow
    from restorer.ui.theme import Colours

FOLDER = Path(__file__).parent / "screenshots"
GUIDE_FOLDER = Path(__file__).parent.parent / "resources" / "guide"
MOST_BYTES = 250_000
SCENES = {
    # name: (theme, language, screen scale)
    "start": ("light", "en", 1),
    "marked": ("light", "en", 1),
    "divider": ("light", "en", 1),
    "painting-dark": ("dark", "en", 1),
    "restored-zh": ("light", "zh_CN", 1),
    "batch": ("light", "en", 1),
    "start-zh": ("dark", "zh_CN", 2),
    "tour": ("light", "en", 1),
    "tour-zh": ("dark", "zh_CN", 1),
    "candidates": ("light", "en", 1),
    "candidates-zh": ("dark", "zh_CN", 1),
    "export": ("light", "en", 1),
    "export-dark-zh": ("dark", "zh_CN", 1),
    "sources": ("light", "en", 1),
    "sureness-zh": ("dark", "zh_CN", 1),
    "cloning": ("light", "en", 1),
    "guide-zh": ("light", "zh_CN", 1),
    "marked-zh": ("light", "zh_CN", 1),
}
GUIDE = ("marked", "divider", "marked-zh", "restored-zh")
"""Scenes that the guide shows, too, smaller."""
GUIDE_WIDTH = 720


def main() -> int:
    if len(sys.argv) > 1:
        return _make(sys.argv[1], Path(sys.argv[2]) if len(sys.argv) > 2 else None)
    FOLDER.mkdir(exist_ok=True)
    for name, (_, _, scale) in SCENES.items():
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
        subprocess.run([sys.executable, __file__, name], env=environment, check=True)
        print(f"{name}.png  {(FOLDER / f'{name}.png').stat().st_size // 1000} kB")
    for name in GUIDE:
        _make_smaller(FOLDER / f"{name}.png", GUIDE_FOLDER / f"{name}.png")
    return 0


def _make_smaller(source: Path, target: Path) -> None:
    from PIL import Image

    with Image.open(source) as picture:
        size = GUIDE_WIDTH, round(picture.height * GUIDE_WIDTH / picture.width)
        picture.convert("RGB").resize(size, Image.Resampling.LANCZOS).quantize(128).save(target, optimize=True)


def _make(name: str, photograph: Path | None) -> int:
    """One scene; on another photograph than the sample's if one is given, to look at, into the current folder."""
    from PySide6.QtWidgets import QApplication

    from restorer.ui import opening, translation
    from restorer.ui.desk import Desk
    from restorer.ui.settings import Settings
    from restorer.ui.theme import Theme

    theme, language, scale = SCENES[name]
    application = QApplication([])
    translation.install(application, language)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "restorer.ini")
        settings.tour_seen = not name.startswith("start")
        desk = Desk(settings, Theme(application, theme))
        window = desk.new_window()
        width, height = (900, 620) if scale == 2 else (1120, 700) if "dark" in name else (1280, 800)
        window.resize(width, height)
        _wait(500)
        shown: QWidget = window
        if name.startswith("batch"):
            shown = _reviewed_batch(desk, Path(folder))
            photograph_in = shown
        elif name.startswith("tour"):
            window.start.tourTaken.emit()
            _until(lambda: window.tour.at == 0)
            window.tour.go_on()
        elif not name.startswith("start"):
            if photograph is None:
                samples = {sample.path.stem: sample for sample in opening.samples()}
                window.open_sample(samples["tea-gardens" if "dark" in name else "colosseum"])
            else:
                window.open_all([photograph])
            _until(lambda: window.editor.document is not None)
            _SETTING.get(name, lambda _window: None)(window)
        _wait(300)
        target = (FOLDER if photograph is None else Path.cwd()) / f"{name}.png"
        if shown is window:
            photograph_in = window.workspace.canvas if window.editor.document else window.start
        _save(shown, photograph_in, desk.theme.colours, target)
        if desk.batch is not None:
            desk.batch.close()
        window._discard()
        desk.stop()
    return 0


def _reviewed_batch(desk: Desk, folder: Path) -> QWidget:
    """The samples in a row, one accepted and the next looked at."""
    from restorer.ui import opening

    scans, masks = folder / "album", folder / "masks"
    for place in (scans, masks):
        place.mkdir()
    for sample in opening.samples():
        shutil.copy(sample.path, scans)
        shutil.copy(sample.mask, masks)
    batch = desk.show_batch([scans])
    batch.resize(1180, 700)
    _until(lambda: bool(batch.files.rows.rows))
    batch.form.masks.path = masks
    batch.foot.start.click()
    _until(batch.foot.new.isVisible)
    batch.files.go_to(batch.files.rows.rows[0])
    batch.review.accept.click()
    _until(lambda: batch.files.rows.rows[0].verdict is not None)
    _until(batch.review.place.isEnabled)
    return batch


def _restored(window: MainWindow) -> None:
    window.editor.restore()
    _until(lambda: not window.editor.working)


def _divided(window: MainWindow) -> None:
    _restored(window)
    window.actions_.divider.setChecked(True)


def _painting(window: MainWindow) -> None:
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    window.actions_.heal.setChecked(False)
    window.actions_.clear_mask.trigger()
    window.workspace.panel.tools.set_brush_size(28)
    canvas = window.workspace.canvas
    middle = canvas.rect().center()
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for start, end in (((-230, 20), (180, -30)), ((-60, -120), (-20, 60))):
        QTest.mousePress(canvas, button, none, middle + QPoint(*start))
        QTest.mouseMove(canvas, middle + QPoint(*end))
        QTest.mouseRelease(canvas, button, none, middle + QPoint(*end))
    QTest.mouseMove(canvas, middle + QPoint(120, 90))


def _chosen(window: MainWindow) -> None:
    """A crack restored by itself, and chosen."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    _until(lambda: bool(window.editor._engine.models))
    _restored(window)
    panel = window.workspace.panel
    panel.tools.set_brush_size(22)
    window.workspace.canvas.actual_size()
    canvas = window.workspace.canvas
    middle = canvas.rect().center()
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.actions_.heal.setChecked(True)
    QTest.mousePress(canvas, button, none, middle + QPoint(-90, 30))
    QTest.mouseMove(canvas, middle + QPoint(40, -30))
    QTest.mouseRelease(canvas, button, none, middle + QPoint(40, -30))
    _until(lambda: not window.editor.working and window.editor.document and len(window.editor.document.repairs) == 2)
    for key in ("navigator", "compare", "marking", "photograph"):
        panel.sections[key].heading.setChecked(False)
    panel.history.list.setCurrentRow(0)


def _candidates(window: MainWindow) -> None:
    from restorer.ui.dialogs.candidates_dialog import CandidatesDialog

    _chosen(window)
    window.workspace.panel.history.chosen_one.more.click()
    (dialog,) = window.findChildren(CandidatesDialog)
    _until(lambda: all(card.isEnabled() for card in dialog.cards))


def _exporting(window: MainWindow) -> None:
    from restorer.ui.dialogs.export_dialog import ExportDialog

    _restored(window)
    window.actions_.export.trigger()
    (dialog,) = window.findChildren(ExportDialog)
    if dialog.format.findText("JPEG") >= 0:
        dialog.format.setCurrentIndex(dialog.format.findText("JPEG"))
    _wait(2500)  # for the size


def _rests(window: MainWindow, index: int) -> None:
    _chosen(window)
    window.workspace.panel.history.chosen_one.showing.setCurrentIndex(index)
    _until(lambda: window.editor.layers is not None and window.editor.layers.notes is not None)


def _cloning(window: MainWindow) -> None:
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    window.workspace.canvas.actual_size()
    window.actions_.heal_brush.trigger()
    window.workspace.panel.tools.set_brush_size(48)
    canvas = window.workspace.canvas
    middle = canvas.rect().center()
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseMove(canvas, middle + QPoint(-160, -90))
    QTest.mouseClick(canvas, button, Qt.KeyboardModifier.AltModifier, middle + QPoint(-160, -90))
    QTest.mousePress(canvas, button, none, middle + QPoint(-60, 40))
    QTest.mouseMove(canvas, middle + QPoint(110, 10))


def _guide(window: MainWindow) -> None:
    window.actions_.help.trigger()


_SETTING = {
    "divider": _divided, "restored-zh": _restored, "painting-dark": _painting, "candidates": _candidates,
    "candidates-zh": _candidates, "sources": lambda window: _rests(window, 2), "cloning": _cloning,
    "export": _exporting, "export-dark-zh": _exporting,
    "sureness-zh": lambda window: _rests(window, 1), "guide-zh": _guide,
}  # fmt: skip


def _wait(milliseconds: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _until(condition: object) -> None:
    assert callable(condition)
    for _ in range(6000):
        if condition():
            return
        _wait(20)
    raise TimeoutError


def _save(window: QWidget, photograph_in: QWidget, colours: Colours, target: Path) -> None:
    """A PNG of 256 colours: the window's own exactly, the photograph's as near as the rest allows."""
    from PIL import Image
    from PySide6.QtGui import QColor, QImage
    from PySide6.QtWidgets import QDialog

    from restorer.ui.settings import MASK_COLOURS

    def pixels_of(widget: QWidget) -> Image.Image:
        picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
        rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
        pixels = rows[:, : 3 * picture.width()].reshape(picture.height(), picture.width(), 3)
        return Image.fromarray(pixels.copy())

    whole = pixels_of(window)
    ratio = whole.width / window.width()
    for dialog in window.findChildren(QDialog):  # lies over the window, as on a desk
        seen = pixels_of(dialog)
        whole.paste((64, 64, 64), (0, 0), Image.new("L", whole.size, 110))
        place = (whole.width - seen.width) // 2, (whole.height - seen.height) // 2
        edge = round(ratio)
        whole.paste(
            (128, 128, 128),
            (place[0] - edge, place[1] - edge, place[0] + seen.width + edge, place[1] + seen.height + edge),
        )
        whole.paste(seen, place)
    photograph = pixels_of(photograph_in)
    own = [value for grey in range(0, 256, 4) for value in (grey,) * 3]
    for name in ("accent", "onAccent", "tint", "accentHover"):
        own += QColor(getattr(colours, name)).getRgb()[:3]
    own += QColor(MASK_COLOURS["red"]).getRgb()[:3]
    for count in (120, 64, 32, 16):
        # the second finds the few pixels of the marks, which the first would call grey
        seen = photograph.quantize(count).getpalette() or []
        seen += photograph.quantize(count // 2, method=Image.Quantize.MAXCOVERAGE).getpalette() or []
        palette = Image.new("P", (1, 1))
        palette.putpalette((own + seen)[:768])
        whole.quantize(palette=palette, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size < MOST_BYTES:
            return
    raise ValueError(f"{target} is larger than {MOST_BYTES} bytes")


if __name__ == "__main__":
    sys.exit(main())
