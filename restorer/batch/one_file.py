"""One file from reading to writing, in three steps that different threads may take for different files.

The same calls as `restorer fill` and the window make, so the pixels are the same.
"""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event, Lock
from typing import TYPE_CHECKING

import numpy as np

from restorer.batch.film import ALONE, fill_from_neighbours, find_dust, neighbours_of
from restorer.batch.journal import sha256_of_all
from restorer.batch.outcome import Outcome
from restorer.batch.verdicts import project_of
from restorer.document.copying import is_copy
from restorer.document.document import Document
from restorer.document.export import export
from restorer.document.project import save_project
from restorer.document.source import file_sha256
from restorer.imaging.damage import check_infrared, damage_of, doubt_of, looked_at
from restorer.imaging.errors import Cancelled, RestorerError
from restorer.imaging.files import jpeg_copy, losses, read_mask_with_remarks
from restorer.imaging.mask import grown

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from restorer.batch.entries import Entry
    from restorer.batch.film import Frames
    from restorer.batch.settings import Settings
    from restorer.engine.detector import Detector
    from restorer.engine.filling import Fills
    from restorer.engine.weights import Weights
    from restorer.imaging.files.photograph import Infrared
    from restorer.imaging.findings import Findings

NOTHING = {
    "mask": "The mask is empty: copied as it was.",
    "detect": "Nothing was found: copied as it was.",
    "film": "No dust was found: copied as it was.",
}


@dataclass(eq=False)
class Work:
    """A file on its way.  Each step takes it from the one before; nobody else holds it."""

    entry: Entry
    flag: Event
    document: Document
    given: NDArray[np.bool_] | None
    frames: Frames | None
    mask_sha256: str
    seconds: float
    marked: int = 0
    made: dict[str, str] | None = None
    remarks: tuple[str, ...] = ()
    doubt: str = ""


