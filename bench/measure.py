"""What the questions of this folder share: `vitreous bench --json`, run in turns, and a table of what it tells."""

import json
import os
import subprocess
from pathlib import Path
from statistics import median

VITREOUS = os.environ.get("VITREOUS", str(Path(__file__).parent.parent / "build/vitreous"))


def machine() -> str:
    """The processor, and what its vectors can do."""
    about = dict(line.split(":", 1) for line in Path("/proc/cpuinfo").read_text().splitlines() if ":" in line)
    about = {key.strip(): value.strip() for key, value in about.items()}
    vectors = [flag for flag in ("avx512f", "avx2", "fma") if flag in about.get("flags", "").split()]
    return f"{about.get('model name', 'unknown processor')}, {os.cpu_count()} cores, {' '.join(vectors)}"


def bench(options: list[str], programs: int = 1) -> dict | None:
    """One measurement; None, with the program's own words, where it is refused. Of several programs that do the same
    at the same time, the first."""
    command = [VITREOUS, "bench", "--json", *options]
    others = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
              for _ in range(programs - 1)]
    done = subprocess.run(command, capture_output=True, text=True)
    for other in others:
        other.wait()
    if done.returncode != 0:
        print(f"{' '.join(options)}: {done.stderr.strip()}")
        return None
    return json.loads(done.stdout)


def in_turns(cases: dict[str, list[str]], turns: int, programs: dict[str, int] | None = None) -> dict[str, list[dict]]:
    """Each case once, and again: what else the machine does falls on all of them. `programs`: how many at once."""
    found: dict[str, list[dict]] = {name: [] for name in cases}
    for _ in range(turns):
        for name, options in cases.items():
            if (result := bench(options, (programs or {}).get(name, 1))) is not None:
                found[name].append(result)
    return {name: results for name, results in found.items() if results}


def middle(results: list[dict], key: str) -> float:
    return median(result[key] for result in results)


def part(results: list[dict], name: str) -> str:
    """us per atom and step that a part of the step takes: its share of the wall time, which others delay alike."""
    if name not in results[0].get("share", {}):
        return "-"
    return f"{median(result['share'][name] * result['us_per_atom_step'] for result in results):.3f}"


def print_table(head: list[str], rows: list[list[str]]) -> None:
    print(machine())
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
