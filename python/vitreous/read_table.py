"""Tables that the program writes beside its figures, as rows of texts or columns of numbers."""

import csv
from pathlib import Path

import numpy as np


def read_rows(path: Path) -> list[dict[str, str]]:
    """A row's cells by their header."""
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def number(cell: str) -> float:
    """An empty cell is NaN, which matplotlib leaves out."""
    return float(cell or "nan")


def read_columns(path: Path) -> dict[str, np.ndarray]:
    """Columns of numbers by their header; a table without rows has empty ones."""
    with open(path, newline="") as file:
        names, *rows = csv.reader(file)
    return {name: np.array([number(row[k]) for row in rows]) for k, name in enumerate(names)}
