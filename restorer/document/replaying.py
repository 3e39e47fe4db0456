"""An export made again from its original and its manifest, and compared with what it was."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from restorer.document import runs
from restorer.document.document import Document
from restorer.document.manifest import (
    FORMAT,
    VERSION,
    asked_for,
    hashes,
    result_sha256,
    shown_witnesses,
    witnesses,
)
from restorer.document.records import orientation
from restorer.document.repair import Image, Repair, trimmed, visible_in
from restorer.document.source import Source
from restorer.imaging.cloning import Cloning, laid
from restorer.imaging.errors import RestorerError
from restorer.imaging.feather import WIDEST
from restorer.imaging.grain import Grain
from restorer.imaging.job import Job
from restorer.imaging.marks import Marks, Placed
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from restorer.imaging.patch import Patch

    Json = dict[str, Any]
    Restore = Callable[[Job, Mapping[str, str]], tuple[Sequence[Patch], Mapping[str, str]]]

MOST_BYTES = 1 << 30

TOLERANCE_MEAN = 0.005
TOLERANCE_SHARE = 0.99
TOLERANCE_EACH = 0.05
"""Another device, precision or version may compute slightly other pixels.

A repair is within the tolerance if its witnesses differ by at most `TOLERANCE_MEAN` of the range on average, and at
least `TOLERANCE_SHARE` of their values by at most `TOLERANCE_EACH` each.  Measured on the sample photographs, bfloat16
against float32 on one CPU: 0.02 and 0.09 % on average, 99.997 and 99.88 % of the values within 5 %.
"""


@dataclass(frozen=True)
class Difference:
    """How far one repair is from what it was."""

    number: int
    equal: bool
    mean: float
    """Of the witnesses, in shares of the range of values."""
    close: float
    """The share of their values that lies within `TOLERANCE_EACH`."""
    settings: tuple[str, ...] = ()
    """Which recorded settings are other ones now, as “device cpu, then cuda”."""

    @property
    def within(self) -> bool:
        return self.equal or (self.mean <= TOLERANCE_MEAN and self.close >= TOLERANCE_SHARE)


@dataclass(frozen=True)
class Verdict:
    """What came of a replay."""

    equal: bool
    """All pixels are those of the export."""
    outside_equal: bool
    """Those outside of the mask are."""
    differences: tuple[Difference, ...]
    shown: Difference | None = None
    """How far the picture as shown is from what it was, inside of the mask; None if the manifest does not tell."""
    untrue: tuple[str, ...] = ()
    """What else the manifest says, and is not so."""

    @property
    def repairs_equal(self) -> bool:
        """All repairs came out as they were, under the settings that were recorded."""
        return all(each.equal and not each.settings for each in self.differences)

    @property
    def within(self) -> bool:
        if not self.outside_equal or self.untrue:
            return False
        if self.equal:
            return True
        if self.repairs_equal:  # then nothing excuses another picture
            return False
        if self.shown is None:
            return all(each.within for each in self.differences) and not all(each.equal for each in self.differences)
        return self.shown.within and all(each.within for each in self.differences)


def read_manifest(path: Path) -> Json:
    """A manifest's JSON.

    Its `repairs` are objects with `number` and `run`; the rest is seen to when it is replayed.

    Raises:
        RestorerError: it is missing, none, damaged, or of a newer program.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RestorerError(f"“{path.name}” is too large for a manifest: choose the file beside the export.")
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RestorerError(f"The manifest “{path}” cannot be read ({error.strerror}): check its name.") from None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise RestorerError(f"“{path.name}” is no manifest of an export: choose the .restorer.json beside it.")
    if not isinstance(told.get("version"), int) or told["version"] > VERSION:
        raise RestorerError(f"“{path.name}” was written by a newer program: install the newer version.")
    repairs = told.get("repairs")
    if not isinstance(repairs, list) or not all(
        isinstance(each, dict) and isinstance(each.get("number"), int) and isinstance(each.get("run"), int)
        for each in repairs
    ):
        raise _damaged()
    return told


def _damaged() -> RestorerError:
    return RestorerError("The manifest is damaged: use the one that was written beside the export.")


def replayed(original: Path, told: Json, restore: Restore) -> tuple[Document, Verdict]:
    """Do all repairs of a manifest again.

    Args:
        original: the file that it names; it is only read.
        told: of `read_manifest`.
        restore: fills a job under the settings that were recorded for it; returns patches and its own settings.

    Returns:
        A document with the repairs, to be exported, and the comparison.

    Raises:
        RestorerError: another original, or the manifest is damaged, and what `restore` raises.
    """
    try:
        wanted_hash, page = str(told["input"]["file_sha256"]), int(told["input"]["page"])
        source = Source.of(original)
        if source.sha256() != wanted_hash:
            raise RestorerError(
                f"“{original.name}” is not the file that the manifest was made of: choose the original as it was."
            )
        document = Document.open(original, page=page)
        if list(document.original.shape) != told["input"]["shape"]:
            raise ValueError("another shape")
        repairs, differences = _repairs(document, told, restore)
        shown = tuple(_at(repairs, number) for number in told["order"])
        turned = replace(document.photograph, turned=orientation(told["output"].get("turned", 1)))
        document.resume(replace(document.state(), repairs=shown, photograph=turned))
        image = document.image
        mask, output = asked_for(image.repairs, image.shape), told["output"]
        pixels, outside = hashes(image, mask)
        equal = pixels == output["pixels_sha256"]
        verdict = Verdict(
            equal,
            outside == output["outside_sha256"],
            tuple(differences),
            _shown(image, mask, output, equal=equal) if "witnesses" in output else None,
            _untrue(document, mask, told),
        )
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise _damaged() from error
    return document, verdict


