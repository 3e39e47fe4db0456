"""A Debian package of the standalone program.

    python packaging/deb.py dist/restorer -o dist

The program lies in /usr/lib/restorer; menu entry, icons, kinds of files and AppStream's description where they belong.
No script runs at installation: the system's triggers see to menus, icons and kinds of files.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

import documents  # noqa: E402
import icons  # noqa: E402

from restorer import __version__  # noqa: E402

NAME = "restorer"
MAINTAINER = "Restorer's developers <restorer@example.org>"
LONG = (
    "Open a scan, paint over scratches, dust, cracks, stains or tears, or let the",
    "program find them, and get the picture back: filled by a neural network on",
    "this computer, without a graphics card and without the network. Nothing",
    "outside of what was marked is touched.",
)
OVERRIDES = {
    "embedded-library": "the program is self-contained: it runs the versions it was tested with",
    "custom-library-search-path": "its libraries lie beside it, and are found there",
    "unstripped-binary-or-object": "some wheels' libraries lose their alignment when stripped, and no longer load",
    "library-not-linked-against-libc": "libraries of wheels that only gather others",
    "shared-library-lacks-prerequisites": "libraries of wheels that only hold data",
    "hardening-no-pie": "built by the wheels' projects",
    "hardening-no-fortify-functions": "built by the wheels' projects",
    "extra-license-file": "each part's own licence is installed with it",
    "package-contains-documentation-outside-usr-share-doc": "the guide is read by the program",
    "initial-upload-closes-no-bugs": "it is handed out by the project and not uploaded to Debian",
}
"""Lintian's tags of self-contained programs, and why each is meant."""


def desktop_entry() -> str:
    mimes = ";".join(kind.mime for kind in documents.KINDS)
    return f"""[Desktop Entry]
Type=Application
Name={documents.NAME}
GenericName=Photograph restoration
GenericName[zh_CN]=照片修复
Comment={documents.SUMMARY}
Comment[zh_CN]={documents.SUMMARY_ZH}
Exec={NAME} %F
Icon={NAME}
Terminal=false
StartupNotify=true
StartupWMClass={NAME}
Categories=Graphics;2DGraphics;RasterGraphics;Photography;
Keywords=photo;scan;scratch;dust;repair;inpainting;
MimeType={mimes};
"""


