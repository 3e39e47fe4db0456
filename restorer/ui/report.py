"""The log, and a report for whoever mends the program: no pictures, no names of files, folders or people in it."""

from __future__ import annotations

import logging
import logging.handlers
import os
import platform
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import qVersion

from restorer import __version__
from restorer.imaging.atomic import write_atomically

if TYPE_CHECKING:
    from restorer.ui.settings import Settings

log = logging.getLogger("restorer")
LINES = 400
"""Of the log, at most, in a report."""
MOST_BYTES = 512 * 1024
_FILE = re.compile(r'File "[^"\n]*?([^"\n/\\]+\.py)"')
_QUOTED = re.compile(r"“[^”\n]*”|'[^'\n]*'|\"[^\"\n]*\"")
_ENDS = r"\.(?:tiff?|jpe?g|png|webp|bmp|gif|pnm|dcm|dicom|jxl|jp2|j2k|avif|heic|restorer|json|xmp|icc|icm)\b"
_FILE_NAME = re.compile(rf"[^“”\"'<>|:\n]*{_ENDS}", re.I)
"""Names may have spaces: all words before it, up to a colon or a quotation mark, may belong to it."""
_PATH = re.compile(r"(?:[A-Za-z]:)?(?:[\\/][^\s\\/:*?\"<>|“”']+)+[\\/]?")


def log_file() -> Path:
    return platformdirs.user_log_path("restorer", appauthor=False) / "restorer.log"


def start_log(path: Path | None = None) -> logging.Handler | None:
    """Keep a log, in two files that take turns; None where it cannot be written, which stops nothing."""
    path = path or log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(path, maxBytes=MOST_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(_Anonymous("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.info("Restorer %s begins on %s", __version__, platform.system())
    return handler


def anonymous(text: str) -> str:
    """Without what names a file, a folder or a person: whatever is quoted, looks like a path, or is this account's."""
    text = _FILE.sub(r"File \1", text)
    text = _QUOTED.sub("“…”", text)
    text = _FILE_NAME.sub("…", text)
    text = _PATH.sub("…", text)
    for name in {platform.node(), Path.home().name, os.environ.get("USER", ""), os.environ.get("USERNAME", "")}:
        if len(name) > 2:
            text = re.sub(rf"\b{re.escape(name)}\b", "…", text)
    return text


class _Anonymous(logging.Formatter):
    """Faults quote what they stumbled over, which may be a patient's name."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = anonymous(record.message)
        return super().formatMessage(record)


def report(settings: Settings, log_path: Path | None = None) -> str:
    """What is known of the program, the computer and the settings, and the end of the log."""
    import psutil  # type: ignore[import-untyped]  # 15 ms that the first window need not wait for

    memory = psutil.virtual_memory()
    lines = [
        f"Restorer {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, " + ", ".join(f"{n} {_version(n)}" for n in _PARTS),
        f"{platform.system()} {platform.release()} ({platform.machine()}), {os.cpu_count()} processors, "
        f"{memory.total >> 20} MiB memory, {memory.available >> 20} free",
        f"torch is {'loaded' if 'torch' in sys.modules else 'not loaded'}",
        "",
        "Settings",
        *(f"  {name}: {getattr(settings, name)}" for name in _TOLD),
        "",
        "The end of the log",
    ]
    path = log_path or log_file()
    try:
        written = path.read_text(encoding="utf-8", errors="replace").splitlines()[-LINES:]
    except OSError:
        written = ["(there is none)"]
    return "\n".join([*lines, *(f"  {anonymous(line)}" for line in written), ""])


def save_report(settings: Settings, target: Path) -> None:
    """Write the report.

    Raises:
        RestorerError: it cannot be written.
    """
    text = report(settings).encode()
    write_atomically(target, lambda file: file.write(text))


_PARTS = ("PySide6-Essentials", "torch", "numpy", "opencv-python-headless")
_TOLD = ("theme", "language", "device", "threads", "undo_memory", "autosave", "brush_size", "grow", "heal")


def _version(name: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"
