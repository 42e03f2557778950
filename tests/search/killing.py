"""Kills a process at a random moment of a write, again and again, and looks at what is left.

``python -m tests.search.killing FOLDER KILLS SEED`` prints one line for each kill that left something wrong, and ends
with how often the old and the new state were met. A program of its own, because it forks.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.search.library import PLAN, RULES, document, engine
from zyqa.search.engine import LocalEngine

PAPERS = [document(f"第{place}号办法\n" + RULES, id=f"d{place}") for place in range(12)]
PLANS = [document(PLAN + f"\n三、第{place}版", id="plan") for place in range(2)]
Held = frozenset[tuple[str, str]]


def held(library: LocalEngine) -> Held:
    return frozenset((info.id, info.digest) for info in library.store.documents())


def choose(random: random.Random, state: Held) -> tuple[str, Callable[[LocalEngine], object], Held]:
    """A write: its name, the call, and the state after it."""
    there = dict(state)
    missing = [one for one in PAPERS if one.id not in there]
    plan = PLANS[0] if there.get("plan") != PLANS[0].digest else PLANS[1]
    actions: list[tuple[str, Callable[[LocalEngine], object], Held]] = [
        ("rebuild", lambda library: library.rebuild(), state),
        ("replace", lambda library: library.add([plan]), frozenset((there | {"plan": plan.digest}).items())),
    ]
    if missing:
        new = random.sample(missing, random.randint(1, len(missing)))
        after = state | {(one.id, one.digest) for one in new}
        actions += [("add", lambda library: library.add(new), after)] * 2
    if gone := sorted(there):
        name = random.choice(gone)
        actions += [("remove", lambda library: library.remove(name), state - {(name, there[name])})] * 2
    return random.choice(actions)


def main(folder: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    with engine(folder) as library:
        library.add(PAPERS[:4])
        state, usual = held(library), 0.2
    met: Counter[str] = Counter()
    while met.total() - met["finished"] < kills:
        name, write, after = choose(chance, state)
        started = time.monotonic()
        child = os.fork()
        if not child:
            with engine(folder) as library:
                write(library)
            os._exit(0)
        time.sleep(chance.uniform(0, usual))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status)
        usual = usual * 1.05 if killed else 0.7 * usual + 0.25 * (time.monotonic() - started)
        before, state = state, look(folder, f"{met.total()} {name}", {state, after})
        met["finished" if not killed else "old" if state == before else "new"] += 1
    with engine(folder) as library:
        library.rebuild()
        if problems := library.check(deep=True):
            sys.stdout.write(f"at the end: {problems}\n")
    sys.stdout.write(f"{dict(met)}\n")


def look(folder: Path, name: str, allowed: set[Held]) -> Held:
    """What the library holds after a kill; says so where it is neither the old nor the new state, or not whole."""
    with engine(folder, writable=False) as library:
        state = held(library)
        problems = library.check()
        hits = library.search("饮用水检测水质", 50)
        if state not in allowed or problems or not {hit.doc_id for hit in hits} <= {doc_id for doc_id, _ in state}:
            sys.stdout.write(f"round {name}: {sorted(state)} {problems} {hits}\n")
    return state


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
