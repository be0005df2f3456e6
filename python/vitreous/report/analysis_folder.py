"""The folder that `vitreous analyze` writes, as the report reads it: its tables stand beside its results, and are of one
trajectory."""

from .run_folder import RunFolder, Table, read_json

MANIFEST = "analysis.json"


class AnalysisFolder(RunFolder):
    @property
    def manifest(self) -> dict:
        return read_json(self.path / MANIFEST)

    @property
    def title(self) -> str:
        files = self.manifest.get("files", [])
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        return (files[0].rsplit("/", 1)[-1] if files else self.path.name) + more

    def stages(self) -> list[str]:
        return ["trajectory"]

    def table(self, stage: str, name: str) -> Table | None:
        return super().table("", name) if stage == "trajectory" else None


def open_folder(path: str) -> RunFolder:
    """A run, or an analysis where one stands there. Throws FileNotFoundError where neither does."""
    run = RunFolder.open(path)
    return AnalysisFolder(run.path, run.results) if (run.path / MANIFEST).is_file() else run
