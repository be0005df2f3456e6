#!/usr/bin/python3
"""What does the neighbor list cost, from a glass to a hot liquid, in which atoms soon leave it behind?"""

import argparse

from measure import in_turns, middle, part, print_table

arguments = argparse.ArgumentParser(description=__doc__)
arguments.add_argument("--atoms", default="4000")
arguments.add_argument("--turns", type=int, default=3)
options = arguments.parse_args()

found = in_turns({f"{kelvin} K": ["--temperature", f"{kelvin} K", "--atoms", options.atoms] for kelvin in (300, 1000, 2000)},
                 options.turns)
print_table(["temperature", "us per atom and step", "of which the list"],
            [[name, f"{middle(results, 'us_per_atom_step'):.3f}", part(results, "list")]
             for name, results in found.items()])
