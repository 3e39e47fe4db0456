"""The program's icon in the sizes and containers that each system wants, drawn from resources/icons/restorer.svg."""

from __future__ import annotations

import io
import os
from pathlib import Path

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def drawn(svg: Path, size: int) -> bytes:
    """The drawing as a square PNG of so many pixels."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QRectF, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.read_bytes())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def write_icons(svg: Path, folder: Path) -> dict[int, Path]:
    """restorer-SIZE.png of each size, restorer.ico and restorer.icns in `folder`; the PNGs by size."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for size in SIZES:
        paths[size] = folder / f"restorer-{size}.png"
        paths[size].write_bytes(drawn(svg, size))
    pictures = [Image.open(io.BytesIO(path.read_bytes())) for path in paths.values()]
    largest = Image.open(io.BytesIO(drawn(svg, 1024)))  # of macOS alone
    windows = [picture for picture in pictures if picture.width <= 256]
    windows[-1].save(folder / "restorer.ico", sizes=[picture.size for picture in windows], append_images=windows[:-1])
    largest.save(folder / "restorer.icns", append_images=pictures)
    return paths
