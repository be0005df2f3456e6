"""A figure of a report."""

from dataclasses import dataclass
from pathlib import Path


@dataclass
class Figure:
    name: str
    caption: str
    csv: Path  # the table behind it, relative to the run's folder
    svg: Path | None = None
    wide: bool = False  # panels side by side: it takes the whole width of the page
