"""Mechanical relaxation: spectra, moduli, indentation, maps of processes; docs/theory/relaxation.md."""

from .models import command

peaks = command("relaxation", "peaks", "Loss spectra to peak temperatures above a background, and to activation energies.",
                "a CSV file of temperature and loss modulus, with frequency")
modulus = command("relaxation", "modulus", "Stress under a sinusoidal strain to storage and loss modulus.", "a CSV file of time, strain and stress")
indentation = command("relaxation", "indentation", "Anelastic Hertz contact to relaxation time and viscosity.", "a CSV file of time, load and depth")
map = command("relaxation", "map", "The map of relaxation processes: branches, crossings and viscosities.")
scaling = command("relaxation", "scaling", "Activation energies against k_B T_g.", "a CSV file of energies and glass transitions")
