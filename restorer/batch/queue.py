"""The queue of files: what runs, what waits, and what a person says meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections import deque
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]

from restorer.batch.hands import LocalHands, share_cores
from restorer.batch.journal import Journal, noted_in, refusal, there
from restorer.batch.one_file import weights_of
from restorer.batch.outcome import Event, Outcome
from restorer.batch.verdicts import Verdicts
from restorer.document.source import file_sha256
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from restorer.batch.entries import Entry
    from restorer.batch.hands import Hands, Message
    from restorer.batch.journal import Finished
    from restorer.batch.settings import Settings
    from restorer.batch.verdicts import Verdict

MEMORY = 0.7
"""Share of the memory free at the start that the files worked on may take together."""

TRIES = 2
"""A file whose process died is tried so often; the last time with no other beside it."""

DIED = (
    "The process that worked on it ended without a word, twice: it may need more memory than there is, or be damaged. "
    "Open it alone to see."
)
SKIPPED = Outcome("skipped", "Skipped.")
NOT_BEGUN = Outcome("skipped", "Not begun: the batch was stopped, and can go on.")


class Batch:
    """Restores entries into a folder.  `run` belongs to one thread; the other methods may be called on any.

    Args:
        entries: what `plan` made, with masks if they are to be used.
        output: the folder to write to; made if it is missing.
        settings: for all of them.
        resume: believe what an earlier run has finished there, where its files still hold it.
        overwrite: replace files that are there already; never one of the inputs.
        renew: replace results of these entries that an earlier run has made with other settings, and nothing else.
        workers: processes; see `share_cores`.
        hands: who does the work instead of processes on this computer.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        output: Path,
        settings: Settings,
        *,
        resume: bool = False,
        overwrite: bool = False,
        renew: bool = False,
        workers: int = 1,
        hands: Callable[[Settings], Hands] | None = None,
    ) -> None:
        self.entries = tuple(entries)
        self.outcomes: dict[int, Outcome] = {}
        self.targets: dict[int, Path] = {}
        self.rejected: set[int] = set()
        """Those of them whose results a person has rejected in an earlier run, and put aside."""
        self.lines: dict[Path, Finished] = {}
        """What the folder's journal told at the end of the run, by target."""
        self.begun = False
        self._by_number = {entry.number: entry for entry in entries}
        self._output = Path(os.path.abspath(output))  # noqa: PTH100 - links keep the names that people gave them
        self._resume, self._overwrite, self._renew = resume, overwrite, renew
        count, threads = share_cores(workers, settings.threads)
        self._settings = replace(settings, threads=threads) if hands is None else settings
        self._hands = hands or (lambda chosen: LocalHands(chosen, count))
        self._lock = Lock()
        self._woken, self._waker = multiprocessing.get_context("spawn").Pipe(duplex=False)
        self._paused = self._stopped = False
        self._to_skip: set[int] = set()
        self._dropped: set[int] = set()
        self._renewed: set[int] = set()
        self._waiting: deque[Entry] = deque()
        self._running: dict[int, Path] = {}
        self._tries: dict[int, int] = {}

    def entry(self, number: int) -> Entry:
        """The entry of that number."""
        return self._by_number[number]

    # --- what a person says, on any thread -----------------------------------------------------------------

    def pause(self) -> None:
        """Begin no further file; what has been begun is finished."""
        self._say(paused=True)

    def go_on(self) -> None:
        """The end of a pause."""
        self._say(paused=False)

    def skip(self, number: int) -> None:
        """Leave an entry out; also one that is being worked on, whose result is dropped."""
        self._say(skip=number)

    def cancel(self) -> None:
        """Stop: what is being worked on is given up, what is finished stays; a later run can resume."""
        self._say(stopped=True)

    def _say(self, *, paused: bool | None = None, skip: int | None = None, stopped: bool = False) -> None:
        with self._lock:
            self._paused = self._paused if paused is None else paused
            self._stopped |= stopped
            if skip is not None:
                self._to_skip.add(skip)
            if not self._woken.poll():
                self._waker.send_bytes(b"!")

    # --- the run -------------------------------------------------------------------------------------------

    def run(self, told: Callable[[Event], None] = lambda _event: None) -> dict[int, Outcome]:
        """Work until every entry has an outcome; these are returned, by number.

        Args:
            told: called with each event, on this thread.

        Raises:
            RestorerError: there are no such weights, or the folder cannot be written to, or is written to by another
                batch.  What is wrong with a single file is its outcome.
        """
        key = self._key()
        journal = Journal(self._output)
        self.begun = True
        try:
            journal.clear()
            self._prepare(journal, key, told)
            if self._waiting:
                self._work(journal, key, told)
        finally:
            with suppress(RestorerError):
                journal.clear()
            self.lines = journal.lines
            journal.close()
        return self.outcomes

    def made_otherwise(self) -> int:
        """How many results of these pictures lie there that were made with other settings or weights.

        They are neither believed nor replaced, unless that is asked for.  Nothing is changed.

        Raises:
            RestorerError: there are no such weights, or the journal cannot be read.
        """
        if self._overwrite or self._renew or not (lines := noted_in(self._output)):
            return 0
        key = self._key()
        places = [(entry, place) for entry in self.entries for place in {entry.target, entry.copy}]
        mine = [lines[place] for entry, place in places if place in lines and lines[place].source == entry.source]
        return sum(one.settings != key and there(one) for one in mine)

    def _key(self) -> str:
        """Of what was asked, for the journal."""
        return self._settings.fingerprint({what: found.sha256 for what, found in weights_of(self._settings).items()})

    def _prepare(self, journal: Journal, key: str, told: Callable[[Event], None]) -> None:
        """Sort out what is finished, what cannot be done, and what waits."""
        verdicts = Verdicts(self._output)
        for entry in self.entries:
            try:
                noted = journal.noted(entry, key) if self._resume and not entry.fault else None
                verdict = None if noted is None else verdicts.of(noted.target, noted.outcome.files[0][2])
                if noted is not None and verdict is not None and verdict.word == "rejected":
                    self.rejected.add(entry.number)
                    self._close(entry, noted.outcome, told, noted.target, before=True)
                    continue
                before = (
                    noted if noted and _accepted(noted, verdict) else journal.finished(entry, key) if noted else None
                )
                if self._renew and before is None and not entry.fault and journal.may_be_renewed(entry):
                    self._renewed.add(entry.number)
                fault = entry.fault or (None if before else refusal(entry, overwrite=self._may_replace(entry)))
            except RestorerError as error:
                before, fault = None, str(error)
            if before is not None:
                self._close(entry, before.outcome, told, before.target, before=True)
            elif fault:
                self._close(entry, Outcome("failed", fault, remarks=entry.remarks), told)
            else:
                self._waiting.append(entry)

    def _may_replace(self, entry: Entry) -> bool:
        return self._overwrite or entry.number in self._renewed

    def _work(self, journal: Journal, key: str, told: Callable[[Event], None]) -> None:
        budget = MEMORY * psutil.virtual_memory().available
        hands = self._hands(self._settings)
        ended = False
        try:
            while self._waiting or self._running:
                self._obey(hands, told)
                while self._may_begin(hands, budget):
                    entry = self._waiting.popleft()
                    self._running[entry.number] = staged = journal.stage()
                    self._tries[entry.number] = self._tries.get(entry.number, 0) + 1
                    told(Event("started", entry.number))
                    hands.give(entry, staged)
                if self._waiting or self._running:
                    for message in hands.wait(self._woken):
                        self._hear(message, journal, key, told)
            ended = True
        finally:
            hands.close(kill=not ended or self._stopped)

    def _may_begin(self, hands: Hands, budget: float) -> bool:
        if not self._waiting or self._paused or self._stopped or hands.room < 1:
            return False
        if not self._running:
            return True
        first = self._waiting[0]
        suspects = (first.number, *self._running)
        if any(self._tries.get(number, 0) >= (1 if number == first.number else 2) for number in suspects):
            return False  # a file whose process died goes alone
        taken = sum(self._by_number[number].memory for number in self._running)
        return taken + first.memory <= budget

    def _obey(self, hands: Hands, told: Callable[[Event], None]) -> None:
        with self._lock:
            while self._woken.poll():
                self._woken.recv_bytes()
            to_skip, self._to_skip = self._to_skip, set()
            stopped = self._stopped
        for entry in list(self._waiting):
            if stopped or entry.number in to_skip:
                self._waiting.remove(entry)
                self._close(entry, SKIPPED if entry.number in to_skip else NOT_BEGUN, told)
        for number in list(self._running):
            if stopped or number in to_skip:
                self._dropped.add(number)
                hands.cancel(number)

    def _hear(self, message: Message, journal: Journal, key: str, told: Callable[[Event], None]) -> None:
        staged = self._running.get(message.number)
        if staged is None:
            return
        entry = self._by_number[message.number]
        if message.kind == "at":
            told(Event("progress", entry.number, message.stage, message.share))
            return
        del self._running[entry.number]
        dropped = message.kind == "lost" and (entry.number in self._dropped or self._stopped)
        if message.kind == "lost" and not dropped and self._tries[entry.number] < TRIES:
            shutil.rmtree(staged, ignore_errors=True)
            self._waiting.appendleft(entry)
            return
        outcome, target = message.outcome or (SKIPPED if dropped else Outcome("failed", DIED)), None
        if outcome.good:
            try:
                target = journal.finish(
                    entry, key, outcome, message.staged or staged, overwrite=self._may_replace(entry)
                )
            except RestorerError as error:
                outcome = replace(outcome, status="failed", sentence=str(error), files=())
        if not outcome.good:
            shutil.rmtree(staged, ignore_errors=True)
        self._close(entry, outcome, told, target)

    def _close(
        self,
        entry: Entry,
        outcome: Outcome,
        told: Callable[[Event], None],
        target: Path | None = None,
        *,
        before: bool = False,
    ) -> None:
        self.outcomes[entry.number] = outcome
        if target is not None:
            self.targets[entry.number] = target
        kind = "done" if outcome.good else "skipped" if outcome.status == "skipped" else "failed"
        if entry.number in self.rejected:
            kind = "rejected"
        told(Event(kind, entry.number, "write", 1.0, outcome, target, before))  # type: ignore[arg-type]


def _accepted(one: Finished, verdict: Verdict | None) -> bool:
    """Has a person accepted what lies there, be it another picture than the one that was made?"""
    return (
        verdict is not None
        and verdict.word == "accepted"
        and one.target.is_file()
        and file_sha256(one.target) == verdict.sha256
    )
