"""The bill of materials of a built program, as CycloneDX 1.6 JSON (https://cyclonedx.org/docs/1.6/json/).

    python packaging/sbom.py dist/restorer -o dist/restorer.cdx.json

Made from the inventory that the build writes (licences.py), so that it lists what is really bundled.
"""

from __future__ import annotations

import argparse
import json
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

INVENTORY = "_internal/licences/inventory.json"


def of(bundle: Path) -> dict[str, Any]:
    """The document for the program in `bundle`."""
    parts = json.loads((bundle / INVENTORY).read_text(encoding="utf-8"))
    build = json.loads((bundle / "_internal/build.json").read_text(encoding="utf-8"))
    weights = [
        {
            "type": "machine-learning-model",
            "bom-ref": f"model:{card.stem}",
            "name": card.stem,
            "hashes": [{"alg": "SHA-256", "content": json.loads(card.read_text(encoding="utf-8"))["sha256"]}],
        }
        for card in sorted((bundle / "_internal/models").glob("*.json"))
    ]
    components = [_component(part) for part in parts] + weights
    program = {
        "type": "application", "bom-ref": "restorer", "name": "restorer", "version": str(build["version"]),
        "licenses": [{"license": {"id": "Apache-2.0"}}],
        "properties": [{"name": f"build:{name}", "value": str(value)} for name, value in build.items()],
    }  # fmt: skip
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([build, parts]))}",
        "version": 1,
        "metadata": {"timestamp": datetime.now(UTC).isoformat(timespec="seconds"), "component": program},
        "components": components,
        "dependencies": [{"ref": "restorer", "dependsOn": [component["bom-ref"] for component in components]}],
    }


def _component(part: dict[str, Any]) -> dict[str, Any]:
    name, version = str(part["name"]), str(part["version"])
    kind = {"python": "pypi", "system": "deb/debian", "runtime": "generic"}[part["kind"]]
    reference = f"pkg:{kind}/{quote(name.lower().replace('_', '-'))}@{quote(version)}"
    return {
        "type": "library", "bom-ref": reference, "name": name, "version": version, "purl": reference,
        "licenses": [{"license": {"name": part["licence"]}}],
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the bill of materials of a built program.")
    parser.add_argument("bundle", type=Path, help="its folder")
    parser.add_argument("-o", "--output", type=Path, required=True, help="JSON file to write")
    args = parser.parse_args()
    args.output.write_text(json.dumps(of(args.bundle), indent=1) + "\n", encoding="utf-8")
    print(args.output)


if __name__ == "__main__":
    main()
