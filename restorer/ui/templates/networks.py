"""The fixed words of what can be said of networks, weights and devices; {} stands for names and numbers."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

NETWORKS = (
    QT_TRANSLATE_NOOP(
        "Sentences", "There is no model {}: choose one of {}, or name a .safetensors file with its card."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The weights {} are damaged (their sha256 is not the card's): {}."),
    QT_TRANSLATE_NOOP("Sentences", "There is no device {}: choose one of {}."),
    QT_TRANSLATE_NOOP(
        "Sentences", "CUDA is not available here: choose the device cpu, or install a CUDA build of torch and a driver."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "No graphics card with a working driver was found: the CPU is used, which takes longer."
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "The graphics card has too little memory for this: the CPU is used, which takes longer."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The graphics card failed ({}): the CPU is used, which takes longer."),
    QT_TRANSLATE_NOOP("Sentences", "CUDA cannot be used ({}): choose the device cpu, or see to its driver."),
    QT_TRANSLATE_NOOP("Sentences", "An image of {} {} cannot be filled: give uint8 or uint16, H×W or H×W×3 or H×W×4."),
    QT_TRANSLATE_NOOP("Sentences", "The mask is {}: give bool, True where the picture is to be restored."),
    QT_TRANSLATE_NOOP("Sentences", "{} does not find damage: choose a detector, such as {}."),
    QT_TRANSLATE_NOOP("Sentences", "There is not enough memory to look for damage: close other programs."),
    QT_TRANSLATE_NOOP("Sentences", "{} does not fill: choose one of {} as the model."),
    QT_TRANSLATE_NOOP(
        "Sentences", "There is not enough memory to restore this at once: mark less of it, or close other programs."
    ),
    QT_TRANSLATE_NOOP("Sentences", "{} needs the network {}, which this version lacks: update it."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be the name of weights: use letters, digits, spaces and hyphens."),
    QT_TRANSLATE_NOOP("Sentences", "There are weights of the name “{}” already: choose another name."),
    QT_TRANSLATE_NOOP("Sentences", "The folder {} cannot be made ({}): choose another one."),
    QT_TRANSLATE_NOOP("Sentences", "The model {} cannot be adapted: choose one of the networks that restore."),
    QT_TRANSLATE_NOOP("Sentences", "The weights {} need another name: end it with .safetensors."),
    QT_TRANSLATE_NOOP("Sentences", "The weights {} cannot be written to {}: choose another folder."),
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
    QT_TRANSLATE_NOOP("Sentences", "There is nothing to copy from around this: mark less of it."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The weights that find damage are not installed: name a detector's .safetensors file, or give masks.",
    ),
)
