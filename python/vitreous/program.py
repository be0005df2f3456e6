"""The program `vitreous` as a process: where it is, and what its exit status and messages mean."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

from .errors import Error, InputError, RunError


def program() -> str:
    """VITREOUS where that is set; else the program beside this package: of an installation, of a build tree or of a virtual environment;
    else the one on the PATH."""
    if named := os.environ.get("VITREOUS"):
        return named
    package = Path(__file__).parent  # not resolved: in a build tree its files are links
    for beside in (package.parents[3] / "bin" / "vitreous" if len(package.parents) > 3 else None, package.parents[1] / "vitreous",
                   Path(sys.prefix) / "bin" / "vitreous"):
        if beside is not None and beside.is_file() and os.access(beside, os.X_OK):
            return str(beside)
    if found := shutil.which("vitreous"):
        return found
    raise RunError("the program vitreous was not found", "studies and models are run by it",
                   ["add its folder to the PATH", "set VITREOUS to the program's path"])


def call(*words: str, show: bool = True) -> str:
    """Runs the program and returns what it prints; its progress and messages go to stderr as they come where `show` says so. Ctrl-C is
    handed on, so that a run leaves its checkpoints, and then raised. Raises InputError or RunError with its message where it fails."""
    # A session of its own: Ctrl-C in a terminal reaches the program once, through us; a second one would end it without checkpoints.
    process = subprocess.Popen([program(), *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               errors="replace", start_new_session=True)
    printed: list[str] = []
    messages: list[str] = []
    readers = [threading.Thread(target=_gather, args=(process.stdout, printed, False), daemon=True),
               threading.Thread(target=_gather, args=(process.stderr, messages, show), daemon=True)]
    for reader in readers:
        reader.start()
    try:
        status = process.wait()
    except BaseException as stop:  # nothing that stops us leaves it behind
        process.send_signal(signal.SIGINT if isinstance(stop, KeyboardInterrupt) else signal.SIGTERM)
        process.wait()
        raise
    finally:
        for reader in readers:
            reader.join()
        process.stdout.close()
        process.stderr.close()
    if status:
        raise failure(status, "".join(messages))
    return "".join(printed)


def _gather(stream, kept: list[str], show: bool) -> None:
    for line in stream:
        kept.append(line)
        if show:
            sys.stderr.write(line)
            sys.stderr.flush()


def failure(status: int, messages: str) -> Error:
    """The error that an exit status and the messages before it tell."""
    if status in (130, 143):
        return RunError("the run was interrupted", "it left its checkpoints", ["the same call continues it"])
    if status < 0:
        return RunError(f"the program was ended by signal {-status} ({signal.Signals(-status).name})")
    kind = InputError if status == 2 else RunError
    start = messages.rfind("error: ")
    if start < 0:
        return kind(messages.strip().splitlines()[-1] if messages.strip() else f"the program ended with status {status}")
    text = re.split(r"^next: ", messages[start + len("error: "):], flags=re.MULTILINE)[0].strip()
    parts = re.split(r"\n\s+(why|try|or): ", text)
    named = list(zip(parts[1::2], parts[2::2]))
    return kind(parts[0], next((what for key, what in named if key == "why"), ""), [what for key, what in named if key != "why"], text=text)
