"""Small files of the formats that are only read, with everything in them that has to survive; not made by our code."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

import imagecodecs
import numpy as np
from PIL import Image
from specimens import HEIGHT, ICC, IPTC, WIDTH, XMP, exif_block, jpeg_file, picture

JP2_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
JP2_IPTC = bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38")

# 53 × 37 RGB of specimens.picture, encoded by libheif's heif-enc -q 60
HEIC = base64.b64decode("""
AAAAGGZ0eXBoZWljAAAAAG1pZjFoZWljAAABrW1ldGEAAAAAAAAAIWhkbHIAAAAAAAAAAHBpY3QAAAAAAAAAAAAAAAAAAAAADnBpdG0AAAAAAAIA
AAAQaWRhdAAAAAAANQAlAAAAOGlsb2MBAAAAREAAAgABAAAAAAAAAc0AAQAAAAAAAAMuAAIAAQAAAAAAAAABAAAAAAAAAAgAAAA4aWluZgAAAAAA
AgAAABVpbmZlAgAAAQABAABodmMxAAAAABVpbmZlAgAAAAACAABncmlkAAAAANhpcHJwAAAAtmlwY28AAAB2aHZjQwEDcAAAAAAAAAAAAB7wAPz9
+PgAAA8DIAABABhAAQwB//8DcAAAAwCQAAADAAADAB66AkAhAAEAKkIBAQNwAAADAJAAAAMAAAMAHqAggQWW6uSmubgQEDAgAAADACAAAAMAISIA
AQAGRAHBc8CJAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAUaXNwZQAAAAAAAAA1AAAAJQAAABBwaXhpAAAAAAMICAgAAAAaaXBtYQAAAAAAAAACAAEC
gQIAAgIDhAAAABppcmVmAAAAAAAAAA5kaW1nAAIAAQABAAADNm1kYXQAAAMqKAGvCeAKvEcSgQGJhEeXC06e6/NdFpuLJW09Pnv7AuP3TFOUnPdM
8O9oQW+S0FG30iAxO18tbvAtVkhAGk0xZ5PZlgyfO6KT91rTQ8m0Ebu5/wO95Y1kcaRhGVz9W9i1T+4aCs6f4X78aXm0dJI/aj+UpXA6BO5Eymtw
zLz/WpwN/Nam2a/h/cA31BrsEbjxBW6b3McNgAqJ3jeX92jfNSNsZKdHUo9dKpeDlwdtQjHm+LSVrntbXeTfxJln6SFNRXL1NFx7XbeZOh2gg8Ru
jkjNjRoQOCnn4MVaNwSxFNPmYeXByr2kFygf9jEfYjjmTjbpn9Gsgv9FJ1XN6ENfzHmsHUiI+WjH9cH7yBKKD5rB29sI1J2grGKRst16anXtUYxz
Fywgos89Po46dZkVhHPj5TZtxJ6cHMk3fXQ4LcjYmf7W0/sWEMJQq3bDfD8puqM5DCmfWvA1REoBjMfzB3A48l73Jtw0QaBjEnH4voKRXeumCDlc
+h+mOtzmGybBuZpAop6nPcp0DxKkFGQ9OW7HlfSlZaAiStqAWf72EItc37T5yoHcu91DszuOQapbJJIi20EgsjCbLxKn9XtZdWtmfcwuwx7tovAD
56W9K4wrCJCUY27W84aoXEvEOoCplORniS1z5D6zN/fm6SaJG2M+O4HJukRxsE0G2WIqEoBPZ91kEzarBKnQJhHJ4CuwZrgZSl0waFVRYn+3Ph4c
9PK1VJcUXnc1UrGaJuQJXqwbXZbjAvA638sPL7MUmtmXA87a0ZzNR2MFu5156IKgS9KaldLKBz69VLWzY7yHCBsEAoXn5iYWWki98G9CZh7XIMQS
k4jOy3BDcnnMXwCmYKsPe0Bd6oQq/wsC8tV1mxutK20dZMhxiWWen+t5IJ56WV8DgXAa8NpU+PnNXE6GTG/ii+zcjJeQ6QVaht/uqG01p5Spqt9C
hinxcZK8rOYbabC6MkR2GC327R6lyjR/Tw/CL/QBonHMRqxMvoMlkYw6r4BN5Hh1iRUUD0a8Mng6qAWlxmS+ICML4SiX5/6y3vO50de/1LgpBBBL
blPjcA+017T2rqI90aT4
""")


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def jp2(pixels: np.ndarray, **how: object) -> bytes:
    """A JP2 with profile, resolution (300 dpi), XMP, Exif and IPTC around OpenJPEG's codestream."""
    data = imagecodecs.jpeg2k_encode(pixels, level=0, **how)
    codestream = data[data.index(b"jp2c") + 4 :]
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    bits = int(how.get("bitspersample", 8 * pixels.itemsize))
    head = box(b"ihdr", struct.pack(">IIHBBBB", *pixels.shape[:2], channels, bits - 1, 7, 0, 0))
    if channels > 2:
        head += box(b"colr", b"\2\0\0" + ICC)
    else:
        head += box(b"colr", b"\1\0\0" + struct.pack(">I", 17))
    head += box(b"res ", box(b"resc", struct.pack(">HHHHbb", 30000, 254, 30000, 254, 2, 2)))
    return (
        box(b"jP  ", b"\r\n\x87\n") + box(b"ftyp", b"jp2 \0\0\0\0jp2 ") + box(b"jp2h", head)
        + box(b"uuid", JP2_XMP + XMP) + box(b"uuid", b"JpgTiffExif->JP2" + exif_block()) + box(b"uuid", JP2_IPTC + IPTC)
        + box(b"jp2c", codestream)
    )  # fmt: skip


