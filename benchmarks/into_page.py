"""Tables into a page of docs, between `<!-- NAME -->` and `<!-- end NAME -->`: made by a command, never by hand."""

from __future__ import annotations

import re
from pathlib import Path


def put(page: Path, name: str, text: str) -> None:
    """Replace what stands there.

    Raises:
        SystemExit: the page has no such place.
    """
    old = page.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->\n", f"<!-- end {name} -->"
    new, count = re.subn(
        f"(?<={re.escape(begin)}).*?(?={re.escape(end)})", lambda _found: text.rstrip() + "\n", old, flags=re.DOTALL
    )
    if count != 1:
        raise SystemExit(f"{page} has no place for {name}")
    page.write_text(new, encoding="utf-8")
