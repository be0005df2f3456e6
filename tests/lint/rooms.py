#!/usr/bin/python3
"""Fails where a room includes from a room below it in ARCHITECTURE.md's table, or from no room at all."""

import re
import sys
from pathlib import Path


def read_rooms(architecture: Path) -> list[str]:
    """The rooms in the order of the table: rows that start with | `name` |."""
    rows = re.findall(r"^\| `(\w+)` \|", architecture.read_text(), flags=re.MULTILINE)
    if len(rows) < 2:
        sys.exit(f"{architecture}: found no table of rooms")
    return rows


def violations(root: Path, rooms: list[str]) -> list[str]:
    found = []
    for source in sorted((root / "src").rglob("*.[ch]pp")):
        room = source.relative_to(root / "src").parts[0]
        if room not in rooms:
            found.append(f"{source}: its folder is not a room of the table")
            continue
        for number, line in enumerate(source.read_text().splitlines(), start=1):
            match = re.match(r'\s*#include "([^/"]+)/', line)
            if not match:
                continue
            other = match.group(1)
            if other not in rooms:
                found.append(f"{source}:{number}: \"{other}\" is not a room")
            elif rooms.index(other) > rooms.index(room):
                found.append(f"{source}:{number}: {room} includes from {other}, which is below it")
    return found


def main() -> int:
    root = Path(sys.argv[1]).resolve()
    found = violations(root, read_rooms(root / "ARCHITECTURE.md"))
    print("\n".join(found) if found else "every include points upward in the table")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
