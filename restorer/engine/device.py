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
    """The dtype inside the network for a picture of so many bits a channel: `fastest` for 8, float32 for more."""
    return torch.float32 if bits > 8 else fastest(device)


def autocast(device: torch.device, dtype: torch.dtype) -> torch.autocast:
    """A context in which convolutions are computed in `dtype`, if that is not float32."""
    return torch.autocast(device.type, dtype, enabled=dtype != torch.float32)


def fastest(device: torch.device) -> torch.dtype:
    """bfloat16 where convolutions are faster in it, else float32.

    That is asked of what the machine is and not of a clock, so that a machine gives the same pixels every time.  On a
    CPU it takes more than the instructions: convolutions of 64 channels reach, on one thread, 227 GFLOP/s in float32
    and 417 in bfloat16 on an AMD Zen 5 (AVX512_BF16), but 195 and 105 on an Intel Xeon with AVX512_BF16 and without
    AMX.  So AMX counts, and AVX512_BF16 does on AMD's.
    """
    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float32
    able = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    quick = able.get("amx_bf16") or (able.get("avx512_bf16") and "AMD" in str(able.get("cpu_name")))
    return torch.bfloat16 if quick else torch.float32


def lacks_its_driver() -> bool:
    """Is torch a CUDA build on a computer where CUDA does not work?"""
    return torch.version.cuda is not None and not torch.cuda.is_available()


def has_failed(device: torch.device, error: Exception) -> bool:
    """Does `error` say that this device, which is not the CPU, cannot go on: full, lost, or not there at all?

    CUDA tells its faults as `torch.AcceleratorError` and `torch.OutOfMemoryError`, its libraries as RuntimeError, a
    torch without CUDA as AssertionError.
    """
    if device.type == "cpu":
        return False
    if isinstance(error, torch.OutOfMemoryError | torch.AcceleratorError):
        return True
    return isinstance(error, RuntimeError | AssertionError) and any(
        word in str(error) for word in ("CUDA", "cuDNN", "CUDNN", "CUBLAS", "NVIDIA", "NVML")
    )


def is_full(error: Exception) -> bool:
    """Does it say that the device's memory is?"""
    return isinstance(error, torch.OutOfMemoryError) or "out of memory" in str(error)


def reason(error: Exception) -> str:
    """The first line of what CUDA says, without the advice to programmers that follows it."""
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")[:120]
