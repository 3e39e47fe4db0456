"""The bill of materials of a built program, as CycloneDX 1.6 JSON (https://cyclonedx.org/docs/1.6/json/).

    python packaging/sbom.py dist/restorer -o dist/restorer.cdx.json

Made from the inventory that the build writes (licences.py), so that it lists what is really bundled.  It is checked
against CycloneDX's schema before it is written.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

INVENTORY = "_internal/licences/inventory.json"
_KINDS = {"python": "pypi", "system": "deb/debian", "library": "generic", "runtime": "generic"}
_EXPRESSION = re.compile(r"[A-Z0-9][\w.+-]*( (AND|OR|WITH) [A-Z0-9][\w.+-]*)*")


def of(bundle: Path) -> dict[str, Any]:
    """The document for the program in `bundle`; the same for the same build.

    Its time is SOURCE_DATE_EPOCH where that is set, else the day of the build.
    """
    parts = json.loads((bundle / INVENTORY).read_text(encoding="utf-8"))
    build = json.loads((bundle / "_internal/build.json").read_text(encoding="utf-8"))
    components = [_component(part) for part in parts]
    components += [_model(card) for card in sorted((bundle / "_internal/models").glob("*.json"))]
    program = {
        "type": "application", "bom-ref": "restorer", "name": "restorer", "version": str(build["version"]),
        "licenses": [{"license": {"id": "Apache-2.0"}}],
        "properties": [{"name": f"build:{name}", "value": str(value)} for name, value in build.items()],
    }  # fmt: skip
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    when = (
        datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.fromisoformat(f"{build['date']}T00:00:00+00:00")
    )
    references = {component["name"]: component["bom-ref"] for component in components}
    within: dict[str, list[str]] = {"restorer": []}
    for part, component in zip(parts, components, strict=False):
        within.setdefault(references.get(part["of"], "restorer"), []).append(component["bom-ref"])
    within["restorer"] += [component["bom-ref"] for component in components[len(parts) :]]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([build, parts]))}",
        "version": 1,
        "metadata": {"timestamp": when.isoformat(timespec="seconds"), "component": program},
        "components": components,
        "dependencies": [{"ref": name, "dependsOn": sorted(names)} for name, names in within.items()],
    }


def faults(document: dict[str, Any]) -> list[str]:
    """What CycloneDX's own schema finds wrong in it."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    found = JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(document), all_errors=True)
    return [str(fault.data) for fault in found or ()]


def _component(part: dict[str, Any]) -> dict[str, Any]:
    name, version, licence = str(part["name"]), str(part["version"]), str(part["licence"])
    plain = re.sub(r"[^a-z0-9.+-]+", "-", name.lower()).strip("-")
    purl = f"pkg:{_KINDS[part['kind']]}/{plain}@{quote(version)}"
    made: dict[str, Any] = {
        "type": "library", "bom-ref": f"{part['of']}:{purl}" if part["of"] else purl, "name": name, "version": version,
        "purl": purl,
        "licenses": [{"expression": licence} if _EXPRESSION.fullmatch(licence) else {"license": {"name": licence}}],
        "externalReferences": [{"type": "source-distribution", "url": part["source"]}],
        "properties": [{"name": "file", "value": file} for file in part["files"] if ".so" in file or "/" in file],
    }  # fmt: skip
    if part["crates"]:
        made["components"] = [
            {key: crate[key] for key in ("type", "name", "version", "purl", "licenses") if key in crate}
            for crate in part["crates"]
        ]
    return made


def _model(card: Path) -> dict[str, Any]:
    """Weights: a version of their own they have not; what they are is their hash."""
    said = json.loads(card.read_text(encoding="utf-8"))
    return {
        "type": "machine-learning-model", "bom-ref": f"model:{card.stem}", "name": card.stem,
        "version": str(said["sha256"])[:12], "description": said["summary"],
        "licenses": [{"license": {"id": said["licence"]}}],
        "hashes": [{"alg": "SHA-256", "content": said["sha256"]}],
        "properties": [{"name": "file", "value": f"models/{card.stem}.safetensors"}],
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the bill of materials of a built program.")
    parser.add_argument("bundle", type=Path, help="its folder")
    parser.add_argument("-o", "--output", type=Path, required=True, help="JSON file to write")
    args = parser.parse_args()
    document = of(args.bundle)
    if wrong := faults(document):
        sys.exit("The bill of materials is not as CycloneDX wants it:\n" + "\n".join(wrong))
    args.output.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    print(args.output)


if __name__ == "__main__":
    main()
