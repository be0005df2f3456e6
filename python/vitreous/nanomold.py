"""Nanomolding of metallic glasses: lengths and the size at which flow gives way to diffusion; docs/theory/nanomolding.md.

Parameters are a TOML file (examples/liu2023/ni-bmg.toml)."""

from .models import command

critical_size = command("nanomold", "critical-size", "Diameters at which viscous flow and interface diffusion mold wires of equal length.")
length = command("nanomold", "length", "Lengths of molded wires by both mechanisms, at diameters.")
map = command("nanomold", "map", "The map of mechanisms over temperature and diameter.")
transitions = command("nanomold", "transitions", "Glass transitions of bulk and interface, and the breakdown of Stokes-Einstein.")
composition = command("nanomold", "composition", "Composition along a molded wire whose components diffuse at different rates.")
fit = command("nanomold", "fit", "Parameters from measured lengths.", "a CSV file of diameter, length, temperature, pressure and time")
