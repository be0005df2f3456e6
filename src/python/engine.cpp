// Energies and forces of configurations that stand in arrays.
#include <fmt/format.h>
#include <pybind11/stl.h>

#include "base/error.hpp"
#include "engine/native/reference_forces.hpp"
#include "io/potential_source.hpp"
#include "python/module.hpp"

namespace vitreous::python {
namespace {

/// Forces in double precision on the atoms of one system. The neighbor list is kept from call to
/// call.
class ArrayForces {
 public:
  /// `species` names the kinds, `kind` tells each atom's.
  ArrayForces(const std::string& potential, const std::vector<std::string>& species,
              const Indices& kind, double skin)
      : forces_(potential::EamPotential(io::read_potential(potential), species), skin) {
    atoms_.kinds = elements_called(species);
    atoms_.resize(static_cast<std::size_t>(kind.size()));
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
      atoms_.id[i] = static_cast<std::int64_t>(i);  // as Python counts, for messages
      atoms_.species[i] = kind.data()[i];
      if (atoms_.species[i] < 0 || atoms_.species[i] >= static_cast<int>(species.size()))
        throw base::InputError(fmt::format("atom {} is of no kind of the list", i));
    }
  }

  py::dict evaluate(const Numbers& cell, const Numbers& positions) {
    const core::Box box = to_box(cell);
    const std::size_t atoms = atoms_.size();
    read_vectors(positions, "positions", atoms_.position);
    if (atoms_.position.size() != atoms)
      throw base::InputError(
          fmt::format("{} positions of {} atoms", atoms_.position.size(), atoms));
    {
      const py::gil_scoped_release others_go_on;
      forces_.evaluate(box, atoms_, {.energy = true, .virial = true, .energy_per_atom = true},
                       result_);
    }
    return py::dict(py::arg("energy") = result_.energy,
                    py::arg("energies") = to_array(std::vector<double>(result_.energy_per_atom)),
                    py::arg("forces") = to_array(result_.force),
                    py::arg("virial") = to_array(result_.virial), py::arg("volume") = box.volume());
  }

  double cutoff() const { return forces_.cutoff(); }
  std::string description() const { return forces_.description(); }

 private:
  engine::ReferenceForces forces_;
  core::Atoms atoms_;
  engine::ForceResult result_;
};

}  // namespace

void bind_engine(py::module_& module) {
  py::class_<ArrayForces>(module, "Forces")
      .def(py::init<const std::string&, const std::vector<std::string>&, const Indices&, double>(),
           py::arg("potential"), py::arg("species"), py::arg("kind"), py::arg("skin"))
      .def("evaluate", &ArrayForces::evaluate, py::arg("cell"), py::arg("positions"))
      .def_property_readonly("cutoff", &ArrayForces::cutoff)
      .def_property_readonly("description", &ArrayForces::description);
}

}  // namespace vitreous::python
