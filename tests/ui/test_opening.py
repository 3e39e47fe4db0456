"""Every way to open a photograph, and what is said when it cannot be."""

from __future__ import annotations

import struct
import tempfile
import threading
import zlib
from pathlib import Path

import numpy as np
import pytest
import tifffile
from acting import HEIGHT, WIDTH, boxes, one_box, open_in, paint, save_photograph, the_sentence, the_trouble
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

import restorer.ui.opening
from restorer.document import own_copies
from restorer.ui.card import Card
from restorer.ui.desk import Desk
from restorer.ui.main_window import MainWindow


def has_document(window: MainWindow) -> bool:
    return window.editor.document is not None


def drop(target: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    button, modifier = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    assert target.acceptDrops()
    # not sent: Qt delivers a drop only to where its own drag has entered
    target.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, button, modifier))


def test_from_the_command_line_each_file_gets_a_window(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    desk.open([save_photograph(tmp_path / "a.png"), save_photograph(tmp_path / "b.png")])
    qtbot.waitUntil(lambda: all(map(has_document, desk.windows)))
    assert [window.windowTitle() for window in desk.windows] == ["a.png[*] – Restorer", "b.png[*] – Restorer"]


def test_without_files_there_is_a_start_page(desk: Desk) -> None:
    desk.open([])
    (window,) = desk.windows
    assert window.start.isVisible()
    assert not window.workspace.isVisible()


def test_by_the_dialog(window: MainWindow, photograph: Path, qtbot: QtBot) -> None:
    window.actions_.open.trigger()
    (dialog,) = window.findChildren(QFileDialog)
    assert "*.png" in dialog.nameFilters()[0]
    dialog.setDirectory(str(photograph.parent))
    dialog.selectFile(photograph.name)
    dialog.accept()
    qtbot.waitUntil(lambda: has_document(window))
    assert window.workspace.isVisible()


def test_by_dropping_on_the_start_page(window: MainWindow, photograph: Path, qtbot: QtBot) -> None:
    drop(window, photograph)
    qtbot.waitUntil(lambda: has_document(window))


def test_dropping_on_an_open_picture_opens_another_window(
    desk: Desk, opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(opened.workspace.canvas, save_photograph(tmp_path / "other.png"))
    qtbot.waitUntil(lambda: len(desk.windows) == 2 and has_document(desk.windows[1]))
    assert opened.windowTitle().startswith("print-0412")


def test_a_pasted_picture_becomes_a_document_of_its_own(window: MainWindow, qtbot: QtBot) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(0xFF336699)
    QGuiApplication.clipboard().setImage(picture)
    window.actions_.paste.trigger()
    qtbot.waitUntil(lambda: has_document(window))
    document = window.editor.document
    assert document is not None
    assert (document.original == np.array([0x33, 0x66, 0x99])).all()
    assert document.original.shape == (30, 40, 3)
    assert not window.editor.unsaved
    place = document.photograph.path.parent
    assert place.is_dir()
    window.close()
    assert not place.exists()


def test_a_pasted_picture_is_no_recent_file(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setImage(QImage(40, 30, QImage.Format.Format_RGB32))
    window.actions_.paste.trigger()
    qtbot.waitUntil(lambda: has_document(window))
    assert desk.settings.recent == []


def test_copied_files_are_opened_where_they_lie(window: MainWindow, photograph: Path, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photograph))])
    QGuiApplication.clipboard().setMimeData(data)
    window.actions_.paste.trigger()
    qtbot.waitUntil(lambda: has_document(window))
    assert window.editor.document is not None
    assert window.editor.document.photograph.path == photograph


