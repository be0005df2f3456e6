"""Nucleation of crystals from an undercooled liquid; docs/theory/nucleation.md."""

from .models import command

critical_nucleus = command("nucleation", "", "Critical radius and barrier by four forms of the driving force, with errors.")
