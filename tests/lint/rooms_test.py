#!/usr/bin/python3
"""The lint of rooms accepts an include from above and refuses one from below."""

import tempfile
from pathlib import Path

import rooms

with tempfile.TemporaryDirectory() as folder:
    root = Path(folder)
    (root / "ARCHITECTURE.md").write_text("| room | what |\n|---|---|\n| `base` | x |\n| `core` | y |\n")
    for room in ("base", "core"):
        (root / "src" / room).mkdir(parents=True)
    (root / "src/core/a.hpp").write_text('#include "base/b.hpp"\n')
    order = rooms.read_rooms(root / "ARCHITECTURE.md")
    assert order == ["base", "core"]
    assert rooms.violations(root, order) == []
    (root / "src/base/b.hpp").write_text('#pragma once\n#include "core/a.hpp"\n')
    found = rooms.violations(root, order)
    assert len(found) == 1 and "b.hpp:2" in found[0] and "below" in found[0], found
    (root / "src/base/b.hpp").write_text('#include "attic/a.hpp"\n')
    assert "not a room" in rooms.violations(root, order)[0]
print("the lint refuses what it must")
