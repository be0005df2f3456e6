#!/usr/bin/python3
"""How much sooner is a step done on more threads?"""

import argparse
import os

from measure import in_turns, middle, print_table

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--atoms", default="16384")
arguments.add_argument("--turns", type=int, default=3)
options = arguments.parse_args()

cores = os.cpu_count() or 1
counts = [n for n in (1, 2, 4, 8, 16) if n <= cores]
found = in_turns({str(n): ["--threads", str(n), "--atoms", options.atoms] for n in counts}, options.turns)
alone = middle(found["1"], "wall_us_per_atom_step")
print_table(["threads", "wall us per atom and step", "sooner by"],
            [[n, f"{middle(results, 'wall_us_per_atom_step'):.3f}",
              f"{alone / middle(results, 'wall_us_per_atom_step'):.2f}"] for n, results in found.items()])
