"""Writing the restored picture, and the proof that nothing else changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from restorer.document.copying import is_copy, write_copy
from restorer.document.manifest import asked_for, beside, changed_pixels, manifest_of, write_manifest
from restorer.document.provenance import entry, noted
from restorer.document.source import Source, changed_on_disk, file_sha256
from restorer.document.watch import UNWATCHED, Watch
from restorer.imaging.atomic import Together, can_be_written
from restorer.imaging.errors import Cancelled, RestorerError
from restorer.imaging.files import WRITABLE_SUFFIXES, reach, read_photograph, write_mask, write_photograph
from restorer.imaging.files.location import without_location
from restorer.imaging.files.reading_back import differing, read_back
from restorer.imaging.files.tiff_layout import TiffLayout
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from restorer.document.document import Document
    from restorer.document.repair import Image
    from restorer.imaging.files import Photograph
    from restorer.imaging.files.jpeg_copy import Copying
    from restorer.imaging.files.jpeg_merge import Reach
    from restorer.imaging.files.photograph import Pixels

STRIPE = 256
ANEW = "The JPEG was made anew, which changes every pixel a little, also outside the mask."


@dataclass(frozen=True)
class Options:
    """What an export writes besides the picture.

    Attributes:
        manifest: a JSON file beside it (see `manifest`), enough for `restorer replay`.
        mask: a PNG beside it, white where the repairs shown were asked for.
        history: a line in the file's XMP history, and its digital source type.
        operator: who did it, for history and manifest.
        reason: why, for both.
        strip_gps: leave out the place where the picture was taken (Exif's GPS directory, XMP's GPS properties).
        copying: how a JPEG is made anew of a picture that was none; without it that is refused.
        accept_changed: go on although the original's file is not any more what was opened.
    """

    manifest: bool = False
    mask: bool = False
    history: bool = True
    operator: str = ""
    reason: str = ""
    accept_changed: bool = False
    strip_gps: bool = False
    copying: Copying | None = None


@dataclass(frozen=True)
class Proof:
    """What an export changed, counted on the file that was written, read back."""

    changed: int
    """Pixels that differ from the original."""
    outside: int
    """Of these, pixels that were never marked (and grown) for a repair that shows.

    None in lossless files.  In a JPEG those that share or border a block with marked ones; a file with any other is
    not saved.
    """
    also: tuple[Path, ...] = ()
    """Files written beside it."""
    remarks: tuple[str, ...] = ()
    """Sentences about what could not be done."""

    @property
    def sentence(self) -> str:
        return f"{self.changed} pixel{'' if self.changed == 1 else 's'} changed, {self.outside} outside the mask"


def export(
    document: Document,
    target: Path,
    *,
    overwrite: bool = False,
    options: Options = Options(),
    watch: Watch = UNWATCHED,
) -> Proof:
    """Write the image as restored so far; the format follows the suffix.

    The new file is read back and compared with the original before it takes its name, together with those beside it.

    Raises:
        Cancelled: `watch` does not want it any more; an old file of that name is intact then, and no other is left.
        OriginalChanged: the original's file has changed on the disk since it was opened.
        RestorerError: as `check_target`, the file cannot be written, or would differ where nothing was marked; an old
            file of that name is intact then.
    """
    proof = export_image(
        document.photograph,
        document.image,
        target,
        overwrite=overwrite,
        options=options,
        source=document.source,
        watch=watch,
    )
    document.exported()
    return proof


def export_image(
    photograph: Photograph,
    image: Image,
    target: Path,
    *,
    overwrite: bool = False,
    options: Options = Options(),
    source: Source | None = None,
    watch: Watch = UNWATCHED,
) -> Proof:
    """Write a snapshot of a document, on any thread, while the document itself goes on changing.

    Args:
        photograph: what was opened.
        image: the snapshot.
        target: the file to write.
        overwrite: another existing file may be replaced, also one beside it.
        options: what else is written.
        source: the document's; the manifest needs it, and without it a change of the original goes unnoticed.
        watch: hears how far it is, and is asked whether to go on.

    Raises:
        Cancelled, OriginalChanged, RestorerError: as `export`.
    """
    also = check_export(photograph.path, target, overwrite=overwrite, options=options)
    told_of = source or (Source.of(photograph.path) if options.manifest else None)
    if source is not None and not options.accept_changed:
        source.check()
    if told_of is not None and options.manifest:
        told_of.sha256()  # before anything is written: the manifest cannot do without
    watch.check()
    shown = [repair for repair in image.repairs if repair.visible]
    written_as, remarks = photograph, list[str]()
    if options.strip_gps:
        written_as, said_of_place = without_location(photograph)
        remarks += said_of_place
    stripped = ("GPS",) if options.strip_gps else ()
    if options.history and (shown or photograph.turned != 1):
        changed_before, turned = changed_pixels(image) if shown else 0, photograph.turned
        said = entry(shown, changed_before, options.operator, options.reason, turned=turned, stripped=stripped)
        packet = noted(written_as.xmp, said)
        if packet is None:
            remarks.append("The picture's XMP data cannot be read, so what was done is not noted in it.")
        else:
            written_as = replace(written_as, xmp=packet)
    copying = options.copying if is_copy(photograph, target) else None
    manifest_path, mask_path = beside(target)
    with Together(overwrite=overwrite) as files:
        if copying is not None:
            changed, outside, file_hash = write_copy(
                photograph, written_as, image, target, copying, hashed=options.manifest, together=files, watch=watch
            )
            proof, rounded = Proof(changed, outside), 0
            remarks.append(ANEW)
        else:
            proof, file_hash, rounded = _written(
                photograph, written_as, image, target, files, watch, hashed=options.manifest
            )
        if options.mask:
            write_mask(mask_path, np.asarray(asked_for(shown, image.shape)), together=files)
        if told_of is not None and options.manifest:
            told = manifest_of(
                photograph,
                told_of,
                image,
                target=target,
                changed=proof.changed,
                outside=proof.outside,
                file_sha256=file_hash,
                operator=options.operator,
                reason=options.reason,
                stripped=stripped,
                encoding=None if copying is None else {"quality": copying.quality, "srgb": copying.srgb},
                rounded=rounded,
            )
            write_manifest(told, manifest_path, files)
        if source is not None and not options.accept_changed:
            source.check(content=_copied_unseen(photograph, target))
        watch.check()  # for the last time: with their names the files are there
        files.place()
    return replace(proof, also=also, remarks=tuple(remarks))


def _written(
    photograph: Photograph,
    written_as: Photograph,
    image: Image,
    target: Path,
    files: Together,
    watch: Watch,
    *,
    hashed: bool,
) -> tuple[Proof, str, int]:
    """Write and prove; the proof, and if they are wanted the file's hash and how many of its pixels are rounded."""
    done: list[tuple[Proof, str, int]] = []
    reached = _reached(photograph, image, target)

    def verify(file: Path) -> None:
        proof, beyond, rounded = _proof(photograph, image, file, target.name, reached, watch, exactly=hashed)
        if beyond:
            raise RestorerError(
                f"{target.name} was not saved: {beyond} pixels outside the mask would have changed. "
                "This is a fault of the program; please report it."
            )
        done.append((proof, file_sha256(file) if hashed else "", rounded))

    try:
        write_photograph(written_as, watch.of_writing(image), target, verify, together=files)
    except RestorerError as error:
        if not isinstance(error.__cause__, OSError) and _rewritten(photograph):
            raise RestorerError(changed_on_disk(photograph.path.name)) from error
        raise
    return done[0]


