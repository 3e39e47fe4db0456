"""What an export says of itself inside the file: XMP history and IPTC digital source type, beside what was there.

XMP Specification, part 1 (ISO 16684-1) for the packet and part 2 (Adobe, 2016), § 1.2.4 and 1.2.9, for xmpMM:History
and its stEvt fields; IPTC Photo Metadata Standard for Iptc4xmpExt:DigitalSourceType and its vocabulary.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.dom import minidom
from xml.parsers.expat import ExpatError

from restorer import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.dom.minidom import Document, Element

    from restorer.document.repair import Repair

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XMP_MM = "http://ns.adobe.com/xap/1.0/mm/"
EVENT = "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
IPTC_EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_XMLNS = "http://www.w3.org/2000/xmlns/"

SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
COMPOSITE = SOURCE_TYPES + "compositeWithTrainedAlgorithmicMedia"
BY_ALGORITHM = SOURCE_TYPES + "algorithmicallyEnhanced"
BY_HAND = SOURCE_TYPES + "humanEdits"
ALL_TRAINED = SOURCE_TYPES + "trainedAlgorithmicMedia"
"""A picture that is this already is not less of it by being repaired."""

_EMPTY = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}"/></x:xmpmeta>'
    '<?xpacket end="w"?>'
)


_TURNED = {
    2: "flipped left and right",
    3: "rotated by 180°",
    4: "flipped top and bottom",
    5: "flipped left and right and rotated by 270° clockwise",
    6: "rotated by 90° clockwise",
    7: "flipped left and right and rotated by 90° clockwise",
    8: "rotated by 270° clockwise",
}
"""What an orientation (TIFF 6.0, tag 274) does to a picture."""


@dataclass(frozen=True)
class Entry:
    """One line of a file's history."""

    when: str
    """ISO 8601."""
    parameters: str
    agent: str = f"Restorer {__version__}"
    source_type: str | None = COMPOSITE
    """The IPTC digital source type that the work gives the picture; None: it stays of what it was."""


def entry(
    repairs: Sequence[Repair],
    changed: int,
    operator: str = "",
    reason: str = "",
    *,
    turned: int = 1,
    stripped: Sequence[str] = (),
) -> Entry:
    """What is to be said of an export: the repairs that show in it, how many pixels they changed, how it is `turned`.

    It is part of the file, so `changed` is counted before that is encoded: a lossy format changes further ones.
    """
    models = dict.fromkeys(map(_means, repairs))
    parts = []
    if repairs:
        counts = f"{_counted(len(repairs), 'repair')}, {_counted(changed, 'pixel')} changed before encoding"
        parts = [counts, *models]
    parts += [_TURNED[turned]] if turned != 1 else []
    parts += [f"{name} data removed" for name in stripped]
    parts += [f"operator: {operator}"] if operator else []
    parts += [f"reason: {reason}"] if reason else []
    return Entry(now(), "; ".join(parts), source_type=source_type(repairs) if repairs else None)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _means(repair: Repair) -> str:
    """What a repair was made with."""
    if "hand" in repair.made:
        return f"{repair.made['hand']} by hand"
    model = repair.made.get("model", "unknown")
    if repair.made.get("copies") == "yes":
        return f"{model} (copies of the picture's own pixels)"
    return f"{model} (weights sha256 {repair.made.get('weights_sha256', 'unknown')})"


def source_type(repairs: Sequence[Repair]) -> str:
    """The IPTC digital source type of a picture with these repairs.

    Only what a network filled makes it a composite with trained media; copies of its own pixels are an algorithm's
    work, and what was done by hand alone is a person's.
    """
    if any("hand" not in repair.made and repair.made.get("copies") != "yes" for repair in repairs):
        return COMPOSITE
    return BY_ALGORITHM if any("hand" not in repair.made for repair in repairs) else BY_HAND


