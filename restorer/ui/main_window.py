"""One window: a start page until a photograph is open, then the picture and its tools.  Arrangement only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import losses
from restorer.ui import opening
from restorer.ui.actions import Actions
from restorer.ui.canvas.tool import Tool
from restorer.ui.dialogs.boxes import Boxes
from restorer.ui.dialogs.choosing import Choosing
from restorer.ui.dialogs.help_dialog import HelpDialog
from restorer.ui.editor import Editor
from restorer.ui.hints import Hints
from restorer.ui.menus import Menus, tool_bar
from restorer.ui.start_page import StartPage
from restorer.ui.status_bar import StatusBar
from restorer.ui.workspace import Workspace

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent

    from restorer.document.export import Proof
    from restorer.ui.engine import Engine
    from restorer.ui.opening import Sample
    from restorer.ui.settings import Settings
    from restorer.ui.worker import Worker

MANY = 5
"""More files than this are not opened at once without a question."""
LOW = 700
"""Logical px of height; in a window lower than this the tools stand closer together."""
_SEE_ORIGINAL = (Qt.Key.Key_X, Qt.Key.Key_Backslash)


class MainWindow(QMainWindow):
    """Signals:
    wanted(list): paths that need windows of their own, since this one has its photograph.
    picture_wanted(QImage): the same, of a picture from the clipboard.
    closed(): nothing holds the window any more.
    stayed(): it was to be closed, but is not.
    """

    wanted = Signal(list)
    picture_wanted = Signal(QImage)
    closed = Signal()
    stayed = Signal()

    def __init__(self, settings: Settings, engine: Engine, files: Worker, saving: Worker) -> None:
        super().__init__()
        self._settings = settings
        self._asked: Path | None = None
        self._close_now = False
        self._asking = False
        self._close_after_export = False
        self.editor = Editor(engine, files, saving, self)
        self.actions_ = Actions(self)
        self.menus = Menus(self, self.actions_)
        self.boxes = Boxes(self)
        self._choosing = Choosing(self, settings)
        self._hints = Hints(self)
        self.start = StartPage(self.actions_.open, files)
        self.workspace = Workspace(self.editor, self.actions_, settings)
        self.status = StatusBar()
        self._arrange()
        self._connect_actions()
        self._connect_editor()
        self._show_state()

    def _arrange(self) -> None:
        self.setAcceptDrops(True)
        self._pages = QStackedWidget()
        self._reading = QLabel()
        self._reading.setProperty("role", "lead")
        self._reading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._busy = self._busy_page()
        for page in (self.start, self._busy, self.workspace):
            self._pages.addWidget(page)
        self.setCentralWidget(self._pages)
        self._tools = tool_bar(self, self.actions_, self.tr("Tools"))
        self.setStatusBar(self.status)
        self.setMinimumSize(800, 560)
        self.resize(1280, 820)
        if self._settings.geometry is not None:
            self.restoreGeometry(self._settings.geometry)

    def _busy_page(self) -> QWidget:
        page = QWidget()
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedWidth(240)
        bar.setAccessibleName(self.tr("Reading the file"))
        layout = QVBoxLayout(page)
        layout.setSpacing(16)
        layout.addStretch(1)
        layout.addWidget(self._reading)
        layout.addWidget(bar, 0, Qt.AlignmentFlag.AlignHCenter)
        back = QPushButton(self.tr("Back"))
        back.setToolTip(self.tr("Do not wait for this file"))
        back.clicked.connect(self.editor.give_up_opening)
        layout.addWidget(back, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        return page

    # --- connections -----------------------------------------------------------------------------------------

    def _connect_actions(self) -> None:
        actions, editor = self.actions_, self.editor
        actions.open.triggered.connect(lambda: self._choosing.photographs(self.open_all))
        actions.paste.triggered.connect(self.paste)
        actions.import_mask.triggered.connect(lambda: self._choosing.mask(editor.import_mask))
        actions.export_mask.triggered.connect(self._choose_mask_target)
        actions.export.triggered.connect(self._choose_target)
        actions.close.triggered.connect(self.close)
        actions.undo.triggered.connect(editor.undo)
        actions.redo.triggered.connect(editor.redo)
        actions.clear_mask.triggered.connect(editor.clear_mask)
        actions.restore.triggered.connect(editor.restore)
        actions.cancel.triggered.connect(editor.cancel)
        actions.help.triggered.connect(lambda: HelpDialog(actions, self).show())
        actions.about.triggered.connect(self.boxes.about)
        for action in (*actions.tools.values(), actions.heal):
            action.toggled.connect(self._show_state)
        self.menus.recentChosen.connect(lambda path: self.open_all([path]))
        self.start.recentChosen.connect(lambda path: self.open_all([path]))
        self.start.sampleChosen.connect(self.open_sample)
        self.workspace.canvas.filesDropped.connect(self.drop)
        self.workspace.canvas.zoomChanged.connect(self.status.show_zoom)
        self.workspace.pointerSaid.connect(self.status.show_pointer)
        self.status.cancelled.connect(editor.cancel)

    def _connect_editor(self) -> None:
        editor = self.editor
        editor.reading.connect(self._show_reading)
        editor.opened.connect(self._show_opened)
        editor.not_opened.connect(self._show_not_opened)
        editor.given_up.connect(self._show_state)
        editor.began.connect(self.status.restart)
        editor.refreshed.connect(self._show_state)
        editor.work_changed.connect(self._show_state)
        editor.progressed.connect(self.status.show_progress)
        editor.failed.connect(self._show_failed)
        editor.said.connect(self.status.say)
        editor.exported.connect(self._show_exported)
        editor.mask_exported.connect(lambda _path: self._go_on_closing())

    # --- opening ---------------------------------------------------------------------------------------------

    def open_all(self, paths: list[Path]) -> None:
        """The first here if this window is free, the others in windows of their own."""
        if paths and self.editor.free:
            self._asked = paths[0]
            self.editor.open(paths[0])
            paths = paths[1:]
        if paths:
            self.wanted.emit(paths)

    def drop(self, paths: list[Path]) -> None:
        """Files that came by drag and drop or by the clipboard, perhaps by mistake."""
        document = self.editor.document
        if len(paths) > MANY:
            self.boxes.many(len(paths), lambda: self.open_all(paths))
        elif len(paths) == 1 and document is not None and opening.like_a_mask(paths[0], document.bounds):
            self.boxes.mask_or_picture(
                paths[0].name, lambda: self.editor.import_mask(paths[0]), lambda: self.open_all(paths)
            )
        else:
            self.open_all(paths)

    def open_sample(self, sample: Sample) -> None:
        if self.editor.free:
            self.editor.open(sample.path, sample.mask)

    def open_picture(self, picture: QImage) -> None:
        if self.editor.free:
            self.editor.open_picture(picture)
        else:
            self.picture_wanted.emit(picture)

    def paste(self) -> None:
        """The picture, or the files, on the clipboard."""
        paths = _paths_in(QGuiApplication.clipboard().mimeData())
        if paths:
            self.drop(paths)
            return
        picture = QGuiApplication.clipboard().image()
        if picture.isNull():
            self.boxes.trouble(self.tr("There is no picture on the clipboard: copy one first, then paste it here."))
        else:
            self.open_picture(picture)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.drop(_paths_in(event.mimeData()))

    def _show_reading(self, name: str) -> None:
        self._reading.setText(self.tr("Opening {}…").format(name))
        self._show_state()

    def _show_opened(self) -> None:
        document = self.editor.document
        assert document is not None
        path = document.photograph.path
        if self.editor.named:
            self._settings.remember(path)
        self.setWindowTitle(f"{path.name}[*] – Restorer")
        self._show_state()
        self.workspace.canvas.setFocus()

    def _show_not_opened(self, sentence: str) -> None:
        if self._asked is not None and not self._asked.exists():
            self._settings.forget(self._asked.absolute())
            self.show_recent(self._settings.recent)
        self._show_state()
        self.boxes.trouble(sentence)

    # --- state -----------------------------------------------------------------------------------------------

    def draw_icons(self) -> None:
        """The theme has changed."""
        self.actions_.draw_icons()
        self.start.draw_icons()
        self.workspace.panel.draw_icons()
        self.status.draw_icons()

    def show_recent(self, paths: list[Path]) -> None:
        self.menus.show_recent(paths)
        self.start.show_recent(paths)

    def _show_state(self, *_: object) -> None:
        editor = self.editor
        opened = editor.document is not None
        page = self.workspace if opened else self._busy if editor.busy_opening else self.start
        self._pages.setCurrentWidget(page)
        self._tools.setVisible(opened)
        if not opened:
            self.setWindowTitle("Restorer")
            self.status.show_zoom(None)
        self.actions_.suit(editor)
        self.setWindowModified(editor.unsaved)
        self.status.set_hint(self._hints.of(editor, self._tool()))
        work = self._hints.work(editor)
        if work:
            self.status.show_working(work, cancellable=editor.working)
        else:
            self.status.show_idle()

    def _tool(self) -> Tool:
        return next((tool for tool, action in self.actions_.tools.items() if action.isChecked()), Tool.BRUSH)

    def _show_failed(self, sentence: str) -> None:
        self._stay()
        self.boxes.trouble(sentence)

    # --- exporting -------------------------------------------------------------------------------------------

    def _choose_target(self) -> None:
        if self.editor.document is not None:
            self._choosing.export_target(
                self.editor.document.photograph, self.export, self._stay, beside=self.editor.named
            )

    def _choose_mask_target(self) -> None:
        if self.editor.document is not None:
            self._choosing.mask_target(
                self.editor.document.photograph, self.editor.export_mask, beside=self.editor.named
            )

    def export(self, target: Path) -> None:
        """What the format cannot hold is said first."""
        document = self.editor.document
        if document is None:
            return
        try:
            lost = losses(document.photograph, target)
        except RestorerError as error:
            self._show_failed(str(error))
            return
        if lost:
            self.boxes.losses(lost, lambda: self.editor.export(target), self._stay)
        else:
            self.editor.export(target)

    def _show_exported(self, target: Path, proof: Proof) -> None:
        self.status.say(self.boxes.proof_of(target, proof))
        if not self._go_on_closing():
            self.boxes.exported(target, proof)

    def _go_on_closing(self) -> bool:
        """The file that closing was waiting for is written; False if it was not waiting."""
        waited, self._close_after_export = self._close_after_export, False
        if waited:
            self.close()  # which may ask about what is left
        return waited

    # --- room ------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tools()

    def _fit_tools(self) -> None:
        """In a low window the tools stand closer together, so that none of them drops off the bar."""
        compact = self.height() < LOW
        if self._tools.property("compact") == compact:
            return
        self._tools.setProperty("compact", compact)
        for widget in (self._tools, *self._tools.findChildren(QToolButton)):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        QApplication.sendEvent(self._tools, QEvent(QEvent.Type.StyleChange))  # it measures its margins again

    # --- keys that are held ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _SEE_ORIGINAL and not event.modifiers():
            if not event.isAutoRepeat() and self.actions_.original.isEnabled():
                self.actions_.original.setChecked(True)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() in _SEE_ORIGINAL:
            if not event.isAutoRepeat():
                self.actions_.original.setChecked(False)
        else:
            super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.actions_.original.setChecked(False)  # the key is let go of in another window

    # --- the end ---------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.editor.writing:
            self._close_after_export = True
            self.status.say(self.tr("The window closes as soon as the export is written."))
            event.ignore()
        elif self.editor.unsaved and not self._close_now:
            event.ignore()
            if not self._asking:
                self._asking = True
                self._ask_about_work()
        else:
            self.editor.close()
            self._settings.geometry = self.saveGeometry()
            self._settings.save()
            event.accept()
            self.closed.emit()

    def _ask_about_work(self) -> None:
        document = self.editor.document
        assert document is not None
        editor, name = self.editor, document.photograph.path.name
        if not editor.unexported:
            sentence = self.tr("Some marks in “{}” have not been restored.").format(name)
            self.boxes.unrestored(sentence, restore=self._restore, discard=self._discard, stay=self._stay)
            return
        if editor.exported_before:
            sentence = self.tr("What was restored in “{}” since the last export has not been exported.")
        elif editor.unrestored:
            sentence = self.tr(
                "The restored picture “{}” has not been exported, and some marks have not been restored."
            )
        else:
            sentence = self.tr("The restored picture “{}” has not been exported.")
        self.boxes.unsaved(
            sentence.format(name), export=self._export_then_close, discard=self._discard, stay=self._stay
        )

    def _restore(self) -> None:
        self._stay()
        self.editor.restore()

    def _export_then_close(self) -> None:
        self._asking = False
        self._choose_target()
        self._close_after_export = True

    def _stay(self) -> None:
        """Closing, or the export that it was waiting for, has been given up."""
        self._close_after_export = False
        self._asking = False
        self.stayed.emit()

    def _discard(self) -> None:
        self._asking = False
        self._close_now = True
        self.close()


def _paths_in(data: QMimeData | None) -> list[Path]:
    if data is None:  # the window system does not always give any
        return []
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