def _reached(photograph: Photograph, image: Image, target: Path) -> Reach | None:
    """Where the file may differ besides the mask: None for formats that keep each pixel."""
    reached = reach(photograph, target)
    if reached is not None:
        for repair in image.repairs:
            if repair.visible:
                marks = repair.wanted.cropped()
                reached.add(marks.region, marks.bits)
    return reached


def _rewritten(photograph: Photograph) -> bool:
    """Whether the original's file holds another picture than what was opened, though its size and time may be the same.

    Slow, so asked only where something has gone wrong with what is copied from it.
    """
    if not photograph.path.exists():
        return False
    try:
        again = read_photograph(photograph.path, page=photograph.page, inks=photograph.inks).pixels
    except RestorerError:
        return True
    before = photograph.pixels
    return again.shape != before.shape or again.dtype != before.dtype or bool(differing(again, before).any())


def _copied_unseen(photograph: Photograph, target: Path) -> bool:
    """Whether parts of the original's file come into the new one that were never decoded, as further pages."""
    layout = photograph.carried
    return isinstance(layout, TiffLayout) and layout.needs_origin and target.suffix.lower() in (".tif", ".tiff")


def counted(image: Image, wanted: Callable[[], bool] = lambda: True) -> Proof:
    """The same comparison before anything is written: the picture as restored so far with the original.

    Args:
        image: the snapshot.
        wanted: asked now and then whether to go on.

    Raises:
        Cancelled: it is not.
    """
    mask, changed, outside = asked_for(image.repairs, image.shape), 0, 0
    for top in range(0, image.shape[0], STRIPE):
        if not wanted():
            raise Cancelled
        stripe = Region(0, top, image.shape[1], min(top + STRIPE, image.shape[0]))
        differs = differing(image.read(stripe), image.original[stripe.slices])
        changed += int(differs.sum())
        outside += int((differs & ~mask.read(stripe)).sum())
    return Proof(changed, outside)


