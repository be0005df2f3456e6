"""Laws and their fits: a function for each law of the program, made from its declaration."""

from __future__ import annotations

import inspect
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from . import _core
from .errors import InputError, Refused, in_python
from .measured import Measured, Quantities, Quantity, in_words
from .observers import docstring, signature
from .table import Table


class Fit:
    """A fitted law. Its quantities are attributes, `fit.Q.value`; what the points cannot support raises Refused with the reason."""

    def __init__(self, law: str, fitted: _core.TableFit):
        self.law = law
        self.of: str = fitted.y                       #: the column that was fitted
        self.reading: list[str] = fitted.reading      #: how the table and its columns were read
        self.notes: list[str] = fitted.notes          #: what was chosen without being told
        self._fitted = fitted
        told = fitted.fit([])
        self.quantities = Quantities(told["quantities"])
        self.tables: dict[str, Table] = {table["name"].removeprefix(law + "_"): Table(table) for table in told["tables"]}

    def __getattr__(self, name: str) -> Quantity:
        names = self.__dict__["quantities"].names if "quantities" in self.__dict__ else []
        if name in names:
            return self.quantities[name]
        raise AttributeError(f"{self.__dict__.get('law')} has no {name}; its quantities are {', '.join(names)}")

    def __getitem__(self, name: str) -> Quantity:
        return self.quantities[name]

    def __dir__(self):
        return [*super().__dir__(), *self.quantities.names]

    @property
    def how(self) -> dict[str, str]:
        """How the fit was made, in words: n, weights, chi_squared, left_out, ..."""
        return next(iter(self.quantities)).how

    @property
    def curve(self) -> Table:
        """The law over the range of the points, with its error."""
        return self._table("curve")

    @property
    def points(self) -> Table:
        """The points that were fitted, the law there, and residuals."""
        return self._table("points")

    def _table(self, name: str) -> Table:
        if name not in self.tables:
            self._require_fitted()
            raise InputError(f"{self.law} has no {name}", f"its tables are {', '.join(self.tables) or 'none'}")
        return self.tables[name]

    def _require_fitted(self) -> None:
        if all(quantity.status == "refused" for quantity in self.quantities):
            next(iter(self.quantities)).measured  # raises with the reason

    @property
    def covariance(self) -> np.ndarray:
        """Of the parameters in `covariance_of`."""
        return np.array([[float(cell) for cell in row.split(",")] for row in re.findall(r"\[([^\[\]]+)\]", self._covariance()[0])])

    @property
    def covariance_of(self) -> list[str]:
        return self._covariance()[1]

    def _covariance(self) -> tuple[str, list[str]]:
        self._require_fitted()
        if "covariance" not in self.how:
            raise InputError(f"{self.law} tells no covariance")
        matrix, _, names = self.how["covariance"].partition(" of ")
        return matrix, names.split(", ")

    def predict(self, x: str | float | Sequence[str | float]) -> Measured | list[Measured]:
        """The law at x, "900 K" (or a number in the unit of the fit's x), with the error that the covariance gives it."""
        self._require_fitted()
        one = isinstance(x, (str, int, float, np.number))
        places = [self._number(place) for place in ([x] if one else x)]
        tables = {table["name"]: Table(table) for table in self._fitted.fit(places)["tables"]}
        if f"{self.law}_prediction" not in tables:
            raise InputError(f"{self.law} has no curve that could be told at other x")
        table = tables[f"{self.law}_prediction"]
        column = table.column(table.columns[1])
        predicted = [Measured(float(value), float(error), column.unit) for value, error in zip(column.values, column.standard_error)]
        for place, value in zip(places, predicted):
            if not np.isfinite(value.value):
                raise Refused(f"{self.law} has no value at {place:g} {self._fitted.x_unit}")
        return predicted[0] if one else predicted

    def _number(self, place: str | float) -> float:
        number = _core.quantity_in(place, self._fitted.x_unit) if isinstance(place, str) else float(place)
        if self._fitted.x_unit == "K" and not number > 0.0:
            raise InputError(f"{place} is no temperature above absolute zero")
        return number

    def __repr__(self) -> str:
        return f"<{self.law} of {self.of}: {', '.join(f'{one.name} = {one}' for one in self.quantities)}>"


