"""report.html: one self-contained page, no request to the outside, no script."""

import base64
from html import escape
from pathlib import Path

from .analysis_folder import AnalysisFolder
from .figure import Figure
from .published_tables import published_tables
from .run_folder import RunFolder
from .verdict import compared, in_words, measured

CSS = """
:root { color-scheme: light; --ink: #1d2327; --soft: #5c6870; --line: #dfe4e8; --good: #1f7a4d; --fair: #a8690a; --poor: #b3261e; }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); max-width: 62rem; margin: 2.5rem auto; padding: 0 1.2rem; }
h1 { font-size: 1.7rem; margin-bottom: .2rem; } h2 { font-size: 1.2rem; margin-top: 2.4rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
p.lead { color: var(--soft); margin-top: 0; } table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th { text-align: left; font-weight: 600; color: var(--soft); } th, td { padding: .35rem .7rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.n { font-variant-numeric: tabular-nums; white-space: nowrap; } .good { color: var(--good); } .fair { color: var(--fair); } .poor { color: var(--poor); }
.refused, .plain { color: var(--soft); } .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(26rem, 1fr)); gap: 1.2rem; }
figure { margin: 0; } figure.wide { grid-column: 1 / -1; } figure img { width: 100%; } figcaption { font-size: .85rem; color: var(--soft); } code, pre { font-size: .85rem; }
pre { white-space: pre-wrap; background: #f6f8fa; padding: .8rem; border-radius: 4px; } .scroll { overflow-x: auto; }
"""


def write_page(run: RunFolder, figures: list[Figure]) -> Path:
    if isinstance(run, AnalysisFolder):
        parts = [heading(run), what_was_analyzed(run), figure_grid(figures), all_quantities(run)]
    else:
        parts = [heading(run), verdict_table(run), published_tables(run.quantities), trust(run), what_was_run(run), figure_grid(figures),
                 all_quantities(run), methods(run), provenance(run)]
    page = ("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
            "<link rel=\"icon\" href=\"data:,\">"
            f"<title>{escape(run.title)}</title><style>{CSS}</style></head><body>\n"
            + "\n".join(part for part in parts if part) + "\n</body></html>\n")
    path = run.path / "report.html"
    aside = path.with_suffix(".html.part")
    aside.write_text(page, encoding="utf-8")
    aside.replace(path)
    return path


