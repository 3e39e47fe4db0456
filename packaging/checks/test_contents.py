"""What is in the program, and what is not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import left_out
import pytest


@pytest.fixture(scope="module")
def inner(bundle: Path) -> Path:
    return bundle / "_internal"


@pytest.fixture(scope="module")
def inventory(inner: Path) -> list[dict[str, object]]:
    return list(json.loads((inner / "licences" / "inventory.json").read_text(encoding="utf-8")))


def test_each_part_has_its_licence(inner: Path, inventory: list[dict[str, object]]) -> None:
    names = {str(part["name"]).lower().replace("_", "-") for part in inventory}
    assert {"torch", "numpy", "pyside6-essentials", "pillow", "imagecodecs", "opencv-python-headless"} <= names
    for part in inventory:
        texts = [inner / "licences" / str(text) for text in part["texts"]]  # type: ignore[attr-defined]
        assert texts, part["name"]
        assert all(text.stat().st_size > 100 for text in texts), part["name"]


def test_each_folder_belongs_to_a_part(inner: Path, inventory: list[dict[str, object]]) -> None:
    """A package that slipped in without being listed has no licence text."""
    ours = {"docs", "licences", "models", "resources", "restorer", f"python3.{__import__('sys').version_info[1]}"}
    listed = " ".join(str(file).split("/")[0] for part in inventory for file in part["files"])  # type: ignore[attr-defined]
    listed += " " + " ".join(str(part["name"]).lower().replace("-", "_") for part in inventory)
    for folder in inner.iterdir():
        name = re.sub(r"(-[\d.]+\.dist-info|\.libs)$", "", folder.name)
        if folder.is_dir() and name not in ours:
            assert name in listed or name.lower() in listed, folder.name


def test_nothing_is_gpl_without_a_choice(bundle: Path, inventory: list[dict[str, object]]) -> None:
    for path in bundle.rglob("*"):
        place = path.relative_to(bundle).as_posix()
        assert "/licences/" in place or not left_out.GPL_ONLY.search(place), place
    for part in inventory:
        licence = str(part["licence"])
        strict = "GPL" in licence or "General Public" in licence
        allowed = "LGPL" in licence or "Lesser" in licence or "exception" in licence
        assert not strict or allowed, part


def test_what_is_left_out_is_not_there(bundle: Path, inner: Path) -> None:
    places = [path.relative_to(inner).as_posix() for path in inner.rglob("*") if path.is_file()]
    for place in places:
        assert not left_out.FILES.search(place) or place.startswith("licences/"), place
        assert not re.search(r"(^|/)(tests?|testing)/.*\.py$", place), place
    for name in ("numba", "llvmlite", "sympy", "tensorboard", "matplotlib", "scipy", "tkinter", "pytest"):
        assert not any(place.split("/")[0] == name for place in places), name
    names = re.findall(rb"restorer\.evaluation\.\w+", (bundle / "restorer").read_bytes())
    assert names == []


def test_what_belongs_in_it_is_there(inner: Path) -> None:
    for place in (
        "torch/utils/serialization/config.py",  # torch reads its source when it trains
        "models/reweave.safetensors", "models/reweave.json", "models/spotter.safetensors", "models/spotter.json",
        "resources/translations/restorer_zh_CN.qm",
        "resources/icons/restorer.svg", "resources/samples/colosseum.jpg", "docs/README.md", "self-test.png",
        "PySide6/Qt/translations/qtbase_zh_CN.qm", "PySide6/Qt/plugins/platforms/libqxcb.so", "licences/README.txt",
    ):  # fmt: skip
        assert (inner / place).is_file(), place


def test_it_is_not_larger_than_it_was(bundle: Path) -> None:
    """746 MiB when this was written; a dependency that grows by a tenth is to be seen."""
    size = sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file() and not path.is_symlink())
    assert size < 820 << 20
