"""How many cores the program's own loops use."""

from . import _core


def set_threads(threads: int | None = None) -> int:
    """Uses so many threads from now on, and returns how many: by default the cores of the affinity mask, of the cgroup or of
    SLURM_CPUS_PER_TASK, whichever is least. Results are the same to the bit for any number."""
    _core.set_threads(_core.available_cores() if threads is None else threads)
    return _core.threads()
