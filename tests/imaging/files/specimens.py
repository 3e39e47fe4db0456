"""Small pictures and files, made without the code under test."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image, ImageCms

HEIGHT, WIDTH = 37, 53

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf tiff:Orientation="6" title="Gr\xc3\xbc\xc3\x9fe"/></x:xmpmeta>'
IPTC = b"\x1c\x02\x78\x00\x07Caption" + b"\x1c\x02\x50\x00\x04Anna"
MAKER_NOTE = b"NOTE\0\x01\x02\x03" * 5
ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def picture(channels: int = 3, dtype: str = "uint16") -> np.ndarray:
    """H×W or H×W×channels: a ramp with noise, so that a shift, a swap or a lost bit shows."""
    rng = np.random.default_rng(channels)
    highest = np.iinfo(dtype).max
    ramp = np.add.outer(np.linspace(0, 0.5, HEIGHT), np.linspace(0, 0.4, WIDTH))
    values = ramp[..., None] + rng.uniform(0, 0.1, (HEIGHT, WIDTH, channels))
    pixels = (values * highest).astype(dtype)
    pixels[0, 0] = highest
    pixels[-1, -1] = 0
    return pixels[..., 0] if channels == 1 else pixels


def exif_block(orientation: int = 1, *, thumbnail: bytes | None = None, order: str = "<") -> bytes:
    """Two directories by hand: make, orientation, Exif with a maker's note, GPS; then the preview's."""
    note = MAKER_NOTE
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    main = 8
    main_end = main + 2 + 12 * 4 + 4
    make, exif, gps = main_end, main_end + 8, main_end + 8 + 2 + 12 * 2 + 4
    note_at = gps + 2 + 12 + 4
    second = note_at + len(note)

    def entry(tag: int, kind: int, count: int, value: int | bytes) -> bytes:
        if isinstance(value, bytes):
            return struct.pack(f"{order}HHI", tag, kind, count) + value.ljust(4, b"\0")
        if kind == 3:
            return struct.pack(f"{order}HHIHH", tag, kind, count, value, 0)
        return struct.pack(f"{order}HHII", tag, kind, count, value)

    def directory(*entries: bytes, following: int = 0) -> bytes:
        return struct.pack(f"{order}H", len(entries)) + b"".join(entries) + struct.pack(f"{order}I", following)

    block = head + directory(
        entry(271, 2, 8, make),
        entry(274, 3, 1, orientation),
        entry(34665, 4, 1, exif),
        entry(34853, 4, 1, gps),
        following=second if thumbnail else 0,
    )
    block += b"Leicaoo\0"
    block += directory(entry(36864, 7, 4, b"0232"), entry(37500, 7, len(note), note_at))
    block += directory(entry(1, 2, 2, b"N\0")) + note
    if thumbnail:
        block += directory(entry(513, 4, 1, second + 2 + 24 + 4), entry(514, 4, 1, len(thumbnail))) + thumbnail
    return block


# --- PNG by hand -----------------------------------------------------------------------------------------------


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bytes(
    pixels: np.ndarray,
    *,
    before: bytes = b"",
    after: bytes = b"",
    colour: int | None = None,
    depth: int | None = None,
) -> bytes:
    """A PNG without filters; `colour` and `depth` for palettes and packed greys (pixels are the packed rows then)."""
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    colour = {1: 0, 2: 4, 3: 2, 4: 6}[channels] if colour is None else colour
    width = pixels.shape[1] if depth in (None, 8, 16) else pixels.shape[1] * 8 // depth
    depth = depth or 8 * pixels.itemsize
    rows = pixels.astype(pixels.dtype.newbyteorder(">")).reshape(len(pixels), -1)
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, len(pixels), depth, colour, 0, 0, 0))
    body = zlib.compress(raw)
    middle = len(body) // 2
    data = chunk(b"IDAT", body[:middle]) + chunk(b"IDAT", body[middle:])
    return b"\x89PNG\r\n\x1a\n" + head + before + data + after + chunk(b"IEND", b"")


def png_chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Type and data of every chunk; a wrong checksum fails."""
    found, position = [], 8
    while position < len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        body = data[position + 8 : position + 8 + length]
        assert struct.unpack_from(">I", data, position + 8 + length)[0] == zlib.crc32(kind + body)
        found.append((kind, body))
        position += 12 + length
    return found


def png_pixels(path: Path) -> np.ndarray:
    """A PNG decoder as the specification reads, for files that are not interlaced."""
    chunks = png_chunks(path.read_bytes())
    width, height, depth, colour, *_ = struct.unpack(">IIBBBBB", dict(chunks)[b"IHDR"])
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    raw = zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    step, length = channels * depth // 8, width * channels * depth // 8
    above, rows = bytearray(length), []
    for y in range(height):
        method, line = raw[y * (length + 1)], bytearray(raw[y * (length + 1) + 1 : (y + 1) * (length + 1)])
        for i in range(length):
            a = line[i - step] if i >= step else 0
            b, c = above[i], above[i - step] if i >= step else 0
            p = a + b - c
            nearest = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            line[i] = (line[i] + (0, a, b, (a + b) // 2, nearest)[method]) & 255
        rows.append(bytes(line))
        above = line
    pixels = np.frombuffer(b"".join(rows), f">u{depth // 8}").astype(f"uint{depth}").reshape(height, width, channels)
    return pixels[..., 0] if channels == 1 else pixels


def all_png_chunks() -> tuple[bytes, bytes]:
    """Every kind of chunk that has to survive, before and after the pixels."""
    before = b"".join(
        [
            chunk(b"gAMA", struct.pack(">I", 45455)),
            chunk(b"cHRM", struct.pack(">8I", *range(31270, 31278))),
            chunk(b"sBIT", b"\x08\x08\x08"),
            chunk(b"iCCP", b"My profile\0\0" + zlib.compress(ICC, 1)),
            chunk(b"pHYs", struct.pack(">IIB", 23622, 23622, 1)),
            chunk(b"eXIf", exif_block()),
            chunk(b"tEXt", b"Author\0Ansel"),
            chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"long text" * 20)),
            chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
            chunk(b"prVt", b"private and safe to copy"),
        ]
    )
    after = chunk(b"tIME", struct.pack(">HBBBBB", 2024, 2, 29, 23, 59, 60)) + chunk(b"tEXt", b"Late\0word")
    return before, after