def mime_types() -> str:
    kinds = "".join(
        f'  <mime-type type="{kind.mime}">\n    <comment>{escape(kind.called)}</comment>\n'
        + "".join(f'    <glob pattern="*.{ending}"/>\n' for ending in kind.endings)
        + "  </mime-type>\n"
        for kind in documents.KINDS
        if kind.own
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">\n{kinds}</mime-info>\n'


def metainfo(date: str) -> str:
    paragraphs = escape(" ".join(LONG))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{documents.IDENTIFIER}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>Apache-2.0</project_license>
  <name>{documents.NAME}</name>
  <summary>{documents.SUMMARY}</summary>
  <summary xml:lang="zh-CN">{documents.SUMMARY_ZH}</summary>
  <developer_name>Restorer's developers</developer_name>
  <description>
    <p>{paragraphs}</p>
  </description>
  <launchable type="desktop-id">{NAME}.desktop</launchable>
  <icon type="stock">{NAME}</icon>
  <categories>
    <category>Graphics</category>
    <category>Photography</category>
  </categories>
  <provides>
    <binary>{NAME}</binary>
{"".join(f"    <mediatype>{kind.mime}</mediatype>{chr(10)}" for kind in documents.KINDS)}  </provides>
  <content_rating type="oars-1.1"/>
  <releases>
    <release version="{__version__}" date="{date}"/>
  </releases>
</component>
"""


def manual() -> str:
    """restorer(1): what `restorer --help` says first."""
    return rf""".TH RESTORER 1 "" "restorer {__version__}" "User commands"
.SH NAME
restorer \- {documents.SUMMARY.lower()}
.SH SYNOPSIS
.B restorer
.RI [ FILE ...]
.br
.B restorer
.I COMMAND
\&...
.SH DESCRIPTION
{" ".join(LONG)}
.PP
Without a command it opens a window for each
.IR FILE .
.SH COMMANDS
.TP
.B fill
restore one picture where a mask is white
.TP
.B detect
find the damage of a picture and write it as a mask
.TP
.B batch
restore many pictures, or the frames of a film
.TP
.B models
list, show or verify the weights
.TP
.B replay
make an export again from its manifest
.TP
.B train adapt
teach weights by one's own photographs
.PP
Each says more with
.BR \-\-help .
.SH OPTIONS
.TP
.B \-\-version
name the version, the build and the weights
.TP
.B \-\-self\-test
restore a sample in the window, compare, and end
.SH EXIT STATUS
0 if everything that was asked was done; 2 if not, and a sentence says why.
The self-test: 3 other pixels, 4 a fault of the program, 5 not ready after 300 seconds; 2 also where there is no screen.
"""


def build(bundle: Path, output: Path, level: int = 6, *, trial: bool = False) -> Path:
    """The package of the program in `bundle`, written into `output`; `level` is xz's, 0..9.

    It gets its name when it is whole.  A trial's name says so, in the version, which is lower than the release's.
    """
    architecture = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()
    output.mkdir(parents=True, exist_ok=True)
    version = f"{__version__}~trial-1" if trial else f"{__version__}-1"
    target = output / f"{NAME}_{version}_{architecture}.deb"
    when = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", datetime.now(UTC).timestamp())), UTC)
    with tempfile.TemporaryDirectory(dir=output) as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["mkdir", "-p", str(tree / "usr/lib")], check=True)
        subprocess.run(["cp", "-a", "--reflink=auto", str(bundle), str(tree / "usr/lib" / NAME)], check=True)
        _tidy(tree / "usr/lib" / NAME)
        _write(tree / "usr/share/applications" / f"{NAME}.desktop", desktop_entry())
        _write(tree / "usr/share/mime/packages" / f"{NAME}.xml", mime_types())
        _write(tree / "usr/share/metainfo" / f"{documents.IDENTIFIER}.metainfo.xml", metainfo(when.date().isoformat()))
        svg = ROOT / "resources/icons/restorer.svg"
        for size in icons.SIZES:
            path = tree / f"usr/share/icons/hicolor/{size}x{size}/apps/{NAME}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(icons.drawn(svg, size))
        _write(tree / f"usr/share/icons/hicolor/scalable/apps/{NAME}.svg", svg.read_text(encoding="utf-8"))
        _compressed(tree / f"usr/share/man/man1/{NAME}.1.gz", manual())
        entry = f"{NAME} ({version}) unstable; urgency=medium\n\n"
        entry += f"  * See /usr/lib/{NAME}/_internal/docs/CHANGELOG.md.\n\n"
        entry += f" -- {MAINTAINER}  {format_datetime(when)}\n"
        _compressed(tree / f"usr/share/doc/{NAME}/changelog.Debian.gz", entry)
        _write(tree / f"usr/share/doc/{NAME}/copyright", _copyright())
        lines = [f"# {why}\n{NAME}: {tag}" for tag, why in OVERRIDES.items()]
        _write(tree / f"usr/share/lintian/overrides/{NAME}", "\n".join(lines) + "\n")
        (tree / "usr/bin").mkdir()
        (tree / "usr/bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
        _control(tree, version, architecture)
        subprocess.run(["find", str(tree), "-type", "d", "-exec", "chmod", "755", "{}", "+"], check=True)
        subprocess.run(
            # Debian 12's dpkg unpacks zstd too, but its lintian calls such a package malformed
            ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{level}", "--build", str(tree), f"{folder}/whole.deb"],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        (Path(folder) / "whole.deb").replace(target)
    return target


def _tidy(program: Path) -> None:
    """Permissions as Debian has them: only the programs can be run."""
    programs = {program / NAME, program / "_internal/torch/bin/torch_shm_manager"}
    for path in program.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(0o755 if path in programs else 0o644)


def _control(tree: Path, version: str, architecture: str) -> None:
    files = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink()]
    kibibytes = sum((path.stat().st_size + 1023) // 1024 for path in files)
    control = f"""Package: {NAME}
Version: {version}
Architecture: {architecture}
Maintainer: {MAINTAINER}
Installed-Size: {kibibytes}
Depends: libc6 (>= 2.36), libegl1, libgl1
Recommends: fonts-dejavu-core
Suggests: fonts-noto-cjk
Section: graphics
Priority: optional
Description: {documents.SUMMARY.lower()}
{"".join(f" {line}{chr(10)}" for line in LONG)}"""
    _write(tree / "DEBIAN/control", control)
    sums = "".join(f"{_md5(path)}  {path.relative_to(tree).as_posix()}\n" for path in files)
    _write(tree / "DEBIAN/md5sums", sums)


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "md5").hexdigest()


def _copyright() -> str:
    return (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        "Upstream-Name: Restorer\n"
        "Comment: The program contains parts of other projects, each under its own licence:\n"
        f" /usr/lib/{NAME}/_internal/licences/README.txt lists them, their texts lie beside it.\n\n"
        "Files: *\nCopyright: 2026 Restorer's developers\nLicense: Apache-2.0\n"
        " On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.\n"
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)


def _compressed(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    path.chmod(0o644)


def main() -> None:
    parser = argparse.ArgumentParser(description="Make a Debian package of the standalone program.")
    parser.add_argument("bundle", type=Path, help="its folder")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist", help="folder for the package")
    parser.add_argument("--level", type=int, default=6, help="of xz, 0 to 9; 0 is quick, for trials (default: 6)")
    parser.add_argument("--trial", action="store_true", help="let its name say that it is no release")
    args = parser.parse_args()
    if shutil.which("dpkg-deb") is None:
        parser.error("dpkg-deb is not there: install the package dpkg")
    print(build(args.bundle.resolve(), args.output.resolve(), args.level, trial=args.trial))


if __name__ == "__main__":
    main()
