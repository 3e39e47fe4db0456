"""Decoders of other projects, in a process of their own: what kills one there costs a sentence, not the program.

The child is started at the first need (about a third of a second) and kept; it ends with the program, because its
standard input closes.  It is no `multiprocessing` process, since those run a person's script a second time.

Asked for are pixels only, as (kind, file); the answer is a line of JSON and the bytes of the array.  TIFF, PNG and JPEG
are decoded in the program itself: their libraries are small, old and fuzzed for decades, and their pixels need not be
copied then.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.files.photograph import Header, Pixels

ARGUMENT = "--decode-for-the-program"
"""How a frozen program may be told to be the child: its `main` calls `serve` then."""

command: tuple[str, ...] | None = (
    None
    if getattr(sys, "frozen", False)
    else (sys.executable, "-c", "from restorer.imaging.files.native import serve; serve()")
)
"""What starts the child.  None decodes in the program itself: a frozen program that knows ARGUMENT sets it at start."""

_PATIENCE, _PATIENCE_PER_MEGAPIXEL = 20.0, 4.0  # seconds
_START = 60.0  # seconds for the child to come up on a busy computer
_SPARE = 1 << 30  # bytes the child may take beyond the picture's own need


class DecodeError(ValueError):
    """The decoder did not like the file; its message says why."""


class _Child:
    """One process that decodes, one file after the other."""

    def __init__(self, start: tuple[str, ...]) -> None:
        here = str(Path(__file__).parents[3])
        paths = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))
        self.process = subprocess.Popen(
            start, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )  # fmt: skip
        with _Deadline(self.process, _START):
            if self._output.readline() != b"ready\n":
                self.end()
                raise RestorerError("The part of the program that reads this format does not start: install it again.")

    @property
    def _output(self) -> IO[bytes]:
        assert self.process.stdout is not None
        return self.process.stdout

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):  # a question that the child no longer took
                    pipe.close()

    def decode(self, header: Header, kind: str, seconds: float) -> Pixels:
        """Raises DecodeError, MemoryError, EOFError if the child died, TimeoutError."""
        question = {"kind": kind, "path": os.fsdecode(header.path.absolute()), "most": header.memory + _SPARE}
        assert self.process.stdin is not None
        with _Deadline(self.process, seconds) as deadline:
            try:
                self.process.stdin.write(json.dumps(question).encode() + b"\n")
                self.process.stdin.flush()
                line = self._output.readline()
                answer: dict[str, Any] = json.loads(line) if line.endswith(b"\n") else {}
                if "shape" in answer:
                    pixels = np.empty(_checked(answer["shape"], header), np.dtype(answer["dtype"]))
                    if self._output.readinto(pixels.data.cast("B")) == pixels.nbytes:  # type: ignore[attr-defined]
                        return pixels
                    answer = {}
            except BrokenPipeError:
                answer = {}
        if deadline.passed:
            raise TimeoutError
        if "memory" in answer:
            raise MemoryError
        if "error" in answer:
            raise DecodeError(answer["error"])
        raise EOFError


def _checked(shape: list[int], header: Header) -> tuple[int, ...]:
    """Raises DecodeError if the decoder found a picture of another size than its header promises."""
    if shape[:2] not in ([header.height, header.width], [header.width, header.height]) or len(shape) > 3:
        raise DecodeError("its header is damaged")
    return tuple(shape)


class _Deadline:
    """Ends a process that takes longer."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self._process = process
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self.passed = False

    def _end(self) -> None:
        self.passed = True
        self._process.kill()

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


_lock = threading.Lock()
_child: _Child | None = None


def decode(header: Header, kind: str) -> Pixels:
    """The stored pixels of the file that `header` describes, from the decoder called `kind` (see `decoders`).

    Raises:
        RestorerError: the decoder died or did not end; DecodeError; MemoryError.
    """
    global _child
    if command is None:
        from restorer.imaging.files import decoders

        return decoders.DECODERS[kind](header.path)
    seconds = _PATIENCE + _PATIENCE_PER_MEGAPIXEL * header.width * header.height / 1e6
    with _lock:
        if _child is not None and _child.process.poll() is not None:
            _stop()
        if _child is None:
            _child = _Child(command)
        try:
            return _child.decode(header, kind, seconds)
        except (EOFError, TimeoutError, ValueError) as error:
            if isinstance(error, DecodeError) and "header" not in str(error):
                raise
            _stop()  # after half an answer nothing more can be asked
            if isinstance(error, ValueError):
                raise
            how = "takes too long to read" if isinstance(error, TimeoutError) else "makes its reader fail"
            raise RestorerError(
                f"“{header.path.name}” {how}, so it is damaged or was made to do harm: copy or scan it again."
            ) from error


def _stop() -> None:
    global _child
    if _child is not None:
        _child.end()
        _child = None


atexit.register(_stop)


# --- the child -------------------------------------------------------------------------------------------------------


def serve() -> None:
    """Answer questions from the standard input until it closes; runs in the child."""
    from restorer.imaging.files import decoders

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a decoder prints must not get among the answers
    answers.write(b"ready\n")
    answers.flush()
    for line in sys.stdin.buffer:
        question = json.loads(line)
        pixels = None
        try:
            with decoders.memory_limit(question["most"]):
                pixels = np.ascontiguousarray(decoders.DECODERS[question["kind"]](Path(question["path"])))
            answer: dict[str, Any] = {"shape": pixels.shape, "dtype": pixels.dtype.str}
        except MemoryError:
            answer = {"memory": True}
        except Exception as error:
            answer = {"error": (str(error).splitlines() or [type(error).__name__])[0]}
        answers.write(json.dumps(answer).encode() + b"\n")
        if pixels is not None and "shape" in answer:
            answers.write(pixels.data.cast("B") if pixels.size else b"")
        answers.flush()
