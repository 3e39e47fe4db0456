"""The fixed words of what can be said of files, pixels and masks; {} stands for names and numbers."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

FILES = (
    QT_TRANSLATE_NOOP("Sentences", "There is no file “{}”: check its name and folder."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is a folder: choose a picture in it."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is empty: copy or scan it again."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” may not be read: ask its owner for permission, or copy it."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be read ({}): check the disk it is on."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is damaged or incomplete ({}): copy or scan it again."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” is no picture that can be opened: choose a PNG, TIFF, JPEG, JPEG 2000, JPEG XL, WebP, AVIF, "
        "BMP, GIF or PNM file.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” has {} × {} pixels; {} megapixels at most can be opened: cut it into parts."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” has {} × {} pixels and needs {} of memory, but only {} are free: close other programs, or use "
        "a computer with more memory.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "There is not enough memory to open “{}”: close other programs, or open it on a computer with more memory.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "The mask “{}” has {} × {} pixels, the picture {} × {}: use a mask of the picture's size."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The mask is empty: mark what is to be restored (white, in a mask file)."),
    QT_TRANSLATE_NOOP("Sentences", "The mask covers the whole picture: leave some of it unmarked to restore from."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be saved: the disk is full. Free some space or choose another folder."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” cannot be saved: writing there is not permitted. Choose another folder or change the permissions.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be saved: the disk is read-only. Choose another folder."),
    QT_TRANSLATE_NOOP(
        "Sentences", "“{}” cannot be saved: its folder does not exist. Create the folder or choose another one."
    ),
    QT_TRANSLATE_NOOP("Sentences", "There is not enough memory to save “{}”: close other programs."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be saved in that format: end its name with {}."),
    QT_TRANSLATE_NOOP("Sentences", "There is not enough memory for this: close other programs, and try again."),
    QT_TRANSLATE_NOOP("Sentences", "The weights {} cannot be read ({}): {}."),
    QT_TRANSLATE_NOOP("Sentences", "Torch cannot be loaded ({}): install Restorer again."),
    QT_TRANSLATE_NOOP("Sentences", "The program made a mistake ({}); your picture is as it was."),
    QT_TRANSLATE_NOOP("Sentences", "Page 1 of {} is opened."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The picture on the clipboard cannot be kept in the temporary folder: free some space there, and see "
        "that it may be written to.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is a pipe or a device: choose a file, or save what it gives as one."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” cannot be saved: your quota on this disk is used up. Free some space or choose another folder.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be saved: the file is too large for this disk. Choose another folder."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be saved: a folder has that name. Choose another name."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be saved: the name is too long. Choose a shorter one."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be saved: its link points to itself. Choose another name."),
    QT_TRANSLATE_NOOP(
        "Sentences", "“{}” cannot be saved: the disk reported a fault. Choose another disk, and check this one."
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be saved: the system says “{}”. Try another folder."),
    QT_TRANSLATE_NOOP("Sentences", "A PNG side can have 1,000,000 pixels at most: save the picture as TIFF."),
    QT_TRANSLATE_NOOP("Sentences", "The colour palette is opened as 8-bit RGB, and saved as that."),
    QT_TRANSLATE_NOOP("Sentences", "The colour palette is opened as 8-bit RGB or grey, and saved as that."),
    QT_TRANSLATE_NOOP("Sentences", "The {}-bit grey levels are opened as 8 bit, and saved as that."),
    QT_TRANSLATE_NOOP("Sentences", "The transparent colour is opened as an alpha channel, and saved as that."),
    QT_TRANSLATE_NOOP("Sentences", "Only the first picture of the animation is opened."),
    QT_TRANSLATE_NOOP("Sentences", "The further pictures of the animation are left out."),
    QT_TRANSLATE_NOOP(
        "Sentences", "The finest details are missing in the file (progressive JPEG without its last scans)."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The PNG chunk {} is left out: it belongs to the stored kind of pixels."),
    QT_TRANSLATE_NOOP("Sentences", "The PNG chunk {} is left out: it would no longer be true for changed pixels."),
    QT_TRANSLATE_NOOP("Sentences", "The {} compression is replaced by Deflate, which loses nothing more."),
    QT_TRANSLATE_NOOP("Sentences", "The colour planes, stored one after another, are stored together."),
    QT_TRANSLATE_NOOP("Sentences", "Only page 1 of {} is saved."),
    QT_TRANSLATE_NOOP("Sentences", "Reduced copies and previews are left out: they would still show the damage."),
    QT_TRANSLATE_NOOP("Sentences", "Photoshop's layers are left out: they would hide the restored picture."),
    QT_TRANSLATE_NOOP(
        "Sentences", "PNG knows no premultiplied alpha: see-through parts will look darker than in the TIFF."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The extra channel is no transparency in the TIFF, but PNG shows it as that."),
    QT_TRANSLATE_NOOP("Sentences", "{} cannot hold {}."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” {}, and open that."),
    QT_TRANSLATE_NOOP(
        "Sentences", "“{}” cannot be saved: a file of that name has come up meanwhile. Choose another name."
    ),
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
        "The camera maker's own notes stay byte for byte, but move in the file: programs may not find all "
        "that they point to.",
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
        "HEIC, BMP, GIF, PNM or DICOM file.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” can only be made of a DICOM: end its name with .png, .tif or .tiff."),
    QT_TRANSLATE_NOOP(
        "Sentences", "The infrared scan has another size than the picture: choose the one that belongs to it."
    ),
    QT_TRANSLATE_NOOP("Sentences", "Infrared is compared in 8 or 16 bits: save the picture and its infrared scan so."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is in colour: choose the grey infrared scan of this picture."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The infrared scan shows the picture itself, as it does of black-and-white film and Kodachrome: look "
        "for damage without it.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "The stroke is too long to be healed at once: paint shorter ones."),
    QT_TRANSLATE_NOOP(
        "Sentences", "The mask “{}” holds greys, as a photograph does: what is lighter than middle grey is restored."
    ),
    QT_TRANSLATE_NOOP("Sentences", "There is no mask {}: check its name and folder."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is not of its original's size: restore it again."),
)
