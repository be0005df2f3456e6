# Made from the program's declarations by tools/python_stubs.py; a test tells where it is not current.

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from .measured import Measured

CLASSES: dict[str, type[Observer]]
BY_KIND: dict[str, type[Observer]]

def class_name(kind: str) -> str: ...
def docstring(declaration: Mapping[str, Any]) -> str: ...

class Observer:
    kind: str
    declaration: Mapping[str, Any]
    options: dict[str, str]
    def __init__(self, **options: object) -> None: ...

class Thermo(Observer):
    """temperature, pressure, energy, enthalpy, volume and box along the run, and means.

    T = 2 K / (3 (N - 1) kB); P = tr(sum m v v + W) / (3 V); H = E + P V

    Source: Allen and Tildesley, Computer Simulation of Liquids, 2nd ed., section 2.4
    """
    def __init__(self, *, every: str | Measured | None = ...) -> None: ...

class MSD(Observer):
    """mean square displacement and diffusion coefficient, per species and of all atoms.

    MSD(t) = <|r_i(t0 + t) - r_i(t0)|^2> over atoms i and origins t0; D from MSD = A + 2 d D t over lags where 2 d D t > A, in d = 3
    dimensions, 2 in a layer

    Source: Allen and Tildesley, Computer Simulation of Liquids, 2nd ed., section 2.7
    """
    def __init__(
        self,
        *,
        max_time: str | Measured | None = ...,
        fit_from: str | Measured | None = ...,
        q: str | Measured | None = ...,
        layer: str | Measured | None = ...,
        region: Literal["outer", "inner"] | None = ...,
        membership: Literal["start", "both_ends", "throughout"] | None = ...,
        membership_every: str | Measured | None = ...,
    ) -> None: ...

class IntermediateScattering(Observer):
    """self intermediate scattering function and its relaxation time tau_alpha.

    F_s(q,t) = <sin(q d)/(q d)>, d = |r_i(t0 + t) - r_i(t0)|, over atoms i and origins t0 (J0(q d) in a layer, for wave vectors along
    it); F_s(q, tau_alpha) = 1/e

    Source: Hansen and McDonald, Theory of Simple Liquids, 4th ed., section 7.4
    """
    def __init__(
        self,
        *,
        q: str | Measured | None = ...,
        max_time: str | Measured | None = ...,
        layer: str | Measured | None = ...,
        region: Literal["outer", "inner"] | None = ...,
        membership: Literal["start", "both_ends", "throughout"] | None = ...,
        membership_every: str | Measured | None = ...,
    ) -> None: ...

class NonGaussian(Observer):
    """non-Gaussian parameter alpha_2 of the displacements.

    alpha_2(t) = 3 <d^4> / (5 <d^2>^2) - 1, in a layer <d^4> / (2 <d^2>^2) - 1, d = |r_i(t0 + t) - r_i(t0)|, over atoms i and origins
    t0

    Source: Rahman, Phys. Rev. 136, A405 (1964)
    """
    def __init__(
        self,
        *,
        max_time: str | Measured | None = ...,
        layer: str | Measured | None = ...,
        region: Literal["outer", "inner"] | None = ...,
        membership: Literal["start", "both_ends", "throughout"] | None = ...,
        membership_every: str | Measured | None = ...,
    ) -> None: ...

class VanHove(Observer):
    """self van Hove function: how far atoms have moved after a few times.

    G_s(r,t) = <delta(r - d)>/(4 pi r^2), d = |r_i(t0 + t) - r_i(t0)|, over atoms i and origins t0

    Source: van Hove, Phys. Rev. 95, 249 (1954); Hansen and McDonald, 4th ed., section 7.2
    """
    def __init__(
        self,
        *,
        times: Sequence[str | Measured] | str | None = ...,
        r_max: str | Measured | None = ...,
        bin: str | Measured | None = ...,
    ) -> None: ...

class RDF(Observer):
    """radial distribution functions g(r), of every pair of elements and of all atoms.

    g_ab(r) = V <n_ab(r)>/(N_a N_b 4 pi r^2 dr), with N (N - 1)/2 for pairs of a kind

    Source: Allen and Tildesley, Computer Simulation of Liquids, 2nd ed., section 2.6
    """
    def __init__(self, *, r_max: str | Measured | None = ..., bin: str | Measured | None = ..., every: str | Measured | None = ...) -> None: ...

class Viscosity(Observer):
    """shear viscosity from the fluctuations of the stress (Green and Kubo).

    eta = V/(kB T) int <p(0) p(t)> dt = V/(2 kB T) d<(G(t0 + t) - G(t0))^2>/dt, G = int p dt, p the five shear components of the
    pressure tensor

    Source: Daivis and Evans, J. Chem. Phys. 100, 541 (1994); Helfand, Phys. Rev. 119, 1 (1960); Yeh and Hummer, J. Phys. Chem. B 108,
    15873 (2004)
    """
    def __init__(self, *, every: str | Measured | None = ..., max_time: str | Measured | None = ..., fit_from: str | Measured | None = ...) -> None: ...

