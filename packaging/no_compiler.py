"""Keeps torch from loading its compiler, which the program never uses and which is not bundled.

An optimizer asks `torch._dynamo` at its first step to leave it uncompiled, and to say where a graph would break; for
that alone torch would import a thousand modules, sympy among them (a second of CPU time, 19 MB).
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


def install() -> None:
    """Put a `torch._dynamo` in place that leaves everything as it is; before torch is imported."""
    module = ModuleType("torch._dynamo")
    module.__path__ = []  # type: ignore[attr-defined]
    module.disable = _same  # type: ignore[attr-defined]
    module.graph_break = lambda *_args, **_options: None  # type: ignore[attr-defined]
    sys.modules["torch._dynamo"] = module


def _same(function: Any = None, *_args: Any, **_options: Any) -> Any:
    return _same if function is None else function
