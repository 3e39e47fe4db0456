"""The fixed words of what the layers below can say; {} stands for names and numbers."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

TEMPLATES = (
    QT_TRANSLATE_NOOP("Sentences", "There is no file “{}”: check its name and folder."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is a folder: choose a picture in it."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is empty: copy or scan it again."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” may not be read: ask its owner for permission, or copy it."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be read ({}): check the disk it is on."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is damaged or incomplete ({}): copy or scan it again."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” is no picture that can be opened: "
        "choose a PNG, TIFF, JPEG, JPEG 2000, JPEG XL, WebP, AVIF, BMP, GIF or PNM file.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” has {} × {} pixels; {} megapixels at most can be opened: cut it into parts."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” has {} × {} pixels and needs {} of memory, but only {} are free: close other programs, or use a computer "
        "with more memory.",
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
    QT_TRANSLATE_NOOP("Sentences", "{} is the original: choose another name, it is never overwritten."),
    QT_TRANSLATE_NOOP("Sentences", "There is no folder {}: make it first, or choose another one."),
    QT_TRANSLATE_NOOP("Sentences", "{} cannot be written as a {}: choose one of {}."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be saved: the disk is full. Free some space or choose another folder."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” cannot be saved: writing there is not permitted. Choose another folder or change the permissions.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be saved: the disk is read-only. Choose another folder."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” cannot be saved: its folder does not exist. Create the folder or choose another one.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "There is not enough memory to save “{}”: close other programs."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be saved in that format: end its name with {}."),
    QT_TRANSLATE_NOOP("Sentences", "There is not enough memory for this: close other programs, and try again."),
    QT_TRANSLATE_NOOP(
        "Sentences", "There is no model {}: choose one of {}, or name a .safetensors file with its card."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The weights {} are damaged (their sha256 is not the card's): {}."),
    QT_TRANSLATE_NOOP("Sentences", "The weights {} cannot be read ({}): {}."),
    QT_TRANSLATE_NOOP("Sentences", "Torch cannot be loaded ({}): install Restorer again."),
    QT_TRANSLATE_NOOP("Sentences", "The program made a mistake ({}); your picture is as it was."),
    QT_TRANSLATE_NOOP("Sentences", "Page 1 of {} is opened."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The picture on the clipboard cannot be kept in the temporary folder: "
        "free some space there, and see that it may be written to.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” is a pipe or a device: choose a file, or save what it gives as one.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{} cannot be written ({}): choose another name or folder.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{} cannot be written to: choose another folder or change its permissions.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{} was not saved: {} pixels outside the mask would have changed. This "
        "is a fault of the program; please report it.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{} was not saved: it came out as {} {}. Try another format.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The network answered outside of what was marked: nothing was changed; please report it.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The picture changed while it was being restored: restore once more.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” cannot be saved: your quota on this disk is used up. Free some space or choose another folder.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” cannot be saved: the file is too large for this disk. Choose another folder.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” cannot be saved: a folder has that name. Choose another name.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” cannot be saved: the name is too long. Choose a shorter one.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” cannot be saved: its link points to itself. Choose another name.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” cannot be saved: the disk reported a fault. Choose another disk, and check this one.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” cannot be saved: the system says “{}”. Try another folder.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "A PNG side can have 1,000,000 pixels at most: save the picture as TIFF.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The colour palette is opened as 8-bit RGB, and saved as that.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The colour palette is opened as 8-bit RGB or grey, and saved as that.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The {}-bit grey levels are opened as 8 bit, and saved as that.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The transparent colour is opened as an alpha channel, and saved as that.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Only the first picture of the animation is opened.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The further pictures of the animation are left out.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The finest details are missing in the file (progressive JPEG without its last scans).",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The PNG chunk {} is left out: it belongs to the stored kind of pixels.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The PNG chunk {} is left out: it would no longer be true for changed pixels.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The {} compression is replaced by Deflate, which loses nothing more.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The colour planes, stored one after another, are stored together.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Only page 1 of {} is saved.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Reduced copies and previews are left out: they would still show the damage.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Photoshop's layers are left out: they would hide the restored picture.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "PNG knows no premultiplied alpha: see-through parts will look darker than in the TIFF.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The extra channel is no transparency in the TIFF, but PNG shows it as that.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{} cannot hold {}.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” {}, and open that.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "That repair is not in the picture any more: choose another one."),
    QT_TRANSLATE_NOOP("Sentences", "{} is read as well: choose another name for what is written."),
    QT_TRANSLATE_NOOP("Sentences", "{} exists: choose another name, or allow it to be replaced (--overwrite)."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{} was not saved: what was written cannot be read back. Check the disk, or choose another format.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{} was not saved: only {} of {} pixels came out. Try another format."),
    QT_TRANSLATE_NOOP("Sentences", "The kept work on “{}” is gone ({})."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The kept work of {} is damaged and cannot be read: open the picture again. Its file stays as {}.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "The kept work on “{}” is damaged, and cannot be copied before it is mended: {}."),
    QT_TRANSLATE_NOOP("Sentences", "{} of {} actions on “{}” could be read: look them over; all is kept as {}."),
    QT_TRANSLATE_NOOP("Sentences", "Another window has taken up the work on “{}”: go on there."),
    QT_TRANSLATE_NOOP("Sentences", "The kept work on “{}” is damaged from its beginning: open the picture again."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is another picture than the one that was worked on: choose that."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is no name for a project: end it with {}."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is the original: choose another name, it is never overwritten."),
    QT_TRANSLATE_NOOP("Sentences", "The project “{}” cannot be read ({}): check the disk it is on."),
    QT_TRANSLATE_NOOP("Sentences", "There is not enough memory to open “{}”: close other programs."),
    QT_TRANSLATE_NOOP("Sentences", "The project “{}” is damaged: open a copy of it, or begin again."),
    QT_TRANSLATE_NOOP(
        "Sentences", "“{}” was saved by a newer program ({}): open it with that, or install the newer version."
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” does not fit on the disk beside the program's files: free some space."),
    QT_TRANSLATE_NOOP("Sentences", "{} cannot be made ({}): check its permissions."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be read ({}): check its name and folder."),
    QT_TRANSLATE_NOOP(
        "Sentences", "“{}” has been changed on the disk since it was opened: save your work, and open it again."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "“{}” is not there any more, and its hash is not known yet: put it back where it was."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "“{}” cannot be saved: a file of that name has come up meanwhile. Choose another name."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "“{}” is not the file any more that this work belongs to: find that file, and choose it."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The original “{}” is not there: put it beside this file, or choose where it is."),
    QT_TRANSLATE_NOOP("Sentences", "Your work is not being kept against a crash: {}."),
    QT_TRANSLATE_NOOP("Sentences", "There is no device {}: choose one of {}."),
    QT_TRANSLATE_NOOP(
        "Sentences", "CUDA is not available here: choose the device cpu, or install a CUDA build of torch and a driver."
    ),
)

DETAILS = (
    QT_TRANSLATE_NOOP(
        "Sentences",
        "holds a colour palette. Convert it to RGB in the program that made it",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "is a transparency mask. Convert it to 8-bit grey",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "holds CMYK inks. Convert it to RGB in the program that made it",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "holds Lab colours. Convert it to RGB in the program that made it",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "is a camera's raw file (DNG). Develop it and export a 16-bit TIFF",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "is a camera's raw file. Develop it and export a 16-bit TIFF",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "has only black and white (1 bit). Convert it to 8-bit grey",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "holds floating-point values. Save it as 16-bit TIFF in the program that made it",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "has unsupported {}-bit values. Save it as 8 or 16-bit TIFF",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "has signed {}-bit values. Save it as 16-bit TIFF of values from 0 to 65535",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "is compressed in a way that is not supported. Save it with LZW or Deflate (ZIP) compression",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "has an unusual number of channels. Save it as grey or RGB",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "uses a predictor that is not supported. Save it with LZW or Deflate (ZIP) compression",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "is an uncommon kind of JPEG (lossless, arithmetic or 12 bit). Save it as PNG or TIFF",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "is a GIF. Save it as PNG",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "is a Photoshop document. Save it as TIFF without layers",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "is a PDF. Export its pictures as TIFF or PNG",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "is an OpenEXR file. Save it as 16-bit TIFF",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "is a JPEG XL. Save it as PNG or TIFF",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "is a JPEG 2000. Save it as PNG or TIFF",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "is an AVIF. Save it as PNG",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "is a HEIC. Save it as JPEG, PNG or TIFF",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the file is cut short",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "its header is damaged",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "part of the picture is missing",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "its frame header is damaged",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "it holds no picture",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "a scan's header is damaged",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "a checksum is wrong",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "strips are missing",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the file is too short for its size",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "a strip is damaged or cut short",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "a tile is damaged or cut short",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "no TIFF structure",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "a directory lies outside the file",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "a directory is cut short",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "a directory has no entries, or too many",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the gamma value",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the primary colours",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the sRGB mark",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the colour code",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the mastering display",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the light levels",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the IPTC data",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "Photoshop's settings",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the TIFF tag {}",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the TIFF tags {}",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the small preview in the Exif data",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "a damaged colour profile",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the note “{}”",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the PNG chunk {}",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the comment",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the second part of a long XMP packet",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the further pictures in the file (MPF)",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the content credentials (C2PA)",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "the segment {}",
    ),
    QT_TRANSLATE_NOOP("Sentences", "there is not enough memory"),
    QT_TRANSLATE_NOOP("Sentences", "a fault of the program ({}). Save a project now, and report this"),
)