class CageJumps(Observer):
    """jumps of atoms out of their cages: events, rates, lengths and their diffusion.

    an atom jumps where <(r - <r>)^2> > 5 <u^2> over a window of time; windows overlap by half, those that overlap or touch are one
    jump; l = <r>(behind) - <r>(before), |l| >= sqrt(<u^2>); a jump and the next one cancel where |l + l'| < 1 A; D_jumps = Gamma
    <l^2>/(2 d) in d = 3 dimensions, along the surface in a layer 2

    Source: Annamareddy, Voyles, Perepezko and Morgan (2021), section 3; Lu and Wang, Phys. Rev. E 94, 062611 (2016)
    """
    def __init__(
        self,
        *,
        window: str | Measured | None = ...,
        every: str | Measured | None = ...,
        u2: str | Measured | None = ...,
        u2_convention: Literal["variance", "msd", "per_component"] | None = ...,
        layer: str | Measured | None = ...,
        region: Literal["outer", "inner"] | None = ...,
        membership: Literal["start", "both_ends", "throughout"] | None = ...,
    ) -> None: ...

class Hops(Observer):
    """hops of atoms between inherent structures, their energies and their barriers.

    an atom hops where it moves farther than `distance` between the minima below two successive moments; barrier: nudged elastic band
    from the first minimum to the one reached with the atoms within `radius` of the jumper alone where they stand in the second, all
    atoms then minimized; mean barrier E = -kB T ln <exp(-E_i/kB T)>

    Source: Annamareddy, Voyles, Perepezko and Morgan (2021), section 3 and Fig. 7
    """
    def __init__(
        self,
        *,
        every: str | Measured | None = ...,
        distance: str | Measured | None = ...,
        barriers: int | str | None = ...,
        radius: str | Measured | None = ...,
        cutoff: Sequence[str | Measured] | str | None = ...,
        temperature: str | Measured | None = ...,
        layer: str | Measured | None = ...,
    ) -> None: ...

class Voronoi(Observer):
    """Voronoi cells: how often each index occurs, icosahedron-like atoms, coordination.

    <n3,n4,n5,n6>, n_k the faces of an atom's cell with k edges; icosahedron-like: <0,0,12,0>, <0,2,8,2>, <0,2,8,1>, <0,3,6,3>,
    <0,1,10,2>; filtered: faces below 1 % of the cell's surface are not counted

    Source: cells: voro++, Rycroft, Chaos 19, 041111 (2009); the five indices: Annamareddy, Voyles, Perepezko and Morgan, Acta Mater.
    209, 116794 (2021)
    """
    def __init__(self, *, every: str | Measured | None = ...) -> None: ...

class BondOrder(Observer):
    """bond-orientational order of Voronoi neighbors: q4, q6 and the normalized w4, w6.

    q_lm = <Y_lm>, q_l = sqrt(4 pi/(2l+1) sum_m |q_lm|^2), w_l = sum (l l l; m1 m2 m3) q_lm1 q_lm2 q_lm3 / (sum_m |q_lm|^2)^(3/2);
    neighbors: faces above 1 % of the cell's surface, all alike; by_area: every face by its area

    Source: Steinhardt, Nelson and Ronchetti, Phys. Rev. B 28, 784 (1983); by area: Mickel, Kapfer, Schroeder-Turk and Mecke, J. Chem.
    Phys. 138, 044501 (2013); w6 of glasses: Chang et al., Nat. Mater. 21, 1240 (2022)
    """
    def __init__(self, *, every: str | Measured | None = ...) -> None: ...

class DepthProfile(Observer):
    """a slab against depth: density, coordination, composition, icosahedron-like atoms, surfaces.

    density n_a(z)/(2 A dz), z the depth below the nearer face as it was opened, negative outside; dividing surface at z = L/2 -
    N_half/(A n), n the density of all atoms in the middle third of the slab of thickness L

    Source: Annamareddy, Voyles, Perepezko and Morgan, Acta Mater. 209, 116794 (2021), Figs. 8, S4
    """
    def __init__(
        self,
        *,
        bin: str | Measured | None = ...,
        layer: str | Measured | None = ...,
        cutoff: Sequence[str | Measured] | str | None = ...,
        adatom: Sequence[str] | str | None = ...,
        every: str | Measured | None = ...,
    ) -> None: ...

class DisplacementTrace(Observer):
    """squared displacement of single atoms in time.

    d_i^2(t) = |r_i(t) - r_i(0)|^2 from the first frame on, without the drift of the center of mass

    Source: Annamareddy, Voyles, Perepezko and Morgan, Acta Mater. 209, 116794 (2021), Fig. 4
    """
    def __init__(self, *, atoms: Sequence[float] | str | None = ..., count: int | str | None = ..., every: str | Measured | None = ...) -> None: ...