def _conditions(where) -> list[str]:
    if where is None:
        return []
    if isinstance(where, str):
        return [where]
    if not isinstance(where, Mapping):
        return [str(one) for one in where]
    words = []
    for name, value in where.items():
        if isinstance(value, (tuple, list)) and len(value) == 2:
            words.append(f"{name}={'..'.join('' if end is None else in_words(end) for end in value)}")
        else:
            words.append(f"{name}={in_words(value)}")
    return words


def _csv(data) -> str:
    """A table in memory as text, which is then read as any other table is: headers tell units, `_se` errors."""
    import csv
    import io

    columns: dict[str, Sequence] = {}
    if isinstance(data, Table):
        for name in data.columns:
            column = data.column(name)
            columns[column.header] = column.values
            if column.standard_error is not None:
                columns[column.header + "_se"] = column.standard_error
    elif hasattr(data, "columns") and hasattr(data, "to_numpy"):  # a pandas.DataFrame
        columns = {str(name): data[name].to_numpy() for name in data.columns}
    elif isinstance(data, Mapping):
        for name, held in data.items():
            if isinstance(held, tuple) and len(held) in (2, 3) and isinstance(held[1], str):
                header = name if held[1] == "1" else f"{name} ({held[1]})"
                columns[header] = held[0]
                if len(held) == 3:
                    columns[header.replace(name, name + "_se", 1)] = held[2]
            else:
                columns[name] = held
    else:
        raise InputError(f"a {type(data).__name__} is no table", "", ["a CSV file's name", "a pandas.DataFrame", "a table of vitreous",
                                                                   '{"T_K": [...], "D_m2_per_s": [...], "D_m2_per_s_se": [...]}',
                                                                   '{"T": (array, "K"), "D": (array, "m^2/s", errors)}'])
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) != 1:
        raise InputError("the columns of the table differ in length", ", ".join(f"{name} has {n}" for name, n in lengths.items()))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in zip(*columns.values()):
        writer.writerow([_cell(value) for value in row])
    return text.getvalue()


def _cell(value) -> str:
    if value is None or (isinstance(value, (float, np.floating)) and not np.isfinite(value)):
        return ""
    return repr(value.item()) if isinstance(value, np.number) else repr(value) if isinstance(value, float) else str(value)


def fit(law: str, table, *, x: str | None = None, y: str | None = None, where=None, **options) -> Fit:
    """Fits a law by its name; see the functions of this module, one a law."""
    words = {name: in_words(value) for name, value in options.items() if value is not None}
    rest = (x or "", y or "", _conditions(where))
    if isinstance(table, (str, os.PathLike)):
        try:
            return Fit(law, _core.TableFit(law, words, os.fspath(table), *rest))
        except InputError as error:
            raise in_python(error) from None
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "table.csv"
        file.write_text(_csv(table), encoding="utf-8")
        try:
            return Fit(law, _core.TableFit(law, words, str(file), *rest))
        except InputError as error:
            error.file = "the table" if error.file == str(file) else error.file
            raise in_python(error) from None


_TABLE = """
table: a CSV file's name; a pandas.DataFrame or a mapping with headers that tell units, "D_m2_per_s" and its errors "D_m2_per_s_se";
    a table of vitreous; or {"T": (array, "K"), "D": (array, "m^2/s", errors)}.
x, y: columns, by default the temperature (the first numbers, for laws of another x) and USUAL.
where: rows to take, {"temperature": ("1000 K", "2000 K"), "species": "Cu"}.
Returns a Fit: its quantities as attributes, covariance, predict("900 K"), curve, points.
"""


def _make(declaration: Mapping):
    law = declaration["name"]

    def function(table, *, x=None, y=None, where=None, **options) -> Fit:
        return fit(law, table, x=x, y=y, where=where, **options)

    keyword = inspect.Parameter.KEYWORD_ONLY
    before = [inspect.Parameter("table", inspect.Parameter.POSITIONAL_OR_KEYWORD),
              *(inspect.Parameter(name, keyword, default=None) for name in ("x", "y", "where"))]
    function.__name__ = function.__qualname__ = law
    function.__signature__ = signature(declaration, *before)
    function.__doc__ = docstring(declaration) + "\n" + _TABLE.replace("USUAL", _core.usual_quantity(law) or "the numbers after x")
    return function


LAWS = {declaration["name"]: _make(declaration) for declaration in _core.law_declarations()}
globals().update(LAWS)
