"""vitreous: metallic glasses in the computer, and how their atoms move.

    import vitreous as vt

    vt.analyze(source, [vt.MSD(), ...])    observers on trajectories, ASE atoms or arrays
    vt.evaluate(atoms, potential)          energy, forces, virial and stress
    vt.ase.Calculator(potential)           the same for ASE
    vt.run(study), vt.open(folder)         studies and their results
    vt.fit.arrhenius(table), ...           laws; vt.nanomold, vt.relaxation, vt.nucleation

Physical results carry their standard errors and units; what the data cannot support raises vt.Refused with the reason.
"""

from importlib import import_module

# Parts are loaded when they are asked for: figures are drawn by a package that may stand without its extension.
_HOMES = {
    "Measured": "measured", "Quantity": "measured",
    "Error": "errors", "InputError": "errors", "RunError": "errors", "Refused": "errors",
    "Table": "table",
    "Evaluation": "evaluation", "evaluate": "evaluation", "potentials": "evaluation",
    "Analysis": "analysis", "Observation": "analysis", "analyze": "analysis",
    "Observer": "observers",
    "Run": "studies", "Branch": "studies", "open": "studies", "run": "studies",
    "set_threads": "threads",
}
_MODULES = ("ase", "fit", "nanomold", "nucleation", "relaxation")


def _part(name: str):
    try:
        return import_module(f"{__name__}.{name}")
    except ImportError as error:
        if "cannot import name '_core'" not in str(error):
            raise
        raise ImportError("the extension of vitreous is not beside this package; `make install` or `pip install .` puts it there, "
                          "and a build tree has it in build/python") from error


def __getattr__(name: str):
    if name in _MODULES:
        return _part(name)
    if name in _HOMES:
        return getattr(_part(_HOMES[name]), name)
    if not name.startswith("_") and name in _part("observers").CLASSES:
        return _part("observers").CLASSES[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES, *_MODULES, *_part("observers").CLASSES])
