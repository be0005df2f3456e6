#!/usr/bin/python3
"""What does a step cost by each kernel that this processor can run, and against LAMMPS?"""

import argparse

from measure import in_turns, middle, part, print_table

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--atoms", default="4000")
arguments.add_argument("--turns", type=int, default=3)
options = arguments.parse_args()

cases = {kernel: ["--kernel", kernel, "--atoms", options.atoms, "--against", "lammps"]
         for kernel in ("AVX-512", "AVX2", "portable")}
cases["double"] = ["--precision", "double", "--atoms", options.atoms, "--against", "lammps", "--rounds", "3"]
found = in_turns(cases, options.turns)
print_table(["kernel", "us per atom and step", "density", "force", "list", "ratio to LAMMPS"],
            [[name, f"{middle(results, 'us_per_atom_step'):.3f}",
              *(part(results, of) for of in ("density", "force", "list")),
              f"{middle(results, 'ratio'):.1f}"] for name, results in found.items()])
