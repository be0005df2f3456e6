"""Tables of a paper, each as one: its fits as rows, their parameters as columns, ours beside theirs with the pull."""

import re
from html import escape

from .verdict import compared, in_words, measured

FEWEST = 4  # values of one table; fewer stand well enough in the verdict table


def published_tables(quantities: list[dict]) -> str:
    """HTML; "" where no source named "..., Table N" has as many values."""
    sources: dict[str, list[dict]] = {}
    for quantity in compared(quantities):
        source = quantity["reference"].get("source") or ""
        if re.search(r"\bTable \w+$", source):
            sources.setdefault(source, []).append(quantity)
    return "\n".join(_table(source, told) for source, told in sources.items() if len(told) >= FEWEST)


def parameter_of(quantity: dict) -> tuple[str, str]:
    """"bulk_Q1.ln_Gamma0" -> ("bulk_Q1", "ln of the prefactor")."""
    fit, _, parameter = quantity["name"].rpartition(".")
    return fit, "ln of the prefactor" if re.fullmatch(r"ln_\w+0", parameter) else parameter


def _table(source: str, quantities: list[dict]) -> str:
    columns = list(dict.fromkeys(parameter_of(q)[1] for q in quantities))
    rows: dict[tuple[str, str], dict[str, dict]] = {}
    for quantity in quantities:
        fit, parameter = parameter_of(quantity)
        rows.setdefault((fit, quantity.get("where") or ""), {})[parameter] = quantity
    head = "".join(f'<th colspan="3">{escape(name)}</th>' for name in columns)
    under = "<th></th><th></th><th></th>" + "<th>ours</th><th>paper</th><th>pull</th>" * len(columns)
    body = "".join(_row(fit, where, row, columns) for (fit, where), row in rows.items())
    return (f"<h2>{escape(source)}</h2><div class=\"scroll\"><table><thead><tr><th>fit</th><th>of</th><th>range</th>{head}</tr>"
            f"<tr>{under}</tr></thead><tbody>{body}</tbody></table></div>")


def _row(fit: str, where: str, row: dict[str, dict], columns: list[str]) -> str:
    of = next(iter(row.values())).get("of") or ""
    cells = [f"<td>{escape(fit)}</td>", f"<td>{escape(of if isinstance(of, str) else ', '.join(of))}</td>",
             f"<td>{escape(where.replace('temperature ', ''))}</td>"]
    for name in columns:
        quantity = row.get(name)
        if quantity is None:
            cells.append("<td></td>" * 3)
            continue
        reference, pull = quantity["reference"], quantity.get("pull")
        css, words = in_words(quantity)
        ours = measured(quantity.get("value"), quantity.get("standard_error"), quantity.get("unit"))
        theirs = measured(reference.get("value"), reference.get("standard_error"), reference.get("unit") or quantity.get("unit"))
        # where there is no pull, why not
        last = f"{pull:+.1f}" if pull is not None else words
        cells.append(f'<td class="n">{escape(ours)}</td><td class="n">{escape(theirs)}</td><td class="{css}">{escape(last)}</td>')
    return "<tr>" + "".join(cells) + "</tr>"
