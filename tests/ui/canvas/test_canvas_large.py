"""24 megapixels: no copy of the whole picture is made to show it or to paint on it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import psutil
from canvas_hands import Hands
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from restorer.document.document import Document
from restorer.imaging.region import Region

WIDTH, HEIGHT = 6000, 4000
MB = 1 << 20


def test_24_megapixels_are_painted_on_without_a_copy(document: Document, make_hands: Callable[..., Hands]) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
    large = Document(replace(document.photograph, pixels=pixels))
    tracemalloc.start()
    try:
        hands = make_hands(large, 760, 560)
        kept, peak = tracemalloc.get_traced_memory()
        # two pyramids of a third each, the trace of the brush, the pyramid of the mask
        assert kept < WIDTH * HEIGHT * (2 + 1 + 0.4)
        assert peak < kept + 40 * MB
        before = psutil.Process().memory_info().rss
        for zoom in (hands.canvas.zoom, 0.51, 1.0, 4.0):
            hands.canvas.zoom_to(zoom)
            tracemalloc.reset_peak()
            held = tracemalloc.get_traced_memory()[0]
            for step in range(4):
                hands.drag(QPointF(200 + 20 * step, 200), QPointF(260, 240))
                QApplication.processEvents()
            assert tracemalloc.get_traced_memory()[1] - held < 24 * MB
        assert psutil.Process().memory_info().rss - before < 80 * MB  # as 32 bits a px it would be 92 MB more
    finally:
        tracemalloc.stop()
    assert len(hands.strokes) == 16


def test_a_stroke_across_all_of_it_is_exact(document: Document, make_hands: Callable[..., Hands]) -> None:
    large = Document(replace(document.photograph, pixels=np.zeros((HEIGHT, WIDTH), np.uint8)))
    hands = make_hands(large, 760, 560)
    hands.canvas.brush_size = 100
    hands.drag(hands.over(100, 2000), hands.over(5900, 2000))
    x, y = (hands.canvas._viewport.to_picture(*hands.canvas._viewport.to_device(v, 2000.5)) for v in (100.5, 5900.5))
    assert hands.strokes[0][0].bits.any(axis=0).all()
    marked = Region.around(large.mask)
    assert marked.height == 100
    assert abs(marked.left - (x[0] - 50)) < 8
    assert abs(marked.right - (y[0] + 50)) < 8
