"""The cells of TIFF; tifffile is the first witness."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import tifffile
from round_trips import Cell
from specimens import HEIGHT, WIDTH, picture, tiff_file, tiff_tags

_TEXTS = (270, 271, 272, 305, 306, 315, 33432)
_ALL = frozenset({"pixels", "ICC", "EXIF", "GPS", "MakerNote", "XMP", "IPTC", "DPI", "orientation", "tags", "text"})


def properties(path: Path) -> dict[str, object]:
    tags = tiff_tags(path)
    exif = dict(tags.get(34665) or {})
    found = {
        "MakerNote": exif.pop("MakerNote", None),
        "EXIF": exif or None,
        "GPS": tags.get(34853),
        "ICC": tags.get(34675),
        "XMP": tags.get(700),
        "IPTC": tags.get(33723),
        "DPI": (tags.get(282), tags.get(283), tags.get(296)),
        "orientation": tags.get(274),
        "text": [tags.get(tag) for tag in _TEXTS],
        "tags": [(tag, tags.get(tag)) for tag in (34377, 65000)],
    }
    with tifffile.TiffFile(path) as tiff:
        page = tiff.pages[0]
        found["tags"] += [
            (tiff.byteorder, tiff.is_bigtiff, page.compression, page.predictor, page.photometric, page.extrasamples),
            (page.planarconfig, page.is_tiled, page.bitspersample, page.sampleformat, len(tiff.pages)),
            [(other.tags[256].value, other.asarray().tobytes()) for other in tiff.pages[1:]],
        ]
    return found


def _stored(path: Path) -> np.ndarray:
    return tifffile.imread(path, key=0)


def _cell(name: str, pixels: np.ndarray, said: tuple[str, ...] = (), near: float = 0, **how: object) -> Cell:
    opening = {"inks": True} if how.get("photometric") == "separated" else {}

    def make(path: Path) -> np.ndarray:
        tiff_file(path, pixels, orientation=6, **how)
        return pixels if how.get("compression") != "jpeg" else _stored(path)

    unreadable = pixels.dtype.kind == "f" or how.get("compression") in ("zstd", "lzma") or opening or how.get("bigtiff")
    return Cell(
        name, ".tif", make, _ALL, _stored, properties, said, opening, near, lossy=how.get("compression") == "jpeg",
        imagemagick=not unreadable and how.get("extrasamples") is None,
    )  # fmt: skip


def _floats(channels: int) -> np.ndarray:
    """Values far from 0..1, and some that are no numbers."""
    pixels = (picture(channels) / np.float32(9.7) - 500).astype(np.float32)
    pixels[10, 10:13] = np.nan
    pixels[11, 10], pixels[12, 10] = np.inf, -np.inf
    return pixels


def _smooth() -> np.ndarray:
    noise = np.random.default_rng(2).integers(0, 256, (HEIGHT, WIDTH, 3)).astype(np.uint8)
    return cv2.GaussianBlur(noise, (0, 0), 3)


def _bilevel() -> np.ndarray:
    return picture(1, "uint8") > 80


def _faxed(path: Path) -> np.ndarray:
    """Group 4 through libtiff in Pillow, the tags through tifffile."""
    from PIL import Image

    pixels = _bilevel()
    Image.fromarray(pixels).save(path, compression="group4", dpi=(600, 600), description="Letter", software="Scanner")
    return pixels


def _pages(path: Path) -> np.ndarray:
    """Three pages: RGB, the grey one that is opened (16 bit, tiles), and a float one with a SubIFD."""
    with tifffile.TiffWriter(path) as writer:
        writer.write(picture(3), photometric="rgb", compression="lzw", predictor=2, metadata=None, description="one")
        writer.write(picture(1), photometric="minisblack", compression="zlib", tile=(16, 16), metadata=None)
        writer.write(_floats(3), photometric="rgb", subifds=1, metadata=None)
        writer.write(picture(3)[::2, ::2].copy(), photometric="rgb", subfiletype=1, metadata=None)
    return picture(1)


def _page_two(path: Path) -> dict[str, object]:
    with tifffile.TiffFile(path) as tiff:
        page, *_ = tiff.pages[1:]
        storage = page.compression, page.is_tiled, page.bitspersample
        others = [(tiff.pages[k].asarray().tobytes(), tiff.pages[k].compression) for k in (0, 2)]
        sub = [level.asarray().tobytes() for level in tiff.pages[2].pages]
        return {"tags": (storage, others, sub, len(tiff.pages)), "text": tiff.pages[0].description}


def _deep(name: str, channels: int, **how: object) -> Cell:
    return _cell(name, picture(channels), **how)


_LZW = {"compression": "lzw", "predictor": 2, "rowsperstrip": 7}
_INFRARED = {"extrasamples": ["unspecified"], "photometric": "rgb"}
_INKS = {"photometric": "separated", "extrasamples": None}
_BIG = {"bigtiff": True, "order": ">", "compression": "zstd", "rowsperstrip": 7}

CELLS = (
    _deep("RGB 16 bit, uncompressed strips", 3, rowsperstrip=7),
    _deep("RGB 16 bit, one uncompressed strip, big-endian", 3, rowsperstrip=37, order=">"),
    _deep("RGB 16 bit, LZW strips with predictor", 3, **_LZW),
    _deep("RGB 16 bit, Deflate tiles", 3, compression="zlib", predictor=2, tile=(16, 32)),
    _deep("RGB 16 bit, ZSTD strips", 3, compression="zstd", predictor=2, rowsperstrip=7),
    _deep("RGB 16 bit, BigTIFF, Deflate strips", 3, bigtiff=True, compression="zlib", rowsperstrip=7),
    _deep("RGBA 16 bit, LZW", 4, **_LZW),
    _deep("Grey 16 bit, LZW, big-endian", 1, order=">", **_LZW),
    _deep("Grey and alpha 16 bit, LZW", 2, **_LZW),
    _cell("RGB 8 bit, PackBits", picture(3, "uint8"), compression="packbits", rowsperstrip=7),
    _cell("Grey 8 bit, low values white", picture(1, "uint8"), photometric="miniswhite", **_LZW),
    _cell("RGB 16 bit, separate planes", picture(3).transpose(2, 0, 1), planarconfig="separate", **_LZW),
    _cell("RGB float, predictor 3", _floats(3), compression="zlib", predictor=3, rowsperstrip=7),
    _cell("Grey float, uncompressed", _floats(1), rowsperstrip=7),
    _cell("RGB float, BigTIFF, big-endian, ZSTD", _floats(3), **_BIG),
    _cell("CMYK 8 bit, LZW", picture(4, "uint8"), **_INKS, **_LZW),
    _cell("CMYK 16 bit, Deflate tiles", picture(4), **_INKS, compression="zlib", tile=(16, 16)),
    _cell("RGB 16 bit and an infrared channel", picture(4), **_INFRARED, **_LZW),
    _cell("Black and white, Deflate", _bilevel(), said=("2 levels",), near=255, compression="zlib", rowsperstrip=7),
    Cell(
        "Black and white, Group 4", ".tif", _faxed, frozenset({"pixels", "DPI", "text", "tags"}), _stored, properties,
        ("2 levels",), near=255, imagemagick=False,
    ),
    _cell(
        "RGB 8 bit, JPEG tiles", _smooth(), said=("border a block",), near=40, photometric="ycbcr", compression="jpeg",
        compressionargs={"level": 95}, subsampling=(1, 1), tile=(16, 16),
    ),
    Cell(
        "Page 2 of 3", ".tif", _pages, frozenset({"pixels", "tags", "text"}), None, _page_two,
        how={"page": 2}, imagemagick=False,
    ),
)  # fmt: skip
