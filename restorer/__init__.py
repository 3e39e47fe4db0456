"""Restorer: brings damaged photographs back."""

__version__ = "0.1.0"
