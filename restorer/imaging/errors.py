"""The one error a person is meant to read."""

from __future__ import annotations


class RestorerError(Exception):
    """Something a person can act on: one clear sentence that says what to do.

    The command line prints it on stderr and exits with code 2; the window shows it in a dialog.  Anything else
    that is raised is a fault of the program.
    """


class Cancelled(Exception):  # noqa: N818 - nothing went wrong
    """Raised inside a job when its cancel flag was set."""
