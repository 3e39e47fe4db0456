"""Which precision is taken where."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import torch

from restorer.engine import device as devices
from restorer.training.config import Config
from restorer.training.recipe import autocast

CPU = torch.device("cpu")
XEON = {"cpu_name": "Intel Xeon", "avx512_bf16": True, "amx_bf16": False}
XEON_AMX = XEON | {"amx_bf16": True}
ZEN_5 = {"cpu_name": "AMD EPYC 9B45", "avx512_bf16": True, "amx_bf16": False}
ZEN_3 = {"cpu_name": "AMD EPYC 7B13", "avx512_bf16": False, "amx_bf16": False}


def on(able: Mapping[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: able, raising=False)


@pytest.mark.parametrize(
    ("able", "wanted"),
    [
        (XEON, torch.float32),
        (XEON_AMX, torch.bfloat16),
        (ZEN_5, torch.bfloat16),
        (ZEN_3, torch.float32),
        ({"architecture": "aarch64"}, torch.float32),
    ],
)
def test_bfloat16_is_taken_where_it_is_faster_and_not_wherever_it_is_there(
    able: Mapping[str, object], wanted: torch.dtype, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(able, monkeypatch)
    assert devices.precision(CPU, 8) == wanted
    assert devices.precision(CPU, 16) == torch.float32


@pytest.mark.parametrize(
    ("able", "allowed", "wanted"),
    [(XEON, True, torch.float32), (ZEN_5, True, torch.bfloat16), (ZEN_5, False, torch.float32)],
)
def test_a_run_is_taught_in_bfloat16_where_that_is_allowed_and_faster(
    able: Mapping[str, object], allowed: bool, wanted: torch.dtype, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(able, monkeypatch)
    layer = torch.nn.Conv2d(1, 1, 3)
    with autocast(Config(autocast=allowed), CPU):
        assert layer(torch.zeros(1, 1, 4, 4)).dtype == wanted


def test_this_machine_says_what_it_is() -> None:
    """The names that the rule asks for are the ones that torch gives."""
    able = torch.cpu.get_capabilities()
    if able["architecture"] != "x86_64":
        pytest.skip("the rule's names are those of x86-64")
    assert {"amx_bf16", "avx512_bf16", "cpu_name"} <= able.keys()