def test_pasting_nothing_says_so(window: MainWindow, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("no picture")
    window.actions_.paste.trigger()
    assert "clipboard" in the_sentence(qtbot)


def test_recent_files_are_offered_with_a_thumbnail(
    desk: Desk, window: MainWindow, photograph: Path, qtbot: QtBot
) -> None:
    open_in(window, photograph, qtbot)
    other = desk.new_window()
    cards = [card for card in other.start.findChildren(Card) if card.toolTip() == str(photograph)]
    assert len(cards) == 1
    qtbot.waitUntil(lambda: not cards[0].empty)
    cards[0].click()
    qtbot.waitUntil(lambda: has_document(other))


def test_recent_files_can_be_forgotten(desk: Desk, opened: MainWindow, tmp_path: Path) -> None:
    assert desk.settings.recent
    assert list((tmp_path / "thumbnails").iterdir())
    opened.menus.recentForgotten.emit()
    assert desk.settings.recent == []
    assert not list((tmp_path / "thumbnails").iterdir())


def test_a_sample_opens_with_its_damage_marked_and_nothing_to_lose(window: MainWindow, qtbot: QtBot) -> None:
    cards = [card for card in window.start.findChildren(Card) if "sample" in card.accessibleName()]
    assert len(cards) == 3
    cards[0].click()
    qtbot.waitUntil(lambda: has_document(window))
    assert window.editor.document is not None
    assert window.editor.document.marked
    assert not window.editor.unsaved
    assert window.close()


def png_of(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["missing", "a folder", "empty", "text", "truncated", "huge", "in a missing folder"])
def test_what_cannot_be_opened_gives_one_sentence(window: MainWindow, tmp_path: Path, kind: str, qtbot: QtBot) -> None:
    path = tmp_path / "bad.png"
    match kind:
        case "a folder":
            path.mkdir()
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_text("this is no picture")
        case "truncated":
            whole = save_photograph(path).read_bytes()
            path.write_bytes(whole[: len(whole) // 2])
        case "huge":
            path.write_bytes(png_of(400_000, 400_000))
        case "in a missing folder":
            path = tmp_path / "nowhere" / "bad.png"
    window.open_all([path])
    assert "bad.png" in the_trouble(window, qtbot)
    assert window.start.isVisible()
    assert window.editor.free
    open_in(window, save_photograph(tmp_path / "good.png"), qtbot)


def test_a_file_is_opened_once_it_has_been_mended(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "bad.png"
    path.write_bytes(b"")
    window.open_all([path])
    qtbot.waitUntil(window.trouble.isVisible)
    assert "bad.png" in window.trouble.heading.text()
    qtbot.wait(50)
    assert window.trouble.isVisible()  # it does not go away by itself
    save_photograph(path)
    QTest.mouseClick(window.trouble.once_more, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: has_document(window))
    assert not window.trouble.isVisible()


def test_what_has_no_file_cannot_be_tried_again(
    window: MainWindow, photograph: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(own_copies, "pictures_folder", lambda: photograph / "beneath a file")
    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    window.open_picture(QImage(40, 30, QImage.Format.Format_RGB32))
    qtbot.waitUntil(window.trouble.isVisible)
    assert not window.trouble.once_more.isVisible()


def test_a_recent_file_that_is_gone_is_forgotten(desk: Desk, window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    desk.settings.remember(tmp_path / "gone.png")
    desk.settings.remember(save_photograph(tmp_path / "here.png"))
    window.menus.recentChosen.emit(tmp_path / "gone.png")
    the_trouble(window, qtbot)
    assert desk.settings.recent == [tmp_path / "here.png"]


def test_a_file_that_may_not_be_read(
    window: MainWindow, photograph: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # whoever runs this may be allowed everything
    window.open_all([photograph])
    assert "permission" in the_trouble(window, qtbot)


def test_what_a_file_has_to_say_is_said(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """Remarks of a photograph: here, that a TIFF has further pages."""
    import tifffile

    path = tmp_path / "two.tif"
    with tifffile.TiffWriter(path) as file:
        for _ in range(2):
            file.write(np.zeros((40, 50), np.uint8), photometric="minisblack")
    open_in(window, path, qtbot)
    assert window.editor.document is not None
    remarks = window.editor.document.photograph.remarks
    assert remarks
    (notice,) = window.notices.told
    assert notice.text.text() == remarks[-1]
    QTest.mouseClick(notice.close_, Qt.MouseButton.LeftButton)
    assert not window.notices.isVisible()
    assert not boxes()


def test_pasting_where_the_system_gives_nothing(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Nothing:
        def mimeData(self) -> None:
            return None

        def image(self) -> QImage:
            return QImage()

    monkeypatch.setattr("restorer.ui.main_window.QGuiApplication.clipboard", lambda: Nothing())
    window.paste()
    assert "clipboard" in the_sentence(qtbot)


def test_pasting_without_any_folder(
    window: MainWindow, photograph: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(own_copies, "pictures_folder", lambda: photograph / "beneath a file")
    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    window.open_picture(QImage(40, 30, QImage.Format.Format_RGB32))
    assert "temporary folder" in the_trouble(window, qtbot)
    assert window.editor.free


def test_a_file_that_does_not_answer_can_be_left(
    window: MainWindow, photograph: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, begun, real = threading.Event(), threading.Event(), restorer.ui.opening.opened

    def stuck(path: Path, *rest: object, **named: bool) -> object:
        if path.name == "stuck.png":
            begun.set()
            go.wait(10)
        return real(path, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(restorer.ui.opening, "opened", stuck)
    window.open_all([save_photograph(photograph.with_name("stuck.png"))])
    qtbot.waitUntil(begun.is_set)
    back = window.opening.cancel
    assert back.isVisible()
    back.click()
    assert window.start.isVisible()
    open_in(window, photograph, qtbot)  # while the other still hangs
    go.set()
    qtbot.wait(50)
    assert window.windowTitle().startswith("print-0412")


def test_many_files_are_not_opened_without_a_question(desk: Desk, window: MainWindow, tmp_path: Path) -> None:
    paths = [save_photograph(tmp_path / f"{number}.png", (20, 30, 3)) for number in range(6)]
    drop(window, *paths)
    assert desk.windows == [window]
    boxes()[0].button(QMessageBox.StandardButton.Cancel).click()
    drop(window, *paths)
    boxes()[0].button(QMessageBox.StandardButton.Ok).click()
    assert len(desk.windows) == 6


@pytest.mark.parametrize("use", [True, False])
def test_a_mask_that_is_dropped(desk: Desk, opened: MainWindow, tmp_path: Path, qtbot: QtBot, use: bool) -> None:
    import cv2

    bits = np.zeros((HEIGHT, WIDTH), np.uint8)
    bits[20:40, 20:40] = 255
    cv2.imwrite(str(tmp_path / "mask.png"), bits)
    drop(opened.workspace.canvas, tmp_path / "mask.png")
    button = QMessageBox.StandardButton.Apply if use else QMessageBox.StandardButton.Open
    one_box(qtbot).button(button).click()
    document = opened.editor.document
    assert document is not None
    if use:
        qtbot.waitUntil(lambda: document.marked)
        assert document.mask.sum() == 400
    else:
        qtbot.waitUntil(lambda: len(desk.windows) == 2 and has_document(desk.windows[1]))
        assert not document.marked


def test_another_page_is_chosen_and_the_others_are_kept(
    desk: Desk, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path, target = tmp_path / "album.tif", tmp_path / "out.tif"
    pages = [np.full((HEIGHT, WIDTH, 3), 40 * number, np.uint16) for number in (1, 2, 3)]
    with tifffile.TiffWriter(path) as writer:
        for page in pages:
            writer.write(page, photometric="rgb", metadata=None)
    open_in(window, path, qtbot)
    assert "page 1 of 3" in window.workspace.panel.info._size.text()
    window.actions_.page.trigger()
    (dialog,) = window.findChildren(QInputDialog)
    assert (dialog.intMinimum(), dialog.intMaximum(), dialog.intValue()) == (1, 3, 2)
    dialog.setIntValue(3)
    dialog.accept()
    qtbot.waitUntil(lambda: len(desk.windows) == 2)
    other = desk.windows[1]
    qtbot.waitUntil(lambda: other.editor.document is not None)
    document = other.editor.document
    assert document is not None
    assert (document.original == pages[2]).all()
    other.actions_.heal.setChecked(False)
    paint(other, (100, 100), (120, 100))
    other.editor.restore()
    qtbot.waitUntil(lambda: not other.editor.working)
    other.editor.output.export(target)
    qtbot.waitUntil(lambda: not other.editor.output.exporting)
    one_box(qtbot).close()
    with tifffile.TiffFile(target) as written:
        assert [(page.asarray() == old).all() for page, old in zip(written.pages, pages, strict=True)] == [
            True,
            True,
            False,
        ]


def test_a_photograph_of_one_page_offers_no_other(opened: MainWindow) -> None:
    assert not opened.actions_.page.isEnabled()


def test_what_a_large_file_takes_is_said_while_it_is_read(
    window: MainWindow, photograph: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("restorer.ui.pages.TELLING", 1 << 20)
    with qtbot.waitSignal(window.editor.sized) as told:
        window.open_all([photograph])
    (header,) = told.args
    assert (header.width, header.height) == (WIDTH, HEIGHT)
    assert header.memory > WIDTH * HEIGHT * 3
    assert "0.0 GB of memory" in window.opening.words.text()
    qtbot.waitUntil(lambda: window.editor.document is not None)
