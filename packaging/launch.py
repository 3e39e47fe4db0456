"""Where the standalone program begins."""

import multiprocessing
import signal
import sys

import no_compiler

from restorer import interruption


def main() -> int:
    multiprocessing.freeze_support()  # a worker of `restorer batch` is this program again
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:  # before_all.py
        signal.signal(signal.SIGINT, signal.default_int_handler)
    with interruption.ends_at_once():
        no_compiler.install()
        from restorer.imaging.files import native

        native.command = (sys.executable, native.ARGUMENT)
        if sys.argv[1:] != [native.ARGUMENT]:
            from restorer.__main__ import main as restorer
    if sys.argv[1:] == [native.ARGUMENT]:
        native.serve()
        return 0
    return restorer()


if __name__ == "__main__":
    sys.exit(main())
