"""Writes a figure as SVG and PNG, and tells both on stderr."""

import sys
from pathlib import Path


def save_figure(figure, folder: Path, stem: str) -> None:
    for suffix, how in ((".svg", {"metadata": {"Date": None}}), (".png", {"dpi": 160})):
        file = folder / (stem + suffix)
        figure.savefig(file, **how)
        print(f"wrote {file}", file=sys.stderr)
