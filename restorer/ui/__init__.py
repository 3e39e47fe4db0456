"""The window.  Importing any part of it first does what must be done before Qt is imported."""

from restorer.ui import before_qt as before_qt
