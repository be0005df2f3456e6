#!/usr/bin/python3
"""Fails where two files of a room, or of its tests, give the same name to something of their own, or one of them the name of what a header of the room
declares: they may be compiled together."""

import re
import sys
from collections import defaultdict
from pathlib import Path

TYPE = re.compile(r"(?:struct|class|enum class|enum) (\w+)")
ALIAS = re.compile(r"using (\w+) = (.*);")
FUNCTION = re.compile(r"(?:\[\[\w+\]\] |static |inline |constexpr |template <.*> )*[\w:<>,&* ]+[ &*](\w+)\(")
VARIABLE = re.compile(r"(?:static |inline )*(?:constexpr|const) [\w:<>,&* ]+?[ &*](\w+)(?:\[\w*\])? ?[={]")
NEXT_VARIABLE = re.compile(r", (\w+) = ")


def local_names(text: str) -> dict[str, str]:
    """Name -> what it is, of everything that stands right inside `namespace {` of a file; aliases are what they stand for."""
    names, depth = {}, 0
    for body in re.findall(r"^namespace \{\n(.*?)^\}  // namespace$", text, flags=re.DOTALL | re.MULTILINE):
        for line in body.splitlines():
            code = re.sub(r'//.*|"(?:\\.|[^"\\])*"', "", line)
            if depth == 0 and not code.startswith(("TEST", "INSTANTIATE", " ")):
                if alias := ALIAS.match(code):
                    names[alias.group(1)] = alias.group(2)
                elif type_ := TYPE.match(code):
                    names[type_.group(1)] = "a type" if not code.endswith(";") else names.get(type_.group(1), "declared")
                elif variable := VARIABLE.match(code):
                    for name in (variable.group(1), *NEXT_VARIABLE.findall(code, variable.end())):
                        names[name] = "a function or a constant"
                elif function := FUNCTION.match(code):
                    names[function.group(1)] = "a function or a constant"
            depth += code.count("{") - code.count("}")
    return names


def clashes(files: list[Path]) -> list[str]:
    seen = defaultdict(list)
    for file in files:
        for name, meaning in local_names(file.read_text()).items():
            seen[name].append((file, meaning))
    found = []
    for name, places in seen.items():
        same_alias = len({meaning for _, meaning in places}) == 1 and not places[0][1].startswith("a ")
        if len(places) > 1 and not same_alias:
            found.append(f"{name} is a name of its own in " + ", ".join(str(file) for file, _ in places))
    return found


def declared(header: str) -> set[str]:
    """Types and functions that stand outside of classes."""
    code = [re.sub(r"//.*", "", line) for line in header.splitlines()]
    types = {found.group(1) for line in code if not line.endswith(";") and (found := TYPE.match(line))}
    return types | {found.group(1) for line in code if not line.startswith((" ", "#", "using", "class", "struct")) and (found := FUNCTION.match(line))}


def shadows(files: list[Path], headers: list[Path]) -> list[str]:
    known = {name: header for header in headers for name in declared(header.read_text())}
    return [f"{name} is a name of its own in {file} and declared in {known[name]}" for file in files
            for name, meaning in local_names(file.read_text()).items() if name in known and meaning.startswith("a ")]


def headers_beside(files: list[Path], root: Path) -> list[Path]:
    """Of the room, or of its tests."""
    folders = {root / Path(*file.relative_to(root).parts[:2]) for file in files}
    return [header for folder in folders for header in sorted(folder.rglob("*.hpp")) if not header.name.startswith("kernel_")]


def together(root: Path) -> list[list[Path]]:
    """Files that may be compiled together: those of a room, and of its tests. Kernels have instruction sets of their own."""
    folders = sorted(p for kind in ("src", "tests") for p in (root / kind).iterdir() if p.is_dir())
    return [[f for f in sorted(folder.rglob("*.cpp")) if not f.name.startswith("kernel_")] for folder in folders]


def main() -> int:
    root = Path(sys.argv[1]).resolve()
    found = [clash for files in together(root) for clash in clashes(files) + shadows(files, headers_beside(files, root))]
    print("\n".join(found) if found else "no two files of a room share a name of their own")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
