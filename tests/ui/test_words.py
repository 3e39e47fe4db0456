"""Words: every string translated, every action named, every control with a name for a screen reader."""

from __future__ import annotations

import ast
import re
import subprocess
import sysconfig
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from acting import open_in
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QLabel, QProgressBar, QSlider, QWidget
from pytestqt.qtbot import QtBot

import restorer.ui
from restorer import bundled
from restorer.document.export import Proof
from restorer.ui import sentences, translation
from restorer.ui.desk import Desk
from restorer.ui.dialogs.help_dialog import HelpDialog
from restorer.ui.main_window import MainWindow
from restorer.ui.templates.details import DETAILS

FOLDER = bundled.resources() / "translations"
SOURCES = Path(restorer.ui.__file__).parent
SCRIPTS = Path(sysconfig.get_path("scripts"))


def messages(path: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """(context, source) -> (translation, state)"""
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translated = message.find("translation")
            assert translated is not None
            forms = [form.text or "" for form in translated.iter("numerusform")]
            assert all(forms) or translated.get("type")
            key = (context.findtext("name") or "", message.findtext("source") or "")
            found[key] = ("\n".join(forms) or translated.text or "", translated.get("type", ""))
    return found


def test_each_string_is_translated_and_none_is_outdated(tmp_path: Path) -> None:
    fresh = tmp_path / "restorer_zh_CN.ts"
    sources = [str(path) for path in sorted(SOURCES.rglob("*.py"))]
    arguments = ["-source-language", "en", "-target-language", "zh_CN", "-silent", "-ts", str(fresh)]
    subprocess.run([SCRIPTS / "pyside6-lupdate", *sources, *arguments], check=True, capture_output=True)
    kept = messages(FOLDER / "restorer_zh_CN.ts")
    assert set(messages(fresh)) == set(kept)
    for (_, source), (translated, state) in kept.items():
        assert translated, source
        assert state == "", source
        assert re.findall(r"{[^}]*}", source) == re.findall(r"{[^}]*}", translated), source
        assert bool(re.search(r"&\w", source)) == bool(re.search(r"\(&\w\)", translated)), source
        assert source.endswith("…") == translated.rstrip(")&ABCDEFGHIJKLMNOPQRSTUVWXYZ(").endswith("…"), source


def test_the_compiled_translation_is_the_written_one(qapp: QCoreApplication) -> None:
    translator = QTranslator(qapp)
    assert translator.load("restorer_zh_CN", str(FOLDER))
    for (context, source), (translated, _) in messages(FOLDER / "restorer_zh_CN.ts").items():
        said = translator.translate(context, source, "", 2 if "%Ln" in source else -1)
        assert said == translated
        assert translated.count("%Ln") == source.count("%Ln")


def test_what_is_counted_has_its_plural_forms(qapp: QCoreApplication) -> None:
    counting = {key for key in messages(FOLDER / "restorer_zh_CN.ts") if "%Ln" in key[1]}
    assert set(messages(FOLDER / "restorer_en.ts")) == counting
    translator = QTranslator(qapp)
    assert translator.load("restorer_en", str(FOLDER))
    for (context, source), (translated, _) in messages(FOLDER / "restorer_en.ts").items():
        one, more = translated.split("\n")
        assert one != more
        assert "(s)" not in translated
        assert re.findall(r"{[^}]*}", source) == re.findall(r"{[^}]*}", one) == re.findall(r"{[^}]*}", more)
        for number, form in ((0, more), (1, one), (2, more)):
            said = translator.translate(context, source, "", number)
            assert said == form


REJECTED = {
    "点击": "单击", "点按": "单击", "相片": "照片", "色彩配置": "颜色配置文件", "描述文件": "颜色配置文件",
    "特性文件": "颜色配置文件", "Return 键": "回车键", "Backspace": "退格键",
    "遮罩": "蒙版", "掩码": "蒙版", "掩膜": "蒙版",
}  # fmt: skip
"""Words of Chinese that GLOSSARY.md does not choose, and those that it does."""
TECHNICAL = ("医学图像", "主图像", "灰度图像", "的图像无法填充")
"""Where 图像 is the term; else it is a 图片."""


def not_of_the_glossary(chinese: str) -> list[str]:
    """The rejected words of a text, with what they are to be."""
    found = [f"{word} → {better}" for word, better in REJECTED.items() if word in chinese]
    for term in TECHNICAL:
        chinese = chinese.replace(term, "")
    if "图像" in chinese:
        found.append("图像 → 图片")
    if re.search("(?<!颜色)(?<!ICC )配置文件", chinese):
        found.append("配置文件 → 颜色配置文件")
    return found


def test_the_chinese_words_are_those_of_the_glossary() -> None:
    for (_, source), (translated, _) in messages(FOLDER / "restorer_zh_CN.ts").items():
        assert not not_of_the_glossary(translated), f"{source}: {translated}"
        if "photograph" not in source.lower():
            assert "照片" not in translated, f"照片 → 图片; {source}: {translated}"
    texts = (bundled.resources() / "guide" / "guide-zh_CN.md", Path(__file__).parents[2] / "README.zh-CN.md")
    for path in texts:
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not not_of_the_glossary(line), f"{path.name}: {line}"


@pytest.mark.parametrize("words", ["点击一处", "打开图像", "色彩配置文件", "打开配置文件", "按 Return 键"])
def test_words_that_are_not_chosen_are_found(words: str) -> None:
    assert not_of_the_glossary(words)
    assert not not_of_the_glossary("单击一处；16 位灰度图像；ICC 配置文件；按回车键")


PROOFS = {
    "en": ("0 pixels changed,", "1 pixel changed,", "2 pixels changed,", "1,234 pixels changed,"),
    "zh_CN": ("更改了 0 个像素", "更改了 1 个像素", "更改了 2 个像素", "更改了 1,234 个像素"),
}


@pytest.mark.parametrize("language", PROOFS)
def test_a_count_is_said_as_the_language_does(desk: Desk, qapp: QCoreApplication, language: str) -> None:
    before = set(qapp.findChildren(QTranslator))
    translation.install(qapp, language)
    try:
        window = desk.new_window()
        for count, words in zip((0, 1, 2, 1234), PROOFS[language], strict=True):
            said = window.boxes.proof_of(Path("out.png"), Proof(count, 0))
            assert f" {words}" in said or f"：{words}" in said
            assert "%" not in said
    finally:
        for translator in set(qapp.findChildren(QTranslator)) - before:
            qapp.removeTranslator(translator)


def test_the_command_line_counts_as_well() -> None:
    said = [Proof(count, 0).sentence for count in (0, 1, 2)]
    assert [words.partition(" changed")[0] for words in said] == ["0 pixels", "1 pixel", "2 pixels"]


def test_no_string_is_built_where_the_translator_cannot_find_it() -> None:
    """Lupdate does not look into f-strings."""
    for path in SOURCES.rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not re.search(r"""\bf["'].*{self\.tr\(""", line), f"{path.name}: {line.strip()}"


def test_what_goes_wrong_is_said_in_chinese(qapp: QCoreApplication) -> None:
    before = set(qapp.findChildren(QTranslator))
    translation.install(qapp, "zh_CN")
    try:
        for template in sentences.TEMPLATES:
            said = sentences.in_own_words(template.replace("{}", "7"))
            assert re.search("[\u4e00-\u9fff]", said), template
            assert said.count("7") == template.count("{}"), template
            assert sentences.known(template.replace("{}", "7"))
        for detail in sentences.DETAILS:
            assert re.search("[\u4e00-\u9fff]", sentences._detail(detail.replace("{}", "7"))), detail
        for sentence in (
            "“a.tif” holds CMYK inks. Convert it to RGB in the program that made it, and open that.",
            "“a.png” is damaged or incomplete (the file is cut short): copy or scan it again.",
            "PNG cannot hold the IPTC data, the TIFF tags 1, 2.",
        ):
            said = sentences.in_own_words(sentence)
            assert not re.search("[a-z]{4}", said), said
        assert sentences.in_own_words("Nobody knows this.") == "Nobody knows this."
    finally:
        for translator in set(qapp.findChildren(QTranslator)) - before:
            qapp.removeTranslator(translator)


GENERIC = (
    # of parts that are known one by one
    "“{}” cannot be saved: {}.",
    "There are no pictures in {}: {}.",
    "{}; {} megapixels at most can be opened: cut it into parts.",
    "{} and needs {} of memory, but only {} are free: close other programs, or use a computer with more memory.",
    "“{}” {}, so it is damaged or was made to do harm: copy or scan it again.",
    "“{}” has {}: there is no page {}, choose another one.",
    "“{}” has {}: there is no frame {}, choose another one.",
    "“{}” {}: {}.",
    "It has {}: take photographs of at least {} px a side.",
    "The weights {} {}: {}.",
    "The card {} cannot be read ({}): {}.",
)


def said_by(source: Path) -> list[str]:
    """The sentences that a file gives to a RestorerError; {} stands for what is put in."""
    found = []
    for call in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("RestorerError", "OriginalChanged"):
            for words in call.args[:1]:
                if isinstance(words, ast.JoinedStr):
                    found.append("".join(str(getattr(part, "value", "")) if isinstance(part, ast.Constant) else "{}"
                                         for part in words.values))  # fmt: skip
                elif isinstance(words, ast.Constant):
                    found.append(str(words.value))
    return found


@pytest.mark.parametrize("part", ["batch", "document", "engine", "imaging"])
def test_each_error_of_the_layers_below_is_known(part: str) -> None:
    for source in sorted((SOURCES.parent / part).rglob("*.py")):
        for sentence in said_by(source):
            if " " in sentence and sentence not in GENERIC:
                assert sentences.known(sentence.replace("{}", "7")), f"{source.name}: {sentence}"


def test_each_reason_of_a_damaged_file_is_known() -> None:
    """What stands in brackets in a sentence: why a file cannot be read."""
    raised = re.compile(r'(?:Box|Chunk|Decode|Directory|Head|Merge|Segment)Error\(\s*"([a-z][^"{}]*)"\s*\)')
    files = SOURCES.parent / "imaging" / "files"
    reasons = {reason for path in files.glob("*.py") for reason in raised.findall(path.read_text(encoding="utf-8"))}
    assert len(reasons) > 30
    assert reasons <= set(DETAILS)


def test_in_chinese_the_window_speaks_chinese(
    desk: Desk, qapp: QCoreApplication, photograph: Path, qtbot: QtBot
) -> None:
    before = set(qapp.findChildren(QTranslator))
    assert translation.install(qapp, "zh_CN") == "zh_CN"
    try:
        window = desk.new_window()
        texts = [action.text() for action in window.actions_.all]
        texts += [label.text() for label in window.findChildren(QLabel) if label.property("role")]
        texts = [text for text in texts if not text.endswith(("%", " px"))]  # numbers
        open_in(window, photograph, qtbot)
        texts.append(window.status.text.text())
        for text in texts:
            assert text in ("Restorer", "") or re.search("[\u4e00-\u9fff]", text), text
        # Qt's own words come along
        assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    finally:
        for translator in set(qapp.findChildren(QTranslator)) - before:
            qapp.removeTranslator(translator)


@pytest.mark.parametrize(
    ("languages", "expected"),
    [(["de-DE", "zh-Hans-CN"], "zh_CN"), (["en-GB", "zh-CN"], "en"), (["zh-TW"], "en"), (["fr"], "en")],
)
def test_the_language_follows_the_system(monkeypatch: pytest.MonkeyPatch, languages: list[str], expected: str) -> None:
    class System:
        def uiLanguages(self) -> list[str]:
            return languages

    monkeypatch.setattr(translation.QLocale, "system", System)
    assert translation._of_system() == expected


def test_each_action_has_words_and_most_have_a_key(window: MainWindow) -> None:
    actions = window.actions_
    keyless = {actions.tour, actions.about, actions.adapt, actions.keys, actions.report}
    assert len(actions.all) > 45
    keys: dict[str, QAction] = {}
    for action in actions.all:
        assert action.text().strip("&…")
        assert action.toolTip()
        assert bool(action.shortcuts()) == (action not in keyless), action.text()
        for key in action.shortcuts():
            assert key.toString() not in keys, f"{key.toString()}: {action.text()}"
            keys[key.toString()] = action
    listed = (
        "Ctrl+O Ctrl+E Ctrl+V Ctrl+Z Ctrl+Shift+Z Ctrl+Y B E H [ ] Ctrl+Return Esc Ctrl+0 Ctrl+1 Ctrl++ Ctrl+- D "
        "Ctrl+I Ctrl+Shift+D Del F1 Ctrl+W Ctrl+Q L W Tab Ctrl+K Ctrl+Shift+P F6"
    )
    for wanted in listed.split(" "):
        assert wanted in keys, wanted


def test_each_action_can_be_found_in_a_menu(window: MainWindow) -> None:
    in_menus: set[QAction] = set()
    for menu in window.menuBar().actions():
        in_menus.update(menu.menu().actions())  # type: ignore[attr-defined]
    assert set(window.actions_.all) <= in_menus


def test_the_help_lists_every_key(window: MainWindow) -> None:
    window.actions_.help.trigger()
    (dialog,) = window.findChildren(HelpDialog)
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    for action in window.actions_.all:
        if action.shortcuts():
            assert window.actions_.keys_of(action) in shown
    dialog.reject()


def test_each_control_has_a_name_and_can_be_reached(opened: MainWindow) -> None:
    kinds = QAbstractButton | QSlider | QAbstractSpinBox | QProgressBar
    seen = 0
    for control in opened.findChildren(QWidget):
        if not isinstance(control, kinds) or control.objectName().startswith("qt_"):  # Qt's own, hidden ones
            continue
        name = QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
        assert name.strip(), f"{control} in {control.parent()}"
        if not isinstance(control, QProgressBar):
            assert control.focusPolicy().value & 1, f"{name} cannot be reached by Tab"
        seen += 1
    assert seen > 25
