"""The few kinds of text and lines that panels are made of; the theme knows them by their role."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel


def label(text: str, role: str = "") -> QLabel:
    made = QLabel(text)
    made.setProperty("role", role)
    return made


def rule() -> QFrame:
    made = QFrame()
    made.setProperty("role", "rule")
    return made
