"""A class for each observer of the program, made from its declaration: options, units, columns, formula and source are told there once."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Mapping

from . import _core
from .measured import in_words

_ABBREVIATIONS = {"msd": "MSD", "rdf": "RDF"}


def class_name(kind: str) -> str:
    """"intermediate_scattering" -> "IntermediateScattering"; abbreviations stay capitals."""
    return _ABBREVIATIONS.get(kind) or "".join(word.capitalize() for word in kind.split("_"))


class Observer:
    """What is to be observed: a kind and its options, which are checked when it is made."""

    kind: str

    def __init__(self, **options: object):
        self.options = {name: in_words(value) for name, value in options.items() if value is not None}
        _core.check_observer(self.kind, self.options)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.options.items())})"


def _listed(title: str, rows: list[tuple[str, str]]) -> list[str]:
    if not rows:
        return []
    lines = ["", title]
    for name, text in rows:
        lines += textwrap.wrap(f"{name}: {text}", width=110, initial_indent="    ", subsequent_indent="        ")
    return lines


def _in_unit(unit: str, sentence: str) -> str:
    return sentence if unit in ("", "1") else f"[{unit}] {sentence}"


def _default(text: str) -> str:
    return {"required": "required", "automatic": "may be left out"}.get(text, f"by default {text}")


def docstring(declaration: Mapping) -> str:
    """Of an observer or a law: what it is, its formula, options, columns, quantities and source."""
    options = [(o["name"], f"{_in_unit(o['unit'], o['sentence'])}; {_default(o['default'])}"
                + (f"; one of {', '.join(o['choices'])}" if o["choices"] else "")) for o in declaration["options"]]
    lines = [declaration["one_line"] + ".", "", "    " + declaration["formula"].replace("\n", "\n    ")]
    lines += _listed("Options (texts with units):", options)
    lines += _listed("Columns:", [(c["name"], _in_unit(c["unit"], c["sentence"])) for c in declaration["columns"]])
    lines += _listed("Quantities:", [(c["name"], _in_unit(c["unit"], c["sentence"])) for c in declaration["derived"]])
    return "\n".join([*lines, "", f"Source: {declaration['source']}"])


def signature(declaration: Mapping, *before: inspect.Parameter) -> inspect.Signature:
    """Of what takes a declaration's options, after the parameters `before`."""
    options = []
    for option in declaration["options"]:
        default = inspect.Parameter.empty if option["default"] == "required" else None if option["default"] == "automatic" else option["default"]
        options.append(inspect.Parameter(option["name"], inspect.Parameter.KEYWORD_ONLY, default=default))
    return inspect.Signature([*before, *sorted(options, key=lambda option: option.default is not inspect.Parameter.empty)])


def _make_class(declaration: Mapping) -> type[Observer]:
    members = {"__doc__": docstring(declaration), "__module__": __package__, "kind": declaration["name"], "declaration": declaration,
               "__signature__": signature(declaration)}
    return type(class_name(declaration["name"]), (Observer,), members)


CLASSES: dict[str, type[Observer]] = {class_name(d["name"]): _make_class(d) for d in _core.observer_declarations()}
BY_KIND: dict[str, type[Observer]] = {one.kind: one for one in CLASSES.values()}
globals().update(CLASSES)
