#include "study/works.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace vitreous::study {
namespace {

constexpr const char* title =
    "{vitreous}: metallic glasses in the computer, and how their atoms move";

}  // namespace

const std::vector<Work>& works() {
  static const std::vector<Work> all = {
      {"vitreous", "", "misc",
       fmt::format("author = {{{{The vitreous authors}}}}, title = {{{}}}, note = {{version {}}}",
                   title, VITREOUS_VERSION)},
      {"daw1984", "", "article",
       "author = {Daw, Murray S. and Baskes, M. I.}, title = {Embedded-atom method: Derivation and "
       "application to impurities, surfaces, and other defects in metals}, journal = {Phys. Rev. "
       "B}, volume = {29}, pages = {6443}, year = {1984}, doi = {10.1103/PhysRevB.29.6443}"},
      {"finnis1984", "", "article",
       "author = {Finnis, M. W. and Sinclair, J. E.}, title = {A simple empirical {N}-body "
       "potential for transition metals}, journal = {Philos. Mag. A}, volume = {50}, pages = {45}, "
       "year = {1984}"},
      {"tadmor2011", "Tadmor et al., JOM 63", "article",
       "author = {Tadmor, E. B. and Elliott, R. S. and Sethna, J. P. and Miller, R. E. and Becker, "
       "C. A.}, title = {The potential of atomistic simulations and the {Knowledgebase of "
       "Interatomic Models}}, journal = {JOM}, volume = {63}, pages = {17}, year = {2011}, doi = "
       "{10.1007/s11837-011-0102-6}"},
      {"swope1982", "", "article",
       "author = {Swope, William C. and Andersen, Hans C. and Berens, Peter H. and Wilson, Kent "
       "R.}, title = {A computer simulation method for the calculation of equilibrium constants "
       "for the formation of physical clusters of molecules: Application to small water clusters}, "
       "journal = {J. Chem. Phys.}, volume = {76}, pages = {637}, year = {1982}, doi = "
       "{10.1063/1.442716}"},
      {"nose1984", "", "article",
       "author = {Nos{\\'e}, Shuichi}, title = {A unified formulation of the constant temperature "
       "molecular dynamics methods}, journal = {J. Chem. Phys.}, volume = {81}, pages = {511}, "
       "year = {1984}, doi = {10.1063/1.447334}"},
      {"hoover1985", "", "article",
       "author = {Hoover, William G.}, title = {Canonical dynamics: Equilibrium phase-space "
       "distributions}, journal = {Phys. Rev. A}, volume = {31}, pages = {1695}, year = {1985}, "
       "doi = {10.1103/PhysRevA.31.1695}"},
      {"martyna1992", "", "article",
       "author = {Martyna, Glenn J. and Klein, Michael L. and Tuckerman, Mark}, title = "
       "{Nos{\\'e}-{Hoover} chains: The canonical ensemble via continuous dynamics}, journal = {J. "
       "Chem. Phys.}, volume = {97}, pages = {2635}, year = {1992}, doi = {10.1063/1.463940}"},
      {"martyna1994", "", "article",
       "author = {Martyna, Glenn J. and Tobias, Douglas J. and Klein, Michael L.}, title = "
       "{Constant pressure molecular dynamics algorithms}, journal = {J. Chem. Phys.}, volume = "
       "{101}, pages = {4177}, year = {1994}, doi = {10.1063/1.467468}"},
      {"martyna1996", "", "article",
       "author = {Martyna, Glenn J. and Tuckerman, Mark E. and Tobias, Douglas J. and Klein, "
       "Michael L.}, title = {Explicit reversible integrators for extended systems dynamics}, "
       "journal = {Mol. Phys.}, volume = {87}, pages = {1117}, year = {1996}, doi = "
       "{10.1080/00268979600100761}"},
      {"thompson2022", "", "article",
       "author = {Thompson, Aidan P. and Aktulga, H. Metin and Berger, Richard and Bolintineanu, "
       "Dan S. and Brown, W. Michael and Crozier, Paul S. and in 't Veld, Pieter J. and Kohlmeyer, "
       "Axel and Moore, Stan G. and Nguyen, Trung Dac and Shan, Ray and Stevens, Mark J. and "
       "Tranchida, Julien and Trott, Christian and Plimpton, Steven J.}, title = {{LAMMPS} - a "
       "flexible simulation tool for particle-based materials modeling at the atomic, meso, and "
       "continuum scales}, journal = {Comput. Phys. Commun.}, volume = {271}, pages = {108171}, "
       "year "
       "= {2022}, doi = {10.1016/j.cpc.2021.108171}"},
      {"bussi2007", "", "article",
       "author = {Bussi, Giovanni and Donadio, Davide and Parrinello, Michele}, title = {Canonical "
       "sampling through velocity rescaling}, journal = {J. Chem. Phys.}, volume = {126}, pages = "
       "{014101}, year = {2007}, doi = {10.1063/1.2408420}"},
      {"stillinger1982", "Stillinger and Weber", "article",
       "author = {Stillinger, Frank H. and Weber, Thomas A.}, title = {Hidden structure in "
       "liquids}, journal = {Phys. Rev. A}, volume = {25}, pages = {978}, year = {1982}, doi = "
       "{10.1103/PhysRevA.25.978}"},
      {"nocedal1980", "", "article",
       "author = {Nocedal, Jorge}, title = {Updating quasi-{Newton} matrices with limited "
       "storage}, "
       "journal = {Math. Comput.}, volume = {35}, pages = {773}, year = {1980}, doi = "
       "{10.1090/S0025-5718-1980-0572855-7}"},
      {"henkelman1999", "", "article",
       "author = {Henkelman, Graeme and J{\\'o}nsson, Hannes}, title = {A dimer method for finding "
       "saddle points on high dimensional potential surfaces using only first derivatives}, "
       "journal "
       "= {J. Chem. Phys.}, volume = {111}, pages = {7010}, year = {1999}, doi = "
       "{10.1063/1.480097}"},
      {"henkelman2000climbing", "", "article",
       "author = {Henkelman, Graeme and Uberuaga, Blas P. and J{\\'o}nsson, Hannes}, title = {A "
       "climbing image nudged elastic band method for finding saddle points and minimum energy "
       "paths}, journal = {J. Chem. Phys.}, volume = {113}, pages = {9901}, year = {2000}, doi = "
       "{10.1063/1.1329672}"},
      {"henkelman2000tangent", "", "article",
       "author = {Henkelman, Graeme and J{\\'o}nsson, Hannes}, title = {Improved tangent estimate "
       "in the nudged elastic band method for finding minimum energy paths and saddle points}, "
       "journal = {J. Chem. Phys.}, volume = {113}, pages = {9978}, year = {2000}, doi = "
       "{10.1063/1.1323224}"},
      {"bitzek2006", "", "article",
       "author = {Bitzek, Erik and Koskinen, Pekka and G{\\\"a}hler, Franz and Moseler, Michael "
       "and "
       "Gumbsch, Peter}, title = {Structural relaxation made simple}, journal = {Phys. Rev. "
       "Lett.}, "
       "volume = {97}, pages = {170201}, year = {2006}, doi = {10.1103/PhysRevLett.97.170201}"},
      {"guenole2020", "", "article",
       "author = {Gu{\\'e}nol{\\'e}, Julien and N{\\\"o}hring, Wolfram G. and Vaid, Aviral and "
       "Houll{\\'e}, Fr{\\'e}d{\\'e}ric and Xie, Zhuocheng and Prakash, Aruna and Bitzek, Erik}, "
       "title = {Assessment and optimization of the fast inertial relaxation engine ({FIRE}) for "
       "energy minimization in atomistic simulations and its implementation in {LAMMPS}}, journal "
       "= "
       "{Comput. Mater. Sci.}, volume = {175}, pages = {109584}, year = {2020}, doi = "
       "{10.1016/j.commatsci.2020.109584}"},
      {"allen2017", "Allen and Tildesley", "book",
       "author = {Allen, Michael P. and Tildesley, Dominic J.}, title = {Computer Simulation of "
       "Liquids}, edition = {2}, publisher = {Oxford University Press}, year = {2017}"},
      {"hansen2013", "Hansen and McDonald", "book",
       "author = {Hansen, Jean-Pierre and McDonald, Ian R.}, title = {Theory of Simple Liquids}, "
       "edition = {4}, publisher = {Academic Press}, year = {2013}"},
      {"rahman1964", "Rahman, Phys. Rev. 136", "article",
       "author = {Rahman, A.}, title = {Correlations in the motion of atoms in liquid argon}, "
       "journal = {Phys. Rev.}, volume = {136}, pages = {A405}, year = {1964}, doi = "
       "{10.1103/PhysRev.136.A405}"},
      {"vanhove1954", "van Hove, Phys. Rev. 95", "article",
       "author = {{van Hove}, L{\\'e}on}, title = {Correlations in space and time and {Born} "
       "approximation scattering in systems of interacting particles}, journal = {Phys. Rev.}, "
       "volume = {95}, pages = {249}, year = {1954}, doi = {10.1103/PhysRev.95.249}"},
      {"daivis1994", "Daivis and Evans", "article",
       "author = {Daivis, Peter J. and Evans, Denis J.}, title = {Comparison of constant pressure "
       "and constant volume nonequilibrium simulations of sheared model decane}, journal = {J. "
       "Chem. Phys.}, volume = {100}, pages = {541}, year = {1994}, doi = {10.1063/1.466970}"},
      {"helfand1960", "Helfand, Phys. Rev. 119", "article",
       "author = {Helfand, Eugene}, title = {Transport coefficients from dissipation in a "
       "canonical "
       "ensemble}, journal = {Phys. Rev.}, volume = {119}, pages = {1}, year = {1960}, doi = "
       "{10.1103/PhysRev.119.1}"},
      {"yeh2004", "Yeh and Hummer", "article",
       "author = {Yeh, In-Chul and Hummer, Gerhard}, title = {System-size dependence of diffusion "
       "coefficients and viscosities from molecular dynamics simulations with periodic boundary "
       "conditions}, journal = {J. Phys. Chem. B}, volume = {108}, pages = {15873}, year = {2004}, "
       "doi = {10.1021/jp0477147}"},
      {"rycroft2009", "Rycroft, Chaos 19", "article",
       "author = {Rycroft, Chris H.}, title = {{VORO++}: A three-dimensional {Voronoi} cell "
       "library "
       "in {C++}}, journal = {Chaos}, volume = {19}, pages = {041111}, year = {2009}, doi = "
       "{10.1063/1.3215722}"},
      {"annamareddy2021", "Annamareddy", "article",
       "author = {Annamareddy, Ajay and Voyles, Paul M. and Perepezko, John and Morgan, Dane}, "
       "title = {Mechanisms of bulk and surface diffusion in metallic glasses determined from "
       "molecular dynamics simulations}, journal = {Acta Mater.}, volume = {209}, pages = "
       "{116794}, "
       "year = {2021}, doi = {10.1016/j.actamat.2021.116794}"},
      {"steinhardt1983", "Steinhardt, Nelson and Ronchetti", "article",
       "author = {Steinhardt, Paul J. and Nelson, David R. and Ronchetti, Marco}, title = "
       "{Bond-orientational order in liquids and glasses}, journal = {Phys. Rev. B}, volume = "
       "{28}, "
       "pages = {784}, year = {1983}, doi = {10.1103/PhysRevB.28.784}"},
      {"mickel2013", "Mickel", "article",
       "author = {Mickel, Walter and Kapfer, Sebastian C. and Schr{\\\"o}der-Turk, Gerd E. and "
       "Mecke, Klaus}, title = {Shortcomings of the bond orientational order parameters for the "
       "analysis of disordered particulate matter}, journal = {J. Chem. Phys.}, volume = {138}, "
       "pages = {044501}, year = {2013}, doi = {10.1063/1.4774084}"},
      {"chang2022", "Chang", "article",
       "author = {Chang, C. and Zhang, H. P. and Zhao, R. and Li, F. C. and Luo, P. and Li, M. Z. "
       "and Bai, H. Y.}, title = {Liquid-like atoms "
       "in dense-packed solid glasses}, journal = {Nat. Mater.}, volume = {21}, pages = {1240}, "
       "year = {2022}, doi = {10.1038/s41563-022-01327-w}"},
      {"lu2016", "Lu and Wang, Phys. Rev. E 94", "article",
       "author = {Lu and Wang}, journal = {Phys. Rev. E}, volume = {94}, pages = {062611}, year = "
       "{2016}, doi = {10.1103/PhysRevE.94.062611}"},
      {"arrhenius1889", "Arrhenius, Z. Phys. Chem. 4", "article",
       "author = {Arrhenius, Svante}, title = {{{\\\"U}ber die Reaktionsgeschwindigkeit bei der "
       "Inversion von Rohrzucker durch S{\\\"a}uren}}, journal = {Z. Phys. Chem.}, volume = {4}, "
       "pages = {226}, year = {1889}"},
      {"vogel1921", "Vogel, Phys. Z. 22", "article",
       "author = {Vogel, Hans}, title = {{Das Temperaturabh{\\\"a}ngigkeitsgesetz der "
       "Viskosit{\\\"a}t von Fl{\\\"u}ssigkeiten}}, journal = {Phys. Z.}, volume = {22}, pages = "
       "{645}, year = {1921}"},
      {"fulcher1925", "Fulcher, J. Am. Ceram. Soc. 8", "article",
       "author = {Fulcher, Gordon S.}, title = {Analysis of recent measurements of the viscosity "
       "of "
       "glasses}, journal = {J. Am. Ceram. Soc.}, volume = {8}, pages = {339}, year = {1925}, doi "
       "= "
       "{10.1111/j.1151-2916.1925.tb16731.x}"},
      {"tammann1926", "Tammann and W. Hesse", "article",
       "author = {Tammann, G. and Hesse, W.}, title = {{Die Abh{\\\"a}ngigkeit der "
       "Viscosit{\\\"a}t "
       "von der Temperatur bei unterk{\\\"u}hlten Fl{\\\"u}ssigkeiten}}, journal = {Z. anorg. "
       "allg. "
       "Chem.}, volume = {156}, pages = {245}, year = {1926}"},
      {"hudson1966", "Hudson, J. Am. Stat. Assoc. 61", "article",
       "author = {Hudson, Derek J.}, title = {Fitting segmented curves whose join points have to "
       "be "
       "estimated}, journal = {J. Am. Stat. Assoc.}, volume = {61}, pages = {1097}, year = {1966}, "
       "doi = {10.1080/01621459.1966.10482198}"},
      {"ediger1996", "Nagel, J. Phys. Chem. 100", "article",
       "author = {Ediger, M. D. and Angell, C. A. and Nagel, Sidney R.}, title = {Supercooled "
       "liquids and glasses}, journal = {J. Phys. Chem.}, volume = {100}, pages = {13200}, year = "
       "{1996}, doi = {10.1021/jp953538d}"},
      {"ediger2000", "Ediger, Annu. Rev. Phys. Chem. 51", "article",
       "author = {Ediger, M. D.}, title = {Spatially heterogeneous dynamics in supercooled "
       "liquids}, journal = {Annu. Rev. Phys. Chem.}, volume = {51}, pages = {99}, year = {2000}, "
       "doi = {10.1146/annurev.physchem.51.1.99}"},
      {"kohlrausch1854", "Kohlrausch, Ann. Phys. 167", "article",
       "author = {Kohlrausch, R.}, title = {{Theorie des elektrischen R{\\\"u}ckstandes in der "
       "Leidener Flasche}}, journal = {Ann. Phys.}, volume = {167}, pages = {179}, year = {1854}"},
  };
  return all;
}

std::vector<std::string> works_named(const std::string& source) {
  std::vector<std::string> keys;
  for (const Work& work : works())
    if (!work.cited_as.empty() && source.find(work.cited_as) != source.npos)
      keys.push_back(work.key);
  return keys;
}

std::string citation(const std::vector<std::string>& keys) {
  return keys.empty() ? "" : fmt::format("[@{}]", fmt::join(keys, "; @"));
}

std::vector<std::string> cited_keys(const std::string& text) {
  std::vector<std::string> keys;
  for (auto at = text.find('@'); at != text.npos; at = text.find('@', at + 1)) {
    if (at == 0 || (text[at - 1] != '[' && text[at - 1] != ' ')) continue;
    const auto end = text.find_first_of(";] ", at);
    const std::string key = text.substr(at + 1, end - at - 1);
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  return keys;
}

std::string bibtex_of_work(const std::string& key) {
  for (const Work& work : works())
    if (work.key == key) return fmt::format("@{}{{{}, {}}}\n", work.type, work.key, work.fields);
  return {};
}

}  // namespace vitreous::study
