"""Reading written files back, to count them (读回核对): tidied codes, one row an enterprise."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from yanzhen.kernel.normalize import normalize_code
from yanzhen.packs.model import City, Column, Dataset
from yanzhen.packs.population.arrow import Values, pa, pacsv, pc, pq
from yanzhen.packs.population.draws import Flags, Floats
from yanzhen.packs.population.files import SourceFile
from yanzhen.packs.units import unit_factor

_CODE = r"^[0-9A-HJ-NPQRTUWXY]{18}$"
_YES = pa.array(["是", "true"])


class ReadBack:
    """The facts of a folder of source files, laid against the accepted rows of the register.

    Attributes:
        n: accepted rows of the register.
    """

    def __init__(self, city: City, folder: Path, files: Sequence[SourceFile]) -> None:
        self._city, self._folder = city, folder
        self._files = {file.dataset: file.file for file in files}
        register = next(d for d in city.datasets.values() if d.kind == "register")
        self._at: dict[str, Values] = {}
        codes = self._accepted(register)
        self._codes = codes.filter(pc.is_valid(codes)).combine_chunks()
        self.n = len(self._codes)

    def has(self, *facts: str) -> bool:
        """Whether the files deliver all of ``facts`` in a form that can be counted."""
        known = [self._city.facts.get(fact) for fact in facts]
        return all(
            fact is not None and not self._files.get(fact.dataset, ".xlsx").endswith(".xlsx")
            for fact in known
        )

    def texts(self, fact: str) -> Values:
        """A fact as text, blank where no row says anything."""
        return self._laid(fact)[1].cast(pa.string())

    def flags(self, fact: str) -> Flags:
        """A truth value; False where unknown."""
        found = self._laid(fact)[1]
        truth = found if pa.types.is_boolean(found.type) else pc.is_in(found, _YES)
        return np.asarray(pc.fill_null(truth, False).to_numpy(zero_copy_only=False), dtype=bool)

    def numbers(self, fact: str) -> Floats:
        """A number in the fact's own unit, 0 where unknown."""
        column, found = self._laid(fact)
        factor = float(unit_factor(column.unit, self._city.facts[fact].spec.unit) or 1)
        known = pc.fill_null(found.cast(pa.float64()), 0)
        return np.asarray(known.to_numpy(zero_copy_only=False), dtype=np.float64) * factor

    def known(self, fact: str) -> Flags:
        """Where a value stands."""
        found = self._laid(fact)[1]
        return np.asarray(found.is_valid().to_numpy(zero_copy_only=False), dtype=bool)

    def codes(self) -> list[str]:
        """Tidied unified codes of the accepted rows of the register."""
        return [str(code) for code in self._codes.to_pylist()]

    def _laid(self, fact: str) -> tuple[Column, Values]:
        """The column of a fact, in the order of the register."""
        dataset = self._city.datasets[self._city.facts[fact].dataset]
        column = next(c for c in dataset.columns if c.fact == fact)
        if dataset.id not in self._at:
            codes = self._accepted(dataset).combine_chunks()
            self._at[dataset.id] = pc.index_in(self._codes, codes)
        rows = self._table(dataset, (column,))
        return column, rows[column.name].combine_chunks().take(self._at[dataset.id])

    def _accepted(self, dataset: Dataset) -> Values:
        """The code of each row, tidied; null for a row that a loader would give back."""
        listed = [column for column in dataset.columns if column.required or column.codes]
        rows = self._table(dataset, (dataset.columns[0], *listed))
        codes = _tidy(rows[dataset.columns[0].name])
        accepted = pc.fill_null(pc.match_substring_regex(codes, _CODE), False)
        for column in listed:
            given = rows[column.name]
            if column.required:
                accepted = pc.and_(accepted, pc.is_valid(given))
            if column.codes:
                fits = pc.is_in(given, pa.array(column.codes))
                accepted = pc.and_(accepted, pc.or_(fits, pc.is_null(given)))
        return pc.if_else(accepted, codes, pa.scalar(None, pa.string()))

    def _table(self, dataset: Dataset, columns: Sequence[Column]) -> pa.Table:
        path = self._folder / self._files[dataset.id]
        names = list(dict.fromkeys(column.name for column in columns))
        if path.suffix != ".csv":
            return pq.read_table(path, columns=names)
        options = pacsv.ConvertOptions(
            include_columns=names,
            column_types={name: pa.string() for name in names},
            strings_can_be_null=True,
        )
        return pacsv.read_csv(path, convert_options=options)


def _tidy(codes: Values) -> Values:
    """Codes without spaces, in half-width capitals; those that are fine stay untouched."""
    odd = pc.and_(pc.is_valid(codes), pc.invert(pc.match_substring_regex(codes, _CODE)))
    mask = pc.fill_null(odd, False)
    texts = codes.filter(mask).to_pylist()
    mended = pa.array([normalize_code(text).value for text in texts], pa.string())
    whole = pc.replace_with_mask(codes.combine_chunks(), mask.combine_chunks(), mended)
    return pa.chunked_array([whole])
