// The parts of the extension module `vitreous._core`, one a room, and what they exchange: numpy
// arrays that take over a vector's memory, and dictionaries of the core's own plain data. The
// package in python/vitreous makes of them what its users see.
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <map>
#include <string>
#include <vector>

#include "core/atoms.hpp"
#include "core/box.hpp"
#include "core/declaration.hpp"
#include "core/result.hpp"

namespace vitreous::python {

namespace py = pybind11;

void bind_base(py::module_& module);
void bind_core(py::module_& module);
void bind_engine(py::module_& module);
void bind_analysis(py::module_& module);
void bind_models(py::module_& module);
void bind_io(py::module_& module);

/// Numbers as numpy has them: an array of another type or layout is converted, one of this kind is
/// read where it lies.
using Numbers = py::array_t<double, py::array::c_style | py::array::forcecast>;
using Indices = py::array_t<std::int32_t, py::array::c_style | py::array::forcecast>;
using Steps = py::array_t<std::int64_t, py::array::c_style | py::array::forcecast>;

/// An array that owns what the vector held; nothing is copied.
py::array_t<double> to_array(std::vector<double>&& values);
/// (n, 3).
py::array_t<double> to_array(const math::Vectors& vectors);
/// (3, 3), row by row.
py::array_t<double> to_array(const math::Mat3& matrix);

/// Rows of (n, 3) into vectors. Throws InputError for another shape; `what` names it.
void read_vectors(const Numbers& rows, const std::string& what, math::Vectors& vectors);
/// The box whose edges are the rows of a (3, 3) array, as ASE and numpy users write cells.
core::Box to_box(const Numbers& cell);

py::dict to_dict(const core::Declaration& declaration);
/// {"name", "how", "columns": [{"name", "unit", "header", "values", "standard_error"}]}.
py::dict to_dict(core::Table&& table);
/// As results.json tells it, with `how` whole.
py::dict to_dict(const core::Reported& reported);
/// {"tables": [...], "quantities": [...]}.
py::dict to_dict(core::Result&& result);

/// Kinds with the masses of the periodic table. Throws InputError for what is no element.
std::vector<core::Species> elements_called(const std::vector<std::string>& names);

/// Options as a user's words by name.
using Words = std::map<std::string, std::string>;

}  // namespace vitreous::python
