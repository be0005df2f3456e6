#!/usr/bin/python3
"""tools/apptainer.def takes its packages from the one list, and carries whatever the build reads."""

import re
import sys
from pathlib import Path

root = Path(sys.argv[1])
text = (root / "tools" / "apptainer.def").read_text()
sections = dict(re.findall(r"^%(\w+)\n((?:[ \t]+.*\n|\n)*)", text, flags=re.MULTILINE))
carried = [line.split()[0] for line in sections["files"].splitlines() if line.strip()]
problems = [f"%files names {name}, which is not there" for name in carried if not (root / name).exists()]
if "tools/install_packages.sh build run" not in sections["post"] or "apt-get install" in sections["post"]:
    problems.append("%post must install by tools/install_packages.sh, which reads tools/packages.txt")
# what the build reads without its tests: folders that CMake adds, looks for modules in, or names to the compiler
build = (root / "CMakeLists.txt").read_text() + (root / "src" / "CMakeLists.txt").read_text()
read = {name for name in re.findall(r"(?:add_subdirectory\(|SOURCE_DIR\}/)(\w+)", build)} - {"tests", "validation"}
problems += [f"the build reads {name}, which %files does not carry" for name in sorted(read) if (root / name).exists() and name not in carried]
for problem in problems:
    print(f"tools/apptainer.def: {problem}")
sys.exit(bool(problems))
