#!/usr/bin/python3
"""The lint of local names tells what clashes from what does not."""

import tempfile
from pathlib import Path

import local_names

HEAD, TAIL = "namespace vitreous::x {\nnamespace {\n\n", "\n}  // namespace\n}  // namespace vitreous::x\n"


def clashes(a: str, b: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / "a.cpp", Path(folder) / "b.cpp"]
        for file, text in zip(files, (a, b)):
            file.write_text(HEAD + text + TAIL)
        return local_names.clashes(files)


for text in ("double mean(double a) {\n  return a;\n}", "constexpr double mean = 1.0;", "constexpr double least = 1.0, mean = 2.0;", "struct mean {\n  int a;\n};",
             "const std::vector<std::string> mean = {\"a {\"};", "[[noreturn]] void mean(int a,\n                       int b) {\n}"):
    assert clashes(text, "double mean(int a) { return a; }"), text
assert not clashes("using Json = a::b;", "using Json = a::b;")
assert clashes("using Json = a::b;", "using Json = a::c;")
assert not clashes("double mean(int a) { return a; }", "double median(int a) { return a; }")
assert not clashes("struct A {\n  void go() {\n    mean(1);\n  }\n};", "double mean(int a) { return a; }")
assert not clashes("// mean(1)\nint a() { return 1; }", "double mean(int a) { return a; }")


def shadows(own: str, header: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        file, beside = Path(folder) / "a.cpp", Path(folder) / "b.hpp"
        file.write_text(HEAD + own + TAIL)
        beside.write_text(header)
        return local_names.shadows([file], [beside])


assert shadows("double mean(double a) {\n  return a;\n}", "/// Of all.\nstd::optional<double> mean(std::string_view text);")
assert shadows("struct Mean {\n  int a;\n};", "class Mean {\n};")
assert not shadows("struct Mean;\nint mean;", "class Mean;")
assert not shadows("double mean(double a) {\n  return a;\n}", "class A {\n  double mean(double a);\n};\n// double mean(double a);\ndouble median(int a);")
print("the lint refuses what it must")
