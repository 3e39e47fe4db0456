"""Where the standalone program begins."""

import multiprocessing
import sys

import no_compiler

from restorer.imaging.files import native


def main() -> int:
    multiprocessing.freeze_support()  # a worker of `restorer batch` is this program again
    no_compiler.install()
    native.command = (sys.executable, native.ARGUMENT)
    if sys.argv[1:] == [native.ARGUMENT]:
        native.serve()
        return 0
    from restorer.__main__ import main as restorer

    return restorer()


if __name__ == "__main__":
    sys.exit(main())