def jxl(pixels: np.ndarray, *, packed: bool = False, **how: object) -> bytes:
    """A JPEG XL container with Exif and XMP, packed with Brotli if wanted."""
    data = imagecodecs.jpegxl_encode(pixels, lossless=True, usecontainer=True, **how)
    exif = bytes(4) + exif_block()
    if packed:
        return data + b"".join(
            box(b"brob", kind + imagecodecs.brotli_encode(content))
            for kind, content in ((b"Exif", exif), (b"xml ", XMP))
        )
    return data + box(b"Exif", exif) + box(b"xml ", XMP)


def pam(pixels: np.ndarray) -> bytes:
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    kind = {1: "GRAYSCALE", 2: "GRAYSCALE_ALPHA", 3: "RGB", 4: "RGB_ALPHA"}[channels]
    head = f"P7\nWIDTH {WIDTH}\nHEIGHT {HEIGHT}\nDEPTH {channels}\nMAXVAL 65535\nTUPLTYPE {kind}\nENDHDR\n"
    return head.encode() + pixels.astype(">u2").tobytes()


def ppm(pixels: np.ndarray, highest: int = 65535) -> bytes:
    mark = "P5" if pixels.ndim == 2 else "P6"
    kind = ">u2" if highest > 255 else "u1"
    return f"{mark}\n# made by hand\n{WIDTH} {HEIGHT}\n{highest}\n".encode() + pixels.astype(kind).tobytes()


def with_pillow(path: Path, kind: str, pixels: np.ndarray, **how: object) -> bytes:
    Image.fromarray(pixels).save(path, kind, **how)
    return path.read_bytes()


def every_format(path: Path) -> dict[str, bytes]:
    """One file of each format; `path` is a place to write to."""
    deep, eight = picture(3), picture(3, "uint8")
    metadata = {"icc_profile": ICC, "exif": b"Exif\0\0" + exif_block(), "xmp": XMP}
    found = {
        "jp2": jp2(deep),
        "j2k codestream": imagecodecs.jpeg2k_encode(eight, level=0, codecformat="j2k"),
        "jxl": jxl(deep),
        "jxl packed": jxl(eight, packed=True),
        "jxl codestream": imagecodecs.jpegxl_encode(picture(4, "uint8"), lossless=True),
        "avif": with_pillow(path, "AVIF", eight, quality=90, **metadata),
        "avif 12 bit": imagecodecs.avif_encode(deep >> 4, level=100, bitspersample=12),
        "webp": with_pillow(path, "WEBP", eight, lossless=True, **metadata),
        "webp lossy": with_pillow(path, "WEBP", eight, quality=80),
        "bmp": with_pillow(path, "BMP", eight, dpi=(300, 300)),
        "gif": with_pillow(path, "GIF", eight),
        "pam": pam(deep),
        "ppm": ppm(np.minimum(eight, 200), 200),
        "plain pgm": f"P2 {WIDTH} {HEIGHT} 65535\n".encode() + " ".join(map(str, picture(1).ravel())).encode(),
    }
    jpeg_file(path, eight, restart_marker_rows=1)
    found["jpeg with restarts"] = path.read_bytes()
    jpeg_file(path, eight, progressive=True, subsampling=2)
    found["progressive jpeg"] = path.read_bytes()
    cmyk = Image.frombytes("CMYK", (WIDTH, HEIGHT), picture(4, "uint8").tobytes())
    cmyk.save(path, "JPEG", icc_profile=ICC)
    found["cmyk jpeg"] = path.read_bytes()
    return found
