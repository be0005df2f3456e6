// Errors as Python's exceptions; units; threads.
#include <pybind11/stl.h>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/units.hpp"
#include "python/module.hpp"

namespace vitreous::python {
namespace {

/// Raises vitreous.errors.NAME with every part of the message as an attribute.
void raise(const char* name, const base::Message& message) {
  const py::object type = py::module_::import("vitreous.errors").attr(name);
  const py::object error =
      type(message.problem, message.why, message.tries, py::arg("file") = message.file,
           py::arg("line") = message.line, py::arg("key") = message.key,
           py::arg("text") = base::to_text(message, "").substr(2));
  PyErr_SetObject(type.ptr(), error.ptr());
}

void translate(std::exception_ptr failure) {
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (const base::InputError& error) {
    raise("InputError", error.message());
  } catch (const base::Error& error) {
    raise("RunError", error.message());
  }
}

py::tuple parse_quantity(const std::string& text) {
  const auto quantity = base::parse_quantity(text);
  return py::make_tuple(quantity.number, quantity.error, quantity.unit_text);
}

}  // namespace

void bind_base(py::module_& module) {
  py::register_exception_translator(&translate);
  base::set_threads(base::available_cores());
  module.def("parse_quantity", &parse_quantity, py::arg("text"),
             "(number, standard error or None, unit) of \"0.432(7) eV\"");
  module.def("quantity_in", &base::quantity_in, py::arg("text"), py::arg("unit"),
             "the number of a quantity in another unit");
  module.def("column_suffix", &base::column_suffix, py::arg("unit"), "m^2/s -> m2_per_s");
  module.def("nearest_name", &base::nearest_name, py::arg("word"), py::arg("candidates"));
  module.def("available_cores", &base::available_cores,
             "cores of the affinity mask, the cgroup and SLURM_CPUS_PER_TASK, whichever is least");
  module.def("set_threads", &base::set_threads, py::arg("threads"));
  module.def("threads", &base::threads);
}

}  // namespace vitreous::python
