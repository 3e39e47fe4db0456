"""Which codecs of imagecodecs the program uses: read from its source, so that the list cannot grow old."""

from __future__ import annotations

import ast
from pathlib import Path

TIFFFILE_DECODES = {"jpeg_decode", "jpeg8_decode", "jpeg_encode", "ljpeg_decode", "jpegsof3_decode", "packints_decode"}
"""Asked for by tifffile on the program's behalf: JPEG in TIFF."""


def used(package: Path) -> set[str]:
    """Names of functions and constants of imagecodecs that stand in the sources of `package`."""
    names = set(TIFFFILE_DECODES)
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "imagecodecs":
                names.add(node.attr)
    return names


def modules(package: Path) -> list[str]:
    """The extension modules of imagecodecs that hold them."""
    from imagecodecs import imagecodecs

    wanted = used(package)
    found = {"imagecodecs._shared", "imagecodecs._shared_cython", "imagecodecs._imcd"}
    for module, names in imagecodecs._MODULES.items():
        aliases = {alias for alias, name in imagecodecs._ALIASES.items() if name in names}
        if module and wanted & {*names, *aliases}:
            found.add(f"imagecodecs.{module}")
    return sorted(found)
