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
        sizes = [text.stat().st_size for text in texts]  # some texts of a part's parts are one line
        assert min(sizes) > 20, part["name"]
        assert max(sizes) > 100, part["name"]


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
        "resources/samples/osprey.jpg", "resources/samples/tea-gardens.tif", "resources/theme/check-dark.svg",
        "resources/guide/guide-en.md", "resources/guide/guide-zh_CN.md", "resources/guide/divider-zh.png",
        "PySide6/Qt/plugins/imageformats/libqsvg.so", "imagecodecs/_jpeg2k.abi3.so", "imagecodecs/_avif.abi3.so",
        "imagecodecs/_jpegxl.abi3.so",
    ):  # fmt: skip
        assert (inner / place).is_file(), place
    assert len(list((inner / "resources" / "icons").rglob("*.svg"))) > 40
    assert list(inner.glob("_pi_heif*.so"))
    assert list((inner / "restorer" / "imaging" / "files").glob("jpeg_entropy_compiled*.so"))


def test_texts_of_what_a_part_brought_and_those_that_debian_only_names(inner: Path) -> None:
    licences = inner / "licences"
    for name in ("LICENSE-aom", "LICENSE-openjpeg", "LICENSE-libjxl", "LICENSE-lcms2"):
        assert list((licences / "imagecodecs").rglob(name)), name
    for said in licences.glob("*/copyright"):
        for name in re.findall(r"/usr/share/common-licenses/([\w.+-]+)", said.read_text("utf-8", errors="replace")):
            if (Path("/usr/share/common-licenses") / name.rstrip(".")).is_file():
                assert (licences / "common-licenses" / name.rstrip(".")).is_file(), (said.parent.name, name)


def test_it_is_not_larger_than_it_was(bundle: Path) -> None:
    """746 MiB when this was written; a dependency that grows by a tenth is to be seen."""
    size = sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file() and not path.is_symlink())
    assert size < 820 << 20
