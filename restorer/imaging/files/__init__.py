"""Reading and writing people's pictures without losing anything: arrays out, arrays in."""

from restorer.imaging.files.mask import read_mask, read_mask_with_remarks, write_mask
from restorer.imaging.files.opening import READABLE_SUFFIXES, probe, read_photograph
from restorer.imaging.files.photograph import Header, Photograph
from restorer.imaging.files.reading_back import differing, read_back
from restorer.imaging.files.resolution import Resolution
from restorer.imaging.files.saving import WRITABLE_SUFFIXES, losses, reach, writable_suffixes, write_photograph

__all__ = [
    "READABLE_SUFFIXES",
    "WRITABLE_SUFFIXES",
    "Header",
    "Photograph",
    "Resolution",
    "differing",
    "losses",
    "probe",
    "reach",
    "read_back",
    "read_mask",
    "read_mask_with_remarks",
    "read_photograph",
    "writable_suffixes",
    "write_mask",
    "write_photograph",
]
