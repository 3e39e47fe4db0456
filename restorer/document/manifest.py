"""The manifest beside an export: what was changed, by what, and hashes that prove it; enough to do it again.

All hashes are SHA-256.  Those of pixels run over the picture as shown, row by row from the top left, channels together,
numbers little-endian: `pixels` over all of them, `outside` over those that no repair shown was asked for.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import TYPE_CHECKING, Any

import numpy as np

from restorer import __version__
from restorer.document import runs
from restorer.document.provenance import now
from restorer.document.repair import Image, stale
from restorer.imaging.atomic import Together, write_atomically
from restorer.imaging.files.reading_back import differing
from restorer.imaging.marks import SIDE, Marks
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from restorer.document.repair import Repair
    from restorer.document.source import Source
    from restorer.imaging.files import Photograph

    Json = dict[str, Any]

FORMAT = "restorer-manifest"
VERSION = 1
STRIPE = 256

WITNESSES = 4096
"""Pixels of each repair, evenly spread over it, whose values are written down for a comparison within a tolerance."""


def asked_for(repairs: Sequence[Repair], shape: tuple[int, ...]) -> Marks:
    """The mask: all that the repairs shown were asked for."""
    mask = Marks(shape)
    for repair in repairs:
        if repair.visible:
            mask.put((key, after) for key, (_, after) in mask.added(repair.wanted).items())
    return mask


def hashes(image: Image, mask: Marks) -> tuple[str, str]:
    """Of all pixels, and of those outside of the mask; hexadecimal."""
    everything, outside = hashlib.sha256(), hashlib.sha256()
    for stripe in _stripes(image.shape):
        pixels = image.read(stripe)
        little = pixels.astype(pixels.dtype.newbyteorder("<"), copy=False)
        everything.update(np.ascontiguousarray(little).data)
        outside.update(np.ascontiguousarray(little[~mask.read(stripe)]).data)
    return everything.hexdigest(), outside.hexdigest()


def changed_pixels(image: Image) -> int:
    """How many pixels differ from the original."""
    bounds, count = Region.of_shape(image.shape), 0
    for row, column in asked_for(image.repairs, image.shape).tiles:
        tile = Region(column * SIDE, row * SIDE, (column + 1) * SIDE, (row + 1) * SIDE) & bounds
        count += int(differing(image.read(tile), image.original[tile.slices]).sum())
    return count


def manifest_of(
    photograph: Photograph,
    source: Source,
    image: Image,
    *,
    target: Path,
    changed: int,
    outside: int,
    file_sha256: str,
    operator: str = "",
    reason: str = "",
    stripped: Sequence[str] = (),
    encoding: Json | None = None,
    rounded: int = 0,
) -> Json:
    """The manifest of an export that has been written and proved.

    `stripped` names what of the file's description was left out because it was asked for, `encoding`
    how a copy was made anew; `rounded` pixels of the file are not those of the image.

    Raises:
        OriginalChanged: nobody can tell the hash of the file any more that was opened.
    """
    mask = asked_for(image.repairs, image.shape)
    pixels, around = hashes(image, mask)
    _, before = hashes(Image.of(photograph), mask)
    told: Json = {
        "format": FORMAT,
        "version": VERSION,
        "program": f"restorer {__version__}",
        "when": now(),
        "operator": operator,
        "reason": reason,
        "input": {
            "name": "" if photograph.medical else photograph.path.name,  # such names often are a patient's
            "file_sha256": source.sha256(),
            "page": int(getattr(photograph, "page", 1)),
            "shape": list(image.shape),
            "dtype": image.dtype.name,
            "outside_sha256": before,
        },
        "output": {
            "name": "" if photograph.medical else target.name,  # by default it is made of the original's
            "file_sha256": file_sha256,
            "pixels_sha256": pixels,
            "outside_sha256": around,
            "witnesses": _coded(*shown_witnesses(image, mask)),
            "changed": changed,
            "outside": outside,
            "stripped": list(stripped),
            "turned": photograph.turned,
        },
        "mask": runs.encoded(mask),
    }
    if encoding is not None:
        told["output"]["encoding"] = encoding
    if rounded or encoding is not None:
        which = "All" if encoding is not None else str(rounded)
        told["output"]["note"] = (
            f"{which} pixels of the file may be other ones than before it was encoded, as its format rounds values or "
            "is lossy: the hashes of pixels are of the picture before that."
        )
    return {**told, **_repairs(image.repairs)}


def _repairs(shown: tuple[Repair, ...]) -> Json:
    """All repairs that are in the picture or were read from, each before those that read from it; and their order."""
    numbers: dict[int, int] = {}
    found: list[Json] = []

    def number_of(repair: Repair) -> int:
        if id(repair) not in numbers:
            under = [number_of(each) for each in repair.under]
            numbers[id(repair)] = len(found)
            found.append({**_repair(repair), "under": under})
        return numbers[id(repair)]

    order = [number_of(repair) for repair in shown]
    for index, number in enumerate(order):
        found[number]["stale"] = stale(shown, index)
    return {"repairs": found, "order": order}


def _repair(repair: Repair) -> Json:
    values, dtype = witnesses(repair)
    region = repair.wanted.region
    return {
        "number": repair.number,
        "run": repair.run,
        "on": repair.on,
        "strength": repair.strength,
        "tool": repair.made.get("hand", "fill"),
        "name": repair.name,
        "grain": None if repair.grain is None else repair.grain.told(),
        "feather": repair.feather,
        "when": repair.when,
        "settings": repair.made,
        "region": [region.left, region.top, region.right, region.bottom],
        "pixels": int(repair.wanted.sum()),
        "wanted": runs.encoded(repair.wanted),
        "damage": None if repair.damage is None else runs.encoded(repair.damage),
        "result_sha256": result_sha256(repair),
        "witnesses": _coded(values, dtype),
    }


def result_sha256(repair: Repair) -> str:
    """Of the pixels that the repair was answered with, in the order of `_values`."""
    digest = hashlib.sha256()
    for values in _values(repair):
        digest.update(np.ascontiguousarray(values).data)
    return digest.hexdigest()


def _coded(values: NDArray[Any], dtype: str) -> Json:
    return {"dtype": dtype, "values": base64.b64encode(values.tobytes()).decode()}


def witnesses(repair: Repair) -> tuple[NDArray[Any], str]:
    """Some of those pixels, n×c, and their type."""
    return _some(list(_values(repair)))


def shown_witnesses(image: Image, mask: Marks) -> tuple[NDArray[Any], str]:
    """Some pixels of the picture as shown, inside of the mask: what became of repairs, strengths, grain and order."""
    parts = []
    for stripe in _stripes(image.shape):
        inside = mask.read(stripe)
        if inside.any():
            values = image.read(stripe)[inside].reshape(int(inside.sum()), -1)
            parts.append(values.astype(values.dtype.newbyteorder("<"), copy=False))
    return _some(parts)


def _some(parts: Sequence[NDArray[Any]]) -> tuple[NDArray[Any], str]:
    if not parts:
        return np.zeros((0, 1), np.uint8), "|u1"
    count = sum(len(part) for part in parts)
    step = -(-count // WITNESSES)
    chosen, start = [], 0
    for part in parts:
        chosen.append(part[(-start) % step :: step])
        start += len(part)
    together = np.concatenate(chosen)
    return together, together.dtype.str


def _values(repair: Repair) -> Iterator[NDArray[Any]]:
    """Little-endian n×c: the repair's pixels in rows of its wanted region, however they were cut into patches."""
    region = repair.region
    if region.empty:
        return
    first = repair.patches[0].pixels
    for top in range(region.top, region.bottom, STRIPE):
        stripe = Region(region.left, top, region.right, min(top + STRIPE, region.bottom))
        pixels = np.zeros((stripe.height, stripe.width, *first.shape[2:]), first.dtype)
        filled = np.zeros(pixels.shape[:2], bool)
        for patch in repair.patches_in(stripe):
            common = patch.region & stripe
            mask = patch.mask[common.within(patch.region).slices]
            pixels[common.within(stripe).slices][mask] = patch.pixels[common.within(patch.region).slices][mask]
            filled[common.within(stripe).slices] |= mask
        values = pixels[filled]
        values = values.reshape(len(values), -1)
        yield values.astype(values.dtype.newbyteorder("<"), copy=False)


def _stripes(shape: tuple[int, ...]) -> Iterator[Region]:
    for top in range(0, shape[0], STRIPE):
        yield Region(0, top, shape[1], min(top + STRIPE, shape[0]))


def write_manifest(told: Json, path: Path, together: Together | None = None) -> None:
    """Write a manifest as JSON text; with `together` its name is left to that.

    Raises:
        RestorerError: it cannot be written.
    """
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    # a file name need not be UTF-8: what cannot be encoded (PEP 383) becomes a JSON escape, which gives it back
    write_atomically(path, lambda file: file.write(text.encode("utf-8", "backslashreplace")), together=together)


def beside(target: Path) -> tuple[Path, Path]:
    """Where the manifest and the mask of an export lie."""
    return target.with_name(f"{target.name}.restorer.json"), target.with_name(f"{target.name}.mask.png")
