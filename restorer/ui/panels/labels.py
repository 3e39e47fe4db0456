"""The few kinds of text, lines and fields that panels are made of; the theme knows them by their role."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QAbstractSpinBox, QFrame, QLabel, QLineEdit

Box = TypeVar("Box", bound=QAbstractSpinBox)


def label(text: str, role: str = "") -> QLabel:
    made = QLabel(text)
    made.setProperty("role", role)
    return made


def rule() -> QFrame:
    made = QFrame()
    made.setProperty("role", "rule")
    return made


def padded(field: Box) -> Box:
    """Room before its number, which a style sheet cannot give: Qt lays the line within from border to border."""
    line = field.findChild(QLineEdit)
    assert line is not None
    line.setTextMargins(6, 0, 0, 0)
    return field
