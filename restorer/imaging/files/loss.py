"""What a format cannot hold, in sentences that are shown before saving."""

from __future__ import annotations

from restorer.imaging.files import exif as exif_block
from restorer.imaging.files import tiff
from restorer.imaging.files.jp2_boxes import Jp2Boxes
from restorer.imaging.files.jpeg_segments import BLOCKS, JpegSegments
from restorer.imaging.files.orientation import TAGGED
from restorer.imaging.files.photograph import Photograph
from restorer.imaging.files.png_chunks import Chunk, PngChunks, keyword_of, xmp_of
from restorer.imaging.files.tiff_directory import ORIENTATION, parse_block
from restorer.imaging.files.tiff_layout import TiffLayout

_COLOUR_CHUNKS = {
    b"gAMA": "the gamma value", b"cHRM": "the primary colours", b"sRGB": "the sRGB mark",
    b"cICP": "the colour code", b"mDCV": "the mastering display", b"cLLI": "the light levels",
}  # fmt: skip
_IN_FIELDS = frozenset({tiff.XMP, tiff.IPTC, tiff.ICC, tiff.PHOTOSHOP, ORIENTATION, 254, 255})


def in_png(photograph: Photograph) -> tuple[str, ...]:
    carried = photograph.carried
    if isinstance(carried, PngChunks):
        return (*carried.dropped, *carried.in_png)
    names: list[str] = []
    sentences: list[str] = []
    if photograph.iptc is not None:
        names.append("the IPTC data")
    if isinstance(carried, TiffLayout):
        entries = carried.directory.entries
        sentences += carried.only_tiff
        if tiff.PHOTOSHOP in entries:
            names.append("Photoshop's settings")
        others = [tag for tag in entries if tag not in _IN_FIELDS and not exif_block.is_descriptive(tag)]
        if others:
            names.append(f"the TIFF tag{'s' if len(others) > 1 else ''} {', '.join(map(str, sorted(others)))}")
        repeated = sorted({entry.tag for entry in carried.directory.again})
        names += [f"a second tag {tag}" for tag in repeated]
        sentences += _about_alpha(carried)
    elif isinstance(carried, JpegSegments):
        if carried.photoshop is not None:
            names.append("Photoshop's settings")
        names += carried.names_of_rest
    elif isinstance(carried, Jp2Boxes):
        names += carried.names_of_rest
    return (*_sentence("PNG", names), *sentences, *_about_animation(photograph))


def of_turn(photograph: Photograph, name: str) -> tuple[str, ...]:
    """For a photograph that a person has turned, and is saved in the format of that name."""
    if photograph.turned == 1 or name in TAGGED:
        return ()
    if photograph.medical:
        return ("DICOM cannot tell how a picture is turned: it stays as it lay, as the patient's position says.",)
    return (f"{name} cannot tell how a picture is turned: it stays as it lay. PNG and TIFF can.",)


def _about_alpha(layout: TiffLayout) -> list[str]:
    if layout.extra == 1:
        return ["PNG knows no premultiplied alpha: see-through parts will look darker than in the TIFF."]
    return []


def in_tiff(photograph: Photograph) -> tuple[str, ...]:
    carried = photograph.carried
    if isinstance(carried, TiffLayout):
        return carried.dropped
    names: list[str] = []
    sentences: tuple[str, ...] = ()
    if isinstance(carried, PngChunks):
        names += [name for chunk in carried.chunks for name in _chunk_name(chunk, photograph)]
        sentences = carried.dropped
    elif isinstance(carried, JpegSegments | Jp2Boxes):
        names += carried.names_of_rest
    if exif_block.has_thumbnail(photograph.exif):
        names.append("the small preview in the Exif data")
    directory = parse_block(photograph.exif) if photograph.exif else None
    if directory is not None and exif_block.note_with_places(directory):
        sentences = (*sentences, exif_block.NOTE_MOVES)
    return (*_sentence("TIFF", names), *sentences, *_about_animation(photograph))


def in_jpeg(photograph: Photograph) -> tuple[str, ...]:
    """For a photograph that was read from a JPEG, and is saved as that again."""
    carried = photograph.carried
    if not isinstance(carried, JpegSegments):
        return ()
    sentences = [BLOCKS]
    if carried.has_further_pictures:
        sentences.append("The further pictures in the file (MPF) are left out: they show what was before the repair.")
    elif carried.more:
        sentences.append("What follows the picture in the file, as a film or a preview, is left out.")
    if carried.has_credentials:
        sentences.append("The content credentials (C2PA) stay, but no longer match the changed picture.")
    return tuple(sentences)


def in_jpeg2000(photograph: Photograph) -> tuple[str, ...]:
    """For a photograph that was read from a JPEG 2000, and is saved as that again."""
    carried = photograph.carried
    sentences = ["JPEG 2000 is saved without loss, so the file may become larger than it was."]
    if isinstance(carried, Jp2Boxes) and 8 < carried.bits < 16:
        sentences.append(f"Restored pixels are rounded to the {carried.bits} bits of the file.")
    if isinstance(carried, Jp2Boxes) and sum(kind == b"jp2c" for kind, _ in carried.boxes or ()) > 1:
        sentences.append("The further pictures in the file are left out.")
    return tuple(sentences)


def in_dicom(photograph: Photograph) -> tuple[str, ...]:
    """For a photograph that was read from a DICOM, and is saved as a derived one."""
    from restorer.imaging.files import dicom  # pydicom takes its time

    return dicom.losses(photograph)


def _chunk_name(chunk: Chunk, photograph: Photograph) -> tuple[str, ...]:
    if chunk.type in (b"eXIf", b"pHYs") or xmp_of(chunk) is not None:
        return ()
    if chunk.type == b"iCCP":
        return () if photograph.icc is not None else ("a damaged colour profile",)
    if chunk.type in (b"tEXt", b"zTXt", b"iTXt"):
        return (f"the note “{keyword_of(chunk)}”",)
    return (_COLOUR_CHUNKS.get(chunk.type, f"the PNG chunk {chunk.type.decode('latin-1')}"),)


def _about_animation(photograph: Photograph) -> tuple[str, ...]:
    if photograph.pages > 1 and photograph.carried is None:
        return ("The further pictures of the animation are left out.",)
    return ()


def _sentence(target: str, names: list[str]) -> tuple[str, ...]:
    return (f"{target} cannot hold {', '.join(dict.fromkeys(names))}.",) if names else ()
