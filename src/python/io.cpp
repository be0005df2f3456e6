// Trajectories, configurations and tables by file name.
#include <pybind11/stl.h>

#include <chrono>
#include <filesystem>

#include "base/error.hpp"
#include "io/csv.hpp"
#include "io/observed_trajectory.hpp"
#include "io/potential_source.hpp"
#include "io/trajectory_index.hpp"
#include "python/module.hpp"
#include "python/requests.hpp"

namespace vitreous::python {
namespace {

using Clock = std::chrono::steady_clock;

/// Tells Python how far it is, some times a second: there Ctrl-C is answered too.
class Told {
 public:
  Told(const py::object& progress, std::size_t frames) : progress_(progress), frames_(frames) {}

  void tell(std::size_t done) {
    const auto now = Clock::now();
    if (now < next_ && done < frames_) return;
    next_ = now + std::chrono::milliseconds(100);
    const py::gil_scoped_acquire here;
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    if (!progress_.is_none()) progress_(done, frames_);
  }

 private:
  const py::object& progress_;  ///< no copy: others may hold Python's lock when this is made
  std::size_t frames_;
  Clock::time_point next_ = Clock::now();
};

py::dict summary_dict(const io::TrajectorySummary& summary) {
  std::vector<std::string> species;
  for (const auto& kind : summary.kinds) species.push_back(kind.name);
  return py::dict(py::arg("steps") = summary.steps, py::arg("timestep") = summary.timestep,
                  py::arg("atoms") = summary.atoms, py::arg("species") = species,
                  py::arg("counts") = summary.counts, py::arg("warnings") = summary.warnings);
}

/// One pass over the files with all observers; `timestep` in ps, 0 where the files tell it.
py::dict analyze_files(const std::vector<std::string>& files, const Requests& asked,
                       const std::vector<std::string>& species, double timestep,
                       const std::string& log, const Beside& beside, const py::object& progress) {
  const auto requests = to_requests(asked);
  io::TrajectoryOptions options;
  options.species = species;
  if (timestep > 0.0) options.timestep = timestep;
  if (!log.empty()) options.log = log;
  io::ask_for(requests, options);
  io::TrajectorySummary summary;
  core::Result result;
  {
    const py::gil_scoped_release others_go_on;
    summary = io::scan_trajectory(files, options);
    analysis::ObserverSet observers(
        completed(io::setting_of(summary), beside, summary.index->first.head.box), requests);
    require_forces(observers, beside);
    Told told(progress, summary.steps.size());
    io::observe_trajectory(observers, summary, files.front(), names_of(requests),
                           [&](std::size_t done) {
                             told.tell(done);
                             return true;
                           });
    result = observers.result();
  }
  py::dict dict = to_dict(std::move(result));
  dict["trajectory"] = summary_dict(summary);
  return dict;
}

py::dict read_configuration(const std::string& path, const std::vector<std::string>& species) {
  const auto configuration = io::read_configuration(path, {species});
  std::vector<std::string> kinds;
  for (const auto& kind : configuration.atoms.kinds) kinds.push_back(kind.name);
  return py::dict(py::arg("species") = kinds,
                  py::arg("kind") = Indices(static_cast<py::ssize_t>(configuration.atoms.size()),
                                            configuration.atoms.species.data()),
                  py::arg("positions") = to_array(configuration.atoms.position),
                  py::arg("cell") = to_array(math::transpose(configuration.box.cell())));
}

py::dict read_table(const std::string& path) {
  core::Table table = io::read_csv(path);
  table.name = std::filesystem::path(path).stem().string();
  return to_dict(std::move(table));
}

}  // namespace

void bind_io(py::module_& module) {
  module.def("analyze_files", &analyze_files, py::arg("files"), py::arg("observers"),
             py::arg("species"), py::arg("timestep"), py::arg("log"), py::arg("beside"),
             py::arg("progress"));
  module.def("read_configuration", &read_configuration, py::arg("path"), py::arg("species"));
  module.def("read_table", &read_table, py::arg("path"));
  module.def("list_potentials", &io::list_kim_models, py::arg("elements"),
             "KIM EAM models that are installed and know all of the elements");
}

}  // namespace vitreous::python
