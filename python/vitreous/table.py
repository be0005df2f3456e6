"""Tables with units and standard errors; their columns are numpy arrays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np


class Column(NamedTuple):
    name: str                           #: "msd"
    unit: str                           #: "angstrom^2"; "1" of a bare number and of words
    header: str                         #: "msd_angstrom2", as CSV files have it
    values: np.ndarray                  #: (rows,)
    standard_error: np.ndarray | None   #: (rows,), NaN where none is known; None where the column has no errors


class Table:
    """Every row is an observation. `table["msd"]` is a column as a numpy array in the unit `table.unit("msd")`, by its name or by its
    header "msd_angstrom2"; `table.standard_error("msd")` its errors."""

    def __init__(self, told: Mapping):
        self.name: str = told["name"]
        self.how: dict[str, str] = dict(told["how"])  #: how it was made, in words
        self._columns: dict[str, Column] = {}
        for column in told["columns"]:
            self._columns[column["name"]] = Column(column["name"], column["unit"], column["header"], np.asarray(column["values"]),
                                                   column["standard_error"])

    @property
    def columns(self) -> list[str]:
        return list(self._columns)

    def column(self, name: str) -> Column:
        if name in self._columns:
            return self._columns[name]
        for column in self._columns.values():
            if column.header == name:
                return column
        raise KeyError(f"{name}; {self.name} has the columns {', '.join(self._columns)}")

    def __getitem__(self, name: str) -> np.ndarray:
        return self.column(name).values

    def unit(self, name: str) -> str:
        return self.column(name).unit

    def standard_error(self, name: str) -> np.ndarray:
        """NaN where no error is known."""
        column = self.column(name)
        return np.full(len(self), np.nan) if column.standard_error is None else column.standard_error

    def __contains__(self, name: str) -> bool:
        return name in self._columns or any(column.header == name for column in self._columns.values())

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return next((len(column.values) for column in self._columns.values()), 0)

    def to_dataframe(self):
        """A pandas.DataFrame whose columns are named as in CSV files, `msd_angstrom2` and its errors `msd_angstrom2_se`;
        `attrs["units"]` tells the unit of each."""
        import pandas

        data, units = {}, {}
        for column in self._columns.values():
            data[column.header], units[column.header] = column.values, column.unit
            if column.standard_error is not None:
                data[column.header + "_se"], units[column.header + "_se"] = column.standard_error, column.unit
        frame = pandas.DataFrame(data, copy=False)
        frame.attrs.update(name=self.name, units=units)
        return frame

    def plot(self, y: str | None = None, x: str | None = None, ax=None):
        """Draws column `y` (the first with errors) against `x` (the numbers before it), a line for each of what the words and the other
        axes of the table tell apart. Returns the matplotlib axes."""
        from .plot_table import plot_table

        return plot_table(self, y, x, ax)

    def __repr__(self) -> str:
        columns = ", ".join(column.header for column in self._columns.values())
        return f"<{self.name}: {len(self)} rows of {columns}>"
