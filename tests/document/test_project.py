"""Project files: all work in one file, that opens elsewhere, and that no crafted archive gets past."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from working import all_states, heal, picture, pixels_and_marks, worked_on

from restorer.document import own_copies, project
from restorer.document.document import Document
from restorer.document.project import open_project, save_project
from restorer.document.source import OriginalMissing
from restorer.imaging.errors import RestorerError


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


def saved(folder: Path, *, embed: bool = False) -> tuple[Path, Document]:
    folder.mkdir(exist_ok=True)
    document = worked_on(Document.open(picture(folder)))
    path = folder / "work.restorer"
    save_project(document.state(), path, embed=embed)
    return path, document


def test_all_work_and_all_undo_come_back(tmp_path: Path) -> None:
    path, document = saved(tmp_path)
    again = open_project(path)
    assert pixels_and_marks(again) == pixels_and_marks(document)
    assert not again.unsaved
    told = [(r.number, r.run, r.on, r.strength, r.made, r.when, r.read) for r in document.repairs]
    assert [(r.number, r.run, r.on, r.strength, r.made, r.when, r.read) for r in again.repairs] == told
    assert [document.stale(repair) for repair in document.repairs] == [False, True, True, False, False]
    assert [again.stale(repair) for repair in again.repairs] == [False, True, True, False, False]
    assert [step.name for step in again.history.done] == [step.name for step in document.history.done]
    assert all_states(again) == all_states(document)


def test_saving_leaves_the_original_alone_and_never_takes_its_place(tmp_path: Path) -> None:
    path, document = saved(tmp_path, embed=True)
    original = document.source.path
    before = hashlib.sha256(original.read_bytes()).hexdigest()
    assert document.source.sha256() == before
    with pytest.raises(RestorerError, match=r"\.restorer"):
        save_project(document.state(), original)
    link = tmp_path / "x.restorer"
    link.hardlink_to(original)
    with pytest.raises(RestorerError, match="is the original"):
        save_project(document.state(), link)
    assert hashlib.sha256(original.read_bytes()).hexdigest() == before
    assert path.exists()


def test_it_opens_on_another_computer_with_the_original_beside_it(tmp_path: Path) -> None:
    path, document = saved(tmp_path / "here")
    there = tmp_path / "there"
    there.mkdir()
    moved = shutil.move(path, there / "renamed.restorer")
    shutil.move(document.source.path, there / "print.png")
    assert pixels_and_marks(open_project(moved)) == pixels_and_marks(document)


def test_a_missing_original_is_asked_for_and_another_picture_is_refused(tmp_path: Path) -> None:
    path, document = saved(tmp_path / "here")
    lost = tmp_path / "found.png"
    shutil.move(document.source.path, lost)
    with pytest.raises(OriginalMissing, match="put it beside") as error:
        open_project(path)
    assert error.value.name == "print.png"
    assert pixels_and_marks(open_project(path, lost)) == pixels_and_marks(document)
    other = picture(tmp_path, "other.png", width=421)
    with pytest.raises(OriginalMissing, match="not the file any more"):
        open_project(path, other)
    shutil.copy(other, document.source.path)
    with pytest.raises(OriginalMissing, match="not the file any more"):
        open_project(path)


def test_an_embedded_original_needs_no_file(tmp_path: Path, cache: Path) -> None:
    path, document = saved(tmp_path / "here", embed=True)
    document.source.path.unlink()
    again = open_project(path)
    assert pixels_and_marks(again) == pixels_and_marks(document)
    assert again.source.path.is_relative_to(cache)
    assert pixels_and_marks(open_project(path)) == pixels_and_marks(document)


def test_saving_again_keeps_the_embedded_original(tmp_path: Path, cache: Path) -> None:
    path, document = saved(tmp_path / "here", embed=True)
    original = document.source.path.read_bytes()
    document.source.path.unlink()
    again = open_project(path)
    heal(again, (300, 20, 320, 30), 900)
    assert save_project(again.state(), path)
    shutil.rmtree(cache)
    third = open_project(path)
    assert pixels_and_marks(third) == pixels_and_marks(again)
    assert third.source.path.read_bytes() == original
    shutil.rmtree(cache)  # while it is open: the project itself has the photograph
    elsewhere = tmp_path / "copy.restorer"
    assert save_project(third.state(), elsewhere)
    assert save_project(third.state(), path)
    assert pixels_and_marks(open_project(elsewhere)) == pixels_and_marks(again)
    assert pixels_and_marks(open_project(path)) == pixels_and_marks(again)


def test_an_embedded_original_stays_embedded_where_its_file_is_found(tmp_path: Path) -> None:
    path, document = saved(tmp_path, embed=True)
    assert save_project(open_project(path).state(), path)
    document.source.path.unlink()
    assert pixels_and_marks(open_project(path)) == pixels_and_marks(document)


def test_a_picture_of_the_programs_own_goes_into_its_project(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as work on an extracted original, gone on with after a crash."""
    place = cache / "restorer" / "originals" / "x"
    place.mkdir(parents=True)
    monkeypatch.setattr(own_copies, "cache_folder", lambda: cache / "restorer" / "originals")
    document = worked_on(Document.open(picture(place)))
    path = tmp_path / "work.restorer"
    assert save_project(document.state(), path)
    shutil.rmtree(cache)
    assert pixels_and_marks(open_project(path)) == pixels_and_marks(document)
    with pytest.raises(OriginalMissing, match="cannot go into the project"):
        save_project(document.state(), tmp_path / "other.restorer")
    assert not (tmp_path / "other.restorer").exists()


