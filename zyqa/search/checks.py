"""Whether a library is whole, and whether anything is left in it of documents that were removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from zyqa.errors import StoreDamaged, StoreStale
from zyqa.search import lexical
from zyqa.search.indexes import Indexes, State
from zyqa.search.records import FACTS
from zyqa.search.store import Store


def check(store: Store, indexes: Indexes, *, deep: bool) -> list[str]:
    """What is wrong, in words. ``deep`` compares the indexes with what the store yields and looks into free space."""
    found = list(_store(store))
    try:
        state = indexes.load()
    except (StoreDamaged, StoreStale) as error:
        return [*found, f"{error}; {error.hint}"]
    found += _agreement(store, state)
    if deep:
        found += _exact(indexes, state)
        found += [f"the leftover {name} lies beside the indexes" for name in indexes.leftovers(store.part_names())]
        if slack := store.slack():
            found.append(slack)
    return [f"{one}; `zyqa doctor --rebuild` mends it" if "store is damaged" not in one else one for one in found]


def _store(store: Store) -> Iterator[str]:
    for (message,) in store.query("PRAGMA integrity_check"):
        if message != "ok":
            yield f"the store is damaged: {message}"
    for table in ("clauses", *FACTS):
        select = f"SELECT count(*) FROM {table} WHERE document NOT IN (SELECT rowid FROM documents)"
        if count := store.query(select)[0][0]:
            yield f"{count} rows of {table} belong to no document"


def _agreement(store: Store, state: State) -> Iterator[str]:
    """The indexes hold the store's documents, each once, clauses of theirs, and no others."""
    documents = [row[0] for row in store.query("SELECT rowid FROM documents")]
    yield from _same("lexical index: documents", state.lexicon.documents.tolist(), documents)
    clauses = state.lexicon.clauses.tolist()
    known = {row[0] for row in store.query("SELECT rowid FROM clauses")}
    yield from _same("lexical index: clauses", clauses, list(known.intersection(clauses)))
    if state.vectors is not None:
        yield from _same("vectors", state.vectors.ids().tolist(), clauses)


def _same(name: str, held: list[int], wanted: list[int]) -> Iterator[str]:
    counted, expected = Counter(held), Counter(wanted)
    if more := (counted - expected).total():
        yield f"{name}: {more} too many"
    if less := (expected - counted).total():
        yield f"{name}: {less} are missing"


def _exact(indexes: Indexes, state: State) -> Iterator[str]:
    """Every array of every part is what the documents that are now in the store yield, so nothing else is in it."""
    for name, part in state.parts.items():
        fresh = lexical.merged([placed.part for placed in indexes.placed(None, part.documents.tolist())]).arrays()
        if not all(np.array_equal(array, fresh[key]) for key, array in part.arrays().items()):
            yield f"the index file {name} holds something else than the store's documents yield"
