"""Before anything else: windows are drawn in memory."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from failing_card import Card


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> Card:
    """A graphics card that fails when it is told to."""
    import failing_card  # loads torch, which most tests need not wait for

    return failing_card.put_in(monkeypatch)
