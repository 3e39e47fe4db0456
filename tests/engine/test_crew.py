from __future__ import annotations

import threading
import time

import pytest
import torch

from restorer.engine.crew import Crew


@pytest.mark.parametrize("threads", [1, 2, 4])
@pytest.mark.parametrize("count", [0, 1, 3, 20])
def test_answers_come_in_order(threads: int, count: int) -> None:
    def square(n: int) -> int:
        time.sleep(0.001 * (n % 3))
        return n * n

    assert list(Crew(threads).each(square, list(range(count)))) == [n * n for n in range(count)]


def test_the_crew_works_side_by_side_without_gradients() -> None:
    meeting = threading.Barrier(2, timeout=10)

    def meet(_n: int) -> bool:
        meeting.wait()  # returns only if another tile is being computed at the same time
        return torch.is_inference_mode_enabled()

    crew = Crew(2)
    with crew.at_work():
        assert list(crew.each(meet, [0, 1, 2, 3])) == [True] * 4
        assert torch.get_num_threads() == 1


def test_two_fills_at_once_leave_the_setting_as_it_was() -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    first_in, second_began = threading.Event(), threading.Event()
    seen: list[int] = []

    def first() -> None:
        with Crew(1).at_work():
            first_in.set()
            second_began.wait(10)
            time.sleep(0.05)

    def second() -> None:
        first_in.wait(10)
        second_began.set()
        crew = Crew(2)
        with crew.at_work():
            time.sleep(0.1)
            seen.extend(crew.each(lambda _tile: torch.get_num_threads(), [0, 1, 2]))

    try:
        workers = [threading.Thread(target=work) for work in (first, second)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert seen == [1, 1, 1]
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_after_a_fault_nothing_new_is_begun() -> None:
    begun: list[int] = []

    def fail(n: int) -> None:
        begun.append(n)
        if n == 1:
            raise ValueError("no")
        time.sleep(0.02)

    with pytest.raises(ValueError, match="no"):
        list(Crew(2).each(fail, list(range(100))))
    assert len(begun) < 10
    assert not [t for t in threading.enumerate() if t.name.startswith("tiles")]
