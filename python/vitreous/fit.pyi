# Made from the program's declarations by tools/python_stubs.py; a test tells where it is not current.

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np

from .measured import Measured, Quantities, Quantity
from .table import Table

Where = Mapping[str, Any] | Sequence[str] | str | None

class Fit:
    law: str
    of: str
    reading: list[str]
    notes: list[str]
    quantities: Quantities
    tables: dict[str, Table]
    def __getattr__(self, name: str) -> Quantity: ...
    def __getitem__(self, name: str) -> Quantity: ...
    @property
    def how(self) -> dict[str, str]: ...
    @property
    def curve(self) -> Table: ...
    @property
    def points(self) -> Table: ...
    @property
    def covariance(self) -> np.ndarray: ...
    @property
    def covariance_of(self) -> list[str]: ...
    def predict(self, x: str | float | Sequence[str | float]) -> Measured | list[Measured]: ...

def fit(law: str, table: Any, *, x: str | None = ..., y: str | None = ..., where: Where = ..., **options: object) -> Fit: ...

def arrhenius(
    table: Any,
    *,
    x: str | None = ...,
    y: str | None = ...,
    where: Where = ...,
    state: Literal["equilibrium", "glass"] | None = ...,
    weights: Literal["errors", "none"] | None = ...,
) -> Fit:
    """An activated quantity: its logarithm is a line in 1/T.

    ln D = ln D0 - Q/(kB T); times and viscosities with the other sign

    Source: S. Arrhenius, Z. Phys. Chem. 4, 226 (1889)
    """
    ...

def vft(
    table: Any,
    *,
    x: str | None = ...,
    y: str | None = ...,
    where: Where = ...,
    state: Literal["equilibrium", "glass"] | None = ...,
    weights: Literal["errors", "none"] | None = ...,
) -> Fit:
    """The super-Arrhenius slowing down of a liquid.

    ln D = ln D0 - B/(T - T0); times and viscosities with the other sign

    Source: H. Vogel, Phys. Z. 22, 645 (1921); G. S. Fulcher, J. Am. Ceram. Soc. 8, 339 (1925); G. Tammann and W. Hesse, Z. anorg.
    allg. Chem. 156, 245 (1926)
    """
    ...

def glass_transition(
    table: Any,
    *,
    x: str | None = ...,
    y: str | None = ...,
    where: Where = ...,
    glass_from: str | Measured | None = ...,
    glass_to: str | Measured | None = ...,
    liquid_from: str | Measured | None = ...,
    liquid_to: str | Measured | None = ...,
    shift: str | Measured | None = ...,
) -> Fit:
    """Tg as the meeting of the glass's and the liquid's lines in V(T) or H(T) of a quench.

    a_glass + b_glass Tg = a_liquid + b_liquid Tg

    Source: M. D. Ediger, C. A. Angell and S. R. Nagel, J. Phys. Chem. 100, 13200 (1996), Fig. 1
    """
    ...

def stokes_einstein(
    table: Any,
    *,
    x: str | None = ...,
    y: str | None = ...,
    where: Where = ...,
    state: Literal["equilibrium", "glass"] | None = ...,
    weights: Literal["errors", "none"] | None = ...,
) -> Fit:
    """Whether D tau stays the same on cooling, as Stokes and Einstein have it.

    D tau = constant; growth = (D tau)(coldest)/(D tau)(hottest)

    Source: M. D. Ediger, Annu. Rev. Phys. Chem. 51, 99 (2000)
    """
    ...

def kink(
    table: Any,
    *,
    x: str | None = ...,
    y: str | None = ...,
    where: Where = ...,
    state: Literal["any", "equilibrium", "glass"] | None = ...,
    weights: Literal["errors", "none"] | None = ...,
    significance: float | str | Measured | None = ...,
) -> Fit:
    """Two activated branches that meet at a temperature: a line in 1/T with a bend.

    ln D = ln D_k - Q/kB (1/T - 1/T_k), Q = Q_hot above T_k, Q_cold below; times and viscosities with the other sign

    Source: D. J. Hudson, J. Am. Stat. Assoc. 61, 1097 (1966)
    """
    ...

def power_law(
    table: Any,
    *,
    x: str | None = ...,
    y: str | None = ...,
    where: Where = ...,
    state: Literal["equilibrium", "glass"] | None = ...,
    weights: Literal["errors", "none"] | None = ...,
    reference: str | None = ...,
) -> Fit:
    """A quantity that scales with a power of another.

    y = A (x/x0)^n

    Source: linear least squares in the logarithms
    """
    ...

def stretched_exponential(
    table: Any,
    *,
    x: str | None = ...,
    y: str | None = ...,
    where: Where = ...,
    state: Literal["equilibrium", "glass"] | None = ...,
    weights: Literal["errors", "none"] | None = ...,
    amplitude: str | None = ...,
    beta: float | str | Measured | None = ...,
) -> Fit:
    """A decay that is slower than exponential: relaxation with many times.

    y = A exp(-(x/tau)^beta); mean_tau = (tau/beta) Gamma(1/beta)

    Source: R. Kohlrausch, Ann. Phys. 167, 179 (1854)
    """
    ...

def tangent(
    table: Any,
    *,
    x: str | None = ...,
    y: str | None = ...,
    where: Where = ...,
    baseline_from: str | Measured | None = ...,
    baseline_to: str | Measured | None = ...,
    flank_to: str | Measured | None = ...,
    width: str | Measured | None = ...,
    shift: str | Measured | None = ...,
) -> Fit:
    """The onset of a step or a peak of a heating curve: Tg or Tx by two tangents.

    baseline(T_onset) = tangent(T_onset), the tangent at the steepest point of the flank

    Source: ISO 11357-2, extrapolated onset
    """
    ...
