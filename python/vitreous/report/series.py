"""Quantities of a run as functions of temperature: one series for each group of atoms, from all stages that looked at it."""

import re
from dataclasses import dataclass, field

from .run_folder import RunFolder

BULK = "all atoms"
LAYER = re.compile(r"(in the outer [0-9.]+ A of both faces|deeper than [0-9.]+ A)")
RULES = {"at the start": "at the start", "the window before a jump": "at the start", "throughout": "throughout", "from the one before": "throughout"}
BARRIERS = {"D": "Q_D", "Gamma": "Q_1", "l_squared": "Q_2"}


@dataclass(frozen=True)
class Point:
    temperature: float
    value: float
    error: float
    state: str


@dataclass
class Series:
    """`atoms` in words ("all atoms", "outer 2.5 Å"), with what else tells its branches apart ("Cu54Zr46")."""

    atoms: str
    points: list[Point] = field(default_factory=list)
    stages: set[str] = field(default_factory=set)

    def columns(self) -> tuple[list[float], list[float], list[float]]:
        ordered = sorted(self.points, key=lambda p: p.temperature)
        return ([p.temperature for p in ordered], [p.value for p in ordered], [p.error for p in ordered])


def atoms_of(quantity: dict, slabs: set[str]) -> str:
    layer = (quantity.get("how") or {}).get("layer", "")
    found = LAYER.search(layer)
    if not found:
        return "the whole slab" if own_name(quantity["name"])[0] in slabs else BULK
    words = found.group(1).replace("in the ", "").replace(" of both faces", "").replace(" A", " Å")
    rule = next((rule for sign, rule in RULES.items() if sign in layer), "")
    return f"{words}, {rule}" if rule else words


def coordinates(where: str) -> tuple[float | None, str]:
    """"temperature = 700K, composition = Cu54Zr46" -> (700.0, "Cu54Zr46")."""
    temperature, others = None, []
    for part in filter(None, (where or "").split(", ")):
        name, _, value = part.partition(" = ")
        if name == "temperature":
            temperature = float(re.match(r"[-+0-9.e]+", value).group())
        else:
            others.append(value)
    return temperature, ", ".join(others)


def own_name(quantity: str) -> tuple[str, str]:
    """"glass.cage_jumps_2.Gamma.Cu" -> ("glass", "Gamma.Cu")."""
    stage, _, rest = quantity.partition(".")
    return stage, re.sub(r"^[a-z_]+_[0-9]+\.", "", rest)


def series_of(run: RunFolder, symbol: str) -> list[Series]:
    """Those that have a value at some temperature; first the bulk, then layers as they come."""
    found: dict[str, Series] = {}
    slabs = run.slabs()
    for quantity in run.quantities:
        stage, name = own_name(quantity["name"])
        temperature, others = coordinates(quantity.get("where"))
        if name != symbol or temperature is None or quantity.get("law") or quantity.get("value") is None:
            continue
        atoms = ", ".join(filter(None, (atoms_of(quantity, slabs), others)))
        series = found.setdefault(atoms, Series(atoms))
        series.points.append(Point(temperature, quantity["value"], quantity.get("standard_error") or 0.0, quantity.get("state") or ""))
        series.stages.add(stage)
    return sorted(found.values(), key=lambda s: order_of(s.atoms))


def order_of(atoms: str) -> tuple:
    """The bulk first, then layers by their thickness."""
    thickness = re.search(r"([0-9.]+) Å", atoms)
    return not atoms.startswith(BULK), float(thickness.group(1)) if thickness else 0.0, atoms


def groups_of_atoms(run: RunFolder) -> list[str]:
    """All that quantities with a temperature were told of."""
    slabs = run.slabs()
    found = set()
    for quantity in run.quantities:
        temperature, others = coordinates(quantity.get("where"))
        if temperature is not None and not quantity.get("law"):
            found.add(", ".join(filter(None, (atoms_of(quantity, slabs), others))))
    return sorted(found, key=order_of)


