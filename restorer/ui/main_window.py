"""One window: a start page until a photograph is open, then the picture and its tools.  Arrangement only."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from restorer.imaging.errors import RestorerError
from restorer.ui import opening
from restorer.ui.actions import Actions
from restorer.ui.bars import Bars
from restorer.ui.canvas.input_events import accept_files, local_files
from restorer.ui.canvas.tools.tool import ToolKind
from restorer.ui.closing import Closing
from restorer.ui.dialogs.boxes import Boxes
from restorer.ui.dialogs.choosing import Choosing
from restorer.ui.dialogs.help_dialog import HelpDialog
from restorer.ui.dialogs.palette import Palette
from restorer.ui.editor import Editor
from restorer.ui.exporting import Exporting
from restorer.ui.held_keys import HeldKeys
from restorer.ui.hints import Hints
from restorer.ui.medical import stem_of
from restorer.ui.menus import Menus
from restorer.ui.notices import Notices
from restorer.ui.pages import OpeningPage, TroublePage
from restorer.ui.report import save_report
from restorer.ui.saving import Saving
from restorer.ui.sentences import in_own_words
from restorer.ui.start_page import StartPage
from restorer.ui.status_bar import StatusBar
from restorer.ui.tour import Tour
from restorer.ui.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from restorer.ui.engine import Engine
    from restorer.ui.opening import Sample
    from restorer.ui.settings import Settings
    from restorer.ui.worker import Worker

MANY = 5
"""More files than this are not opened at once without a question."""


class MainWindow(QMainWindow):
    """Signals:
    wanted(list): paths that need windows of their own, since this one has its photograph.
    batch_wanted(list): files and folders that are to be restored in a row.
    picture_wanted(QImage): the same, of a picture from the clipboard.
    page_wanted(Path, int): the same, of a page of a file.
    closed(): nothing holds the window any more.
    stayed(): it was to be closed, but is not.
    """

    wanted = Signal(list)
    batch_wanted = Signal(list)
    picture_wanted = Signal(QImage)
    page_wanted = Signal(object, int)
    closed = Signal()
    stayed = Signal()

    def __init__(self, settings: Settings, engine: Engine, files: Worker, saving: Worker, analysis: Worker) -> None:
        super().__init__()
        self._settings = settings
        self._asked: Path | None = None
        """The file of a person's own that was opened last, and its page."""
        self._page = 1
        self.editor = Editor(engine, files, saving, analysis, self)
        self.actions_ = Actions(self)
        self.menus = Menus(self, self.actions_)
        self.boxes = Boxes(self)
        self._choosing = Choosing(self, settings)
        self.exporting = Exporting(self.editor, self.boxes, settings, analysis, self)
        self.saving = Saving(self.editor, self.boxes, self._choosing, settings)
        self.closing = Closing(self.editor, self.boxes, self.close, self.exporting.choose, self.saving.save)
        self.exporting.closing = self.saving.closing = self.closing
        HeldKeys(self, self.actions_.original)
        self._hints = Hints(self.actions_, self)
        self.start = StartPage(self.actions_, files)
        self.workspace = Workspace(self.editor, self.actions_, settings, analysis)
        self.status = StatusBar()
        self._arrange()
        self._connect_actions()
        self._connect_editor()
        self.tour = Tour(self)
        self._show_state()

    def _arrange(self) -> None:
        self.setAcceptDrops(True)
        self._pages = QStackedWidget()
        self.opening, self.trouble = OpeningPage(), TroublePage()
        for page in (self.start, self.opening, self.trouble, self.workspace):
            self._pages.addWidget(page)
        self.notices = Notices()
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(centre)
        self.bars = Bars(self, centre, self.actions_, self.tr("Tools"), self.tr("View"))
        self.setStatusBar(self.status)
        self.setMinimumSize(800, 560)
        self.resize(1280, 820)
        if self._settings.geometry is not None:
            self.restoreGeometry(self._settings.geometry)

    # --- connections -----------------------------------------------------------------------------------------

    def _connect_actions(self) -> None:
        actions, editor = self.actions_, self.editor
        for action in actions.all:  # a key leaves the focus where it is: first of all, what is being typed counts
            action.triggered.connect(self.workspace.panel.history.chosen_one.take_name)
        actions.open.triggered.connect(lambda: self._choosing.photographs(self.open_all))
        actions.page.triggered.connect(self._choose_page)
        actions.paste.triggered.connect(self.paste)
        actions.import_mask.triggered.connect(lambda: self._choosing.mask(editor.import_mask))
        actions.export_mask.triggered.connect(self.saving.choose_mask)
        actions.export.triggered.connect(self.exporting.choose)
        actions.copy.triggered.connect(self.exporting.copy)
        actions.save.triggered.connect(self.saving.save)
        actions.save_as.triggered.connect(self.saving.choose)
        actions.close.triggered.connect(self.close)
        actions.undo.triggered.connect(self._undo)
        actions.redo.triggered.connect(editor.redo)
        actions.clear_mask.triggered.connect(editor.clear_mask)
        for action, way in actions.turns.items():
            action.triggered.connect(partial(editor.turn, way))
        actions.restore.triggered.connect(editor.restore)
        actions.cancel.triggered.connect(editor.cancel)
        actions.find_damage.triggered.connect(editor.finding.find)
        actions.find_infrared.triggered.connect(self._find_infrared)
        self.workspace.panel.finding.file_wanted.connect(self._choose_infrared)
        actions.next_defect.triggered.connect(lambda: editor.finding.next())
        actions.previous_defect.triggered.connect(lambda: editor.finding.next(-1))
        actions.help.triggered.connect(lambda: HelpDialog(actions, self).show())
        actions.about.triggered.connect(self.boxes.about)
        actions.palette.triggered.connect(lambda: Palette(actions, self).show())
        actions.report.triggered.connect(lambda: self._choosing.report_target(self._save_report))
        actions.rebound.connect(self._show_state)
        actions.next_part.triggered.connect(
            lambda: self.bars.go_to_next_part(self.workspace, self.notices, (self.tour.card,))
        )
        for action in (*actions.tools.values(), actions.heal, actions.subtract, actions.caret):
            action.toggled.connect(self._show_state)
        self.menus.recentChosen.connect(lambda path: self.open_all([path]))
        self.start.recentChosen.connect(lambda path: self.open_all([path]))
        self.start.sampleChosen.connect(self.open_sample)
        self.workspace.canvas.filesDropped.connect(self.drop)
        self.workspace.canvas.zoomChanged.connect(self.status.show_zoom)
        self.workspace.canvas.activeChanged.connect(self._show_state)
        self.workspace.canvas.sourceLacking.connect(self.status.remind)
        self.workspace.canvas.sourceChosen.connect(self.status.remind)
        self.workspace.pointerSaid.connect(self.status.show_pointer)
        self.status.cancelled.connect(editor.cancel)
        self.opening.left.connect(editor.give_up_opening)
        self.trouble.another.connect(actions.open.trigger)
        self.trouble.again.connect(self._open_again)
        self.trouble.left.connect(self._leave_trouble)
        self.closing.stayed.connect(self.stayed)
        self.closing.said.connect(self.status.say)

    def _connect_editor(self) -> None:
        editor = self.editor
        editor.reading.connect(self._show_reading)
        editor.sized.connect(self.opening.show_size)
        editor.opened.connect(self._show_opened)
        editor.not_opened.connect(self._show_not_opened)
        editor.given_up.connect(self._show_state)
        editor.began.connect(self.status.restart)
        editor.refreshed.connect(self._show_state)
        editor.turned.connect(self._show_state)
        editor.work_changed.connect(self._show_state)
        editor.progressed.connect(self.status.show_progress)
        editor.failed.connect(self._show_failed)
        editor.said.connect(self.status.say)
        editor.remarked.connect(self.notices.tell)
        editor.keeping.troubled.connect(lambda sentence: self.notices.tell(in_own_words(sentence), warning=True))
        editor.original_wanted.connect(self._ask_for_original)
        editor.finding.leaving.connect(self._ask_about_corrections)
        self.exporting.said.connect(self.status.say)
        self.saving.said.connect(self.status.say)
        self.exporting.failed.connect(self._show_failed)
        editor.output.mask_exported.connect(lambda _path: self.closing.go_on())

    # --- opening ---------------------------------------------------------------------------------------------

    def open_all(self, paths: list[Path]) -> None:
        """The first here if this window is free, the others in windows of their own."""
        if paths and self.editor.free:
            self._asked, self._page = paths[0], 1
            self.editor.open(paths[0])
            paths = paths[1:]
        if paths:
            self.wanted.emit(paths)

    def open_page(self, path: Path, page: int) -> None:
        """A page of a TIFF or a frame of a DICOM, 1, 2, …; this window has to be free."""
        self._asked, self._page = path, page
        self.editor.open(path, page=page)

    def _find_infrared(self) -> None:
        """Where the photograph's own file keeps one, that is looked at, and others can be chosen in the panel."""
        finding = self.editor.finding
        if finding.places:
            finding.look_in(finding.places[0])
        else:
            self._choose_infrared()

    def _choose_infrared(self) -> None:
        editor = self.editor
        if editor.document is not None:
            self._choosing.infrared(editor.document.photograph, editor.finding.look_in, beside=editor.named)

    def _choose_page(self) -> None:
        document = self.editor.document
        if document is not None:
            photograph = document.photograph
            self._choosing.page(photograph, lambda page: self.page_wanted.emit(photograph.path, page))

    def drop(self, paths: list[Path]) -> None:
        """Files that came by drag and drop or by the clipboard, perhaps by mistake."""
        document = self.editor.document
        if any(path.is_dir() for path in paths):
            self.batch_wanted.emit(paths)
        elif len(paths) > MANY:
            self.boxes.many(len(paths), lambda: self.open_all(paths))
        elif len(paths) == 1 and document is not None and opening.like_a_mask(paths[0], document.bounds):
            self.boxes.mask_or_picture(
                paths[0].name, lambda: self.editor.import_mask(paths[0]), lambda: self.open_all(paths)
            )
        else:
            self.open_all(paths)

    def open_sample(self, sample: Sample) -> None:
        if self.editor.free:
            self._asked = None
            self.editor.open(sample.path, sample.mask)

    def open_picture(self, picture: QImage) -> None:
        if self.editor.free:
            self._asked = None
            self.editor.open_picture(picture)
        else:
            self.picture_wanted.emit(picture)

    def paste(self) -> None:
        """The picture, or the files, on the clipboard."""
        paths = local_files(QGuiApplication.clipboard().mimeData())
        if paths:
            self.drop(paths)
            return
        picture = QGuiApplication.clipboard().image()
        if picture.isNull():
            self.boxes.trouble(self.tr("There is no picture on the clipboard: copy one first, then paste it here."))
        else:
            self.open_picture(picture)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        accept_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop(accept_files(event))

    def _show_reading(self, name: str) -> None:
        self.trouble.forget()
        self.notices.forget()
        self.opening.show_name(name)
        self._show_state()
        self.opening.cancel.setFocus()

    def _show_opened(self) -> None:
        document = self.editor.document
        assert document is not None
        path, medical = document.photograph.path, document.photograph.medical
        # of a project that holds its photograph, the photograph's own path would be one in the cache
        own = path if self.editor.named else self.editor.keeping.project
        if own is not None and not medical:
            self._settings.remember(own)
            self._settings.folder = own.absolute().parent
        self.setWindowTitle(f"{stem_of(document.photograph) if medical else path.name}[*] – Restorer")
        self._show_state()
        self.workspace.canvas.setFocus()

    def _show_not_opened(self, sentence: str) -> None:
        gone = self._asked is not None and not self._asked.exists()
        if gone and self._asked is not None:
            self._settings.forget(self._asked.absolute())
            self.show_recent(self._settings.recent)
        name = "" if self._asked is None else self._asked.name
        self.trouble.tell(name, in_own_words(sentence), repeatable=self._asked is not None)
        self._show_state()
        self.trouble.other.setFocus()

    def _open_again(self) -> None:
        if self._asked is not None and self.editor.free:
            self.open_page(self._asked, self._page)

    def _leave_trouble(self) -> None:
        self.trouble.forget()
        self._show_state()

    def _ask_for_original(self, name: str, sentence: str) -> None:
        self._show_state()
        editor = self.editor
        self.boxes.missing(
            sentence,
            lambda: self._choosing.original(name, editor.open_with, editor.open_without),
            editor.open_without,
        )

    # --- state -----------------------------------------------------------------------------------------------

    def draw_icons(self) -> None:
        """The theme has changed."""
        self.actions_.draw_icons()
        self.start.draw_icons()
        self.workspace.panel.draw_icons()
        for part in (self.status, self.notices, self.opening, self.trouble):
            part.draw_icons()

    def show_device(self, device: str) -> None:
        self.status.show_device(device)

    def set_still(self, on: bool) -> None:
        """Nothing is to move by itself."""
        self.status.still = on
        self.opening.set_still(on)
        self.workspace.comparing.still = on

    def show_recent(self, paths: list[Path]) -> None:
        self.menus.show_recent(paths)
        self.start.show_recent(paths)

    def _show_state(self, *_: object) -> None:
        editor = self.editor
        canvas = self.workspace.canvas
        opened = editor.document is not None
        early = self.opening if editor.busy_opening else self.trouble if self.trouble.told else self.start
        self._pages.setCurrentWidget(self.workspace if opened else early)
        self.bars.show(opened)
        if not opened:
            self.setWindowTitle("Restorer")
            self.status.show_zoom(None)
        self.actions_.suit(editor, begun=canvas.active)
        self.status.show_way_to_cancel(self.actions_.cancel.toolTip())
        self.setWindowModified(editor.unsaved)
        self.status.set_hint(
            self._hints.of(
                editor,
                self._tool(),
                active=canvas.active,
                sourced=canvas.source.chosen,
                adjustable=canvas.shape_shown is not None and canvas.shape_shown.kind is self._tool(),
                pointing=self.actions_.caret.isChecked(),
                troubled=not opened and self.trouble.told,
            )
        )
        work = self._hints.work(editor)
        if work:
            self.status.show_working(work, cancellable=self.actions_.cancel.isEnabled())
        else:
            self.status.show_idle()

    def _ask_about_corrections(self, then: Callable[[], None]) -> None:
        self.boxes.corrected(lambda: self.editor.finding.apply(then=then), then)

    def _undo(self) -> None:
        """What a tool has begun is later than any step."""
        if not self.workspace.canvas.step_back():
            self.editor.undo()

    def _tool(self) -> ToolKind:
        return next((tool for tool, action in self.actions_.tools.items() if action.isChecked()), ToolKind.BRUSH)

    def _save_report(self, target: Path) -> None:
        try:
            save_report(self._settings, target)
        except RestorerError as error:
            self.boxes.trouble(str(error))
        else:
            self.status.say(self.tr("The report is written to {}.").format(target.name))

    def _show_failed(self, sentence: str) -> None:
        self.closing.stay()
        self.boxes.trouble(sentence)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.editor.keeping.look()

    # --- the end ---------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        self.workspace.panel.history.chosen_one.take_name()
        if not self.closing.may():
            event.ignore()
            return
        self.workspace.forget()
        self.editor.close()
        self._settings.geometry = self.saveGeometry()
        self._settings.save()
        event.accept()
        self.closed.emit()

    def _discard(self) -> None:
        self.closing.discard()