def most_at_rim(photograph: Photograph, image: Image, target: Path, wanted: Callable[[], bool] = lambda: True) -> int:
    """How many pixels outside the mask share or border a block of the JPEG with marked ones.

    Known from the mask alone, and the most that `Proof.outside` can be: a file with any other is not saved.  0 for
    formats that keep each pixel.

    Args:
        photograph: what was opened.
        image: the snapshot.
        target: the file's name; only its suffix counts.
        wanted: asked now and then whether to go on.

    Raises:
        Cancelled: it is not.
        RestorerError: as `export`, if the photograph cannot be written in that format.
    """
    reached = _reached(photograph, image, target)
    if reached is None:
        return 0
    mask, count = asked_for(image.repairs, image.shape), 0
    for top in range(0, image.shape[0], STRIPE):
        if not wanted():
            raise Cancelled
        stripe = Region(0, top, image.shape[1], min(top + STRIPE, image.shape[0]))
        count += int((reached.within(stripe) & ~mask.read(stripe)).sum())
    return count


def check_target(original: Path, target: Path, *, overwrite: bool, inputs: Sequence[Path] = ()) -> None:
    """See that `target` may be written, before long work begins.

    Args:
        original: never replaced.
        target: what is to be written.
        overwrite: another existing file may be replaced.
        inputs: other files that are read and must not be replaced either, as the mask.

    Raises:
        RestorerError: it is the original or another input, exists and `overwrite` is not set, has no suffix that can
            be written, or its folder is missing or cannot be written to.
    """
    if target.suffix.lower() not in WRITABLE_SUFFIXES:
        kinds = ", ".join(sorted(WRITABLE_SUFFIXES))
        kind = target.suffix or "file without suffix"
        raise RestorerError(f"{target} cannot be written as a {kind}: choose one of {kinds}.")
    try:
        _check_place(original, target, overwrite, inputs)
    except OSError as error:
        raise RestorerError(f"{target} cannot be written ({error.strerror}): choose another name or folder.") from None


def check_export(
    original: Path, target: Path, *, overwrite: bool, options: Options, inputs: Sequence[Path] = ()
) -> tuple[Path, ...]:
    """As `check_target`, also for what is written beside it.  Returns those files."""
    check_target(original, target, overwrite=overwrite, inputs=inputs)
    manifest, mask = beside(target)
    also = tuple(path for path, wanted in ((mask, options.mask), (manifest, options.manifest)) if wanted)
    for path in also:
        try:
            _check_place(original, path, overwrite, inputs)
        except OSError as error:
            raise RestorerError(f"{path} cannot be written ({error.strerror}): choose another name.") from None
    return also


def _check_place(original: Path, target: Path, overwrite: bool, inputs: Sequence[Path]) -> None:
    if not target.parent.is_dir():
        raise RestorerError(f"There is no folder {target.parent}: make it first, or choose another one.")
    if not can_be_written(target.parent):
        raise RestorerError(f"{target.parent} cannot be written to: choose another folder or change its permissions.")
    if target.exists():
        if original.exists() and target.samefile(original):
            raise RestorerError(f"{target} is the original: choose another name, it is never overwritten.")
        if any(file.exists() and target.samefile(file) for file in inputs):
            raise RestorerError(f"{target} is read as well: choose another name for what is written.")
        if not overwrite:
            raise RestorerError(f"{target} exists: choose another name, or allow it to be replaced (--overwrite).")


def _proof(
    photograph: Photograph, image: Image, file: Path, name: str, reached: Reach | None, watch: Watch, *, exactly: bool
) -> tuple[Proof, int, int]:
    """Compare the written file with the original, part by part.

    Also says how many pixels changed that had no reason to, neither marked nor reached by a mark; and, if that is asked
    `exactly`, how many are not those of the image.
    """
    original = image.original
    mask = asked_for(image.repairs, image.shape)
    bounds = Region.of_shape(image.shape)
    changed = outside = beyond = rounded = seen = 0
    for region, part in _parts(file, photograph, name):
        if (region & bounds) != region or part.shape[2:] != image.shape[2:] or part.dtype != image.dtype:
            raise RestorerError(f"{name} was not saved: it came out as {part.dtype} {part.shape}. Try another format.")
        seen += region.area
        for top in range(region.top, region.bottom, STRIPE):
            watch.check()
            stripe = Region(region.left, top, region.right, min(top + STRIPE, region.bottom))
            written = part[stripe.within(region).slices]
            if exactly:
                rounded += int(differing(written, image.read(stripe)).sum())
            differs = differing(written, original[stripe.slices])
            if not differs.any():
                continue
            changed += int(differs.sum())
            differs &= ~mask.read(stripe)
            outside += int(differs.sum())
            if reached is not None and differs.any():
                differs &= ~reached.within(stripe)
            beyond += int(differs.sum())
        watch.compared(seen / bounds.area)
    if seen != bounds.area:
        raise RestorerError(f"{name} was not saved: only {seen} of {bounds.area} pixels came out. Try another format.")
    return Proof(changed, outside), beyond, rounded


def _parts(file: Path, photograph: Photograph, name: str) -> Iterator[tuple[Region, Pixels]]:
    """As `read_back`, with a sentence about the file that was to be written instead of its new one."""
    try:
        yield from read_back(file, photograph)
    except RestorerError as error:
        raise RestorerError(
            f"{name} was not saved: what was written cannot be read back. Check the disk, or choose another format."
        ) from error
