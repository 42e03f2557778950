"""The vectors of the clauses in FAISS: a byte a component, inner product; exact, or inverted lists for large libraries.

The id of a vector is the rowid of its clause in the store.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from zyqa.errors import StoreDamaged, StoreFull
from zyqa.search.arrays import checksum

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

FORMAT = "vectors-2"
_EXACT = 20_000  # up to here every vector is compared
_PROBES = 24  # inverted lists looked into beyond that
_SAMPLE = 64  # training vectors for each list
_NO_MAP, _HASHTABLE = 0, 2  # faiss.DirectMap.Type
_RANGE = 0.75  # of a component; of a normalised vector's 128 or more hardly one is larger
_BYTES = faiss.ScalarQuantizer.QT_8bit_uniform

faiss.omp_set_num_threads(1)  # a single query is faster so, and servers have threads of their own


class Vectors:
    """A FAISS index of normalised vectors, changed in memory and written as a whole."""

    def __init__(self, dimension: int) -> None:
        self._index: Any = _flat(dimension)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @classmethod
    def read(cls, path: Path) -> Vectors:
        """The vectors of a file.

        Raises:
            StoreDamaged: the file is no FAISS index.
        """
        vectors = cls.__new__(cls)
        try:
            vectors._index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise StoreDamaged(f"{path.name} is damaged: {error}", hint="run `zyqa doctor` to rebuild it") from error
        vectors._map()
        return vectors

    def write(self, path: Path) -> int:
        """Write the index; the CRC-32 of the file."""
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            path.unlink(missing_ok=True)
            raise StoreFull(f"no space to write to {path}", hint="free some space and try again") from error
        return checksum(path)

    # ------------------------------------------------------------ changes

    def add(self, batches: Iterable[tuple[Ints, Floats]]) -> None:
        """Add vectors (n, dimension) under ids (n,); inverted lists are made when there are enough."""
        for rowids, vectors in batches:
            self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), rowids)
        lists = int(len(self) ** 0.5)
        if len(self) > _EXACT and (not _is_ivf(self._index) or lists > 2 * self._index.nlist):
            self._index = _inverted(self._all(), self._ids(), lists)
        self._map()

    def remove(self, rowids: Ints) -> None:
        """Remove the vectors with these ids; those that are not there are passed over."""
        if _is_ivf(self._index):
            self._index.set_direct_map_type(_NO_MAP)
        self._index.remove_ids(faiss.IDSelectorBatch(rowids))
        self._map()

    def _map(self) -> None:
        if _is_ivf(self._index):
            self._index.nprobe = _PROBES
            self._index.set_direct_map_type(_HASHTABLE)

    def _ids(self) -> Ints:
        if not _is_ivf(self._index):
            return np.asarray(faiss.vector_to_array(self._index.id_map), np.int64)
        lists = self._index.invlists
        pieces = [
            faiss.rev_swig_ptr(lists.get_ids(one), lists.list_size(one)).copy()
            for one in range(lists.nlist)
            if lists.list_size(one)
        ]
        return np.concatenate(pieces) if pieces else np.zeros(0, np.int64)

    def _all(self) -> Floats:
        return self.rows(self._ids())

    # ------------------------------------------------------------ asking

    def ids(self) -> Ints:
        """The ids, ascending."""
        return np.sort(self._ids())

    def rows(self, rowids: Ints) -> Floats:
        """The vectors with these ids (n, dimension).

        Raises:
            RuntimeError: one of them is not there.
        """
        if not len(rowids):
            return np.zeros((0, self.dimension), np.float32)
        return np.asarray(self._index.reconstruct_batch(np.ascontiguousarray(rowids, np.int64)), np.float32)

    def scores(self, rowids: Ints, query: Floats) -> Floats:
        """The inner product of the query (dimension,) with each of these vectors."""
        return np.asarray(self.rows(rowids) @ query, np.float32)

    def search(self, query: Floats, count: int, allowed: Ints | None = None) -> tuple[Ints, Floats]:
        """The ids and inner products of the ``count`` nearest vectors, best first; among ``allowed`` ids if given."""
        count = min(count, len(self))
        if not count:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        params: Any = None
        if allowed is not None:
            kind: Any = faiss.SearchParametersIVF if _is_ivf(self._index) else faiss.SearchParameters
            params = kind(sel=faiss.IDSelectorBatch(allowed))
            if _is_ivf(self._index):
                params.nprobe = self._index.nlist
        products, ids = self._index.search(query.reshape(1, -1), count, params=params)
        found = ids[0] >= 0
        return ids[0][found], products[0][found]


def _flat(dimension: int) -> Any:
    index = faiss.IndexScalarQuantizer(dimension, _BYTES, faiss.METRIC_INNER_PRODUCT)
    index.train(_range(dimension))
    return faiss.IndexIDMap2(index)


def _inverted(vectors: Floats, ids: Ints, lists: int) -> Any:
    dimension = vectors.shape[1]
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dimension), dimension, lists, _BYTES, faiss.METRIC_INNER_PRODUCT, False
    )
    sample = np.random.default_rng(0).permutation(len(vectors))[: _SAMPLE * lists]
    index.train(vectors[np.sort(sample)])
    index.sq.train(_range(dimension))
    index.add_with_ids(vectors, ids)
    return index


def _range(dimension: int) -> Floats:
    """What the quantiser is trained with, so that the bytes of a vector do not depend on other vectors."""
    return np.array([[-_RANGE] * dimension, [_RANGE] * dimension], np.float32)


def _is_ivf(index: Any) -> bool:
    return isinstance(index, faiss.IndexIVF)
