"""The fixed words of what a batch says of its files; {} stands for names and numbers."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

BATCHES = (
    QT_TRANSLATE_NOOP("Sentences", "The mask is empty: copied as it was."),
    QT_TRANSLATE_NOOP("Sentences", "Nothing was found: copied as it was."),
    QT_TRANSLATE_NOOP("Sentences", "No dust was found: copied as it was."),
    QT_TRANSLATE_NOOP("Sentences", "Skipped."),
    QT_TRANSLATE_NOOP("Sentences", "Not begun: the batch was stopped, and can go on."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The process that worked on it ended without a word, twice: it may need more memory than there is, "
        "or be damaged. Open it alone to see.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "There is not enough memory for it: use fewer workers, or close other programs."),
    QT_TRANSLATE_NOOP("Sentences", "A fault of the program ({}): please report it."),
    QT_TRANSLATE_NOOP("Sentences", "The system says “{}” of {}: check the name and the disk."),
    QT_TRANSLATE_NOOP("Sentences", "There is no mask for “{}” in {}: draw one, an empty one to copy it."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” has several masks ({}): leave one."),
    QT_TRANSLATE_NOOP("Sentences", "There is no folder {}: give --masks the folder of the masks."),
    QT_TRANSLATE_NOOP("Sentences", "There are no pictures in {}: name others."),
    QT_TRANSLATE_NOOP("Sentences", "There are no pictures in {}: give --masks the folder of the masks."),
    QT_TRANSLATE_NOOP("Sentences", "There are only results of earlier batches in {}: name others, or their folder."),
    QT_TRANSLATE_NOOP("Sentences", "There are only masks among what is to be restored, such as {}: name others."),
    QT_TRANSLATE_NOOP("Sentences", "The mask “{}” holds greys, as a photograph does: make it black and white."),
    QT_TRANSLATE_NOOP(
        "Sentences", "{} % of it was marked as damage, the largest piece {} %: look at it before you keep it."
    ),
    QT_TRANSLATE_NOOP("Sentences", "{} is no ending to write: choose one of {}."),
    QT_TRANSLATE_NOOP("Sentences", "{} cannot be part of a file's name: leave out the slash."),
    QT_TRANSLATE_NOOP("Sentences", "The folder {} cannot be read ({}): check it."),
    QT_TRANSLATE_NOOP(
        "Sentences", "It would have the same name in the output as {}: restore one of them into a folder of its own."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "It would have the same name in the output as {}: give the folder that holds them all with --recursive, so "
        "that folders are kept, or use two batches.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "{} is one of the pictures to read: choose another folder for the output."),
    QT_TRANSLATE_NOOP("Sentences", "{} is one of the masks to read: choose another folder for the output."),
    QT_TRANSLATE_NOOP("Sentences", "{} is no folder: choose another name for the output."),
    QT_TRANSLATE_NOOP("Sentences", "No folder can be made in {}: choose another one for the output."),
    QT_TRANSLATE_NOOP("Sentences", "The name “{}” would be too long for a file: shorten that of the original."),
    QT_TRANSLATE_NOOP("Sentences", "{} is a folder: choose another folder for the output."),
    QT_TRANSLATE_NOOP("Sentences", "{} exists: choose another folder, or allow it to be replaced."),
    QT_TRANSLATE_NOOP("Sentences", "{} exists: move it away, then “{}” can come back."),
    QT_TRANSLATE_NOOP("Sentences", "{} is gone: restore the picture again."),
    QT_TRANSLATE_NOOP("Sentences", "What was said of the results cannot be read ({}): {}."),
    QT_TRANSLATE_NOOP("Sentences", "The journal of {} cannot be read: {}."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be put aside: {}."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be brought back: {}."),
    QT_TRANSLATE_NOOP("Sentences", "Another batch is writing into {}: wait for its end, or choose another folder."),
    QT_TRANSLATE_NOOP("Sentences", "{} cannot be written to: {}."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” has no number: name the frames 1, 2, … in their order."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is {}, the other frames are {}: scan it as the others, or leave it out."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” was not compared with it: it cannot be read, or is of another size or kind."),
    QT_TRANSLATE_NOOP("Sentences", "More than one frame has the number {}: name them so that each has its own."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "No two frames beside it that can be read: its dust cannot be looked for. Restore it with --detect or a mask.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "No two frames beside it: its dust was not looked for."),
    QT_TRANSLATE_NOOP(
        "Sentences", "More than {} of it stands in no other frame, as at a flash or a cut: none of it was marked."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The worker {} cannot do it: {}"),
    QT_TRANSLATE_NOOP("Sentences", "The worker {} has {}: install there what is here."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” changed while it was being copied: try again."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is no TIFF and has no infrared scan: look for damage without it."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "A cluster needs Dask, which is not installed: pip install -c constraints.txt 'restorer[cluster]', "
        "here and on each worker.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The scheduler {} does not answer ({}): check its address, or start it with `dask scheduler` and "
        "workers with `dask worker ADDRESS`.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "The scheduler {} has no workers: start some with `dask worker {}`."),
    QT_TRANSLATE_NOOP("Sentences", "The scheduler is gone: start it again, and go on with --resume."),
)