def test_a_damaged_copy_in_the_cache_is_extracted_again(tmp_path: Path) -> None:
    path, document = saved(tmp_path / "here", embed=True)
    document.source.path.unlink()
    copy = open_project(path).source.path
    content = copy.read_bytes()
    for damaged in (bytes([*content[:500], content[500] ^ 0xFF, *content[501:]]), content[:100], content + b"x"):
        copy.write_bytes(damaged)
        assert pixels_and_marks(open_project(path)) == pixels_and_marks(document)
        assert copy.read_bytes() == content


def test_an_embedded_original_of_another_content_is_refused(tmp_path: Path) -> None:
    path, document = saved(tmp_path / "here", embed=True)
    document.source.path.unlink()
    with zipfile.ZipFile(path) as archive:
        content = bytearray(archive.read("original"))
    content[500] ^= 0xFF
    with pytest.raises(RestorerError, match="damaged"):
        open_project(rewritten(path, lambda _: None, {"original": bytes(content)}))


@pytest.mark.parametrize("ratio", [1, 5])
def test_what_can_be_saved_can_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ratio: int) -> None:
    """Plain fills and masks are compressed far more than what is believed of an archive."""
    monkeypatch.setattr(project, "MOST_UNPACKED", 1000)
    monkeypatch.setattr(project, "MOST_MANIFEST", 1000)
    monkeypatch.setattr(project, "MOST_RATIO", ratio)
    path, document = saved(tmp_path)
    assert pixels_and_marks(open_project(path)) == pixels_and_marks(document)


def rewritten(path: Path, change: Callable[[dict[str, Any]], object], parts: dict[str, bytes] | None = None) -> Path:
    """The archive with another manifest and other parts."""
    target = path.with_name("changed.restorer")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                manifest = json.loads(content)
                change(manifest)
                content = json.dumps(manifest).encode()
            new.writestr(name, (parts or {}).get(name, content))
        for name in set(parts or {}) - set(old.namelist()):
            new.writestr(name, (parts or {})[name])
    return target


def test_a_newer_format_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path, _ = saved(tmp_path)
    with pytest.raises(RestorerError, match="newer program"):
        open_project(rewritten(path, lambda manifest: manifest.update(version=2)))


def _set(manifest: dict[str, Any], keys: list[Any], value: object) -> None:
    for key in keys[:-1]:
        manifest = manifest[key]
    manifest[keys[-1]] = value


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["format"], "zip"),
        (["original", "name"], ".."),
        (["original", "sha256"], "zz"),
        (["original", "shape"], [301, 420, 3]),
        (["new", "tiles"], 10**9),
        (["new", "tiles"], -1),
        (["new", "patches", 0, "region"], [0, 0, 10**9, 10**9]),
        (["new", "patches", 0, "region"], [60, 20, 10, 10]),
        (["new", "patches", 0, "dtype"], "<f8"),
        (["new", "repairs", 0, "strength"], 7),
        (["new", "repairs", 0, "under"], [0]),
        (["new", "repairs", 0, "patches"], [99]),
        (["new", "repairs", 0, "wanted"], [[99, 0, 0]]),
        (["work", "mask"], [[0, 0, -5]]),
        (["work", "base"], ["x"]),
        (["work", "done", 0], None),
        (["work", "done", 0, "repairs"], [5, 0, []]),
        (["new"], []),
    ],
)
def test_a_manifest_that_lies_is_refused_in_one_sentence(tmp_path: Path, keys: list[Any], value: object) -> None:
    path, _ = saved(tmp_path)
    changed = rewritten(path, lambda manifest: _set(manifest, keys, value))
    with pytest.raises(RestorerError) as error:
        open_project(changed)
    assert "damaged" in str(error.value)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["changed.restorer", "print.png", "work.restorer"]


def test_parts_of_a_wrong_size_and_bombs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = saved(tmp_path)
    for part in ("tiles", "patches/1", "patches/2"):
        for content in (b"", b"\0" * 10_000_000):
            with pytest.raises(RestorerError, match="damaged"):
                open_project(rewritten(path, lambda _: None, {part: content}))
    monkeypatch.setattr(project, "MOST_UNPACKED", 1000)
    monkeypatch.setattr(project, "MOST_RATIO", 0)
    with pytest.raises(RestorerError, match="damaged"):
        open_project(path)


def test_no_name_in_the_archive_is_a_path(tmp_path: Path, cache: Path) -> None:
    path, document = saved(tmp_path / "here", embed=True)
    document.source.path.unlink()
    evil = rewritten(
        path,
        lambda manifest: manifest["original"].update(name="../../../escaped.png", relative="", absolute="/nowhere/x"),
        {"../../evil.txt": b"x"},
    )
    open_project(evil)
    written = sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file())
    escaped = next(cache.rglob("escaped.png")).relative_to(tmp_path)
    assert [path for path in written if path.parts[0] != "here"] == [escaped]


def test_cut_off_and_scrambled_projects_are_refused_in_one_sentence(tmp_path: Path) -> None:
    path, _ = saved(tmp_path)
    whole = path.read_bytes()
    broken = tmp_path / "broken.restorer"
    for length in (0, 10, len(whole) // 2, len(whole) - 30):
        broken.write_bytes(whole[:length])
        with pytest.raises(RestorerError, match="damaged"):
            open_project(broken)
    for place in range(50, len(whole) - 1, len(whole) // 40):
        scrambled = bytearray(whole)
        scrambled[place] ^= 0xFF
        broken.write_bytes(bytes(scrambled))
        try:
            open_project(broken)
        except RestorerError:
            continue
        # the byte may be one that says nothing, as a date
    with pytest.raises(RestorerError, match="There is no file"):
        open_project(tmp_path / "none.restorer")
