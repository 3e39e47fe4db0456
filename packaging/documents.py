"""The kinds of files that the program opens, for the menus and file managers of all systems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NAME = "Restorer"
IDENTIFIER = "org.restorer.Restorer"
SUMMARY = "Bring damaged photographs back"
SUMMARY_ZH = "修复受损的照片"


@dataclass(frozen=True)
class Kind:
    """One kind of file; `own` is the program's."""

    mime: str
    endings: tuple[str, ...]
    called: str
    own: bool = False


KINDS = (
    Kind("application/x-restorer-project", ("restorer",), "Restorer project", own=True),
    Kind("image/tiff", ("tif", "tiff"), "TIFF image"),
    Kind("image/jpeg", ("jpg", "jpeg"), "JPEG image"),
    Kind("image/png", ("png",), "PNG image"),
    Kind("image/jp2", ("jp2", "j2k", "jpf"), "JPEG 2000 image"),
    Kind("image/jxl", ("jxl",), "JPEG XL image"),
    Kind("image/avif", ("avif",), "AVIF image"),
    Kind("image/heif", ("heic", "heif"), "HEIF image"),
    Kind("image/webp", ("webp",), "WebP image"),
    Kind("image/gif", ("gif",), "GIF image"),
    Kind("image/bmp", ("bmp",), "Windows bitmap"),
    Kind("image/x-portable-anymap", ("pnm", "pbm", "pgm", "ppm"), "PNM image"),
    Kind("application/dicom", ("dcm", "dicom"), "DICOM image"),
)


def info_plist(version: str) -> dict[str, Any]:
    """What macOS wants to know of the program (untested)."""
    return {
        "CFBundleName": NAME,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "NSHighResolutionCapable": True,
        "LSMinimumSystemVersion": "13.0",
        "LSApplicationCategoryType": "public.app-category.photography",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": kind.called,
                "CFBundleTypeExtensions": list(kind.endings),
                "CFBundleTypeMIMETypes": [kind.mime],
                "CFBundleTypeRole": "Editor" if kind.own else "Viewer",
                "LSHandlerRank": "Owner" if kind.own else "Alternate",
                **({"LSItemContentTypes": [f"{IDENTIFIER}.project"]} if kind.own else {}),
            }
            for kind in KINDS
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": f"{IDENTIFIER}.project",
                "UTTypeDescription": kind.called,
                "UTTypeConformsTo": ["public.data"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": list(kind.endings),
                    "public.mime-type": [kind.mime],
                },
            }
            for kind in KINDS
            if kind.own
        ],
    }
