#!/usr/bin/python3
"""Writes synthetic measurements made from the numbers that Chang et al. (2022) print; no measured curve is among them.

    python3 make_synthetic.py FOLDER

spectra-NAME.csv: loss moduli of one Cole-Cole process of the printed activation energy, at 1, 2, 4, 8 and 16 Hz. Where its
1 Hz peak stands is not in the text: it is put where that energy leads from the printed time (Al90La10: 0.70 ms) or viscosity
(Y68.9Co31.1: 10^6.93 Pa s, G = 25 GPa assumed) at 293 K, for Ce70Cu20Al10 where tau0 = 1e-13 s would have it. On a rising
background, with noise.
indentation-NAME.csv: loading, hold and unloading of a 5 um sphere at the printed loads and times, with the printed relaxation time.
"""

import math
import sys
from pathlib import Path

import numpy as np

BOLTZMANN = 8.617333262e-05  # eV/K
TAU_Y_CO, TAU_AL_LA = 10**6.93 / 25e9, 0.70e-3  # s at 293 K
# name: activation energy (eV, Fig. 2a-c) and tau0 (s)
PROCESSES = {
    "y-co": (0.60, TAU_Y_CO * math.exp(-0.60 / (BOLTZMANN * 293))),
    "ce-cu-al": (0.46, 1e-13),
    "al-la": (0.47, TAU_AL_LA * math.exp(-0.47 / (BOLTZMANN * 293))),
}
FREQUENCIES = (1, 2, 4, 8, 16)  # Hz, Methods
BROADENING = 0.35  # assumed
# name: full load (uN) and fast-loading time (s), Methods; relaxation time (s)
INDENTATIONS = {"al-la": (500, 0.005, TAU_AL_LA), "y-co": (200, 0.01, TAU_Y_CO)}
REDUCED_MODULUS, STRENGTH, RADIUS = 70e9, 0.15, 5e-6  # assumed, assumed, Methods


def spectra(energy: float, tau0: float, noise: np.random.Generator) -> list[str]:
    lines = ["# synthetic: made from a printed activation energy, not measured", "temperature_K,frequency_Hz,loss_modulus_MPa"]
    for f in FREQUENCIES:
        peak = -energy / BOLTZMANN / math.log(2 * math.pi * f * tau0)
        for T in np.arange(round(peak) - 60, round(peak) + 61, 1.0):
            x = math.exp(energy / BOLTZMANN * (1 / T - 1 / peak))
            loss = -(2000 / (1 + (1j * x) ** (1 - BROADENING))).imag + 200 + 0.8 * (T - peak)
            lines.append(f"{T:g},{f},{loss + 4 * noise.normal():.3f}")
    return lines


def indentation(load: float, rise: float, tau: float, noise: np.random.Generator) -> list[str]:
    """The loading as the law of Lee and Radok has it; the unloading, which that law does not reach, elastic from there on."""
    lines = ["# synthetic: made from a printed relaxation time, not measured", "time_ms,load_uN,depth_nm"]
    steps = 600
    time = np.linspace(0, 3 * rise, steps)
    force = 1e-6 * load * np.clip(np.minimum(time / rise, 3 - time / rise), 0, 1)
    fading, creep = 0.0, np.zeros(steps)
    for k in range(1, steps):
        h = (time[k] - time[k - 1]) / tau
        fading = fading * math.exp(-h) + (force[k] - force[k - 1]) * -math.expm1(-h) / h
        creep[k] = force[k] - fading
    effective = np.maximum(force + STRENGTH * creep, 0)
    depth = 1e9 * (0.75 * effective / (math.sqrt(RADIUS) * REDUCED_MODULUS)) ** (2 / 3) + 0.02 * noise.normal(size=steps)
    lines += [f"{1e3 * t:.6f},{1e6 * p:.5f},{d:.5f}" for t, p, d in zip(time, force, depth)]
    return lines


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(2022)
    for name, (energy, tau0) in PROCESSES.items():
        (folder / f"spectra-{name}.csv").write_text("\n".join(spectra(energy, tau0, noise)) + "\n")
    for name, (load, rise, tau) in INDENTATIONS.items():
        (folder / f"indentation-{name}.csv").write_text("\n".join(indentation(load, rise, tau, noise)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
