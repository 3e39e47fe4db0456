"""The fixed words of what can be said of documents, projects and manifests; {} stands for names and numbers."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

DOCUMENTS = (
    QT_TRANSLATE_NOOP("Sentences", "{} is the original: choose another name, it is never overwritten."),
    QT_TRANSLATE_NOOP("Sentences", "There is no folder {}: make it first, or choose another one."),
    QT_TRANSLATE_NOOP("Sentences", "{} cannot be written as a {}: choose one of {}."),
    QT_TRANSLATE_NOOP("Sentences", "{} cannot be written ({}): choose another name or folder."),
    QT_TRANSLATE_NOOP("Sentences", "{} cannot be written to: choose another folder or change its permissions."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "{} was not saved: {} pixels outside the mask would have changed. This is a fault of the program; "
        "please report it.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{} was not saved: it came out as {} {}. Try another format."),
    QT_TRANSLATE_NOOP(
        "Sentences", "The network answered outside of what was marked: nothing was changed; please report it."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The picture changed while it was being restored: restore once more."),
    QT_TRANSLATE_NOOP("Sentences", "That repair is not in the picture any more: choose another one."),
    QT_TRANSLATE_NOOP("Sentences", "{} is read as well: choose another name for what is written."),
    QT_TRANSLATE_NOOP("Sentences", "{} exists: choose another name, or allow it to be replaced (--overwrite)."),
    QT_TRANSLATE_NOOP(
        "Sentences", "{} was not saved: what was written cannot be read back. Check the disk, or choose another format."
    ),
    QT_TRANSLATE_NOOP("Sentences", "{} was not saved: only {} of {} pixels came out. Try another format."),
    QT_TRANSLATE_NOOP("Sentences", "The kept work on “{}” is gone ({})."),
    QT_TRANSLATE_NOOP(
        "Sentences", "The kept work of {} is damaged and cannot be read: open the picture again. Its file stays as {}."
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
        "Sentences", "“{}” is not the file any more that this work belongs to: find that file, and choose it."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The original “{}” is not there: put it beside this file, or choose where it is."),
    QT_TRANSLATE_NOOP("Sentences", "Your work is not being kept against a crash: {}."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” was changed while it was being read: open it again."),
    QT_TRANSLATE_NOOP("Sentences", "The picture's XMP data cannot be read, so what was done is not noted in it."),
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
    QT_TRANSLATE_NOOP(
        "Sentences", "The JPEG was made anew, which changes every pixel a little, also outside the mask."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” is no longer where it was, so it cannot go into the project: put it back, then save once more.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” was changed by another window or program since it was opened or saved here."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” holds a patient's data: save the project without it, and keep it beside."),
    QT_TRANSLATE_NOOP("Sentences", "There is too little around this repair to take grain from: it stays as it is."),
    QT_TRANSLATE_NOOP("Sentences", "{} pixels changed, {} outside the mask."),
)
