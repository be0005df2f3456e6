#!/usr/bin/python3
"""Writes the type stubs of what the Python package makes from declarations: PYTHONPATH=build/python tools/python_stubs.py python/vitreous"""

import sys
import textwrap
from pathlib import Path

from vitreous import _core, _HOMES, _MODULES
from vitreous.observers import class_name

MADE_BY = "# Made from the program's declarations by tools/python_stubs.py; a test tells where it is not current.\n"


def type_of(option: dict) -> str:
    plain = option["unit"] in ("", "1")
    kinds = {"integer": "int | str", "flag": "bool | str", "number": "float | str | Measured" if plain else "str | Measured",
             "numbers": "Sequence[float] | str" if plain else "Sequence[str | Measured] | str", "words": "Sequence[str] | str", "text": "str"}
    if option["type"] == "text" and option["choices"]:
        return f"Literal[{', '.join(map(repr, option['choices']))}]".replace("'", '"')
    return kinds[option["type"]]


def parameters(declaration: dict) -> list[str]:
    required = [f"{o['name']}: {type_of(o)}" for o in declaration["options"] if o["default"] == "required"]
    return required + [f"{o['name']}: {type_of(o)} | None = ..." for o in declaration["options"] if o["default"] != "required"]


def call(before: str, given: list[str], result: str) -> str:
    text = f"{before}{', '.join(given)}) -> {result}:"
    if len(text) <= 150:
        return text
    indent = " " * (len(before) - len(before.lstrip()) + 4)
    return before + "\n" + "".join(f"{indent}{one},\n" for one in given) + f"{indent[4:]}) -> {result}:"


def docstring(declaration: dict, indent: str) -> str:
    lines = [declaration["one_line"] + ".", "", *declaration["formula"].splitlines(), "", "Source: " + declaration["source"]]
    wrapped = [part for line in lines for part in (textwrap.wrap(line, 130) or [""])]
    return f'{indent}"""' + f"\n{indent}".join(wrapped).replace(f"\n{indent}\n", "\n\n") + f'\n{indent}"""\n'


def observers_stub() -> str:
    text = MADE_BY + "\nfrom collections.abc import Mapping, Sequence\nfrom typing import Any, Literal\n\nfrom .measured import Measured\n\n"
    text += "CLASSES: dict[str, type[Observer]]\nBY_KIND: dict[str, type[Observer]]\n\ndef class_name(kind: str) -> str: ...\n"
    text += "def docstring(declaration: Mapping[str, Any]) -> str: ...\n\n"
    text += "class Observer:\n    kind: str\n    declaration: Mapping[str, Any]\n    options: dict[str, str]\n    def __init__(self, **options: object) -> None: ...\n"
    for declaration in _core.observer_declarations():
        given = parameters(declaration)
        text += f"\nclass {class_name(declaration['name'])}(Observer):\n" + docstring(declaration, "    ")
        text += call("    def __init__(", ["self", "*", *given] if given else ["self"], "None") + " ...\n"
    return text


def fit_stub() -> str:
    text = MADE_BY + "\nfrom collections.abc import Mapping, Sequence\nfrom typing import Any, Literal\n\nimport numpy as np\n\n"
    text += "from .measured import Measured, Quantities, Quantity\nfrom .table import Table\n\n"
    text += "Where = Mapping[str, Any] | Sequence[str] | str | None\n\n"
    text += textwrap.dedent("""\
        class Fit:
            law: str
            of: str
            reading: list[str]
            notes: list[str]
            quantities: Quantities
            tables: dict[str, Table]
            def __getattr__(self, name: str) -> Quantity: ...
            def __getitem__(self, name: str) -> Quantity: ...
            @property
            def how(self) -> dict[str, str]: ...
            @property
            def curve(self) -> Table: ...
            @property
            def points(self) -> Table: ...
            @property
            def covariance(self) -> np.ndarray: ...
            @property
            def covariance_of(self) -> list[str]: ...
            def predict(self, x: str | float | Sequence[str | float]) -> Measured | list[Measured]: ...

        def fit(law: str, table: Any, *, x: str | None = ..., y: str | None = ..., where: Where = ..., **options: object) -> Fit: ...
        """)
    before = ["table: Any", "*", "x: str | None = ...", "y: str | None = ...", "where: Where = ..."]
    for declaration in _core.law_declarations():
        text += "\n" + call(f"def {declaration['name']}(", before + parameters(declaration), "Fit") + "\n" + docstring(declaration, "    ") + "    ...\n"
    return text


def package_stub() -> str:
    homes: dict[str, list[str]] = {}
    for name, home in _HOMES.items():
        homes.setdefault(home, []).append(name)
    homes["observers"] = sorted({*homes["observers"], *(class_name(d["name"]) for d in _core.observer_declarations())})
    lines = [f"from . import {module} as {module}" for module in _MODULES]
    for home, names in sorted(homes.items()):
        lines += [f"from .{home} import {name} as {name}" for name in names]
    return MADE_BY + "\n" + "\n".join(lines) + "\n"


def stubs() -> dict[str, str]:
    """Text by file name."""
    return {"__init__.pyi": package_stub(), "observers.pyi": observers_stub(), "fit.pyi": fit_stub()}


if __name__ == "__main__":
    for name, text in stubs().items():
        (Path(sys.argv[1]) / name).write_text(text)
        print(f"wrote {Path(sys.argv[1]) / name}", file=sys.stderr)
