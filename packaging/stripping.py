"""Symbols and relocation tables that only a debugger or a linker reads: a fifth of torch's size."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

LEAST = 1 << 20
"""Bytes; smaller files are left as they came."""


def strip(folder: Path) -> int:
    """Strip the large shared libraries of a bundle on Linux; the bytes saved.

    One that loses its alignment (it was rewritten by patchelf when its wheel was made) is put back as it was: the
    dynamic linker refuses segments whose place in the file and in memory differ by other than whole pages.
    """
    if not sys.platform.startswith("linux") or shutil.which("strip") is None:
        return 0
    saved = 0
    for path in sorted(folder.rglob("*.so*")):
        if path.is_symlink() or path.stat().st_size < LEAST or "nvidia" in path.parts:  # theirs come stripped
            continue
        before, whole = path.stat().st_size, path.read_bytes()
        done = subprocess.run(["strip", "--strip-unneeded", str(path)], capture_output=True)
        if done.returncode or not _aligned(path):
            path.write_bytes(whole)
        saved += before - path.stat().st_size
    return saved


def _aligned(path: Path) -> bool:
    said = subprocess.run(["readelf", "-lW", str(path)], capture_output=True, text=True, check=True).stdout
    for line in said.splitlines():
        words = line.split()
        if words[:1] == ["LOAD"] and (int(words[1], 16) - int(words[2], 16)) % 4096:
            return False
    return True