def now() -> str:
    """The time, ISO 8601 in UTC; SOURCE_DATE_EPOCH (reproducible-builds.org) stands in for it where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.isoformat(timespec="seconds")


def noted(packet: bytes | None, said: Entry) -> bytes | None:
    """The XMP packet with one more line of history and the digital source type, if one is said; all else stays in it.

    None if the packet there is cannot be read: then it is better left as it is than lost.
    """
    try:
        document = _parsed(packet)
        root = next(_elements(document, RDF, "RDF"), None)
        if root is None:
            return None
        if said.source_type is not None:
            _set_source_type(document, root, said.source_type)
        _add_event(document, root, said)
    except (ExpatError, ValueError, UnicodeError):
        return None
    text = "\n".join(node.toxml() for node in document.childNodes)
    return text.encode("utf-8", "replace")  # XML has no way to say what a command line of other bytes was


def _parsed(packet: bytes | None) -> Document:
    if packet is None or not packet.strip(b"\0 \n\r\t"):
        return minidom.parseString(_EMPTY.encode())
    if b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        raise ValueError("no XMP packet has a document type")
    return minidom.parseString(packet.strip(b"\0 \n\r\t"))


def _elements(node: Document | Element, space: str, name: str) -> Iterator[Element]:
    yield from node.getElementsByTagNameNS(space, name)


def _descriptions(root: Element) -> list[Element]:
    """The top ones: a nested rdf:Description is the value of a property."""
    return [node for node in _elements(root, RDF, "Description") if node.parentNode is root]


def _property(root: Element, space: str, name: str) -> Element | None:
    for description in _descriptions(root):
        for node in description.childNodes:
            if node.nodeType == node.ELEMENT_NODE and (node.namespaceURI, node.localName) == (space, name):
                return node
    return None


def _new_description(document: Document, root: Element) -> Element:
    described = _descriptions(root)
    prefix = root.prefix or "rdf"
    node = document.createElementNS(RDF, f"{prefix}:Description")
    if not root.prefix:
        node.setAttributeNS(_XMLNS, "xmlns:rdf", RDF)
    about = described[0].getAttributeNS(RDF, "about") if described else ""
    node.setAttributeNS(RDF, f"{prefix}:about", about)
    root.appendChild(node)
    return node


def _set_source_type(document: Document, root: Element, kind: str) -> None:
    stays = {ALL_TRAINED, COMPOSITE, kind}  # what holds a network's work already is not less of it
    found = False
    for description in _descriptions(root):
        if description.hasAttributeNS(IPTC_EXT, "DigitalSourceType"):
            found = True
            attribute = description.getAttributeNodeNS(IPTC_EXT, "DigitalSourceType")
            if attribute is not None and attribute.value not in stays:
                attribute.value = kind
    there = _property(root, IPTC_EXT, "DigitalSourceType")
    if there is not None:
        found = True
        resource = there.getAttributeNodeNS(RDF, "resource")
        if resource is not None:
            resource.value = resource.value if resource.value in stays else kind
        elif _text(there) not in stays:
            _set_text(document, there, kind)
    if not found:
        description = _new_description(document, root)
        description.setAttributeNS(_XMLNS, "xmlns:Iptc4xmpExt", IPTC_EXT)
        node = document.createElementNS(IPTC_EXT, "Iptc4xmpExt:DigitalSourceType")
        _set_text(document, node, kind)
        description.appendChild(node)


def _add_event(document: Document, root: Element, said: Entry) -> None:
    history = _property(root, XMP_MM, "History")
    if history is None:
        description = _new_description(document, root)
        description.setAttributeNS(_XMLNS, "xmlns:xmpMM", XMP_MM)
        history = document.createElementNS(XMP_MM, "xmpMM:History")
        description.appendChild(history)
    sequence = next(_elements(history, RDF, "Seq"), None)
    prefix = root.prefix or "rdf"
    if sequence is None:
        sequence = document.createElementNS(RDF, f"{prefix}:Seq")
        if not root.prefix:
            sequence.setAttributeNS(_XMLNS, f"xmlns:{prefix}", RDF)
        history.appendChild(sequence)
    event = document.createElementNS(RDF, f"{prefix}:li")
    if not root.prefix:
        event.setAttributeNS(_XMLNS, f"xmlns:{prefix}", RDF)
    event.setAttributeNS(RDF, f"{prefix}:parseType", "Resource")
    event.setAttributeNS(_XMLNS, "xmlns:stEvt", EVENT)
    fields = {
        "action": "edited",
        "when": said.when,
        "softwareAgent": said.agent,
        "changed": "/",
        "parameters": said.parameters,
    }
    for name, value in fields.items():
        field = document.createElementNS(EVENT, f"stEvt:{name}")
        _set_text(document, field, value)
        event.appendChild(field)
    sequence.appendChild(event)


def _text(node: Element) -> str:
    return "".join(child.data for child in node.childNodes if child.nodeType == child.TEXT_NODE).strip()


def _set_text(document: Document, node: Element, value: str) -> None:
    for child in list(node.childNodes):
        node.removeChild(child)
    readable = "".join(c for c in value if c >= " " or c in "\t\n")
    node.appendChild(document.createTextNode(readable))
