"""The same work on the workers of a Dask cluster (Rocklin, SciPy 2015).

Pictures are not sent: each worker opens them under the path that they have here, and writes beside the journal, so all
need the same folders under the same paths (a network disk).  Only this side keeps the journal and gives files their
names.  A worker that dies has its files given to another one; each attempt writes to a staging folder of its own, so
whatever an attempt that was given up still writes is in nobody's way.

Whoever can reach a Dask scheduler can run programs on its workers: keep it on a network of your own.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version
from multiprocessing import connection, get_context
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from restorer import __version__
from restorer.batch.hands import Message, usable_cores
from restorer.batch.one_file import Networks, done_alone, weights_of
from restorer.batch.outcome import Outcome
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from restorer.batch.entries import Entry
    from restorer.batch.hands import Hands
    from restorer.batch.settings import Settings

PATIENCE = 30
"""Seconds in which a scheduler must answer."""

GONE = "The scheduler is gone: start it again, and go on with --resume."

AHEAD = 2
"""Files a thread of a worker: one that it works on and one that waits there."""


def on_cluster(address: str, threads: int | None = None) -> Callable[[Settings], Hands]:
    """What `Batch(hands=…)` takes.

    Args:
        address: of the scheduler, as `tcp://HOST:8786`.
        threads: of each worker; by default the cores of its computer are shared among the workers there.

    Raises:
        RestorerError: Dask is not installed.
    """
    try:
        import distributed  # noqa: F401
    except ModuleNotFoundError:
        raise RestorerError(
            "A cluster needs Dask, which is not installed: pip install -c constraints.txt 'restorer[cluster]', "
            "here and on each worker."
        ) from None
    return lambda settings: ClusterHands(address, settings, threads)


class ClusterHands:
    """The workers of the scheduler at `address`, as many as there are at each moment.

    Raises:
        RestorerError: it does not answer, or has no workers.
    """

    def __init__(self, address: str, settings: Settings, threads: int | None = None) -> None:
        from distributed import Client

        try:
            self._client: Any = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TypeError) as error:  # ValueError and TypeError are for an address that is none
            said = " ".join(str(error).split())[:120]
            raise RestorerError(
                f"The scheduler {address} does not answer ({said}): check its address, or start it with `dask "
                "scheduler` and workers with `dask worker ADDRESS`."
            ) from None
        if not self._workers():
            self._client.close()  # type: ignore[no-untyped-call]
            raise RestorerError(f"The scheduler {address} has no workers: start some with `dask worker {address}`.")
        self._settings = replace(_anchored(settings), threads=threads or self._fair_threads())
        self._same = _same(self._settings)
        self._futures: dict[int, Any] = {}
        self._cancelled: set[int] = set()
        self._refused: set[int] = set()
        self._done: SimpleQueue[int] = SimpleQueue()
        self._rung, self._bell = get_context("spawn").Pipe(duplex=False)

    def _workers(self) -> dict[str, Any]:
        try:
            workers: dict[str, Any] = self._client.scheduler_info(n_workers=-1)["workers"]
        except (KeyError, OSError):  # while it is gone
            return {}
        return workers

    def _fair_threads(self) -> int:
        workers = self._workers()
        cores: dict[str, int] = self._client.run(usable_cores)
        hosts = [worker["host"] for worker in workers.values()]
        return max(1, min(cores[at] // hosts.count(worker["host"]) for at, worker in workers.items() if at in cores))

    @property
    def room(self) -> int:
        threads: int = sum(worker["nthreads"] for worker in self._workers().values())
        return max(1, AHEAD * threads) - len(self._futures)

    def give(self, entry: Entry, staged: Path) -> None:
        if self._client.status in ("closing", "closed"):
            self._refused.add(entry.number)
            self._ring(entry.number)
            return
        future = self._client.submit(
            one_file, entry, self._settings, staged, self._same, key=f"restorer-{staged.name}", pure=False, retries=2
        )
        self._futures[entry.number] = future
        future.add_done_callback(lambda _future: self._ring(entry.number))

    def _ring(self, number: int) -> None:
        """Mostly on Dask's own thread."""
        self._done.put(number)
        self._bell.send_bytes(b"!")

    def cancel(self, number: int) -> None:
        future = self._futures.get(number)
        if future is not None:
            self._cancelled.add(number)
            future.cancel()

    def wait(self, wake: Connection) -> list[Message]:
        ready = connection.wait([wake, self._rung])
        if self._rung not in ready:
            return []
        said: list[Message] = []
        while self._rung.poll():
            self._rung.recv_bytes()
        while True:
            try:
                number = self._done.get_nowait()
            except Empty:
                return said
            future = self._futures.pop(number, None)
            if number in self._refused:
                said.append(Message("finished", number, "write", 1.0, Outcome("failed", GONE)))
            elif future is not None:
                said.append(_message(number, future, cancelled=number in self._cancelled))

    def close(self, *, kill: bool) -> None:
        if kill and self._client.status == "running":
            self._client.cancel(list(self._futures.values()))
        self._client.close()


