// Observers on frames that stand in arrays.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <pybind11/stl.h>

#include "analysis/observer_set.hpp"
#include "base/error.hpp"
#include "io/observed_trajectory.hpp"
#include "io/unwrapping.hpp"
#include "python/module.hpp"
#include "python/requests.hpp"

namespace vitreous::python {
namespace {

/// Observers that are handed one frame after another. The array of a frame is read where it lies,
/// and nothing of it is kept but what observers keep.
class Watcher {
 public:
  /// Atom i is of kind `kind[i]` of `species`; frames will be at `steps`, `timestep` ps each (0
  /// where time is not known) in the `cell` of the first. `periodic` says along which edges wrapped
  /// positions follow the nearest image; `is_unwrapped` that they are not wrapped.
  Watcher(const std::vector<std::string>& species, const Indices& kind, const Steps& steps,
          double timestep, const Requests& asked, const Beside& beside, const Numbers& cell,
          std::array<bool, 3> periodic, bool is_unwrapped)
      : requests_(to_requests(asked)),
        setting_(setting_of(species, kind, steps, timestep)),
        observers_(completed(setting_, beside, to_box(cell)), requests_),
        periodic_(periodic),
        is_unwrapped_(is_unwrapped) {
    require_forces(observers_, beside);
    require_time();
    auto& atoms = frame_.atoms;
    atoms.kinds = setting_.kinds;
    atoms.resize(static_cast<std::size_t>(kind.size()));
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      atoms.id[i] = static_cast<std::int64_t>(i);  // as Python counts, for messages
      atoms.species[i] = kind.data()[i];
    }
  }

  void take(std::int64_t step, const Numbers& cell, const Numbers& positions,
            const py::object& velocities) {
    const std::size_t atoms = frame_.atoms.size();
    frame_.step = step;
    if (setting_.timeline.timestep > 0.0)
      frame_.time = static_cast<double>(step) * setting_.timeline.timestep;
    frame_.box = to_box(cell);
    read_vectors(positions, "positions", frame_.atoms.position);
    frame_.has_velocities = !velocities.is_none();
    if (frame_.has_velocities)
      read_vectors(py::cast<Numbers>(velocities), "velocities", frame_.atoms.velocity);
    if (frame_.atoms.position.size() != atoms || frame_.atoms.velocity.size() != atoms)
      throw base::InputError(fmt::format("the frame of step {} has {} atoms, the first had {}",
                                         step, frame_.atoms.position.size(), atoms));
    frame_.is_unwrapped = is_unwrapped_;
    const py::gil_scoped_release others_go_on;
    unwrap();
    io::hand_frame(observers_, frame_, "", names_of(requests_));
    while (observers_.has_work()) {
      observers_.work();
      const py::gil_scoped_acquire here;  // Ctrl-C is answered between pieces
      if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    }
  }

  py::dict result() {
    core::Result result;
    {
      const py::gil_scoped_release others_go_on;
      result = observers_.result();
    }
    return to_dict(std::move(result));
  }

 private:
  static analysis::Setting setting_of(const std::vector<std::string>& species, const Indices& kind,
                                      const Steps& steps, double timestep) {
    analysis::Setting setting;
    setting.kinds = elements_called(species);
    setting.counts.resize(species.size());
    for (py::ssize_t i = 0; i < kind.size(); ++i)
      ++setting.counts.at(static_cast<std::size_t>(kind.data()[i]));
    auto& timeline = setting.timeline;
    timeline.steps.assign(steps.data(), steps.data() + steps.size());
    for (std::size_t k = 1; k < timeline.steps.size(); ++k)
      if (timeline.steps[k] <= timeline.steps[k - 1])
        throw base::InputError(fmt::format("the steps do not rise: {} follows {}",
                                           timeline.steps[k], timeline.steps[k - 1]),
                               "frames come in the order of time, each once");
    if (timeline.steps.empty()) throw base::InputError("there is no frame");
    timeline.first = timeline.steps.front();
    timeline.last = timeline.steps.back();
    timeline.timestep = timestep;
    return setting;
  }

  void require_time() const {
    if (setting_.timeline.timestep > 0.0) return;
    io::TrajectoryOptions needs;
    io::ask_for(requests_, needs);
    if (needs.needs_time)
      throw base::InputError(needs.wanted_by + " needs the time between frames",
                             "frames in memory do not tell it",
                             {"timestep=\"100 fs\", from one frame to the next",
                              "timestep=\"1 fs\" with steps=[0, 100, 200, ...]"});
  }

  void unwrap() {
    try {
      unwrapping_.follow(frame_, periodic_);
    } catch (const base::InputError& error) {
      base::Message message = error.message();
      message.tries = {"unwrapped=True, where positions are never folded into the box",
                       "frames closer in time"};
      throw base::InputError(message);
    }
  }

  std::vector<analysis::ObserverRequest> requests_;
  analysis::Setting setting_;
  analysis::ObserverSet observers_;
  std::array<bool, 3> periodic_;
  bool is_unwrapped_;
  io::Configuration frame_;
  io::Unwrapping unwrapping_;
};

py::list observer_declarations() {
  py::list list;
  for (const auto& declaration : analysis::observer_declarations()) {
    py::dict dict = to_dict(declaration);
    dict["from_positions"] = analysis::can_watch_trajectory(declaration.name);
    list.append(dict);
  }
  return list;
}

void check_observer(const std::string& kind, const Words& options) {
  analysis::check_request({kind, options});
}

}  // namespace

void bind_analysis(py::module_& module) {
  module.def("observer_declarations", &observer_declarations);
  module.def("check_observer", &check_observer, py::arg("kind"), py::arg("options"));
  py::class_<Beside>(module, "Beside")
      .def(py::init<std::string, double, std::size_t>(), py::arg("potential"), py::arg("gap"),
           py::arg("edge"));
  py::class_<Watcher>(module, "Watcher")
      .def(py::init<const std::vector<std::string>&, const Indices&, const Steps&, double,
                    const Requests&, const Beside&, const Numbers&, std::array<bool, 3>, bool>(),
           py::arg("species"), py::arg("kind"), py::arg("steps"), py::arg("timestep"),
           py::arg("observers"), py::arg("beside"), py::arg("cell"), py::arg("periodic"),
           py::arg("unwrapped"))
      .def("take", &Watcher::take, py::arg("step"), py::arg("cell"), py::arg("positions"),
           py::arg("velocities") = py::none())
      .def("result", &Watcher::result);
}

}  // namespace vitreous::python
