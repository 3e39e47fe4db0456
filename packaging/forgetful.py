"""The system of this computer once more: packages are installed there for good, and forgotten all the same."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

_MOUNT = (
    'mount -t overlay overlay -o "lowerdir=/,upperdir=$0/upper,workdir=$0/work" "$0/root" && '
    'for folder in /proc /dev /sys /tmp; do mount --rbind "$folder" "$0/root$folder" || exit; done; '
    "echo ready; exec cat"  # until its standard input ends
)
_CACHES = (
    "etc/ld.so.cache", "usr/share/applications/mimeinfo.cache", "usr/share/icons/hicolor/icon-theme.cache",
    "usr/share/mime/", "var/cache/", "var/lib/dpkg/", "var/log/",
)  # fmt: skip
"""What of the system an installation may change, as far as it is there already."""


class ForgetfulSystem:
    """Shows the system below a layer of its own: what is written lies in the layer, and ends with it.

    Linux, and root: it needs a mount namespace with an overlay.  Without a network; /tmp is the computer's own.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="forgetful-"))
        self._holder: subprocess.Popen[str] | None = None
        self.missing = ""
        """Why there is none, if there is none."""

    def __enter__(self) -> ForgetfulSystem:
        if not sys.platform.startswith("linux") or os.geteuid() != 0 or shutil.which("unshare") is None:
            self.missing = "it takes Linux, root and unshare"
            return self
        for name in ("upper", "work", "root"):
            (self._folder / name).mkdir()
        self._holder = subprocess.Popen(
            ["unshare", "-n", "-m", "--propagation", "private", "/bin/sh", "-c", _MOUNT, str(self._folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._holder.stdout is not None
        assert self._holder.stderr is not None
        if self._holder.stdout.readline() != "ready\n":
            self.missing = f"no overlay can be mounted here: {self._holder.stderr.read().strip()}"
        return self

    def __exit__(self, *_: object) -> None:
        if self._holder is not None:
            self._holder.communicate("")
        shutil.rmtree(self._folder, ignore_errors=True)

    def command(self, *words: str | Path, user: int = 0) -> list[str]:
        """What runs a command in it, as a user of that number."""
        assert self._holder is not None
        entered = ["nsenter", f"--net=/proc/{self._holder.pid}/ns/net", f"--mount=/proc/{self._holder.pid}/ns/mnt"]
        who = [f"--reuid={user}", f"--regid={user}", "--clear-groups"] if user else []
        root = ["chroot", str(self._folder / "root"), *(["setpriv", *who] if who else [])]
        return [shutil.which("nsenter") or "nsenter", *entered[1:], *entered[:1], *root, *map(str, words)]

    def run(
        self, *words: str | Path, user: int = 0, environment: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in it to its end."""
        return subprocess.run(
            self.command(*words, user=user),
            env=environment or self.environment(Path("/root")),
            capture_output=True, text=True, timeout=1800, check=False,
        )  # fmt: skip

    @staticmethod
    def environment(home: Path, **more: str) -> dict[str, str]:
        path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        return {"HOME": str(home), "PATH": path, "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive", **more}

    def path(self, place: str) -> Path:
        """Where a new or changed file of it lies on this computer."""
        return self._folder / "upper" / place.lstrip("/")

    def changes(self) -> list[str]:
        """What is no longer as the system below has it, but for its caches and lists."""
        upper, found = self._folder / "upper", []
        for path in sorted(upper.rglob("*")):
            place = path.relative_to(upper)
            below, kind = Path("/") / place, path.lstat()
            if stat.S_ISCHR(kind.st_mode) and kind.st_rdev == 0:  # so an overlay notes what was removed
                if os.path.lexists(below):
                    found.append(f"removed: /{place}")
            elif not os.path.lexists(below):
                found.append(f"new: /{place}")
            elif not path.is_dir() and not place.as_posix().startswith(_CACHES):
                found.append(f"changed: /{place}")
        return found
