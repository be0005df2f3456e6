"""Failures with what their user can do about them."""

import re
from collections.abc import Sequence


class Error(Exception):
    """A failure: `problem` in a sentence, `why`, and `tries`, what to do, best first. `file`, `line` and `key` tell where, if anywhere."""

    def __init__(self, problem: str, why: str = "", tries: Sequence[str] = (), *, file: str = "", line: int = 0, key: str = "", text: str = ""):
        self.problem, self.why, self.tries = problem, why, list(tries)
        self.file, self.line, self.key = file, line, key
        super().__init__(text or self._text())

    def _text(self) -> str:
        lines = [": ".join(part for part in (self.file, self.key, self.problem) if part)]
        if self.why:
            lines.append(f"  why: {self.why}")
        lines += [("  try: " if k == 0 else "   or: ") + what for k, what in enumerate(self.tries)]
        return "\n".join(lines)


def in_python(error: Error) -> Error:
    """What the program would have its user try on the command line, as keywords: --timestep 1fs as timestep="1 fs"."""
    tries = []
    for words in error.tries:
        options = re.findall(r"--([a-z-]+) (\"[^\"]*\"|[^-\s]\S*)", words)
        tries.append(", ".join(_keyword(name, value.strip('"')) for name, value in options if name != "observe") or words)
    return type(error)(error.problem, error.why, tries, file=error.file, line=error.line, key=error.key)


def _keyword(name: str, value: str) -> str:
    if name == "species":
        return f"species={value.split(',')}".replace("'", '"')
    if name == "where":
        column, _, wanted = value.partition("=")
        ends = wanted.split("..")
        return f'where={{"{column}": {repr(tuple(ends)) if len(ends) == 2 else repr(wanted)}}}'.replace("'", '"')
    value = re.sub(r"^([0-9.]+)([A-Za-z]+)$", r"\1 \2", value)
    return f'{name.replace("-", "_")}="{value}"'


class InputError(Error, ValueError):
    """What was given is at fault."""


class RunError(Error, RuntimeError):
    """The work failed although what was given was sound."""


class Refused(Error):
    """The data do not support the quantity that was asked for; `why` is the reason."""


for _kind in (Error, InputError, RunError, Refused):
    _kind.__module__ = __package__  # as users know them