def _shown(image: Image, mask: Marks, output: Json, *, equal: bool) -> Difference:
    mean, close = _apart(output["witnesses"], shown_witnesses(image, mask)[0])
    return Difference(0, equal, mean, close)


def _untrue(document: Document, mask: Marks, told: Json) -> tuple[str, ...]:
    """What the manifest says of the mask and of the original around it."""
    untrue = []
    if not np.array_equal(np.asarray(runs.decoded(told["mask"], mask.shape)), np.asarray(mask)):
        untrue.append("its mask is not that of its repairs")
    elif hashes(Image.of(document.photograph), mask)[1] != told["input"]["outside_sha256"]:
        untrue.append("the original's pixels outside the mask have another hash")
    return tuple(untrue)


def _repairs(document: Document, told: Json, restore: Restore) -> tuple[list[Repair], list[Difference]]:
    done: list[Repair] = []
    differences = []
    for each in told["repairs"]:
        made_before = _twin(done, each)
        if made_before is None:
            under = tuple(_at(done, number) for number in each["under"])
            repair, difference = _again(document, each, under, restore)
            differences.append(difference)
        else:
            repair = made_before
        grain = None if each.get("grain") is None else Grain.of(each["grain"])
        feather = int(each.get("feather", 0))
        if not 0 <= feather <= WIDEST:
            raise ValueError("a feather of another width")
        done.append(
            replace(repair, on=bool(each["on"]), strength=float(each["strength"]), grain=grain, feather=feather)
        )
    return done, differences


def _twin(done: Sequence[Repair], each: Json) -> Repair | None:
    """The same repair switched or weakened: its pixels need no second making."""
    return next((r for r in done if (r.number, r.run) == (each["number"], each["run"])), None)


def _again(document: Document, each: Json, under: tuple[Repair, ...], restore: Restore) -> tuple[Repair, Difference]:
    shape = document.mask.shape
    marks = runs.decoded(each["wanted"], shape)
    wanted = marks.cropped()
    damage = Placed(wanted, shape) if each["damage"] is None else runs.decoded(each["damage"], shape)
    recorded = {str(name): str(value) for name, value in each["settings"].items()}
    job = Job(Image.of(document.photograph, under), wanted, damage, int(recorded.get("seed", "0")))
    by_hand = Cloning.of(recorded)
    patches: Sequence[Patch]
    made: Mapping[str, str]
    if by_hand is None:
        patches, made = restore(job, recorded)
    else:
        reached = by_hand.reached(wanted, shape)
        if reached is None or not np.array_equal(reached.bits, wanted.bits):
            raise ValueError("a source beyond the picture")
        patches, made = [laid(job, by_hand, inks=document.photograph.inks)], recorded
    repair = Repair(
        tuple(trimmed(patch) for patch in patches if patch.mask.any()),
        marks,
        dict(made),
        number=int(each["number"]),
        run=int(each["run"]),
        damage=damage if isinstance(damage, Marks) else None,
        read=Region.of_shape(shape),
        under=visible_in(under, Region.of_shape(shape)),
        when=str(each["when"]),
    )
    return repair, _difference(repair, each, recorded)


def _difference(repair: Repair, each: Json, recorded: Mapping[str, str]) -> Difference:
    mean, close = _apart(each["witnesses"], witnesses(repair)[0])
    names = ("device", "precision", "threads", "torch", "machine", "restorer", "weights_sha256")
    other = tuple(
        f"{name} {recorded[name]}, now {repair.made.get(name)}"
        for name in names
        if name in recorded and recorded[name] != repair.made.get(name)
    )
    return Difference(
        repair.number,
        result_sha256(repair) == each["result_sha256"],
        mean,
        close,
        other,
    )


def _apart(recorded: Json, values: NDArray[Any]) -> tuple[float, float]:
    """How far values are from recorded witnesses: `Difference.mean` and `Difference.close`."""
    dtype: np.dtype[Any] = np.dtype(recorded["dtype"])
    if dtype.kind not in "iuf":
        raise ValueError("witnesses of another kind")
    before: NDArray[Any] = np.frombuffer(base64.b64decode(recorded["values"], validate=True), dtype).astype(np.float64)
    after: NDArray[Any] = values.astype(np.float64).ravel()
    if before.shape != after.shape:
        raise ValueError("witnesses of another repair")
    if dtype.kind in "iu":
        whole = float(np.iinfo(dtype).max)
    else:
        whole = max(float(np.ptp(before)), 1e-6) if len(before) else 1.0
    apart = np.abs(before - after) / whole
    if not len(apart):
        return 0.0, 1.0
    return float(apart.mean()), float((apart <= TOLERANCE_EACH).mean())


def _at(items: Sequence[Repair], number: Any) -> Repair:
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise ValueError("no such repair")
    return items[number]
