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
# Cores slow one another down: a clock that falls where several are busy, memory that they share. So one thread is
# measured alone, and while as many programs as there are threads keep the cores as busy.
cases = {f"{n} threads": ["--threads", str(n), "--atoms", options.atoms] for n in counts}
cases |= {f"{n} programs": ["--atoms", options.atoms] for n in counts[1:]}
found = in_turns(cases, options.turns, {f"{n} programs": n for n in counts})
wall = {name: middle(results, "wall_us_per_atom_step") for name, results in found.items()}
alone = wall["1 threads"]
print_table(["threads", "wall us per atom and step", "one thread beside as many programs", "sooner than alone",
             "sooner than beside"],
            [[str(n), f"{threads:.3f}", f"{beside:.3f}", f"{alone / threads:.2f}", f"{beside / threads:.2f}"]
             for n in counts
             for threads, beside in [(wall[f"{n} threads"], wall.get(f"{n} programs", alone))]])
