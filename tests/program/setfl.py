"""A small embedded-atom potential of smooth formulas, as a setfl file: for tests of what surrounds the physics."""

import math
from pathlib import Path

ELEMENTS = {"Cu": (29, 63.546), "Zr": (40, 91.224)}
VALUES = 400
CUTOFF, FADE_FROM = 5.0, 4.0  # A


def fade(r: float) -> float:
    return 1.0 if r < FADE_FROM else 0.5 + 0.5 * math.cos(math.pi * (r - FADE_FROM) / (CUTOFF - FADE_FROM))


def setfl_text(overflow_below: float = 0.0) -> str:
    """Both elements as copper of Cleri and Rosato, Phys. Rev. B 48, 22 (1993). Below a distance (A) the splines can be made to overflow."""
    A, xi, p, q, r0 = 0.0855, 1.224, 10.96, 2.278, 2.556
    dr, drho = CUTOFF / (VALUES - 1), 0.2
    radii = [k * dr for k in range(VALUES)]
    lines = ["made for a test", "", "", f"{len(ELEMENTS)} {' '.join(ELEMENTS)}", f"{VALUES} {drho} {VALUES} {dr} {CUTOFF}"]
    for number, mass in ELEMENTS.values():
        lines.append(f"{number} {mass} 3.6 fcc")
        lines += [f"{-xi * math.sqrt(k * drho):.15e}" for k in range(VALUES)]
        lines += [f"{fade(r) * math.exp(-2.0 * q * (r / r0 - 1.0)):.15e}" for r in radii]
    for _ in range(3):  # CuCu, ZrCu, ZrZr
        phi = [r * fade(r) * 2.0 * A * math.exp(-p * (r / r0 - 1.0)) for r in radii]
        lines += [f"{1e308 if r < overflow_below else value:.15e}" for r, value in zip(radii, phi)]
    return "\n".join(lines) + "\n"


def write_setfl(path: Path, text: str | None = None) -> Path:
    path.write_text(setfl_text() if text is None else text)
    return path
