"""`restorer --self-test`: does this program work on this computer?

It starts as it always does, opens a sample in the window, restores it, and compares.  An error in a Qt slot, which
would leave the event loop running, ends it, and so does the clock.
"""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer

from restorer import bundled, interruption
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import read_photograph
from restorer.ui import app
from restorer.ui.opening import samples
from restorer.ui.settings import Settings

if TYPE_CHECKING:
    from types import TracebackType

    from numpy.typing import NDArray
    from PySide6.QtWidgets import QApplication

    from restorer.ui.desk import Desk

SAMPLE = "colosseum.jpg"
REFERENCE = "self-test.png"
"""In the standalone program: the sample as it was restored from source where the program was built."""
LARGEST_MEAN, LARGEST = 1.0, 48
"""Of 255: how far, on average and at most, marked pixels may be from the reference, which another CPU has computed.

bfloat16 against float32 is the largest difference there is: 0.060 and 36 (docs/packaging.md).
"""
PASSED, WRONG, FAULT, TOO_LATE = 0, 3, 4, 5
"""Exit codes: as it should be; other pixels; the program made a mistake; it took too long.  (2: no screen.)"""
PATIENCE_S = 300.0
SHOWN_MS = 1500
"""From a repair until the window shows it."""


def run(picture: Path | None = None, *, patience: float = PATIENCE_S) -> int:
    """Start, restore the sample, compare; the exit code.  What was found is printed.

    Args:
        picture: PNG that is made of the window with the restored sample, also where no screen can be looked at.
        patience: seconds after which it gives up.

    Raises:
        RestorerError: there is no screen.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "restorer.ini")  # nobody's own settings decide, or change
        settings.autosave = False
        application, desk = app.started(settings)
        trial = _Trial(application, desk, patience, picture)
        app.end_on_interrupt(trial, trial.stop)
        sys.excepthook = trial.fault
        desk.open([])
        QTimer.singleShot(0, trial, trial.begin)
        code = application.exec()
        if code != PASSED:  # nothing is known of the state it is in
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        sys.excepthook = sys.__excepthook__
        desk.stop()
        return code


class _Trial(QObject):
    def __init__(self, application: QApplication, desk: Desk, patience: float, picture: Path | None) -> None:
        super().__init__()
        self._application, self._desk, self._picture = application, desk, picture
        self._clock = QTimer(self, singleShot=True, interval=round(patience * 1000))
        self._clock.timeout.connect(lambda: self._end(TOO_LATE, f"It was not ready after {patience:g} seconds."))
        self._clock.start()

    def begin(self) -> None:
        sample = next((sample for sample in samples() if sample.path.name == SAMPLE), None)
        if sample is None:
            raise RestorerError(f"The sample {SAMPLE} is missing: install the program again.")
        self._editor = self._desk.windows[0].editor
        self._editor.opened.connect(self._restore)
        self._editor.not_opened.connect(lambda sentence: self._end(FAULT, sentence))
        self._editor.failed.connect(lambda sentence: self._end(FAULT, sentence))
        self._editor.refreshed.connect(self._compare)
        self._desk.windows[0].open_sample(sample)

    def stop(self) -> None:
        self._end(interruption.CODE, "stopped.")

    def _restore(self) -> None:
        document = self._editor.document
        assert document is not None
        self._marked = document.mask.read(document.bounds)
        self._editor.grow, self._editor.grain = 0, 0.0  # as in `restorer.fill`, which has made the reference
        self._editor.restore()

    def _compare(self) -> None:
        document = self._editor.document
        if document is None or not document.repairs:
            return  # it was the mask that changed
        original, restored = document.original, document.image.read(document.bounds)
        if np.any((restored != original).any(-1) & ~self._marked):
            self._end(WRONG, "Pixels that were not marked have changed.")
        elif not np.any((restored != original).any(-1)):
            self._end(WRONG, "Nothing was restored.")
        else:
            self._end(*_compared(restored, self._marked))

    def _end(self, code: int, said: str) -> None:
        self._clock.stop()
        print(f"restorer: {said}", file=sys.stderr if code else sys.stdout, flush=True)
        if code != PASSED:
            self._application.exit(code)
        elif self._editor.document is not None:
            self._editor.document.exported()  # nobody is asked whether it may be lost
            QTimer.singleShot(SHOWN_MS if self._picture else 0, self, self._leave)

    def _leave(self) -> None:
        if self._picture is not None and not self._desk.windows[0].grab().save(str(self._picture), "PNG"):
            self._end(FAULT, f"The window's picture cannot be written to {self._picture}: choose another place.")
            return
        self._desk.quit()

    def fault(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """An exception that nobody caught; Qt would go on."""
        traceback.print_exception(kind, error, trace)
        self._application.exit(FAULT)


def _compared(restored: NDArray[np.uint8], marked: NDArray[np.bool_]) -> tuple[int, str]:
    path = bundled.beside(REFERENCE)
    if path is None and bundled.standalone():
        return WRONG, f"{REFERENCE} is missing: install the program again."
    if path is None:
        return PASSED, "The sample was restored; there is no reference to compare it with."
    reference = read_photograph(path).pixels
    far = np.abs(restored[marked].astype(int) - np.asarray(reference)[marked])
    said = f"the sample's restored pixels are {far.mean():.3f} of 255 from the reference, at most {far.max()}."
    if far.mean() > LARGEST_MEAN or far.max() > LARGEST:
        return WRONG, f"Not as it should be: {said}"
    return PASSED, f"As it should be: {said}"