def _message(number: int, future: Any, *, cancelled: bool) -> Message:
    if future.status == "finished":
        return Message("finished", number, "write", 1.0, *future.result())
    if cancelled:
        return Message("finished", number, "write", 1.0, Outcome("skipped", "Skipped."))
    if future.status in ("cancelled", "lost"):
        return Message("finished", number, "write", 1.0, Outcome("failed", GONE))
    if type(future.exception()).__name__ == "KilledWorker":
        return Message("lost", number)
    said = " ".join(str(future.exception()).split())[:200]
    return Message(
        "finished", number, "write", 1.0, Outcome("failed", f"The cluster gave it up ({said}): see its log.")
    )


def _anchored(settings: Settings) -> Settings:
    """With the paths of weights absolute: workers were started elsewhere."""

    def anchored(name: str | None) -> str | None:
        return str(Path(name).absolute()) if name is not None and name.endswith(".safetensors") else name

    return replace(settings, model=anchored(settings.model), detector=anchored(settings.detector))


def _same(settings: Settings) -> dict[str, str]:
    """What has to be the same on each computer, so that pixels are: the program, torch, and the weights."""
    own = {"Restorer": __version__, "torch": version("torch").partition("+")[0]}
    return own | {f"{what} weights": found.sha256[:12] for what, found in weights_of(settings).items()}


def one_file(entry: Entry, settings: Settings, staged: Path, same: dict[str, str]) -> tuple[Outcome, Path]:
    """What a worker does, and the folder that it wrote to; what goes wrong with the file is in the outcome.

    Args:
        entry: the file.
        settings: of the batch.
        staged: the folder that is meant for it.
        same: what this worker has to have as well; see `_same`.
    """
    from distributed import get_worker

    if not entry.source.exists() or not staged.parent.is_dir():
        missing = entry.source if staged.parent.is_dir() else staged.parent
        sentence = (
            f"The worker {get_worker().address} does not see {missing}: pictures and output need the same paths on "
            "each worker, as on a network disk."
        )
        return Outcome("failed", sentence), staged
    try:
        here = _same(settings)
    except RestorerError as error:
        return Outcome("failed", f"The worker {get_worker().address} cannot do it: {error}"), staged
    unlike = {what: wanted for what, wanted in same.items() if here.get(what) != wanted}
    if unlike:
        other = [f"{what} {here.get(what)} instead of {wanted}" for what, wanted in unlike.items()]
        sentence = f"The worker {get_worker().address} has {', '.join(other)}: install there what is here."
        return Outcome("failed", sentence), staged
    place = staged.with_name(f"{staged.name}-{secrets.token_hex(4)}")  # one that a lost worker's attempt is not in
    place.mkdir()
    return done_alone(entry, settings, _networks(settings), place), place


@lru_cache(maxsize=1)
def _networks(settings: Settings) -> Networks:
    """Kept from file to file; threads of one worker share it, and compute one file at a time."""
    return Networks(settings)
