#!/usr/bin/python3
"""Type stubs tell the observers, options and laws that there are."""

import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tools"))
from python_stubs import stubs  # noqa: E402


class Stubs(unittest.TestCase):
    def test_are_what_the_declarations_make(self):
        for name, text in stubs().items():
            self.assertEqual((ROOT / "python/vitreous" / name).read_text(), text, "PYTHONPATH=build/python tools/python_stubs.py python/vitreous")

    def test_are_python(self):
        for name, text in stubs().items():
            compile(text, name, "exec")


if __name__ == "__main__":
    unittest.main()
