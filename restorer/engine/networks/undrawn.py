"""Making a network whose weights are to be put in afterwards."""

from __future__ import annotations

from typing import Any

from torch.overrides import TorchFunctionMode


class Undrawn(TorchFunctionMode):
    """Parameters keep the values they have, on the device `meta` none, where a network would draw or scale them.

    Torch does that in Python there, for which it imports its compiler and sympy: a second of CPU time.
    """

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        name, named = getattr(func, "__name__", ""), kwargs or {}
        if name.endswith("_") and not name.startswith("_"):  # normal_, mul_, kaiming_uniform_(tensor=…), …
            return args[0] if args else named["tensor"]
        return func(*args, **named)
