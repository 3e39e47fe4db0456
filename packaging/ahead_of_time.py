"""The loops that numba compiles at first use, compiled at build time instead.

Numba needs LLVM, 195 MB on disk, and in a program whose sources are packed away it cannot keep its machine code either:
every start that saves a JPEG would compile for seconds.  The two entrances of `jpeg_entropy` have one signature each,
so that their machine code, for any processor of the platform, is all that has to be bundled.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from unittest import mock

MODULE = "jpeg_entropy_compiled"
"""Name of the extension module; `restorer.imaging.files.jpeg_entropy` looks for it beside itself."""


def compiled(folder: Path) -> Path:
    """Compile into `folder`; the path of the extension module.  Needs a C compiler, which links it."""
    from numba.core.compiler import Flags

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # numba means to replace pycc, and keeps it until then
        from numba.pycc import CC
    from restorer.imaging.files import jpeg_entropy

    def without_the_lock() -> Flags:
        flags = Flags()
        flags.release_gil = True  # as nogil=True does: the window stays alive meanwhile
        return flags

    folder.mkdir(parents=True, exist_ok=True)
    module = CC(MODULE, jpeg_entropy)
    module.output_dir = str(folder)
    module.target_cpu = ""  # any, not the one that builds
    for name, signature in jpeg_entropy.SIGNATURES.items():
        module.export(name, signature)(getattr(jpeg_entropy, name).py_func)
    with mock.patch("numba.pycc.compiler.Flags", without_the_lock):
        module.compile()
    return folder / module.output_file
