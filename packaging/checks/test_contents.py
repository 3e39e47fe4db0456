"""What is in the program, and what is not."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import components
import left_out
import pytest
import sbom


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


def test_each_file_belongs_to_one_part(inner: Path, inventory: list[dict[str, object]]) -> None:
    """What slipped in without being listed has no licence text."""
    owned = Counter(str(file) for part in inventory for file in part["files"])  # type: ignore[attr-defined]
    assert unowned(inner, owned) == []
    assert [place for place in components.executables(inner) if owned[place] > 1] == []


OURS = ("docs/", "licences/", "models/", "resources/", "build.json", "self-test.png")
PYTHON = ("base_library.zip", "python3.11/")


def unowned(inner: Path, owned: Mapping[str, int]) -> list[str]:
    """Files that no part has listed; a program or library must be listed wherever it is."""
    places = [path.relative_to(inner).as_posix() for path in inner.rglob("*") if path.is_file()]
    plain = [place for place in places if not place.startswith((*OURS, *PYTHON)) and not (inner / place).is_symlink()]
    return [place for place in {*plain, *components.executables(inner)} if place not in owned]


def test_what_nobody_owns_would_be_seen(inner: Path, tmp_path: Path) -> None:
    """A loose library, one in a folder that has the beginning of a part's name, and one among the program's samples."""
    (tmp_path / "resources").mkdir()
    (tmp_path / "tor").mkdir()
    names = ("libloose.so.1", "tor/libtor.so", "resources/libhidden.so")
    for name in names:
        shutil.copy(next(inner.rglob("libpng16*.so*")), tmp_path / name)
    (tmp_path / "resources/sample.txt").touch()
    assert sorted(unowned(tmp_path, {"torch/lib/libtorch.so": 1})) == sorted(names)


def test_nothing_is_gpl_without_a_choice(bundle: Path, inventory: list[dict[str, object]]) -> None:
    for path in bundle.rglob("*"):
        place = path.relative_to(bundle).as_posix()
        assert "/licences/" in place or not left_out.GPL_ONLY.search(place), place
    for part in inventory:
        assert not components.gpl_alone(str(part["licence"])), part


def test_debian_says_of_each_of_its_libraries_what_we_say(inner: Path, inventory: list[dict[str, object]]) -> None:
    """Its copyright file, as it lies in the bundle, is read again."""
    system = [part for part in inventory if part["kind"] == "system"]
    assert len(system) > 20
    for part in system:
        text = (inner / "licences" / str(part["name"]) / "copyright").read_text("utf-8", errors="replace")
        assert components.debian_licence(str(part["name"]), text) == part["licence"]


def test_what_wheels_brought_is_told(inner: Path, inventory: list[dict[str, object]]) -> None:
    """Name, version, licence, and what the LGPL asks for: its text, and where the source is."""
    brought = {(part["name"], part["of"]): part for part in inventory if part["kind"] == "library"}
    for name, of in (
        ("FFmpeg", "opencv-python-headless"), ("OpenSSL", "opencv-python-headless"), ("ICU", "PySide6_Essentials"),
        ("OpenBLAS", "opencv-python-headless"), ("OpenBLAS", "numpy"), ("libheif", "pi_heif"), ("libde265", "pi_heif"),
        ("libaom", "imagecodecs"), ("Qt", "PySide6_Essentials"), ("numba", "restorer"),
    ):  # fmt: skip
        part = brought[name, of]
        assert part["files"], part
        assert re.search(r"\d", str(part["version"])), part
    readme = (inner / "licences" / "README.txt").read_text(encoding="utf-8")
    for part in inventory:
        assert str(part["source"]).startswith("https://"), part
        assert f"source: {part['source']}" in readme
        if "LGPL" in str(part["licence"]):
            texts = [(inner / "licences" / str(text)).read_text("utf-8", "replace") for text in part["texts"]]  # type: ignore[attr-defined]
            assert any(re.search("LESSER GENERAL\\s+PUBLIC\\s+LICENSE", text, re.I) for text in texts), part


def test_the_bill_of_materials(bundle: Path, inner: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It lists each library once, with licence and version, and is as CycloneDX wants it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    document = sbom.of(bundle)
    assert sbom.faults(document) == []
    assert document == sbom.of(bundle)
    assert document["metadata"]["timestamp"] == "2023-11-14T22:13:20+00:00"
    files: Counter[str] = Counter()
    for component in document["components"]:
        assert component["version"], component["name"]
        assert component["licenses"], component["name"]
        files.update(said["value"] for said in component["properties"])
    weights = [path.relative_to(inner).as_posix() for path in (inner / "models").glob("*.safetensors")]
    assert weights
    for place in (*weights, *components.executables(inner)):
        assert files[place] == 1, place
    references = {component["bom-ref"] for component in document["components"]}
    assert len(references) == len(document["components"])
    assert {name for entry in document["dependencies"] for name in entry["dependsOn"]} == references


def test_a_bill_that_is_not_valid_would_be_seen(bundle: Path) -> None:
    document = sbom.of(bundle)
    document["components"][0]["type"] = "thing"
    assert len(sbom.faults(document)) == 1


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