@dataclass
class Line:
    """An Arrhenius fit of a quantity of some atoms: our Q and ln y0 and the published ones, each None where there is none."""

    name: str
    symbol: str
    atoms: str
    where: str
    stages: set[str]
    coldest: float
    hottest: float
    ours: dict[str, dict]  # the fit's quantities by parameter: "Q", "ln_D0"

    def _pair(self, value) -> tuple[float, float] | None:
        logarithm = next((q for name, q in self.ours.items() if name.startswith("ln_")), {})
        pair = value(self.ours["Q"]), value(logarithm)
        return None if None in pair else pair

    def fitted(self) -> tuple[float, float] | None:
        return self._pair(lambda q: q.get("value"))

    def published(self) -> tuple[float, float] | None:
        return self._pair(lambda q: (q.get("reference") or {}).get("value"))


def lines_of(run: RunFolder, symbol: str) -> list[Line]:
    """The Arrhenius fits of a symbol. A line reaches as far as its range of temperatures, or as what it was fitted to."""
    fits: dict[tuple[str, str], dict[str, dict]] = {}
    for quantity in run.quantities:
        name, _, parameter = quantity["name"].rpartition(".")
        if quantity.get("law") == "arrhenius":
            fits.setdefault((name, quantity.get("where") or ""), {})[parameter] = quantity
    atoms, slabs = {}, run.slabs()
    temperatures: dict[str, list[float]] = {}
    for quantity in run.quantities:
        temperature, _ = coordinates(quantity.get("where")) if not quantity.get("law") else (None, "")
        if temperature is not None:
            atoms.setdefault(quantity["name"], atoms_of(quantity, slabs))
            temperatures.setdefault(quantity["name"], []).append(temperature)
    lines = []
    for (name, where), ours in fits.items():
        of = ours["Q"].get("of") if "Q" in ours else None
        of = of if isinstance(of, list) else [part.strip() for part in of.split(",")] if of else []
        known = [source for source in of if source in atoms]
        if not known or own_name(known[0])[1] != symbol:
            continue
        span = re.search(r"temperature ([0-9.e+]+) to ([0-9.e+]+) K", where)
        ends = sorted(float(end) for end in span.groups()) if span else \
            [min(min(temperatures[s]) for s in known), max(max(temperatures[s]) for s in known)]
        others = re.sub(r"(, )?temperature [0-9.e+]+ to [0-9.e+]+ K", "", where)
        lines.append(Line(name, symbol, ", ".join(filter(None, (atoms[known[0]], coordinates(others)[1]))), where,
                          {own_name(source)[0] for source in of}, ends[0], ends[1], ours))
    return lines


@dataclass(frozen=True)
class Transition:
    """Where some atoms leave equilibrium, in K."""

    temperature: float
    is_ours: bool  # or else as published


def transitions_of(run: RunFolder) -> dict[str, Transition]:
    """By atoms: the bulk's of a glass_transition fit, that of others of a kink in their D. Where ours was refused, the published one."""
    slabs, found = run.slabs(), {}
    layers = {q["name"]: atoms_of(q, slabs) for q in run.quantities if not q.get("law")}
    for quantity in run.quantities:
        law, parameter = quantity.get("law"), quantity["name"].rpartition(".")[2]
        if (law, parameter) not in {("glass_transition", "Tg"), ("kink", "T_k")}:
            continue
        of = quantity.get("of") or ""
        sources = of if isinstance(of, list) else [part.strip() for part in of.split(",")]
        atoms = BULK if law == "glass_transition" else next((layers[s] for s in sources if s in layers), None)
        told = [(quantity.get("value"), True), ((quantity.get("reference") or {}).get("value"), False)]
        value, is_ours = next(((v, o) for v, o in told if v is not None), (None, False))
        if atoms and value is not None and not (atoms in found and found[atoms].is_ours):
            found[atoms] = Transition(value, is_ours)
    return found
