"""The fixed words of further sentences: of formats, projects, the search for damage, and weights of one's own."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

FURTHER = (
    QT_TRANSLATE_NOOP(
        "Sentences", "No graphics card with a working driver was found: the CPU is used, which takes longer."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "The graphics card has too little memory for this: the CPU is used, which takes longer."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The graphics card failed ({}): the CPU is used, which takes longer."),
    QT_TRANSLATE_NOOP("Sentences", "CUDA cannot be used ({}): choose the device cpu, or see to its driver."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” was changed while it was being read: open it again."),
    QT_TRANSLATE_NOOP("Sentences", "The picture's XMP data cannot be read, so the repair is not noted in it."),
    QT_TRANSLATE_NOOP("Sentences", "{} cannot be written ({}): choose another name."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” changed while it was being copied: save once more."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is too large for a manifest: choose the file beside the export."),
    QT_TRANSLATE_NOOP("Sentences", "The manifest “{}” cannot be read ({}): check its name."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is no manifest of an export: choose the .restorer.json beside it."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” was written by a newer program: install the newer version."),
    QT_TRANSLATE_NOOP("Sentences", "The manifest is damaged: use the one that was written beside the export."),
    QT_TRANSLATE_NOOP(
        "Sentences", "“{}” is not the file that the manifest was made of: choose the original as it was."
    ),
    QT_TRANSLATE_NOOP("Sentences", "An image of {} {} cannot be filled: give uint8 or uint16, H×W or H×W×3 or H×W×4."),
    QT_TRANSLATE_NOOP("Sentences", "The mask is {}: give bool, True where the picture is to be restored."),
    QT_TRANSLATE_NOOP("Sentences", "{} does not find damage: choose a detector, such as {}."),
    QT_TRANSLATE_NOOP("Sentences", "There is not enough memory to look for damage: close other programs."),
    QT_TRANSLATE_NOOP("Sentences", "{} does not fill: choose one of {} as the model."),
    QT_TRANSLATE_NOOP(
        "Sentences", "There is not enough memory to restore this at once: mark less of it, or close other programs."
    ),
    QT_TRANSLATE_NOOP("Sentences", "{} needs the network {}, which this version lacks: update it."),
    QT_TRANSLATE_NOOP("Sentences", "The {}-bit values are opened as 16 bit, and saved as that."),
    QT_TRANSLATE_NOOP("Sentences", "Its colours are not sRGB and it has no ICC profile: they will look different."),
    QT_TRANSLATE_NOOP("Sentences", "Only the main picture of the file is opened."),
    QT_TRANSLATE_NOOP("Sentences", "Its alpha is premultiplied: see-through parts will look darker in other formats."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "This JPEG stores its colours in an uncommon grid, and cannot be saved as JPEG: end the name with "
        ".png, .tif or .tiff.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The finest details of this JPEG were never stored, so it cannot be saved as JPEG: choose PNG or TIFF.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be saved as JPEG ({}): choose PNG or TIFF."),
    QT_TRANSLATE_NOOP("Sentences", "The new description is too long for a JPEG: choose TIFF, or write less into it."),
    QT_TRANSLATE_NOOP(
        "Sentences", "Its colour profile is packed in the picture and not opened: colours may look different."
    ),
    QT_TRANSLATE_NOOP("Sentences", "Its extra channels, which are no transparency, are left out."),
    QT_TRANSLATE_NOOP("Sentences", "Its content credentials (C2PA) are left out."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Pixels that share or border a block of the JPEG with the mask change a little too; they are counted.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "The further pictures in the file (MPF) are left out: they show what was before the repair."
    ),
    QT_TRANSLATE_NOOP("Sentences", "What follows the picture in the file, as a film or a preview, is left out."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "A JPEG made anew changes every pixel a little: it is a copy to pass on, and no proof of what stayed.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "Its colours are rounded to 8 bits a channel."),
    QT_TRANSLATE_NOOP("Sentences", "See-through parts are laid over grey."),
    QT_TRANSLATE_NOOP("Sentences", "Its inks become sRGB."),
    QT_TRANSLATE_NOOP(
        "Sentences", "The JPEG was made anew, which changes every pixel a little, also outside the mask."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The picture's colour profile cannot be converted to sRGB: keep it as it is."),
    QT_TRANSLATE_NOOP("Sentences", "The description is too long for a JPEG: choose TIFF, or write less into it."),
    QT_TRANSLATE_NOOP("Sentences", "The content credentials (C2PA) stay as they are, and may repeat the place."),
    QT_TRANSLATE_NOOP(
        "Sentences", "The picture's XMP data cannot be read and may hold the place, so they are left out."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The content credentials (C2PA) stay, but no longer match the changed picture."),
    QT_TRANSLATE_NOOP(
        "Sentences", "DICOM cannot tell how a picture is turned: it stays as it lay, as the patient's position says."
    ),
    QT_TRANSLATE_NOOP("Sentences", "{} cannot tell how a picture is turned: it stays as it lay. PNG and TIFF can."),
    QT_TRANSLATE_NOOP("Sentences", "JPEG 2000 is saved without loss, so the file may become larger than it was."),
    QT_TRANSLATE_NOOP("Sentences", "Restored pixels are rounded to the {} bits of the file."),
    QT_TRANSLATE_NOOP("Sentences", "The further pictures in the file are left out."),
    QT_TRANSLATE_NOOP("Sentences", "The mask “{}” cannot be saved in that format: end its name with .png."),
    QT_TRANSLATE_NOOP("Sentences", "The part of the program that reads this format does not start: install it again."),
    QT_TRANSLATE_NOOP(
        "Sentences", "“{}” takes too long to read, so it is damaged or was made to do harm: copy or scan it again."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "“{}” makes its reader fail, so it is damaged or was made to do harm: copy or scan it again."
    ),
    QT_TRANSLATE_NOOP("Sentences", "Restored pixels are rounded to the {} levels of the file."),
    QT_TRANSLATE_NOOP(
        "Sentences", "A PAM file with unusual channels cannot be opened: save it as grey or RGB PNG or TIFF."
    ),
    QT_TRANSLATE_NOOP("Sentences", "Values from 0 to {} are opened as {} bit, and saved as that."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” would change every pixel, as JPEG does with pictures of other formats: end its name with .png, "
        ".tif or .tiff.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” can only be made of a JPEG 2000, of 8 bits a channel or more: end its name with .png, .tif or .tiff.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot hold CMYK inks, as PNG knows none: end its name with .tif or .tiff."),
    QT_TRANSLATE_NOOP(
        "Sentences", "“{}” cannot hold floating-point pixels, as PNG knows none: end its name with .tif or .tiff."
    ),
    QT_TRANSLATE_NOOP("Sentences", "Page {} of {} is opened."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{} GB cannot be set aside in {} ({}): free some space, or choose another folder for scratch files.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” has no extra channel that could be infrared: choose a page, or none."),
    QT_TRANSLATE_NOOP(
        "Sentences", "Page {} of “{}” is no infrared scan of page {}: choose a grey page of the same size."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The Group 3 compression is replaced by Group 4, which loses nothing either."),
    QT_TRANSLATE_NOOP("Sentences", "Only page {} of {} is saved."),
    QT_TRANSLATE_NOOP("Sentences", "Tag {} is left out: its type is unknown, or its value is not in the file."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The camera maker's own notes stay byte for byte, but move in the file: programs may not find all that they "
        "point to.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "Page {} is damaged or of an old kind, and is left out."),
    QT_TRANSLATE_NOOP("Sentences", "The extra channels, which are no transparency, are left out."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” has one page: there is no page {}, choose another one."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” has {} pages: there is no page {}, choose another one."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” was moved or changed since it was opened, and holds more that has to be copied (other pages or "
        "channels): put it back, or open it again.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "Its comment is left out."),
    QT_TRANSLATE_NOOP(
        "Sentences", "A BMP that packs a JPEG or PNG cannot be opened: save the picture as PNG, and open that."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The 5-bit colours are opened as 8 bit, and saved as that."),
    QT_TRANSLATE_NOOP(
        "Sentences", "The mask is {}×{} px, the picture {}×{} px: make a mask of the picture's size, as it is shown."
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be the name of weights: use letters, digits, spaces and hyphens."),
    QT_TRANSLATE_NOOP("Sentences", "There are weights of the name “{}” already: choose another name."),
    QT_TRANSLATE_NOOP("Sentences", "The folder {} cannot be made ({}): choose another one."),
    QT_TRANSLATE_NOOP("Sentences", "The model {} cannot be adapted: choose one of the networks that restore."),
    QT_TRANSLATE_NOOP("Sentences", "The weights {} need another name: end it with .safetensors."),
    QT_TRANSLATE_NOOP("Sentences", "{} is there already: choose another name."),
    QT_TRANSLATE_NOOP("Sentences", "There are {} files: {} of them are used."),
    QT_TRANSLATE_NOOP("Sentences", "{} is left out: it shows the same as {}."),
    QT_TRANSLATE_NOOP("Sentences", "It has {} × {} px: take photographs of at least {} px a side."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "There are {} different photographs that can be used: name at least {}, better 20, of the same "
        "collection and without damage.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "There is no file and no folder {}: name photographs of your collection."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” is no longer where it was, so it cannot go into the project: put it back, then save once more.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” was changed by another window or program since it was opened or saved here."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” holds a patient's data: save the project without it, and keep it beside."),
    QT_TRANSLATE_NOOP("Sentences", "Frame {} of {} is opened."),
    QT_TRANSLATE_NOOP("Sentences", "This is a medical picture: what is restored is not for diagnosis."),
    QT_TRANSLATE_NOOP(
        "Sentences", "The file is saved as a new, derived DICOM object that names the original as its source."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "The compression is left out (Explicit VR Little Endian), which loses nothing more."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The digital signature stays, but no longer matches the changed picture."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” is not any more what was opened, and its other frames are needed: put the original back, and save again.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” has one frame: there is no frame {}, choose another one."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” has {} frames: there is no frame {}, choose another one."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” is no picture that can be opened: choose a PNG, TIFF, JPEG, JPEG 2000, JPEG XL, WebP, AVIF, "
        "BMP, GIF, PNM or DICOM file.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” can only be made of a DICOM: end its name with .png, .tif or .tiff."),
    QT_TRANSLATE_NOOP("Sentences", "There is too little around this repair to take grain from: it stays as it is."),
    QT_TRANSLATE_NOOP(
        "Sentences", "The infrared scan has another size than the picture: choose the one that belongs to it."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The infrared scan shows the picture itself, as it does of black-and-white film and Kodachrome: look for "
        "damage without it.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "There is nothing to copy from around this: mark less of it."),
    QT_TRANSLATE_NOOP("Sentences", "The stroke is too long to be healed at once: paint shorter ones."),
)
