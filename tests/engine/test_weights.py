from __future__ import annotations

import dataclasses
import json
import os
import shutil
from pathlib import Path

import pytest

from restorer import bundled
from restorer.engine import weights
from restorer.engine.networks.table import NETWORKS
from restorer.imaging.errors import RestorerError


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The default weights, copied to a folder where they may be damaged."""
    for suffix in (".safetensors", ".json"):
        shutil.copy(bundled.models() / f"{weights.DEFAULT}{suffix}", tmp_path)
    return tmp_path / f"{weights.DEFAULT}.safetensors"


def test_every_bundled_file_loads_is_small_and_is_what_its_card_says() -> None:
    assert weights.available()[0] == weights.DEFAULT
    for name in weights.available():
        found = weights.find(name)
        network = found.network()
        assert sum(p.numel() for p in network.parameters()) == found.card["parameters"]
        assert found.path.stat().st_size <= 8 << 20
        for said in ("summary", "licence", "data", "steps", "hardware", "scores"):
            assert found.card[said], f"the card of {name} says nothing of its {said}"


def test_a_path_serves_as_well_as_a_name(copy: Path) -> None:
    assert weights.find(str(copy)).sha256 == weights.find().sha256


def test_one_flipped_bit_is_noticed(copy: Path) -> None:
    data = bytearray(copy.read_bytes())
    data[len(data) // 2] ^= 1
    copy.write_bytes(data)
    with pytest.raises(RestorerError, match="are damaged"):
        weights.find(str(copy)).network()


def test_missing_weights_and_cards_are_named(copy: Path) -> None:
    copy.unlink()
    with pytest.raises(RestorerError, match="cannot be read"):
        weights.find(str(copy)).network()
    copy.with_suffix(".json").write_text("{")
    with pytest.raises(RestorerError, match=r"card .* cannot be read"):
        weights.find(str(copy))
    with pytest.raises(RestorerError, match="no model 'lama': choose one of reweave"):
        weights.find("lama")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"network": "unet"}, "'unet', which this version lacks"),
        ({"shape": {"channels": 32, "blocks": 10}}, "do not fit"),
    ],
)
def test_a_card_of_another_network_is_refused(copy: Path, change: dict[str, object], says: str) -> None:
    card = copy.with_suffix(".json")
    card.write_text(json.dumps({**json.loads(card.read_text()), **change}))
    with pytest.raises(RestorerError, match=says):
        weights.find(str(copy)).network()


def test_what_is_saved_is_loaded_again(tmp_path: Path) -> None:
    original = weights.find()
    tensors = original.tensors()
    saved = weights.save(tmp_path / "mine.safetensors", tensors, {k: original.card[k] for k in ("network", "shape")})
    assert saved.sha256 == original.sha256
    weights.find(str(saved.path)).network()


@pytest.mark.parametrize("name", ["", ".", "../models/reweave", "./reweave", "reweave.json"])
def test_only_names_and_safetensors_files_are_taken(name: str) -> None:
    with pytest.raises(RestorerError, match="There is no model"):
        weights.find(name)


@pytest.mark.parametrize(
    "shape",
    [
        {"channels": 64},
        {"channels": 64, "blocks": 10, "more": 1},
        {"channels": 1_000_000, "blocks": 10},
        {"channels": 64, "blocks": 65},
        {"channels": 4, "blocks": 10},
        {"channels": 64.0, "blocks": 10},
        {"channels": "64", "blocks": 10},
        {"channels": 64, "blocks": True},
        None,
    ],
)
def test_a_shape_is_checked_before_memory_is_taken(shape: object, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(**_shape: object) -> None:
        raise AssertionError("made")

    entry = dataclasses.replace(NETWORKS["reweave"], make=never)  # type: ignore[arg-type]
    monkeypatch.setitem(NETWORKS, "reweave", entry)
    card = copy.with_suffix(".json")
    card.write_text(json.dumps({**json.loads(card.read_text()), "shape": shape}))
    with pytest.raises(RestorerError, match="do not fit their card"):
        weights.find(str(copy)).network()


@pytest.mark.parametrize("change", [{"channels": 32, "blocks": 10}, {"channels": 64, "blocks": 12}])
def test_a_fault_of_ones_own_file_is_one_line_that_names_it(copy: Path, change: dict[str, int]) -> None:
    card = copy.with_suffix(".json")
    card.write_text(json.dumps({**json.loads(card.read_text()), "shape": change}))
    with pytest.raises(RestorerError) as caught:
        weights.find(str(copy)).network()
    said = str(caught.value)
    assert "\n" not in said
    assert len(said) < 300
    assert str(copy) in said
    assert "install" not in said


def test_a_bundled_file_is_to_be_installed_again(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "models", lambda: copy.parent)
    copy.write_bytes(b"")
    with pytest.raises(RestorerError, match="install them again"):
        weights.find().network()


def test_the_case_of_a_sha256_does_not_matter(copy: Path) -> None:
    card = copy.with_suffix(".json")
    content = json.loads(card.read_text())
    card.write_text(json.dumps({**content, "sha256": content["sha256"].upper()}))
    weights.find(str(copy)).network()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_weights_are_not_read_from_a_pipe(copy: Path) -> None:
    copy.unlink()
    os.mkfifo(copy)
    with pytest.raises(RestorerError, match="no regular file"):
        weights.find(str(copy)).network()
