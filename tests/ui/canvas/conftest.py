"""A document, and a canvas that shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import pytest
from canvas_hands import Hands, MakeDocument, picture
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from restorer.document.document import Document
from restorer.ui.canvas.canvas import Canvas
from restorer.ui.canvas.layers import DisplayLayers


@pytest.fixture
def make_document(tmp_path: Path) -> MakeDocument:
    def make(width: int = 301, height: int = 203) -> Document:
        path = tmp_path / f"{width}x{height}.png"
        assert cv2.imwrite(str(path), picture(width, height)[..., ::-1])
        return Document.open(path)

    return make


@pytest.fixture
def document(make_document: MakeDocument) -> Document:
    return make_document()


@pytest.fixture
def make_hands(qtbot: QtBot) -> Callable[..., Hands]:
    def make(document: Document, width: int = 400, height: int = 300) -> Hands:
        canvas = Canvas()
        qtbot.addWidget(canvas)
        canvas.resize(width, height)
        canvas.show_document(document, DisplayLayers.of(document))
        canvas.show()
        QTest.qWaitForWindowExposed(canvas)
        return Hands(canvas, document)

    return make


@pytest.fixture
def hands(make_hands: Callable[..., Hands], document: Document) -> Hands:
    return make_hands(document)