# --- TIFF through tifffile -------------------------------------------------------------------------------------

TIFF_TEXTS = {270: "Grandmother", 271: "Epson", 272: "V850", 305: "Scanner 3.1", 306: "1997:07:15 10:00:00",
              315: "Ansel", 33432: "(c) 1997"}  # fmt: skip


def tiff_file(
    path: Path, pixels: np.ndarray, *, orientation: int | None = None, order: str = "<", **how: object
) -> None:
    """A TIFF with every tag that has to survive, the Exif and GPS directories included."""
    channels = pixels.shape[-1] if pixels.ndim == 3 and how.get("planarconfig") != "separate" else 1
    how.setdefault("photometric", "rgb" if channels >= 3 or how.get("planarconfig") == "separate" else "minisblack")
    if channels in (2, 4):
        how.setdefault("extrasamples", ["unassalpha"])
    place = 16 if how.get("bigtiff") else 4
    tags = [(tag, 2, 0, text, True) for tag, text in TIFF_TEXTS.items() if tag not in (270, 305, 306)]
    tags += [
        (700, 1, len(XMP), XMP, True),
        (33723, 7, len(IPTC), IPTC, True),
        (34377, 7, 12, b"8BIM\x04\x04\0\0\0\0\0\0", True),
        (65000, 12, 2, (1.5, -2.5), True),
        (34664, place, 1, 0, True),  # become 34665 and 34853, which tifffile refuses to write
        (34852, place, 1, 0, True),
    ]
    if orientation:
        tags.append((274, 3, 1, orientation, True))
    tifffile.imwrite(
        path, pixels, byteorder=order, iccprofile=ICC, resolution=((6001, 10), (1200, 1)), resolutionunit="inch",
        description=TIFF_TEXTS[270], software=TIFF_TEXTS[305], datetime=TIFF_TEXTS[306], metadata=None,
        extratags=tags, **how,
    )  # fmt: skip
    _append_exif(path, order)


def _append_exif(path: Path, order: str) -> None:
    """Directories after the file, their places patched into the tags (as exiv2 does)."""
    with tifffile.TiffFile(path) as tiff:
        tags = {tag + 1: tiff.pages[0].tags[tag] for tag in (34664, 34852)}
        big = tiff.is_bigtiff
    with path.open("r+b") as file:
        end = file.seek(0, 2) + file.tell() % 2
        file.seek(end)
        count, number, place, final = (
            (f"{order}Q", f"{order}HHQ", f"{order}Q", 8) if big else (f"{order}H", f"{order}HHI", f"{order}I", 4)
        )
        note_at = end + struct.calcsize(count) + 3 * (struct.calcsize(number) + final) + final
        exposure = struct.pack(f"{order}II", 1, 125)
        exif = struct.pack(count, 3) + struct.pack(number, 33434, 5, 1)
        exif += exposure if big else struct.pack(place, note_at + len(MAKER_NOTE))
        exif += struct.pack(number, 36864, 7, 4) + b"0232".ljust(final, b"\0")
        exif += struct.pack(number, 37500, 7, len(MAKER_NOTE)) + struct.pack(place, note_at) + bytes(final)
        file.write(exif + MAKER_NOTE + exposure)
        gps = file.tell()
        file.write(struct.pack(count, 1) + struct.pack(number, 1, 2, 2) + b"N".ljust(final, b"\0") + bytes(final))
        for tag, at in ((34665, end), (34853, gps)):
            file.seek(tags[tag].offset)
            file.write(struct.pack(f"{order}H", tag))
            file.seek(tags[tag].valueoffset)
            file.write(struct.pack(place, at))


STORAGE = {
    256,
    257,
    258,
    259,
    262,
    266,
    273,
    277,
    278,
    279,
    284,
    317,
    322,
    323,
    324,
    325,
    338,
    339,
    34665,
    34853,
}


def tiff_tags(path: Path) -> dict[int, object]:
    """Every tag that describes the photograph, with its type and value; directories as what is in them."""
    with tifffile.TiffFile(path) as tiff:
        tags = tiff.pages[0].tags
        found = {tag.code: (int(tag.dtype), tag.value) for tag in tags if tag.code not in STORAGE}
        found |= {code: dict(tags[code].value) for code in (34665, 34853) if code in tags}
    return found


# --- JPEG through Pillow ---------------------------------------------------------------------------------------


def jpeg_file(
    path: Path, pixels: np.ndarray, *, orientation: int = 1, thumbnail: bytes | None = None, **how: object
) -> None:
    image = Image.fromarray(pixels)
    exif = b"Exif\0\0" + exif_block(orientation, thumbnail=thumbnail)
    how = {"quality": 92, "icc_profile": ICC, "exif": exif, "xmp": XMP, "dpi": (300, 300)} | how
    image.save(path, "JPEG", **how)
    data = path.read_bytes()
    resource = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(IPTC)) + IPTC + bytes(len(IPTC) % 2)
    path.write_bytes(data[:2] + b"\xff\xed" + struct.pack(">H", len(resource) + 2) + resource + data[2:])