class Networks:
    """The networks of a process, loaded when the first file needs them; one file at a time is computed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._restorer: Fills | None = None
        self._detector: Detector | None = None
        self.busy = Lock()
        self.notices: list[str] = []
        """What was said of the device; the file that is computed then takes it along as remarks."""

    @property
    def restorer(self) -> Fills:
        """Raises RestorerError if there are no such weights, or no such device."""
        if self._restorer is None:
            from restorer.engine.filling import filler  # loads torch

            self._restorer = filler(
                self._settings.model, self._settings.device, self._settings.threads, self.notices.append
            )
        return self._restorer

    @property
    def detector(self) -> Detector:
        """Raises RestorerError as `restorer`."""
        if self._detector is None:
            from restorer.engine.detector import Detector

            self._detector = Detector(
                self._settings.detector, self._settings.device, self._settings.threads, self.notices.append
            )
        return self._detector

    @property
    def of_detector(self) -> dict[str, str]:
        """Name and hash of the weights that find damage."""
        found = weights_of(self._settings)["detector"]
        return {"detector": found.name, "detector_sha256": found.sha256}


def weights_of(settings: Settings) -> dict[str, Weights]:
    """The weights that a batch uses: `model`, unless it only copies, and `detector` if damage is to be found.

    Raises:
        RestorerError: there are none of that name, or they do something else.
    """
    from restorer.engine import copying, weights  # loads torch

    used = {}
    if settings.model != copying.NAME:
        used["model"] = weights.find(settings.model, "fills")
    if settings.detect and settings.asks_detector:
        from restorer.engine import detector

        used["detector"] = detector.weights_of(settings.detector)
    return used


def read(entry: Entry, flag: Event, infrared: Infrared | None = None) -> Work:
    """Decode the file, its masks, its neighbours and its `infrared` scan, and hash them.

    Raises:
        RestorerError: one of them cannot be read or does not fit.
        Cancelled: the flag is set.
    """
    begun = time.perf_counter()
    _check(flag)
    document = Document.open(entry.source, infrared=infrared)
    if infrared is not None:
        check_infrared(document.photograph)
    document.source.sha256()
    given = _together(entry.masks, document.mask.shape, flag)
    frames, of_frames = None, tuple[str, ...]()
    if entry.neighbours:
        there = [_together(paths, document.mask.shape, flag) for paths in entry.masks_there]
        frames, of_frames = neighbours_of(document.photograph, entry.neighbours, there)
        if frames is None and given is None:
            raise RestorerError(ALONE)
    hashes = sha256_of_all(entry.beside)
    return Work(
        entry,
        flag,
        document,
        given,
        frames,
        hashes,
        time.perf_counter() - begun,
        remarks=(*document.photograph.remarks, *of_frames),
    )


def restore(work: Work, settings: Settings, networks: Networks, progress: Callable[[float], None]) -> None:
    """Find and fill.  What was done lies in the document afterwards; `made` stays None if nothing was to be done.

    Raises:
        RestorerError: a mask that covers everything, no memory, no such weights.
        Cancelled: the flag was set.
    """
    begun = time.perf_counter()
    document, made = work.document, dict[str, str]()
    given, found = work.given, None
    if settings.film and work.frames is not None:
        found, remark = find_dust(document.photograph, work.frames, given, lambda: _check(work.flag))
        work.remarks += remark
    elif settings.detect and given is None:

        def look() -> Findings:
            made.update(networks.of_detector)
            return networks.detector.find(
                looked_at(document.image, document.photograph),
                lambda share: progress(share / 2),
                lambda: _check(work.flag),
            )

        found = damage_of(document.photograph, settings.sensitivity, settings.kinds, look)
        work.doubt = doubt_of(grown(found, settings.grow_found))
    _check(work.flag)
    if given is None or found is None:
        mask, grow = (found, settings.grow_found) if given is None else (given, settings.grow)
    else:
        mask, grow = grown(given, settings.grow) | grown(found, settings.grow_found), 0
    if mask is not None and mask.any():
        document.set_mask(mask)
        document.grain = settings.grain
        job = replace(document.job(grow=grow, seed=settings.seed), cancelled=work.flag)
        work.marked = int(job.wanted.bits.sum())
        if work.frames is not None:
            document.set_mask(_whole(job.wanted.bits, job.wanted.region.slices, document.mask.shape))
            made |= fill_from_neighbours(document, work.frames, lambda: _check(work.flag))
            if document.marked:
                job = replace(document.job(seed=settings.seed), cancelled=work.flag)
        if document.marked:
            share = 0.5 if settings.detect and given is None else 0.0
            patches = networks.restorer.restore(job, lambda done: progress(share + (1 - share) * done))
            network = networks.restorer.made(job)
            document.apply(job, patches, network)
            made |= network
        work.made = made
    work.remarks += tuple(networks.notices)
    networks.notices.clear()
    work.seconds += time.perf_counter() - begun


def write(work: Work, settings: Settings, staged: Path) -> Outcome:
    """Write the picture, and what belongs beside it, into the folder `staged` under its final name.

    Raises:
        RestorerError: it cannot be written, or the original has changed meanwhile.
        Cancelled: the flag is set.
    """
    begun = time.perf_counter()
    _check(work.flag)
    document, entry = work.document, work.entry
    sha256 = document.source.sha256()
    if work.made is None and not settings.options.strip_gps:
        written = staged / entry.copy.name
        _copy(entry.source, written, sha256)
        kind = "film" if work.frames is not None else "mask" if work.given is not None else "detect"
        outcome = Outcome("copied", NOTHING[kind])
        paths: tuple[Path, ...] = (written,)
    else:
        written = staged / entry.target.name
        proof = export(document, written, options=settings.options)
        anew = settings.options.copying is not None and is_copy(document.photograph, written)
        lost = jpeg_copy.losses(document.photograph) if anew else losses(document.photograph, written)
        outcome = Outcome(
            "restored",
            f"{proof.sentence}.",
            marked=work.marked,
            changed=proof.changed,
            outside=proof.outside,
            made=work.made or {},
            remarks=(*filter(None, [work.doubt]), *lost, *proof.remarks),
            doubtful=bool(work.doubt),
        )
        paths = (written, *proof.also)
        if settings.projects:
            project = project_of(staged.parent, entry.target)
            project.parent.mkdir(exist_ok=True)
            save_project(document.state(), project)
    files = tuple((path.name, path.stat().st_size, file_sha256(path)) for path in paths)
    return replace(
        outcome,
        files=files,
        input_sha256=sha256,
        mask_sha256=work.mask_sha256,
        remarks=tuple(dict.fromkeys((*entry.remarks, *work.remarks, *outcome.remarks))),
        seconds=round(work.seconds + time.perf_counter() - begun, 3),
    )


def done_alone(entry: Entry, settings: Settings, networks: Networks, staged: Path) -> Outcome:
    """The three steps one after the other; what goes wrong with the file is an outcome, too."""
    flag = Event()
    try:
        work = read(entry, flag, settings.infrared)
        with networks.busy:
            restore(work, settings, networks, lambda _share: None)
        return write(work, settings, staged)
    except Exception as error:
        return failure(error)


def failure(error: BaseException) -> Outcome:
    """An outcome for what was raised; a fault of the program is told with its name, and does not end the batch."""
    if isinstance(error, Cancelled):
        return Outcome("skipped", "Skipped.")
    if isinstance(error, RestorerError):
        return Outcome("failed", str(error))
    if isinstance(error, MemoryError):
        return Outcome("failed", "There is not enough memory for it: use fewer workers, or close other programs.")
    if isinstance(error, OSError):
        where = f" of {error.filename}" if error.filename else ""
        return Outcome("failed", f"The system says “{error.strerror or error}”{where}: check the name and the disk.")
    what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return Outcome("failed", f"A fault of the program ({what}): please report it.")


def _together(paths: tuple[Path, ...], shape: tuple[int, int], flag: Event) -> NDArray[np.bool_] | None:
    """Masks laid over each other, None for none.

    Raises:
        RestorerError: one does not fit, or looks like a photograph: nobody watches a batch who would notice.
    """
    mask = None
    for path in paths:
        _check(flag)
        one, said = read_mask_with_remarks(path, shape)
        if said:
            raise RestorerError(f"The mask “{path.name}” holds greys, as a photograph does: make it black and white.")
        mask = one if mask is None else mask | one
    return mask


def _check(flag: Event) -> None:
    if flag.is_set():
        raise Cancelled


def _copy(source: Path, target: Path, sha256: str) -> None:
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())
    if file_sha256(target) != sha256:
        raise RestorerError(f"“{source.name}” changed while it was being copied: try again.")


def _whole(bits: NDArray[np.bool_], slices: tuple[slice, slice], shape: tuple[int, int]) -> NDArray[np.bool_]:
    mask = np.zeros(shape, bool)
    mask[slices] = bits
    return mask
