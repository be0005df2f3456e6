"""A run's folder as the report reads it: results.json, the stage tables, provenance."""

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path


class Table:
    """A tidy CSV: columns by name, as written (`name_unit`, errors in `name_unit_se`)."""

    def __init__(self, path: Path):
        self.path = path
        with path.open(newline="") as file:
            rows = list(csv.reader(file))
        self.names = rows[0] if rows else []
        self.rows = [dict(zip(self.names, row)) for row in rows[1:]]

    def __len__(self) -> int:
        return len(self.rows)

    def has(self, *names: str) -> bool:
        return all(name in self.names for name in names)

    def where(self, **equal: str) -> list[dict]:
        return [row for row in self.rows if all(row.get(k) == v for k, v in equal.items())]

    def values(self, name: str) -> list[str]:
        """The distinct texts of a column, in order of appearance."""
        return list(dict.fromkeys(row[name] for row in self.rows)) if name in self.names else []


def number(text) -> float:
    """A cell as a number; an empty or missing one is NaN, which matplotlib leaves out."""
    try:
        return float(text)
    except (TypeError, ValueError):
        return float("nan")


@dataclass
class RunFolder:
    """What is in `path`. Missing parts stay empty: the report says so where they would stand."""

    path: Path
    results: dict = field(default_factory=dict)
    provenance: dict = field(default_factory=dict)

    @classmethod
    def open(cls, path: str) -> "RunFolder":
        folder = Path(path)
        results = folder / "results.json"
        if not results.is_file():
            raise FileNotFoundError(f"{folder}: holds no results.json (is it a run's folder?)")
        return cls(folder, json.loads(results.read_text()), read_json(folder / "provenance.json"))

    @property
    def quantities(self) -> list[dict]:
        return self.results.get("quantities", [])

    @property
    def title(self) -> str:
        return self.results.get("title") or self.path.name

    def stages(self) -> list[str]:
        """Folders with tables, in the study's order where it is told, else by name."""
        found = sorted(p.parent.name for p in self.path.glob("*/*.csv") if p.parent.name != "figures")
        names = list(dict.fromkeys(found))
        order = self.results.get("stages", [])
        return sorted(names, key=lambda n: order.index(n) if n in order else len(order))

    def table(self, stage: str, name: str) -> Table | None:
        path = self.path / stage / f"{name}.csv"
        if not path.is_file():
            return None
        table = Table(path)
        return table if len(table) else None

    def branches(self) -> list[dict]:
        """branch.json of every branch."""
        return [read_json(p) for p in sorted(self.path.glob("*/*/branch.json"))]

    def slabs(self) -> set[str]:
        """The stages that open the box, and those that go on from one that did."""
        stages = {b["id"].split("/")[0]: (b.get("kind"), (b.get("parent") or "").split("/")[0]) for b in self.branches() if "id" in b}
        found: set[str] = set()
        for _ in stages:
            found |= {name for name, (kind, parent) in stages.items() if kind == "free_surface" or parent in found}
        return found

    def text(self, name: str) -> str:
        path = self.path / name
        return path.read_text() if path.is_file() else ""


def read_json(path: Path) -> dict:
    return json.loads(path.read_text()) if path.is_file() else {}