def table(header: list[str], rows: list[list[str]]) -> str:
    """Cells are HTML already."""
    head = "".join(f"<th>{escape(h)}</th>" for h in header)
    body = "".join("<tr>" + "".join(row) + "</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def cell(text, css: str = "") -> str:
    return f'<td class="{css}">{escape(str(text))}</td>' if css else f"<td>{escape(str(text))}</td>"


def version(run: RunFolder) -> str:
    return str(run.manifest.get("vitreous", "") if isinstance(run, AnalysisFolder) else run.provenance.get("version", ""))


def heading(run: RunFolder) -> str:
    unfinished = "" if run.results.get("complete", True) else \
        ' <span class="fair">Not every branch is done: what follows is what there is.</span>'
    return f"<h1>{escape(run.title)}</h1><p class=\"lead\">Made by vitreous {escape(version(run))}.{unfinished}</p>"


def verdict_table(run: RunFolder) -> str:
    rows = []
    for q in compared(run.quantities):
        reference = q["reference"]
        css, words = in_words(q)
        pull = q.get("pull")
        rows.append([cell(q["name"]), cell(measured(q.get("value"), q.get("standard_error"), q.get("unit")), "n"),
                     cell(measured(reference.get("value"), reference.get("standard_error"), reference.get("unit") or q.get("unit")), "n"),
                     cell("" if pull is None else f"{pull:+.1f}", "n"), cell(words, css),
                     cell(q.get("reason") or "", "plain"), cell(reference.get("source", ""))])
    if not rows:
        return "<h2>Ours and theirs</h2><p>This study compares with no published value.</p>"
    return "<h2>Ours and theirs</h2>" + table(["quantity", "ours", "paper", "pull", "", "what limits it", "source"], rows) + \
        "<p class=\"plain\">The pull is the difference over the combined standard error. How far each branch can be trusted: see below.</p>"


TRUST = [("state", "state"), ("duration_ps", "length (ps)"), ("duration_over_tau_alpha", "length / τα"),
         ("energy_drift", "energy drift (eV/atom/ns)"), ("volume_drift", "volume drift"),
         ("msd_log_slope", "log-slope of MSD"), ("blocks", "blocks"), ("mean_pressure_GPa", "pressure (GPa)")]


def trust(run: RunFolder) -> str:
    """Was each branch equilibrated? From the entries that the run wrote for every branch."""
    entries = run.results.get("trust", [])
    if not entries:
        return "<h2>Trust</h2><p>No branch has been judged yet.</p>"
    used = [(key, label) for key, label in TRUST if any(e.get(key) is not None for e in entries)]
    rows = []
    for entry in entries:
        state = entry.get("state", "")
        row = [cell(entry.get("branch", ""))]
        for key, _ in used:
            value = entry.get(key)
            if key == "state":
                row.append(cell(value or "", "good" if state == "equilibrium" else "fair"))
            elif isinstance(value, dict):
                row.append(cell(measured(value.get("value"), value.get("standard_error"), ""), "n"))
            else:
                row.append(cell("" if value is None else (f"{value:.3g}" if isinstance(value, float) else value), "n"))
        row.append(cell(entry.get("warnings") or "", "fair"))
        rows.append(row)
    return "<h2>Trust</h2>" + table(["branch"] + [label for _, label in used] + [""], rows)


def what_was_run(run: RunFolder) -> str:
    branches = run.branches()
    if not branches:
        return ""
    rows = []
    for b in branches:
        hours = b.get("seconds", 0.0) / 3600.0
        rows.append([cell(b.get("id", "")), cell(b.get("kind", "")), cell(b.get("axes", "")), cell(b.get("parent", "")),
                     cell(b.get("state", "")), cell(f"{hours:.2g} h", "n"), cell(b.get("engine", ""))])
    return "<h2>What was run</h2>" + table(["branch", "kind", "at", "from", "state", "core time", "engine"], rows)


def what_was_analyzed(analysis: AnalysisFolder) -> str:
    told = analysis.manifest
    species = ", ".join(f"{s['atoms']} {name}" for name, s in told.get("species", {}).items())
    timestep = told.get("timestep_ps")
    span = f", {(told['last_step'] - told['first_step']) * timestep:g} ps" if timestep else ""
    rows = [("files", ", ".join(told.get("files", []))), ("observers", told.get("observe", "")),
            ("frames", f"{told.get('frames')}, steps {told.get('first_step')} to {told.get('last_step')}{span}"),
            ("atoms", f"{told.get('atoms')}: {species}"), *(("warning", w) for w in told.get("warnings", []))]
    return "<h2>What was analyzed</h2>" + table(["", ""], [[cell(name), cell(text)] for name, text in rows])


def figure_grid(figures: list[Figure]) -> str:
    if not figures:
        return ""
    items = []
    for figure in figures:
        data = base64.b64encode(figure.svg.read_bytes()).decode()
        items.append(f'<figure{" class=wide" if figure.wide else ""}><img alt="{escape(figure.caption)}" src="data:image/svg+xml;base64,{data}">'
                     f"<figcaption>{escape(figure.caption)} Data: <code>{escape(str(figure.csv))}</code></figcaption></figure>")
    return "<h2>Figures</h2><div class=\"figures\">" + "".join(items) + "</div>"


def all_quantities(run: RunFolder) -> str:
    rows = []
    for q in run.quantities:
        where = q.get("where") or ""
        css, words = in_words(q)
        note = q.get("reason") or ""
        rows.append([cell(q["name"]), cell(where), cell(measured(q.get("value"), q.get("standard_error"), q.get("unit")), "n"),
                     cell(q.get("state") or ""), cell((words + ": " + note) if css == "refused" else note, css if css == "refused" else "plain")])
    return "<h2>All quantities</h2>" + table(["quantity", "where", "value", "state", ""], rows) if rows else ""


def methods(run: RunFolder) -> str:
    text = run.text("methods.md")
    return f"<h2>Methods</h2><pre>{escape(text)}</pre>" if text else ""


def provenance(run: RunFolder) -> str:
    if not run.provenance:
        return ""
    rows = [[cell(key), cell(value if not isinstance(value, (list, dict)) else "; ".join(map(str, value.values() if isinstance(value, dict) else value)))]
            for key, value in run.provenance.items()]
    return "<h2>Provenance</h2>" + table(["", ""], rows) + f"<pre>{escape(run.text('study.toml'))}</pre>"
