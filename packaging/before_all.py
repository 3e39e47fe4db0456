"""Runs in the standalone program before PyInstaller's own preparations, which load Qt's bindings among others.

Ctrl+C ends it there as it ends any program; KeyboardInterrupt would be a traceback, or an abort within Qt's bindings.
`launch.py` gives the signal back to Python.
"""

import signal

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
