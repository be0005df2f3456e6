#!/usr/bin/python3
"""How does the cost of a step grow with the number of atoms, and how does LAMMPS's?"""

import argparse

from measure import in_turns, middle, print_table

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("atoms", nargs="*", default=["1000", "4000", "16384", "50000", "200000"])
arguments.add_argument("--turns", type=int, default=3)
options = arguments.parse_args()

found = in_turns({atoms: ["--atoms", atoms, "--against", "lammps"] for atoms in options.atoms}, options.turns)
print_table(["atoms", "us per atom and step", "LAMMPS", "ratio", "forces"],
            [[atoms, f"{middle(results, 'us_per_atom_step'):.3f}", f"{middle(results, 'lammps_us_per_atom_step'):.2f}",
              f"{middle(results, 'ratio'):.1f}", results[0]["kernel"].split("forces ")[1].split(",")[0].split(" (")[0]]
             for atoms, results in found.items()])
