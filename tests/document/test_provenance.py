"""XMP history and digital source type, merged into what there is."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
import tifffile
from working import heal, picture

from restorer.document.document import Document
from restorer.document.export import Options, export
from restorer.document.provenance import COMPOSITE, Entry, noted
from restorer.imaging.files import read_photograph

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "mm": "http://ns.adobe.com/xap/1.0/mm/",
    "ev": "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#",
    "ext": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
SAID = Entry("2026-01-02T03:04:05+00:00", "1 repair <&> “scratch”")
HEAD = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Some Tool">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
)
TAIL = "</rdf:RDF></x:xmpmeta>" + " " * 100 + '<?xpacket end="w"?>'
OLD_EVENT = (
    '<rdf:li rdf:parseType="Resource"><stEvt:action xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#">'
    "created</stEvt:action></rdf:li>"
)
TITLE = (
    '<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Alt><rdf:li xml:lang="x-default">Käthe &amp; Söhne'
    "</rdf:li></rdf:Alt></dc:title>"
)
MM = 'xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"'
EXT = 'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'


def description(inner: str, attributes: str = "") -> bytes:
    return (
        f'{HEAD}<!-- kept --><rdf:Description rdf:about="uuid:1" {attributes}>{inner}</rdf:Description>{TAIL}'.encode()
    )


PACKETS = {
    "none": None,
    "empty": f"{HEAD}{TAIL}".encode(),
    "a title": description(TITLE),
    "a history": description(f"{TITLE}<xmpMM:History><rdf:Seq>{OLD_EVENT}</rdf:Seq></xmpMM:History>", MM),
    "an empty history": description("<xmpMM:History><rdf:Seq/></xmpMM:History>", MM),
    "a source type": description(
        "<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/print"
        "</Iptc4xmpExt:DigitalSourceType>",
        EXT,
    ),
    "a source type as attribute": description(TITLE, f'{EXT} Iptc4xmpExt:DigitalSourceType="x"'),
    "a source type as resource": description('<Iptc4xmpExt:DigitalSourceType rdf:resource="x"/>', EXT),
}


def parsed(packet: bytes) -> ET.Element:
    return ET.fromstring(packet.decode())


def source_types(root: ET.Element) -> list[str]:
    name = f"{{{NAMES['ext']}}}DigitalSourceType"
    resource = f"{{{NAMES['rdf']}}}resource"
    found = [node.get(resource) or node.text or "" for node in root.iter(name)]
    return found + [node.get(name, "") for node in root.iter() if name in node.attrib]


@pytest.mark.parametrize("case", PACKETS)
def test_history_and_source_type_join_what_is_there(case: str) -> None:
    packet = noted(PACKETS[case], SAID)
    assert packet is not None
    root = parsed(packet)
    events = root.findall(".//mm:History/rdf:Seq/rdf:li", NAMES)
    assert len(root.findall(".//mm:History", NAMES)) == 1
    assert len(events) == 1 + (case == "a history")
    assert events[-1].findtext("ev:action", "", NAMES) == "edited"
    assert events[-1].findtext("ev:when", "", NAMES) == SAID.when
    assert events[-1].findtext("ev:parameters", "", NAMES) == SAID.parameters
    assert "Restorer" in events[-1].findtext("ev:softwareAgent", "", NAMES)
    assert source_types(root) == [COMPOSITE]
    old = PACKETS[case] or b""
    for kept in (TITLE, "<!-- kept -->", 'x:xmptk="Some Tool"', 'id="W5M0MpCehiHzreSzNTczkc9d"', 'end="w"'):
        if kept == TITLE and TITLE.encode() in old:
            assert root.findtext(".//dc:title/rdf:Alt/rdf:li", "", NAMES) == "Käthe & Söhne"
        elif kept.encode() in old:
            assert kept.encode() in packet
    twice = noted(packet, SAID)
    assert twice is not None
    assert len(parsed(twice).findall(".//mm:History/rdf:Seq/rdf:li", NAMES)) == len(events) + 1
    assert source_types(parsed(twice)) == [COMPOSITE]


@pytest.mark.parametrize(
    "packet",
    [b"<not", b"plain", b"<a/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', HEAD.encode(), b"\xff\xfe\x00"],
)
def test_a_packet_that_cannot_be_read_is_left_alone(packet: bytes) -> None:
    assert noted(packet, SAID) is None


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_exports_carry_it(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "scan.tif"
    pixels = np.random.default_rng(0).integers(0, 65536, (40, 60, 3), np.uint16)
    packet = PACKETS["a history"]
    tifffile.imwrite(path, pixels, photometric="rgb", extratags=[(700, "B", len(packet or b""), packet, True)])
    document = Document.open(path)
    heal(document, (5, 5, 20, 9), 77)
    target = tmp_path / f"out{suffix}"
    proof = export(document, target, options=Options(operator="Ada", reason="a scratch"))
    root = parsed(read_photograph(target).xmp or b"")
    events = root.findall(".//mm:History/rdf:Seq/rdf:li", NAMES)
    said = events[-1].findtext("ev:parameters", "", NAMES)
    assert len(events) == 2
    assert said.startswith(f"1 repair, {proof.changed} pixels changed before encoding;")
    assert "operator: Ada; reason: a scratch" in said
    assert source_types(root) == [COMPOSITE]
    assert root.findtext(".//dc:title/rdf:Alt/rdf:li", "", NAMES) == "Käthe & Söhne"


def test_what_was_not_repaired_gets_no_history(tmp_path: Path) -> None:
    document = Document.open(picture(tmp_path))
    heal(document, (5, 5, 20, 9), 77)
    document.switch(document.repairs[0], False)
    export(document, tmp_path / "out.png")
    assert read_photograph(tmp_path / "out.png").xmp is None


@pytest.mark.parametrize(("way", "said"), [(6, "rotated by 90° clockwise"), (2, "flipped left and right")])
def test_a_turn_alone_is_noted_and_makes_no_media(tmp_path: Path, way: int, said: str) -> None:
    document = Document.open(picture(tmp_path))
    document.turn(way)
    export(document, tmp_path / "out.png", options=Options(operator="Ada"))
    root = parsed(read_photograph(tmp_path / "out.png").xmp or b"")
    (event,) = root.findall(".//mm:History/rdf:Seq/rdf:li", NAMES)
    assert event.findtext("ev:parameters", "", NAMES) == f"{said}; operator: Ada"
    assert source_types(root) == []
    heal(document, (5, 5, 20, 9), 77)
    export(document, tmp_path / "both.png")
    root = parsed(read_photograph(tmp_path / "both.png").xmp or b"")
    (event,) = root.findall(".//mm:History/rdf:Seq/rdf:li", NAMES)
    assert event.findtext("ev:parameters", "", NAMES).startswith("1 repair, ")
    assert event.findtext("ev:parameters", "", NAMES).endswith(f"; {said}")
    assert source_types(root) == [COMPOSITE]


def test_a_packet_that_cannot_be_read_is_kept_and_said(tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    tifffile.imwrite(path, np.zeros((20, 30), np.uint8), extratags=[(700, "B", 4, b"<not", True)])
    document = Document.open(path)
    heal(document, (2, 2, 9, 5), 9)
    proof = export(document, tmp_path / "out.tif")
    assert read_photograph(tmp_path / "out.tif").xmp == b"<not"
    assert "XMP" in proof.remarks[0]
