"""The fixed words of what stands inside of a sentence: reasons, and what a file cannot hold."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

DETAILS = (
    QT_TRANSLATE_NOOP("Sentences", "holds a colour palette. Convert it to RGB in the program that made it"),
    QT_TRANSLATE_NOOP("Sentences", "is a transparency mask. Convert it to 8-bit grey"),
    QT_TRANSLATE_NOOP("Sentences", "holds CMYK inks. Convert it to RGB in the program that made it"),
    QT_TRANSLATE_NOOP("Sentences", "holds Lab colours. Convert it to RGB in the program that made it"),
    QT_TRANSLATE_NOOP("Sentences", "is a camera's raw file (DNG). Develop it and export a 16-bit TIFF"),
    QT_TRANSLATE_NOOP("Sentences", "is a camera's raw file. Develop it and export a 16-bit TIFF"),
    QT_TRANSLATE_NOOP("Sentences", "has only black and white (1 bit). Convert it to 8-bit grey"),
    QT_TRANSLATE_NOOP("Sentences", "holds floating-point values. Save it as 16-bit TIFF in the program that made it"),
    QT_TRANSLATE_NOOP("Sentences", "has unsupported {}-bit values. Save it as 8 or 16-bit TIFF"),
    QT_TRANSLATE_NOOP("Sentences", "has signed {}-bit values. Save it as 16-bit TIFF of values from 0 to 65535"),
    QT_TRANSLATE_NOOP(
        "Sentences", "is compressed in a way that is not supported. Save it with LZW or Deflate (ZIP) compression"
    ),
    QT_TRANSLATE_NOOP("Sentences", "has an unusual number of channels. Save it as grey or RGB"),
    QT_TRANSLATE_NOOP(
        "Sentences", "uses a predictor that is not supported. Save it with LZW or Deflate (ZIP) compression"
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "is an uncommon kind of JPEG (lossless, arithmetic or 12 bit). Save it as PNG or TIFF"
    ),
    QT_TRANSLATE_NOOP("Sentences", "is a GIF. Save it as PNG"),
    QT_TRANSLATE_NOOP("Sentences", "is a Photoshop document. Save it as TIFF without layers"),
    QT_TRANSLATE_NOOP("Sentences", "is a PDF. Export its pictures as TIFF or PNG"),
    QT_TRANSLATE_NOOP("Sentences", "is an OpenEXR file. Save it as 16-bit TIFF"),
    QT_TRANSLATE_NOOP("Sentences", "is a JPEG XL. Save it as PNG or TIFF"),
    QT_TRANSLATE_NOOP("Sentences", "is a JPEG 2000. Save it as PNG or TIFF"),
    QT_TRANSLATE_NOOP("Sentences", "is an AVIF. Save it as PNG"),
    QT_TRANSLATE_NOOP("Sentences", "is a HEIC. Save it as JPEG, PNG or TIFF"),
    QT_TRANSLATE_NOOP("Sentences", "the file is cut short"),
    QT_TRANSLATE_NOOP("Sentences", "its header is damaged"),
    QT_TRANSLATE_NOOP("Sentences", "part of the picture is missing"),
    QT_TRANSLATE_NOOP("Sentences", "its frame header is damaged"),
    QT_TRANSLATE_NOOP("Sentences", "it holds no picture"),
    QT_TRANSLATE_NOOP("Sentences", "a scan's header is damaged"),
    QT_TRANSLATE_NOOP("Sentences", "a checksum is wrong"),
    QT_TRANSLATE_NOOP("Sentences", "strips are missing"),
    QT_TRANSLATE_NOOP("Sentences", "the file is too short for its size"),
    QT_TRANSLATE_NOOP("Sentences", "a strip is damaged or cut short"),
    QT_TRANSLATE_NOOP("Sentences", "a tile is damaged or cut short"),
    QT_TRANSLATE_NOOP("Sentences", "no TIFF structure"),
    QT_TRANSLATE_NOOP("Sentences", "a directory lies outside the file"),
    QT_TRANSLATE_NOOP("Sentences", "a directory is cut short"),
    QT_TRANSLATE_NOOP("Sentences", "a directory has no entries, or too many"),
    QT_TRANSLATE_NOOP("Sentences", "the gamma value"),
    QT_TRANSLATE_NOOP("Sentences", "the primary colours"),
    QT_TRANSLATE_NOOP("Sentences", "the sRGB mark"),
    QT_TRANSLATE_NOOP("Sentences", "the colour code"),
    QT_TRANSLATE_NOOP("Sentences", "the mastering display"),
    QT_TRANSLATE_NOOP("Sentences", "the light levels"),
    QT_TRANSLATE_NOOP("Sentences", "the IPTC data"),
    QT_TRANSLATE_NOOP("Sentences", "Photoshop's settings"),
    QT_TRANSLATE_NOOP("Sentences", "the TIFF tag {}"),
    QT_TRANSLATE_NOOP("Sentences", "the TIFF tags {}"),
    QT_TRANSLATE_NOOP("Sentences", "the small preview in the Exif data"),
    QT_TRANSLATE_NOOP("Sentences", "a damaged colour profile"),
    QT_TRANSLATE_NOOP("Sentences", "the note “{}”"),
    QT_TRANSLATE_NOOP("Sentences", "the PNG chunk {}"),
    QT_TRANSLATE_NOOP("Sentences", "the comment"),
    QT_TRANSLATE_NOOP("Sentences", "the second part of a long XMP packet"),
    QT_TRANSLATE_NOOP("Sentences", "the further pictures in the file (MPF)"),
    QT_TRANSLATE_NOOP("Sentences", "the content credentials (C2PA)"),
    QT_TRANSLATE_NOOP("Sentences", "the segment {}"),
    QT_TRANSLATE_NOOP("Sentences", "there is not enough memory"),
    QT_TRANSLATE_NOOP("Sentences", "a fault of the program ({}). Save a project now, and report this"),
)
