"""Where the network runs, and how precisely."""

from __future__ import annotations

import torch

from restorer.imaging.errors import RestorerError

CHOICES = ("auto", "cpu", "cuda")


def choose(name: str) -> torch.device:
    """The device for a choice of `CHOICES`; `auto` takes CUDA where it works.

    Raises:
        RestorerError: no such choice, or CUDA is asked for and is not there.
    """
    if name not in CHOICES:
        raise RestorerError(f"There is no device {name!r}: choose one of {', '.join(CHOICES)}.")
    usable = torch.cuda.is_available()
    if name == "cuda" and not usable:
        raise RestorerError(
            "CUDA is not available here: choose the device cpu, or install a CUDA build of torch and a driver."
        )
    return torch.device("cuda" if usable and name != "cpu" else "cpu")


def precision(device: torch.device, bits: int) -> torch.dtype:
    """The dtype inside the network for a picture of so many bits a channel.

    bfloat16 where it is fast, for 8-bit pictures; what has more bits is computed in float32 throughout.  On a CPU
    without bfloat16 instructions it would be emulated, and slower.
    """
    if bits > 8:
        return torch.float32
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    able = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else torch.float32
