"""A run's curves as a picture."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from restorer.imaging.atomic import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SIZE = (960, 560)
_LEFT, _TOP, _RIGHT, _BOTTOM = 70, 40, 930, 510
_GREY = "#9a9a9a"
_COLOURS = ("#1f6fb2", "#c4551b", "#3b8f3b", "#8a4fa8", "#a8851a")


def plot(columns: Mapping[str, list[float]], measures: Mapping[str, str], target: Path) -> None:
    """Draw the loss and what was measured over the steps into a PNG; nothing if there is no curve yet.

    Args:
        columns: of a run's CSV.
        measures: which of them to draw besides the loss, and what their numbers are.
        target: the file to write.

    Raises:
        RestorerError: it cannot be written.
    """
    colours = {"loss": _GREY, **dict(zip(measures, itertools.cycle(_COLOURS), strict=False))}
    lines = {
        name: [(s, v) for s, v in zip(columns["step"], columns[name], strict=True) if math.isfinite(v)]
        for name in colours
        if name in columns
    }
    values = [value for line in lines.values() for _, value in line]
    if not values:
        return
    low, high = _span(min(values), max(values))
    first, last = 0.0, max(columns["step"])

    def place(step: float, value: float) -> tuple[float, float]:
        x = _LEFT + (step - first) / (last - first) * (_RIGHT - _LEFT)
        return x, _BOTTOM - (value - low) / (high - low) * (_BOTTOM - _TOP)

    image = Image.new("RGB", SIZE, "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(14)
    for value in _ticks(low, high):
        y = place(first, value)[1]
        draw.line([(_LEFT, y), (_RIGHT, y)], "#e4e4e4")
        draw.text((_LEFT - 8, y), f"{value:g}", "#444444", font, anchor="rm")
    for step in _ticks(first, last):
        x = place(step, low)[0]
        draw.line([(x, _BOTTOM), (x, _BOTTOM + 5)], "#444444")
        draw.text((x, _BOTTOM + 10), f"{step:g}", "#444444", font, anchor="ma")
    draw.line([(_LEFT, _TOP), (_LEFT, _BOTTOM), (_RIGHT, _BOTTOM)], "#444444")
    draw.text((_RIGHT, _BOTTOM + 28), "step", "#444444", font, anchor="ra")
    x = float(_LEFT)
    for name, line in lines.items():
        if line:
            points = [place(*point) for point in line]
            draw.line(points, colours[name], 2, "curve")
            for at in points[-1:] if len(points) > 1 else points:
                draw.circle(at, 3, colours[name])
            said = f"{name} {line[-1][1]:.3f} {measures.get(name, '')}"
            draw.text((x, 12), said, colours[name], font)
            x += draw.textlength(said, font) + 30
    write_atomically(target, lambda stream: image.save(stream, "PNG"))


def _span(low: float, high: float) -> tuple[float, float]:
    margin = 0.05 * (high - low) or 0.1 * abs(high) or 1.0
    return low - margin, high + margin


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers in low..high, about five."""
    rough = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    distance = next(power * m for m in (1, 2, 5, 10) if power * m >= rough)
    start = math.ceil(low / distance)
    return [round(i * distance, 10) for i in range(start, math.floor(high / distance) + 1)]
