"""Values with their standard errors and units."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from . import _core
from .errors import InputError, Refused


@dataclass(frozen=True)
class Measured:
    """A value with its standard error (NaN where none is known) in a unit; "1" is that of a bare number."""

    value: float
    standard_error: float = math.nan
    unit: str = "1"

    @classmethod
    def parse(cls, text: str) -> Measured:
        """Of "0.432(7) eV" or "0.432 +- 0.007 eV"."""
        value, error, unit = _core.parse_quantity(text)
        return cls(value, math.nan if error is None else error, unit)

    def to(self, unit: str) -> Measured:
        """The same in another unit of the same dimension; InputError otherwise."""
        return Measured(*_core.convert(self.value, self.standard_error, self.unit, unit), unit)

    def __float__(self) -> float:
        return self.value

    def __str__(self) -> str:
        return _core.measured_text(self.value, self.standard_error, self.unit)


def in_words(value: object) -> str:
    """An option or a condition as the command line would have it: "2.7 1/A", "true", "1, 2"."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, (Measured, Quantity)):
        return f"{value.value!r} {value.unit}"
    if isinstance(value, (list, tuple)):
        return ", ".join(in_words(part) for part in value)
    if hasattr(value, "item"):  # numpy's numbers
        return in_words(value.item())
    if isinstance(value, (int, float)):
        return repr(value)
    raise InputError(f"{value!r} is no option's value", "a quantity is a text with its unit, such as \"2.7 1/A\"")


class Quantity:
    """A result by its name: a Measured where the data support it, else refused or not run, and then asking for its value raises
    Refused with the reason. `quantity["Cu"]` is the same of a species."""

    def __init__(self, told: Mapping, family: dict[str, Quantity] | None = None):
        self.name: str = told["name"]
        self.status: str = told["status"]                       #: "ok", "refused" or "not_run"
        self.reason: str = told.get("reason") or ""             #: why it was refused, or what limits it
        self.state: str = told.get("state") or ""               #: equilibrium, glass, upper_bound; "" where it makes no sense
        self.how: dict = dict(told.get("how") or {})            #: how it was made, in words
        self.how.update({key: told[key] for key in ("law", "of", "where", "n") if told.get(key) is not None})
        self.reference: Measured | None = None                  #: the published value, where the study tells one
        self.source: str = ""                                   #: of the published value
        self.pull: float | None = told.get("pull")              #: (ours - theirs)/sqrt(se^2 + se_ref^2), where conditions agree
        self._measured = None
        self._family: dict[str, Quantity] = family if family is not None else {}
        if told.get("value") is not None:
            self._measured = Measured(told["value"], _or_nan(told.get("standard_error")), told["unit"])
        if reference := told.get("reference"):
            self.reference = Measured(reference["value"], _or_nan(reference.get("standard_error")), reference["unit"])
            self.source = reference.get("source") or ""

    @property
    def measured(self) -> Measured:
        if self._measured is None:
            words = "was refused" if self.status == "refused" else "was not run"
            raise Refused(f"{self.name} {words}", self.reason or self.how.get("left_out", ""))
        return self._measured

    @property
    def value(self) -> float:
        return self.measured.value

    @property
    def standard_error(self) -> float:
        return self.measured.standard_error

    @property
    def unit(self) -> str:
        return self.measured.unit

    def to(self, unit: str) -> Measured:
        return self.measured.to(unit)

    def __float__(self) -> float:
        return self.measured.value

    def __getitem__(self, species: str) -> Quantity:
        name = f"{self.name}.{species}"
        if name not in self._family:
            there = [other.removeprefix(self.name + ".") for other in self._family if other.startswith(self.name + ".")]
            raise KeyError(f"{name}; there {'is' if len(there) == 1 else 'are'} {', '.join(there) or 'none of a species'}")
        return self._family[name]

    def was_at(self, **where) -> bool:
        """Whether it was had at these conditions: temperature="1000 K", ..."""
        pairs = dict(part.split(" = ", 1) for part in self.how.get("where", "").split(", ") if " = " in part)
        return all(key in pairs and same(pairs[key], in_words(value)) for key, value in where.items())

    def __str__(self) -> str:
        """"0.437(8) eV | paper 0.432(7) | pull +0.5"."""
        if self._measured is None:
            return f"{self.status.replace('_', ' ')}: {self.reason}" if self.reason else self.status.replace("_", " ")
        parts = [str(self._measured)]
        if self.reference:
            theirs = self.reference
            same = theirs.unit == self._measured.unit
            parts.append(f"paper {Measured(theirs.value, theirs.standard_error) if same else theirs}")
        if self.pull is not None:
            parts.append(f"pull {self.pull:+.1f}")
        return " | ".join(parts)

    def __repr__(self) -> str:
        return f"<{self.name}: {self}>"


class Quantities:
    """Results by name. Where several have one name (D at each temperature), `quantity(name, temperature="1000 K")` or
    `[name, "temperature = 1000 K"]` takes one and `all(name)` the list."""

    def __init__(self, told: Sequence[Mapping]):
        families: dict[str, dict[str, Quantity]] = {}
        self._all = [Quantity(one, families.setdefault(str(one.get("where") or (one.get("how") or {}).get("where", "")), {})) for one in told]
        for one in self._all:
            one._family.setdefault(one.name, one)

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(one.name for one in self._all))

    def family(self, name: str) -> Quantity:
        """The quantity, or, where species alone have it, what takes a species."""
        if name in self:
            return self[name]
        of_species = [one.name for one in self._all if one.name.startswith(name + ".")]
        return Quantity({"name": name, "status": "not_run", "reason": f"there are {', '.join(of_species)}"}, self._all[0]._family)

    def all(self, name: str) -> list[Quantity]:
        return [one for one in self._all if one.name == name]

    def quantity(self, name: str, **where) -> Quantity:
        """The one of this name that was had at these conditions."""
        return self._one(name, [one for one in self._of(name) if one.was_at(**where)], ", ".join(f"{k} = {in_words(v)}" for k, v in where.items()))

    def __getitem__(self, key: str | tuple[str, str]) -> Quantity:
        name, where = key if isinstance(key, tuple) else (key, None)
        found = self._of(name)
        return self._one(name, found if where is None else [one for one in found if one.how.get("where", "") == where], where or "")

    def _of(self, name: str) -> list[Quantity]:
        if found := self.all(name):
            return found
        nearest = _core.nearest_name(name, self.names)
        raise KeyError(f"{name}; did you mean {nearest}?" if nearest else f"{name}; there are {', '.join(self.names) or 'none'}")

    def _one(self, name: str, found: list[Quantity], asked: str) -> Quantity:
        if len(found) == 1:
            return found[0]
        there = "; ".join(one.how.get("where", "") for one in found or self.all(name))
        raise KeyError(f"{name}{' at ' + asked if asked else ''}: {'several have this name' if found else 'there is none'}, at {there}")

    def __contains__(self, name: str) -> bool:
        return any(one.name == name for one in self._all)

    def __iter__(self) -> Iterator[Quantity]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def same(held: str, asked: str) -> bool:
    """Whether two texts tell the same, as words or as quantities."""
    if held == asked:
        return True
    try:
        number, _, unit = _core.parse_quantity(held)
        other = _core.quantity_in(asked, unit)
    except InputError:
        return False
    return abs(number - other) <= 1e-9 * max(abs(number), abs(other))


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value
