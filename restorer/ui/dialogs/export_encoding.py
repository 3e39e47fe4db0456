"""How a JPEG is made anew: its quality, the size that follows from it, and the colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QSlider, QSpinBox, QWidget

from restorer.imaging.files import jpeg_copy
from restorer.imaging.files.jpeg_copy import Copying
from restorer.ui.panels.labels import padded
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from restorer.document.repair import Image
    from restorer.imaging.files import Photograph
    from restorer.ui.worker import Task, Worker

PAUSE = 250
"""Milliseconds without a change before the size is worked out."""


def size_in_words(count: int) -> str:
    """As people tell the size of a file: 1.2 MB."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


class EncodingFields(QWidget):
    """Rows of a form.  The size is that of the file as it would be written, made on a worker's thread."""

    def __init__(
        self, photograph: Photograph, image: Image | None, worker: Worker | None, copying: Copying, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._photograph, self._image, self._worker = photograph, image, worker
        self._task: Task | None = None
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.quality = padded(QSpinBox())
        for field in (self.slider, self.quality):
            field.setRange(1, jpeg_copy.BEST)
            field.setValue(copying.quality)
            field.setAccessibleName(self.tr("JPEG quality"))
            field.setToolTip(self.tr("100 keeps the most; about 90 looks the same to the eye."))
        self.slider.valueChanged.connect(self.quality.setValue)
        self.quality.valueChanged.connect(self.slider.setValue)
        self.quality.valueChanged.connect(self._ask_size)
        row = QHBoxLayout()
        row.addWidget(self.slider, 1)
        row.addWidget(self.quality)
        form.addRow(self.tr("JPEG quality"), row)
        self.file_size = QLabel()
        self.file_size.setAccessibleName(self.tr("Size of the file"))
        form.addRow(self.tr("Size of the file"), self.file_size)
        self.profile = QComboBox()
        self.profile.addItems([self.tr("As in the picture"), self.tr("sRGB, for screens and the web")])
        self.profile.setCurrentIndex(int(copying.srgb))
        self.profile.setAccessibleName(self.tr("Colours"))
        self.profile.setEnabled(photograph.icc is not None and not photograph.inks)
        self.profile.currentIndexChanged.connect(self._ask_size)
        form.addRow(self.tr("Colours"), self.profile)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._work_out)

    @property
    def copying(self) -> Copying:
        return Copying(self.quality.value(), srgb=self.profile.currentIndex() == 1)

    def choose(self, copying: Copying) -> None:
        self.quality.setValue(copying.quality)
        self.profile.setCurrentIndex(int(copying.srgb))

    def begin(self) -> None:
        """The fields are seen: work out the size."""
        self._ask_size()

    def refresh(self, image: Image) -> None:
        """The picture has changed: if the fields are seen, its size is worked out anew."""
        self._image = image
        if self.isVisible():
            self._ask_size()

    def forget(self) -> None:
        """Nobody waits for a size any more."""
        self._pause.stop()
        if self._task is not None:
            self._task.wanted = False
            self._task.blockSignals(True)
            self._task = None

    def _ask_size(self) -> None:
        self.forget()
        if self._worker is not None and self._image is not None:
            self.file_size.setText(self.tr("being worked out…"))
            self._pause.start()

    def _work_out(self) -> None:
        photograph, image, copying = self._photograph, self._image, self.copying
        if self._worker is None or image is None:
            return

        def work(_report: object) -> int:
            return len(jpeg_copy.encoded(photograph, image, copying))

        self._task = self._worker.submit(work)
        self._task.done.connect(self._show_size)
        self._task.failed.connect(self._show_failed)

    def _show_size(self, count: int) -> None:
        self._task = None
        self.file_size.setText(self.tr("about {}").format(size_in_words(count)))

    def _show_failed(self, error: Exception) -> None:
        self._task = None
        self.file_size.setText(sentence_of(error))
