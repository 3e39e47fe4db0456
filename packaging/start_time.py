"""From the start of the process to its first window on an X server: the standalone program beside the source tree.

    python packaging/start_time.py dist/restorer [--times 5]

Cold means that no file of the program is in memory (they are evicted one by one, other programs' are left alone), warm
that they all are.  Turns are taken, so that both have the same company.  Each start is told on stderr as it is
measured, the table comes at the end: twenty starts take minutes on a busy computer.  Linux; needs Xvfb and xdotool.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]


def evict(folder: Path) -> None:
    """Take the files below `folder` out of the system's page cache."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            file = os.open(path, os.O_RDONLY)
            try:
                os.fsync(file)  # what is not yet on the disk, as after a build, cannot be evicted
                os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(file)


def seconds(command: list[str], screen: str, home: str) -> tuple[float, float]:
    """Until its window is seen, and the CPU time the process has taken by then."""
    environment = {
        "HOME": home,
        "DISPLAY": screen,
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
    }
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        search = ["xdotool", "search", "--onlyvisible", "--name", "Restorer"]  # its own --sync looks twice a second
        while subprocess.run(search, env={"DISPLAY": screen}, stdout=subprocess.DEVNULL).returncode:
            if time.perf_counter() - begun > 120 or process.poll() is not None:
                sys.exit("no window came up")
            time.sleep(0.02)
        wall = time.perf_counter() - begun
        fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return wall, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    finally:
        process.kill()
        process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="Start to first window: standalone program and source tree.")
    parser.add_argument("bundle", type=Path, help="the program's folder")
    parser.add_argument("--times", type=int, default=5, help="of each (default: 5)")
    args = parser.parse_args()
    commands = {
        "standalone": ([str(args.bundle.resolve() / "restorer")], (args.bundle,)),
        "source": (
            [sys.executable, "-m", "restorer"],
            (Path(sys.prefix), Path(sys.base_prefix) / "lib", ROOT / "restorer"),
        ),
    }
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as told:
        screen = f":{told.readline().strip()}"
    taken: dict[tuple[str, str], list[tuple[float, float]]] = {}
    try:
        with tempfile.TemporaryDirectory() as home:
            for _ in range(args.times):
                for name, (command, folders) in commands.items():
                    for state in ("cold", "warm"):
                        if state == "cold":
                            for folder in folders:
                                evict(folder)
                        found = seconds(command, screen, home)
                        print(f"{name}, {state}: {found[0]:.2f} s, {found[1]:.2f} of the CPU", file=sys.stderr)
                        taken.setdefault((name, state), []).append(found)
    finally:
        server.terminate()
        server.wait()
    print("| | seconds to the first window, median (least) | CPU seconds, median |\n|---|---|---|")
    for (name, state), starts in taken.items():
        walls, processors = zip(*starts, strict=True)
        print(f"| {name}, {state} | {median(walls):.2f} ({min(walls):.2f}) | {median(processors):.2f} |")


if __name__ == "__main__":
    main()
