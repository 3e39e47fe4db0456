"""DICOM files as scanners write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import CTImageStorage, ExplicitVRLittleEndian, generate_uid

SENTINEL = "ZZSENTINEL"
PATIENT = {
    "PatientName": f"{SENTINEL}NAME^JANE", "PatientID": f"{SENTINEL}ID", "PatientBirthDate": f"{SENTINEL}BD",
    "PatientAddress": f"{SENTINEL}STREET", "AccessionNumber": f"{SENTINEL}ACC", "InstitutionName": f"{SENTINEL}CLINIC",
    "ReferringPhysicianName": f"{SENTINEL}DOCTOR", "StudyDescription": f"{SENTINEL}STUDY", "StudyID": f"{SENTINEL}SID",
    "OperatorsName": f"{SENTINEL}OPERATOR", "PatientComments": f"{SENTINEL}COMMENT",
}  # fmt: skip


def slice_of(shape: tuple[int, ...] = (80, 96), *, frames: int = 1, low: int = -1000, high: int = 3000) -> NDArray[Any]:
    """Smooth values from `low` to `high`, int32, frames first if there are several."""
    y, x = np.mgrid[: shape[0], : shape[1]]
    pictures = []
    for number in range(frames):
        wave = 0.5 + 0.25 * np.sin(x / 9 + number) + 0.25 * np.cos(y / 7)
        picture = np.rint(low + wave * (high - low)).astype(np.int32)
        pictures.append(picture if len(shape) == 2 else np.dstack([picture, picture // 2, picture // 3]))
    return np.stack(pictures) if frames > 1 else pictures[0]


def save(
    path: Path, values: NDArray[Any], *, stored: int = 16, signed: bool = True, frames: int = 1, **tags: Any
) -> Path:
    """A file of these values; 8 bits allocated where they suffice.  `tags` by keyword replace what is here."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = CTImageStorage
    meta.MediaStorageSOPInstanceUID = generate_uid(prefix=None)
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset = FileDataset(str(path), {}, file_meta=meta, preamble=b"\0" * 128)
    dataset.SOPClassUID, dataset.SOPInstanceUID = CTImageStorage, meta.MediaStorageSOPInstanceUID
    for name, value in PATIENT.items():
        setattr(dataset, name, value)
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    dataset.Modality = "CT"
    picture = values[0] if frames > 1 else values
    dataset.Rows, dataset.Columns = picture.shape[:2]
    dataset.SamplesPerPixel = 1 if picture.ndim == 2 else 3
    dataset.PhotometricInterpretation = "MONOCHROME2" if picture.ndim == 2 else "RGB"
    if picture.ndim == 3:
        dataset.PlanarConfiguration = 0
    allocated = 8 if stored <= 8 else 16
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = allocated, stored, stored - 1
    dataset.PixelRepresentation = int(signed)
    if frames > 1:
        dataset.NumberOfFrames = frames
    block = dataset.private_block(0x0029, f"{SENTINEL} PRIVATE", create=True)
    block.add_new(0x10, "LO", f"{SENTINEL}HIDDEN")
    inner = Dataset()
    inner.CodeMeaning = f"{SENTINEL}NESTED"
    dataset.RequestAttributesSequence = [inner]
    for name, value in tags.items():
        setattr(dataset, name, value)
    data = values.astype(f"<{'i' if signed else 'u'}{allocated // 8}").tobytes()
    dataset.PixelData = data + b"\0" * (len(data) % 2)
    dataset["PixelData"].VR = "OW" if allocated == 16 else "OB"
    dataset.save_as(path, enforce_file_format=True)
    return path
