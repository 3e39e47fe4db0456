"""What is done with files and windows, without a plan; what is written is judged by `judging`."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from acting import boxes
from hypothesis import strategies as st
from judging import same, work_of
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox
from walking import Seat, Walk, does

from restorer.ui.dialogs.export_dialog import ExportDialog

WINDOWS = 2
"""So many at once."""
BUTTON = QMessageBox.StandardButton
NAMES = st.sampled_from(["one", "two", "three"])


class UsingFiles(Walk):
    """Projects, exports, masks, the clipboard, windows that close and open, and a crash."""

    # --- dialogs -----------------------------------------------------------------------------------------------

    def _choose(self, path: Path) -> None:
        """In the file dialog that is open; what is there is replaced."""
        (dialog,) = [each for each in self.window.findChildren(QFileDialog) if each.isVisible()]
        dialog.setDirectory(str(path.parent))
        dialog.selectFile(path.name)
        agreeing = QTimer()
        agreeing.timeout.connect(lambda: [box.button(BUTTON.Yes).click() for box in boxes() if box.button(BUTTON.Yes)])
        agreeing.start(1)
        dialog.accept()
        agreeing.stop()
        assert not dialog.isVisible()

    def _box(self, begins: str) -> QMessageBox:
        """The message box that begins so; another may be there, as of an export that was written meanwhile."""

        def there() -> list[QMessageBox]:
            return [box for box in boxes() if box.text().startswith(begins)]

        self.waits(there)
        return there()[0]

    # --- projects ----------------------------------------------------------------------------------------------

    @does(name=NAMES, wait=st.booleans())
    def save(self, name: str, wait: bool) -> None:
        keeping = self.window.editor.keeping
        self.waits(lambda: not keeping.writing)
        self.expected = {"The project "}  # another window may have changed it
        self.window.actions_.save.trigger()
        if keeping.project is None:
            self._choose(self.folder / f"{name}.restorer")
        if wait:
            self.waits(lambda: not keeping.writing)

    @does(name=NAMES)
    def save_as(self, name: str) -> None:
        keeping = self.window.editor.keeping
        self.waits(lambda: not keeping.writing)
        self.window.actions_.save_as.trigger()
        target, history = self.folder / f"{name}.restorer", self.document.history
        self._choose(target)
        last = history.last
        self.waits(lambda: not keeping.writing)
        if target != keeping.project:
            self.expected = {"The project "}
        elif history.last is last:  # no repair has landed meanwhile
            assert not self.window.editor.unsaved

    @does(name=NAMES)
    def open_project(self, name: str) -> None:
        """One that was saved: all the work is there."""
        path = self.folder / f"{name}.restorer"
        if path in self.projects and not any(seat.window.editor.keeping.writing for seat in self.seats):
            work = self.projects[path]
            same(work_of(self._open(path).document), work)

    # --- exports -----------------------------------------------------------------------------------------------

    @does(
        name=NAMES, kind=st.sampled_from(["PNG", "TIFF", "JPEG"]), mask=st.booleans(), record=st.booleans(),
        quality=st.integers(60, 100), wait=st.booleans(),
    )  # fmt: skip
    def export(self, name: str, kind: str, mask: bool, record: bool, quality: int, wait: bool) -> None:
        output = self.window.editor.output
        self.waits(lambda: not output.exporting)
        self.finish(everything=False)  # what that has said
        self.window.actions_.export.trigger()
        target = self._fill_in(name, kind, mask, record, quality)
        for box in boxes():
            assert box.text().startswith("Replace what is there already"), box.text()
            box.button(BUTTON.Ok).click()
        assert output.exporting
        if wait:
            self.waits(lambda: not output.exporting)
            box = self._box(f"“{target.name}”: ")
            assert kind == "JPEG" or box.text().endswith(", 0 outside the mask."), box.text()
            box.button(BUTTON.Ok).click()
            read = cv2.imread(f"{target}.mask.png", cv2.IMREAD_UNCHANGED) if mask else None
            assert read is None or set(np.unique(read)) <= {0, 255}
            assert not record or (target.parent / f"{target.name}.restorer.json").exists()

    def _fill_in(self, name: str, kind: str, mask: bool, record: bool, quality: int) -> Path:
        (dialog,) = [each for each in self.window.findChildren(ExportDialog) if each.isVisible()]
        index = dialog.format.findText(kind)
        dialog.format.setCurrentIndex(max(0, index))
        dialog.name.setText(f"{name}{dialog.format.currentData()}")
        dialog.with_mask.setChecked(mask)
        dialog.with_record.setChecked(record)
        dialog.encoding.quality.setValue(quality)
        target = dialog.target
        dialog.go.click()
        return target

    def hear(self, text: str) -> None:
        if not (text.startswith("“") and " changed, " in text):  # the proof of an export that nobody waited for
            super().hear(text)

    @does()
    def copy(self) -> None:
        """To the clipboard: the picture as it is seen."""
        clipboard, layers = QGuiApplication.clipboard(), self.window.editor.layers
        assert layers is not None
        clipboard.clear()
        work = work_of(self.document)
        self.window.actions_.copy.trigger()
        self.waits(lambda: not clipboard.image().isNull())
        image = clipboard.image().convertToFormat(QImage.Format.Format_RGB888)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        copied = rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)
        seen = layers.as_seen(work.pixels)
        seen = seen if seen.ndim == 3 else np.repeat(seen[..., None], 3, 2)
        assert (copied == _turned(seen, work.turned)).all()

    # --- masks -------------------------------------------------------------------------------------------------

    @does(name=NAMES, wait=st.booleans())
    def export_mask(self, name: str, wait: bool) -> None:
        output = self.window.editor.output
        self.waits(lambda: not output.exporting_mask)
        action = self.window.actions_.export_mask
        if action.isEnabled():
            action.trigger()
            self._choose(self.folder / f"{name}-mask.png")
            if wait:
                self.waits(lambda: not output.exporting_mask)

    @does(which=st.sampled_from(["square", "all", "none", "wrong", "one", "two", "three"]), wait=st.booleans())
    def import_mask(self, which: str, wait: bool) -> None:
        path = self.folder / f"{which}-mask.png"
        height, width = self.document.mask.shape
        if which in ("square", "all", "none", "wrong"):
            mask = np.full((height + (which == "wrong"), width), 255 * (which == "all"), np.uint8)
            mask[20:60, 30:90] = 255 * (which != "none")
            assert cv2.imwrite(str(path), mask)
        busy = any(seat.window.editor.output.exporting_mask for seat in self.seats)
        if busy or not path.exists():
            return
        read = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        self.window.actions_.import_mask.trigger()
        self._choose(path)
        if read.shape != (height, width):
            self._box("The mask ").button(BUTTON.Ok).click()
        elif wait:
            editor = self.window.editor
            editor.heal = editor.heal  # what is imported is not healed at once
            self.waits(lambda: (np.asarray(self.document.mask) == (read > 0)).all() or editor.working)

    # --- windows -----------------------------------------------------------------------------------------------

    def _open(self, path: Path) -> Seat:
        if len(self.seats) == WINDOWS:
            self._leave(self.seats[0])
        self.window.actions_.open.trigger()
        self._choose(path)
        before = {seat.window for seat in self.seats}
        self.waits(lambda: self.desk.windows[-1] not in before)
        return self.sit_down()

    def _leave(self, seat: Seat) -> None:
        """Give up what was done there."""
        self.waits(lambda: not seat.window.editor.writing)
        seat.window._discard()
        assert self._gone(seat)
        self.stand_up()

    def _gone(self, seat: Seat) -> bool:
        return seat.window not in self.desk.windows

    @does(which=st.integers(0, 2))
    def open_picture(self, which: int) -> None:
        """In a window of its own; with too many, the first is left."""
        self._open(self.pictures[which])

    @does()
    def other_window(self) -> None:
        self.seats.reverse()
        self.window.activateWindow()
        self.window.workspace.canvas.setFocus()

    @does(answer=st.sampled_from(["export", "save", "discard", "stay"]), name=NAMES, then=st.integers(0, 2))
    def close(self, answer: str, name: str, then: int) -> None:
        """The window; with the last one, begin anew with a picture."""
        seat, answers = self.seat, [answer, "discard", "discard"]
        self.finish(everything=False)
        stayed: list[bool] = []  # as where the export that it waited for was cancelled before
        seat.window.closing.stayed.connect(lambda: stayed.append(True))
        self.window.actions_.close.trigger()
        for _ in range(10):
            self.waits(lambda: self._gone(seat) or boxes() or stayed)
            if self._gone(seat):
                break
            if stayed and not boxes():
                stayed.clear()
                self.window.actions_.close.trigger()
                continue
            if self._answer(answers[0], name):
                answered = answers.pop(0)
                if answered == "stay":
                    assert not self._gone(seat)
                    return
        assert self._gone(seat)
        self.stand_up()
        if not self.seats:
            self.desk.new_window().open_all([self.pictures[then]])
            self.sit_down()

    def _answer(self, answer: str, name: str) -> bool:
        """What is asked before a window closes; False if what is said is something else."""
        asking = [box for box in boxes() if box.button(BUTTON.Discard)]
        for other in set(boxes()) - set(asking):
            if other.text().startswith("The project "):  # another window has changed it
                other.button(BUTTON.Apply).click()
            else:  # as of an export that was written meanwhile
                self.hear(other.text())
                other.close()
        if not asking:
            return False
        choices = {"export": BUTTON.Save, "save": BUTTON.SaveAll, "discard": BUTTON.Discard, "stay": BUTTON.Cancel}
        button = asking[0].button(choices[answer]) or asking[0].button(BUTTON.Discard)
        project = self.window.editor.keeping.project
        button.click()
        if answer == "export" and self.window.findChildren(ExportDialog):
            self._fill_in(f"{name}-last-{len(self.steps)}", "PNG", False, False, 90)
        elif answer == "save" and project is None:
            self._choose(self.folder / f"{name}-last-{len(self.steps)}.restorer")
        return True

    @does()
    def crash(self) -> None:
        """The window is gone without a word; at the next start its work is offered, and all of it comes back."""
        seat, keeping = self.seat, self.window.editor.keeping
        journal = keeping._journal
        if journal is None or not self.document.history.can_undo:
            return
        self.settle(seat)
        work = work_of(self.document)
        assert journal.flush(20)
        if not journal._unsaved:  # a project has it all, and nothing is offered
            return
        journal.leave()
        keeping._journal = None
        self._leave(seat)
        self.desk.new_window()
        self.desk.offer_recovery()
        self._box("Restorer ended unexpectedly").button(BUTTON.Open).click()
        same(work_of(self.sit_down().document), work)


def _turned(pixels: np.ndarray, orientation: int) -> np.ndarray:
    """As TIFF 6.0 says of tag 274, by a transposition and flips of OpenCV's."""
    pixels = cv2.transpose(pixels) if orientation >= 5 else pixels
    across = orientation in (2, 3, 6, 7)
    down = orientation in (3, 4, 7, 8)
    pixels = cv2.flip(pixels, 1) if across else pixels
    return cv2.flip(pixels, 0) if down else pixels
