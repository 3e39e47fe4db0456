"""Where and how the restored picture is written, and what is lost by it, before it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from restorer.document.export import Options
from restorer.imaging.files import WRITABLE_SUFFIXES, jpeg_copy, losses, writable_suffixes
from restorer.imaging.files.jpeg_copy import Copying
from restorer.imaging.files.jpeg_segments import BLOCKS
from restorer.ui.dialogs.export_encoding import EncodingFields
from restorer.ui.dialogs.export_views import ExportViews, Kind
from restorer.ui.dialogs.fitted import FittedDialog
from restorer.ui.dialogs.unrestored import Unrestored
from restorer.ui.medical import stem_of
from restorer.ui.panels.labels import label, rule
from restorer.ui.sentences import in_own_words

if TYPE_CHECKING:
    from restorer.document.document import Document
    from restorer.imaging.files import Photograph
    from restorer.imaging.region import Region
    from restorer.ui.canvas.layers import DisplayLayers
    from restorer.ui.worker import Worker

_NAMES = {
    ".png": "PNG", ".tif": "TIFF", ".tiff": "TIFF", ".jpg": "JPEG", ".jpeg": "JPEG", ".jpe": "JPEG",
    ".dcm": "DICOM", ".dicom": "DICOM",
}  # fmt: skip


class ExportDialog(FittedDialog):
    """Stays until whoever asked is content with what was chosen, and closes it.

    Signals:
        chosen(Path, Options): it is to be written there.
        restore_wanted(): not yet: what is marked is to be restored before.

    Args:
        folder: where it belongs if the person says nothing else.
        options: as they were last chosen.
        worker: counts and works out sizes.
        document, layers: what is shown and exported.
        corrected: is there found damage that has been corrected, but not been marked?
    """

    chosen = Signal(object, object)
    restore_wanted = Signal()

    def __init__(
        self,
        photograph: Photograph,
        folder: Path,
        options: Options,
        parent: QWidget,
        worker: Worker | None = None,
        document: Document | None = None,
        layers: DisplayLayers | None = None,
        *,
        corrected: bool = False,
    ) -> None:
        super().__init__(parent)
        self._photograph = photograph
        self._document = document
        self._corrected = corrected
        self._options = options
        self._folder = folder
        self.setWindowTitle(self.tr("Export the restored picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        across = QHBoxLayout(self)
        across.setContentsMargins(24, 20, 24, 16)
        across.setSpacing(24)
        self.views: ExportViews | None = None
        if document is not None and layers is not None and worker is not None:
            self.views = ExportViews(document, layers, worker, self)
            self.finished.connect(self.views.forget)
            across.addWidget(self.views, 1)
        layout = QVBoxLayout()
        layout.setSpacing(12)
        across.addLayout(layout)
        layout.addLayout(self._where())
        self.unrestored = Unrestored()
        self.unrestored.restore_wanted.connect(self._go_back)
        layout.addWidget(self.unrestored)
        self.lost = QLabel()
        self.lost.setWordWrap(True)
        self.lost.setTextFormat(Qt.TextFormat.PlainText)
        self.lost.setAccessibleName(self.tr("What is lost"))
        self.lost.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.lost)
        copying = options.copying or Copying()
        image = document.image if document is not None else None
        self.encoding = EncodingFields(photograph, image, worker, copying, self)
        layout.addWidget(self.encoding)
        self.finished.connect(self.encoding.forget)
        layout.addWidget(rule())
        layout.addLayout(self._beside())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.button(QDialogButtonBox.StandardButton.Save)
        self.go.setText(self.tr("Export"))
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self._show_unrestored()
        self._show_format()
        self.name.setFocus()
        self.name.setSelection(0, len(Path(self.name.text()).stem))

    def accept(self) -> None:
        """It is chosen, but may yet be refused: the dialog stays, with what was typed."""
        if self.go.isEnabled():
            self.chosen.emit(self.target, self.options)

    def fill_in(self, target: Path, options: Options) -> None:
        """As it was chosen before."""
        self.choose_folder(target.parent)
        self.name.setText(target.name)
        self._follow_name()
        for box, on in (
            (self.strip_gps, options.strip_gps),
            (self.history, options.history),
            (self.with_mask, options.mask),
            (self.with_record, options.manifest),
        ):
            box.setChecked(on)
        self.operator.setText(options.operator)
        self.reason.setText(options.reason)
        if options.copying is not None:
            self.encoding.choose(options.copying)
        self.name.setSelection(0, len(target.stem))

    def refresh(self, region: Region) -> None:
        """A repair has landed meanwhile: what is shown here is what will be written."""
        self._show_unrestored()
        if self.views is not None and self._document is not None:
            self.views.refresh(region)
            self.encoding.refresh(self._document.image)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(520 if self.views is None else 1040, 0))

    def _where(self) -> QFormLayout:
        form = _form()
        suffixes = writable_suffixes(self._photograph)
        own = self._photograph.path.suffix.lower()
        self.format = QComboBox()
        kinds = dict.fromkeys(_NAMES.get(suffix, "JPEG 2000") for suffix in suffixes)
        if jpeg_copy.possible(self._photograph):
            suffixes = (*suffixes, *jpeg_copy.SUFFIXES)
            kinds["JPEG"] = None
        for kind in kinds:
            endings = [suffix for suffix in suffixes if _NAMES.get(suffix, "JPEG 2000") == kind]
            self.format.addItem(kind, own if own in endings else endings[0])
        first = ".png" if self._photograph.pixels.dtype.itemsize == 1 else ".tif"
        start = own if own in suffixes else first if first in suffixes else suffixes[0]
        self.format.setCurrentIndex(max(0, self.format.findText(_NAMES.get(start, "JPEG 2000"))))
        ending = self.tr("restored")
        self.name = QLineEdit(f"{stem_of(self._photograph)}-{ending}{self.format.currentData()}")
        self.folder = QPushButton()
        self.folder.setToolTip(self.tr("Choose another folder"))
        self.folder.clicked.connect(self._ask_folder)
        self._show_folder()
        self.name.textEdited.connect(self._follow_name)
        self.format.currentIndexChanged.connect(self._follow_format)
        for words, field in (
            (self.tr("Name"), self.name),
            (self.tr("Folder"), self.folder),
            (self.tr("Format"), self.format),
        ):
            _row(form, words, field)
        return form

    def _beside(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        self.history = QCheckBox(self.tr("Note the repair in the file's history (XMP)"))
        self.history.setToolTip(
            self.tr("Says in the file that parts of it were restored by a trained network, and when.")
        )
        self.with_mask = QCheckBox(self.tr("Write the mask beside it"))
        self.with_mask.setToolTip(self.tr("A PNG in which white is what was to be restored."))
        self.with_record = QCheckBox(self.tr("Write a record beside it"))
        self.with_record.setToolTip(
            self.tr("A JSON file with what was done, by which network, and hashes: enough to do it again.")
        )
        self.strip_gps = QCheckBox(self.tr("Leave out where it was taken (GPS)"))
        self.strip_gps.setToolTip(
            self.tr("Removes the place from Exif and XMP; everything else that the file says of itself stays.")
        )
        self.strip_gps.setEnabled(not self._photograph.medical)
        for box, on in (
            (self.strip_gps, self._options.strip_gps),
            (self.history, self._options.history),
            (self.with_mask, self._options.mask),
            (self.with_record, self._options.manifest),
        ):
            box.setChecked(on)
            column.addWidget(box)
        form = _form()
        self.operator, self.reason = QLineEdit(self._options.operator), QLineEdit(self._options.reason)
        _row(form, self.tr("Done by"), self.operator)
        _row(form, self.tr("Reason"), self.reason)
        for field in (self.operator, self.reason):
            field.setPlaceholderText(self.tr("if it is to be noted"))
        for box in (self.history, self.with_record):
            box.toggled.connect(self._show_fields)
        column.addLayout(form)
        self._show_fields()
        return column

    # --- what is chosen ----------------------------------------------------------------------------------------

    @property
    def target(self) -> Path:
        name = self.name.text().strip()
        if not _has_suffix(name):
            name += self.format.currentData()
        return self._folder / name

    @property
    def anew(self) -> bool:
        """Is a JPEG made of a picture that was none?"""
        return self.format.currentText() == "JPEG" and jpeg_copy.possible(self._photograph)

    @property
    def options(self) -> Options:
        return replace(
            self._options,
            history=self.history.isChecked(),
            copying=self.encoding.copying if self.anew else None,
            strip_gps=self.strip_gps.isChecked() and self.strip_gps.isEnabled(),
            mask=self.with_mask.isChecked(),
            manifest=self.with_record.isChecked(),
            operator=self.operator.text().strip(),
            reason=self.reason.text().strip(),
        )

    def choose_folder(self, folder: Path) -> None:
        self._folder = folder
        self._show_folder()

    def _follow_name(self) -> None:
        """A suffix that was typed is a choice of format."""
        kind = _NAMES.get(Path(self.name.text().strip()).suffix.lower())
        index = self.format.findText(kind) if kind is not None else -1
        if index >= 0 and index != self.format.currentIndex():
            blocked = self.format.blockSignals(True)  # or it would put its own suffix
            self.format.setCurrentIndex(index)
            self.format.blockSignals(blocked)
        self._show_format()

    def _follow_format(self) -> None:
        suffix, name = self.format.currentData(), Path(self.name.text().strip())
        self.name.setText(f"{name.stem if _has_suffix(name.name) else name.name}{suffix}")
        self._show_format()

    def _show_format(self) -> None:
        self.go.setEnabled(bool(Path(self.name.text().strip()).stem))
        if self.anew:
            lost = jpeg_copy.losses(self._photograph)
        else:
            lost = losses(self._photograph, Path(f"name{self.format.currentData()}"))
            if self.format.currentText() == "JPEG":
                lost = (self.tr("The JPEG's own blocks are kept, so there is no quality to choose."), *lost)
        if self.views is not None:
            kind = Kind.ANEW if self.anew else Kind.BLOCKS if BLOCKS in lost else Kind.EXACT
            self.views.show_kind(kind, self.format.currentData())
        self.encoding.setVisible(self.anew)
        (self.encoding.begin if self.anew else self.encoding.forget)()
        words = self.tr("Nothing is lost by this format.")
        if lost:
            words = "\n".join(f"•  {in_own_words(sentence)}" for sentence in lost)
        self.lost.setText(words)
        QTimer.singleShot(0, self, self._make_room)

    def _show_unrestored(self) -> None:
        self.unrestored.show_left(
            marked=self._document is not None and self._document.marked, corrected=self._corrected
        )

    def _go_back(self) -> None:
        self.reject()
        self.restore_wanted.emit()

    def _make_room(self) -> None:
        """Rows and sentences come and go with the format: what is shown must not be squeezed."""
        layout = self.layout()
        needed = layout.totalHeightForWidth(self.width()) if layout is not None else 0
        if self.height() < needed:
            self.resize(self.width(), needed)

    def _show_fields(self) -> None:
        for field in (self.operator, self.reason):
            field.setEnabled(self.history.isChecked() or self.with_record.isChecked())

    def _show_folder(self) -> None:
        metrics = self.folder.fontMetrics()
        text = metrics.elidedText(str(self._folder), Qt.TextElideMode.ElideMiddle, 320)
        self.folder.setText(text.replace("&", "&&"))

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose another folder"), str(self._folder))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.accepted.connect(lambda: self.choose_folder(Path(dialog.selectedFiles()[0])))
        dialog.open()


def _has_suffix(name: str) -> bool:
    """Does it end with a format?  What else stands behind a dot belongs to the name, as in “St. Peter 1931”."""
    return Path(name).suffix.lower() in WRITABLE_SUFFIXES


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(8)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _row(form: QFormLayout, words: str, field: QWidget) -> None:
    field.setAccessibleName(words)
    heading = label(words)
    heading.setBuddy(field)
    form.addRow(heading, field)
