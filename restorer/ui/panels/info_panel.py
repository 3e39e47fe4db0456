"""What is known of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColorSpace
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from restorer.ui.panels.labels import label

if TYPE_CHECKING:
    from restorer.imaging.files import Photograph


class InfoPanel(QWidget):
    """Name, size, depth, colour profile, resolution and metadata of the photograph."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(4)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._name, self._size, self._depth, self._profile, self._print, self._data = (self._value() for _ in range(6))
        self._turned = self._value()
        for name, value in (
            (self.tr("File"), self._name),
            (self.tr("Size"), self._size),
            (self.tr("Depth"), self._depth),
            (self.tr("Profile"), self._profile),
            (self.tr("Print"), self._print),
            (self.tr("Metadata"), self._data),
            (self.tr("Turned"), self._turned),
        ):
            value.setAccessibleName(name)
            form.addRow(label(name, "soft"), value)
        layout.addLayout(form)

    def show_photograph(self, photograph: Photograph, *, named: bool) -> None:
        """`named` is False for a picture without a file of the user's own, whose place would only confuse."""
        height, width = photograph.pixels.shape[:2]
        megapixels = width * height / 1e6
        self._name.setText(_broken(photograph.path.name))
        self._name.setToolTip(str(photograph.path) if named else "")
        size = self.tr("{} × {} px").format(width, height)
        size = f"{size} · {megapixels:.1f} MP" if megapixels >= 0.1 else size
        if photograph.pages > 1:
            size += " · " + self.tr("page {} of {}").format(photograph.page, photograph.pages)
        self._size.setText(size)
        self._depth.setText(
            self.tr("{} bit · {} · {}").format(
                photograph.pixels.dtype.itemsize * 8, self._channels(photograph), photograph.format
            )
        )
        self._profile.setText(self._profile_of(photograph))
        self._print.setText(self._print_of(photograph))
        kept = [
            name
            for name, there in (
                ("Exif", photograph.exif), ("XMP", photograph.xmp), ("IPTC", photograph.iptc),
            )
            if there
        ]  # fmt: skip
        self._data.setText(" · ".join(kept) or self.tr("none"))
        self.show_turned(photograph)

    def show_turned(self, photograph: Photograph) -> None:
        """How a person has turned it, which nothing else says where a picture has no top."""
        words = {
            1: self.tr("as the file says"), 2: self.tr("flipped horizontally"), 3: self.tr("by 180°"),
            4: self.tr("flipped vertically"), 5: self.tr("to the right, then flipped"), 6: self.tr("to the right"),
            7: self.tr("to the left, then flipped"), 8: self.tr("to the left"),
        }  # fmt: skip
        self._turned.setText(words[photograph.turned])

    def _channels(self, photograph: Photograph) -> str:
        shape = photograph.pixels.shape
        if photograph.inks:
            return self.tr("CMYK") if shape[2] == 4 else self.tr("CMYK with alpha")
        names = {
            1: self.tr("grey"), 2: self.tr("grey with alpha"), 3: self.tr("RGB"), 4: self.tr("RGB with alpha"),
        }  # fmt: skip
        return names[1 if len(shape) == 2 else shape[2]]

    def _print_of(self, photograph: Photograph) -> str:
        """Dots an inch, and how large that makes it; x and y as it is shown."""
        dpi = photograph.resolution.dpi if photograph.resolution is not None else None
        if dpi is None or min(dpi) <= 0:
            return self.tr("no size given")
        across, down = dpi if photograph.orientation < 5 else dpi[::-1]
        height, width = photograph.pixels.shape[:2]
        size = self.tr("{:.1f} × {:.1f} cm").format(width / across * 2.54, height / down * 2.54)
        named = f"{across:.4g}" if round(across, 1) == round(down, 1) else f"{across:.4g} × {down:.4g}"
        return f"{named} dpi · {size}"

    def _profile_of(self, photograph: Photograph) -> str:
        icc = photograph.icc
        if icc is None:
            return self.tr("none") if photograph.inks else self.tr("none (shown as sRGB)")
        return QColorSpace.fromIccProfile(icc).description() or self.tr("embedded")

    @staticmethod
    def _value() -> QLabel:
        made = QLabel()
        made.setWordWrap(True)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made


def _broken(name: str) -> str:
    """A name that can be wrapped: scanners like names of sixty characters without a space."""
    for mark in "-_.":
        name = name.replace(mark, f"{mark}\u200b")
    return name
