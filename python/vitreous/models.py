"""Models of the program on data: what their commands answer."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from . import program
from .measured import Quantities, in_words
from .studies import Run


class Answer:
    """What a model says: `answer["Q"]` is a quantity, `answer.quantity("d_c", temperature="287 C")` one of several; where a folder was asked
    for by out=, `answer.tables` are the tables that were written there."""

    def __init__(self, told: dict, folder: Path | None):
        self.title: str = told.get("title") or ""
        self.quantities = Quantities(told["quantities"])
        self.folder = folder
        self.tables = {} if folder is None else {path.stem: Run(folder).table(path.stem) for path in sorted(folder.glob("*.csv"))}

    def __getitem__(self, name):
        return self.quantities[name]

    def quantity(self, name: str, **where):
        return self.quantities.quantity(name, **where)

    def __repr__(self) -> str:
        return f"<{self.title or 'answer'}: {', '.join(self.quantities.names)}>"


def words_of(options: dict) -> list[str]:
    """temperature="287 C" as --temperature "287 C"; a list as one of each; True as a flag."""
    words: list[str] = []
    for name, value in options.items():
        dashed = "--" + name.rstrip("_").replace("_", "-")
        if value is True:
            words.append(dashed)
        elif isinstance(value, (list, tuple)):
            for one in value:
                words += [dashed, _word(one)]
        elif value is not None and value is not False:
            words += [dashed, _word(value)]
    return words


def _word(value) -> str:
    return os.fspath(value) if isinstance(value, os.PathLike) else in_words(value)


def answer(*command: str, out: str | os.PathLike | None = None, show: bool = False, **options) -> Answer:
    """Runs a command of the program that has --json, and reads its answer."""
    words = [*command, *words_of(options), "--json"]
    if out is not None:
        words += ["--out", os.fspath(out)]
    return Answer(json.loads(program.call(*words, show=show)), Path(out) if out is not None else None)


def command(group: str, verb: str, what: str, table: str = "") -> Callable[..., Answer]:
    """A function that is a command: its options are the command's, with _ for -. `table` names what it reads, where it reads a table."""
    words = (group, verb) if verb else (group,)

    def of_table(data: str | os.PathLike, *, out=None, show=False, **options) -> Answer:
        return answer(*words, os.fspath(data), out=out, show=show, **options)

    def of_options(*, out=None, show=False, **options) -> Answer:
        return answer(*words, out=out, show=show, **options)

    function: Callable[..., Answer] = of_table if table else of_options
    function.__name__ = function.__qualname__ = (verb or group).replace("-", "_")
    function.__doc__ = (f"{what}\n\n" + (f"data: {table}.\n" if table else "")
                        + f"Options are those of `vitreous {' '.join(words)} --help`, with _ for -; quantities are texts with units.\n"
                        + "out: a folder for tables, results and figures. show: notes to stderr.")
    return function
