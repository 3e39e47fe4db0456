"""What is for Windows, macOS and CUDA is well-formed; whether it works there was not tried."""

from __future__ import annotations

import io
import plistlib
import shutil
import subprocess
from pathlib import Path

import cuda_libraries
import documents
import icons
import pytest
import windows_version
from conftest import ROOT
from PIL import IcnsImagePlugin, IcoImagePlugin, Image

from restorer import __version__


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    icons.write_icons(ROOT / "resources/icons/restorer.svg", folder)
    return folder


def is_a_picture(icon: Image.Image, size: int) -> bool:
    """Square, of that size, with something drawn on nothing."""
    alpha = icon.convert("RGBA").getextrema()[3]
    return icon.size == (size, size) and alpha == (0, 255) and len(icon.convert("RGB").getcolors(1 << 20) or []) > 8


def test_the_icon_of_windows(drawn: Path) -> None:
    with (drawn / "restorer.ico").open("rb") as file:
        icon = IcoImagePlugin.IcoFile(file)
        assert {(size, size) for size in (16, 24, 32, 48, 64, 256)} <= icon.sizes()
        for size, _ in icon.sizes():
            assert is_a_picture(icon.getimage((size, size)), size), size


def test_the_icon_of_macos(drawn: Path) -> None:
    with (drawn / "restorer.icns").open("rb") as file:
        icon = IcnsImagePlugin.IcnsFile(file)
        sizes = icon.itersizes()
        assert {32, 64, 128, 256, 512, 1024} <= {width * scale for width, _, scale in sizes}
        for size in sizes:
            assert is_a_picture(icon.getimage(size), size[0] * size[2]), size


def test_an_empty_icon_would_be_seen() -> None:
    assert not is_a_picture(Image.new("RGBA", (16, 16)), 16)


def test_the_property_list_of_macos() -> None:
    told = plistlib.loads(plistlib.dumps(documents.info_plist(__version__)))
    assert told["CFBundleShortVersionString"] == __version__
    types = told["CFBundleDocumentTypes"]
    assert {ending for one in types for ending in one["CFBundleTypeExtensions"]} == {
        ending for kind in documents.KINDS for ending in kind.endings
    }
    owned = [one for one in types if one["LSHandlerRank"] == "Owner"]
    assert [one["CFBundleTypeExtensions"] for one in owned] == [["restorer"]]
    (exported,) = told["UTExportedTypeDeclarations"]
    assert exported["UTTypeTagSpecification"]["public.filename-extension"] == ["restorer"]
    assert owned[0]["LSItemContentTypes"] == [exported["UTTypeIdentifier"]]


def test_the_version_resource_of_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In PyInstaller's own form, read back by it."""
    from PyInstaller import compat

    monkeypatch.setattr(compat, "win32api", None, raising=False)  # writes into a program, which is not done here
    from PyInstaller.utils.win32 import versioninfo

    text = tmp_path / "version.txt"
    text.write_text(str(windows_version.resource("1.2.3")), encoding="utf-8")
    again = versioninfo.load_version_info_from_text_file(str(text))
    assert (again.ffi.fileVersionMS, again.ffi.fileVersionLS) == (1 << 16 | 2, 3 << 16)
    strings = {string.name: string.val for kid in again.kids[:1] for table in kid.kids for string in table.kids}
    assert strings["ProductName"] == "Restorer"
    assert strings["ProductVersion"] == "1.2.3"


def test_the_scripts_can_be_read() -> None:
    for name in ("release", "release-macos", "qt-libraries"):
        subprocess.run(["bash", "-n", str(ROOT / "tools" / name)], check=True)


def test_the_script_of_windows_can_be_read() -> None:
    if shutil.which("pwsh") is None:
        pytest.skip("there is no pwsh")  # PowerShell's own parser is the only witness of its script
    parse = (
        "[System.Management.Automation.Language.Parser]::ParseFile($args[0], [ref]$null, [ref]$errors); $errors.Count"
    )
    script = str(ROOT / "tools/release-windows.ps1")
    done = subprocess.run(["pwsh", "-NoProfile", "-c", parse, script], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == "0"


def test_on_linux_the_script_of_macos_says_so() -> None:
    if shutil.which("uname") is None or subprocess.run(["uname"], capture_output=True, text=True).stdout == "Darwin\n":
        pytest.skip("this is macOS")
    done = subprocess.run([str(ROOT / "tools/release-macos")], capture_output=True, text=True, check=False)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert io.StringIO(done.stderr).readline().startswith("This builds on macOS only")


def test_the_libraries_of_cuda(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the wheels lay them, without an `__init__.py`; headers and other projects' libraries stay out."""
    for name, files in {
        "nvidia_cublas": ("nvidia/cu13/lib/libcublas.so.13", "nvidia/cu13/include/cublas.h"),
        "nvidia_cudnn_cu13": ("nvidia/cudnn/lib/libcudnn.so.9",),
        "elsewhere": ("elsewhere/lib/libelse.so",),
    }.items():
        info = tmp_path / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "RECORD").write_text("".join(f"{file},,\n" for file in files))
    monkeypatch.syspath_prepend(str(tmp_path))
    found = [pair for pair in cuda_libraries.installed() if pair[0].startswith(str(tmp_path))]
    assert found == [
        (str(tmp_path / "nvidia/cu13/lib/libcublas.so.13"), "nvidia/cu13/lib"),
        (str(tmp_path / "nvidia/cudnn/lib/libcudnn.so.9"), "nvidia/cudnn/lib"),
    ]
