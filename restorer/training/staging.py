"""The first pass of `prepare`: each picture file decoded once, judged, reduced and put down as a WebP.

What is staged is keyed by the file's content and written into a journal, so that what was broken off goes on where it
was, and files of equal bytes are decoded once.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2

from restorer.imaging.atomic import write_atomically
from restorer.imaging.errors import RestorerError
from restorer.training.pictures import read_picture, reduced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

JOURNAL = "journal.jsonl"
QUALITY = 90
"""Of the WebP files; crops are reduced when they are drawn, which takes most of what it loses out again."""
FLATTEST = 4.0
"""Standard deviation of the grey levels (0..255) below which a picture shows nothing that could be learnt."""
LONGEST_WEBP = 16383


@dataclass(frozen=True)
class Settings:
    """What the shards depend on, besides the pictures."""

    longest: int = 640
    """Pictures are reduced until the longer side is so many px."""
    smallest: int = 256
    """Pictures with a shorter side are left out, and none is reduced below it."""
    shard_bytes: int = 16 * 2**20
    validation: float = 0.0
    """Share of the pictures that goes into `val/` and is not to be trained on."""
    seed: int = 1
    licence: str = ""
    """What the manifest says of every picture."""

    def __post_init__(self) -> None:
        """Raises RestorerError for settings that cannot be."""
        if not 32 <= self.smallest <= self.longest <= LONGEST_WEBP:
            raise RestorerError(
                f"The sides {self.smallest} to {self.longest} px cannot be: choose --smallest from 32 on, "
                f"and --longest from that to {LONGEST_WEBP}."
            )
        if not 0 <= self.validation <= 0.5:
            raise RestorerError(f"The share --validation is {self.validation}: choose one from 0 to 0.5.")
        if self.shard_bytes < 2**20:
            raise RestorerError("The shards are too small: choose --shard-mib from 1 on.")


@dataclass(frozen=True)
class Picture:
    """A file and where it comes from."""

    path: Path
    source: str
    below: str

    @property
    def category(self) -> str:
        first, _, rest = self.below.partition("/")
        return printable(first if rest else self.source)


@dataclass(frozen=True)
class Staged:
    """A line of the journal: a file's content, by its sha256, reduced to `sha256`.webp, or why it is left out."""

    content: str
    sha256: str = ""
    width: int = 0
    height: int = 0
    pixels: int = 0
    kind: str = ""
    why: str = ""


def stage(
    pictures: Sequence[Picture],
    work: Path,
    settings: Settings,
    report: Callable[[int, int], None],
    tell: Callable[[str], None],
    workers: int,
) -> list[Staged]:
    """One answer for each picture, from the journal where it has one."""
    head = {"longest": settings.longest, "smallest": settings.smallest, "quality": QUALITY}
    journal = _Journal(work / JOURNAL, head)

    def answer(picture: Picture) -> Staged:
        try:
            with picture.path.open("rb") as stream:
                content = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            why = f"“{picture.path.name}” cannot be read ({error.strerror}): check the disk it is on."
            return Staged("", kind="unreadable", why=why)
        return journal.known.get(content) or _reduce(picture.path, content, work, settings)

    answers: list[Staged] = []
    for picture, staged in zip(pictures, _in_order(answer, pictures, workers), strict=True):
        journal.add(staged)
        if staged.kind == "unreadable":
            tell(f"{printable(str(picture.path))} is left out: {staged.why}")
        answers.append(staged)
        report(len(answers), len(pictures))
    return answers


def _in_order(answer: Callable[[Picture], Staged], pictures: Sequence[Picture], workers: int) -> Iterator[Staged]:
    """The answers in the pictures' order; few are decoded ahead, because each may be large."""
    pool = ThreadPoolExecutor(workers, thread_name_prefix="pictures")
    try:
        waiting = deque(pool.submit(answer, picture) for picture in pictures[: 2 * workers])
        for picture in pictures[2 * workers :]:
            yield waiting.popleft().result()
            waiting.append(pool.submit(answer, picture))
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _reduce(path: Path, content: str, work: Path, settings: Settings) -> Staged:
    """Read, judge, reduce and stage one file.  What is wrong with the file becomes its answer, not an exception."""
    try:
        whole = read_picture(path)
    except RestorerError as error:
        return Staged(content, kind="unreadable", why=str(error))
    height, width = whole.shape[:2]
    if min(height, width) < settings.smallest:
        why = f"{width} × {height} px; the shorter side is less than {settings.smallest}"
        return Staged(content, kind="small", why=why)
    picture = reduced(whole, settings.longest, settings.smallest)
    del whole
    if max(picture.shape) > LONGEST_WEBP:
        return Staged(content, kind="small", why=f"{width} × {height} px is too narrow a strip")
    if float(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).std()) < FLATTEST:
        return Staged(content, kind="flat", why="it shows next to nothing")
    done, encoded = cv2.imencode(".webp", picture[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, QUALITY])
    if not done:
        return Staged(content, kind="unreadable", why=f"“{path.name}” cannot be packed: save it as PNG.")
    data = encoded.tobytes()
    sha256 = hashlib.sha256(data).hexdigest()
    write_atomically(work / f"{sha256}.webp", lambda stream: stream.write(data))
    return Staged(content, sha256, picture.shape[1], picture.shape[0], height * width)


class _Journal:
    """What is staged, a JSON object a line after a first one with the settings it holds for.

    With other settings nothing of it can be used, and it begins anew; a last line that is cut off is dropped.
    """

    def __init__(self, path: Path, head: dict[str, Any]) -> None:
        self._path = path
        self.known: dict[str, Staged] = {}
        if not self._read(head):
            for old in path.parent.iterdir():
                shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
            self.known.clear()
        lines = [json.dumps(head), *(json.dumps(dataclasses.asdict(staged)) for staged in self.known.values())]
        write_atomically(path, lambda stream: stream.write(("\n".join(lines) + "\n").encode()))

    def _read(self, head: dict[str, Any]) -> bool:
        try:
            first, *rest = self._path.read_text(encoding="utf-8").splitlines()
            if json.loads(first) != head:
                return False
            for line in rest:
                staged = Staged(**json.loads(line))
                if not staged.sha256 or (self._path.parent / f"{staged.sha256}.webp").is_file():
                    self.known[staged.content] = staged
        except (OSError, ValueError, TypeError):
            return bool(self.known)  # what stands before the fault holds
        return True

    def add(self, staged: Staged) -> None:
        # what could not be read may have been repaired, or there may be more memory, the next time
        if staged.kind == "unreadable" or staged.content in self.known:
            return
        self.known[staged.content] = staged
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(dataclasses.asdict(staged)) + "\n")


def printable(text: str) -> str:
    """A file name that is no text on this system, with its odd bytes written out."""
    return text.encode("utf-8", "backslashreplace").decode()
