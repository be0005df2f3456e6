// Declarations, measured values, tables and boxes as Python has them.
#include <fmt/format.h>
#include <pybind11/stl.h>

#include <cmath>

#include "base/error.hpp"
#include "core/element.hpp"
#include "core/measured.hpp"
#include "python/module.hpp"

namespace vitreous::python {
namespace {

const char* type_name(core::OptionType type) {
  using enum core::OptionType;
  switch (type) {
    case number:
      return "number";
    case integer:
      return "integer";
    case text:
      return "text";
    case flag:
      return "flag";
    case numbers:
      return "numbers";
    case words:
      return "words";
  }
  return "";
}

py::list to_list(const std::vector<core::OutputDeclaration>& outputs) {
  py::list list;
  for (const auto& output : outputs)
    list.append(py::dict(py::arg("name") = output.name, py::arg("unit") = output.unit,
                         py::arg("sentence") = output.sentence));
  return list;
}

py::dict column_dict(core::Column&& column) {
  py::dict dict(py::arg("name") = column.name, py::arg("unit") = column.unit,
                py::arg("header") = core::column_name(column),
                py::arg("standard_error") = py::none());
  if (auto* words = std::get_if<std::vector<std::string>>(&column.values))
    dict["values"] = *words;
  else
    dict["values"] = to_array(std::move(std::get<std::vector<double>>(column.values)));
  if (!column.standard_error.empty())
    dict["standard_error"] = to_array(std::move(column.standard_error));
  return dict;
}

py::dict reference_dict(const core::Reference& r) {
  return py::dict(py::arg("value") = r.value, py::arg("standard_error") = r.standard_error,
                  py::arg("unit") = r.unit, py::arg("kind") = r.kind,
                  py::arg("conditions") = r.conditions, py::arg("source") = r.source,
                  py::arg("differs") = r.differs);
}

py::tuple convert(double value, double standard_error, const std::string& unit,
                  const std::string& other) {
  const auto converted = core::Measured{value, standard_error, unit}.to(other);
  return py::make_tuple(converted.value, converted.standard_error);
}

std::string measured_text(double value, double standard_error, const std::string& unit) {
  return core::to_text(core::Measured{value, standard_error, unit});
}

}  // namespace

py::array_t<double> to_array(std::vector<double>&& values) {
  auto* owned = new std::vector<double>(std::move(values));
  const py::capsule owner(owned,
                          [](void* vector) { delete static_cast<std::vector<double>*>(vector); });
  return py::array_t<double>(static_cast<py::ssize_t>(owned->size()), owned->data(), owner);
}

py::array_t<double> to_array(const math::Vectors& vectors) {
  py::array_t<double> rows({static_cast<py::ssize_t>(vectors.size()), py::ssize_t{3}});
  double* to = rows.mutable_data();
  for (std::size_t i = 0; i < vectors.size(); ++i)
    for (std::size_t k = 0; k < 3; ++k) *to++ = vectors[i][k];
  return rows;
}

py::array_t<double> to_array(const math::Mat3& matrix) {
  py::array_t<double> rows({3, 3});
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t k = 0; k < 3; ++k) rows.mutable_at(i, k) = matrix(i, k);
  return rows;
}

void read_vectors(const Numbers& rows, const std::string& what, math::Vectors& vectors) {
  if (rows.ndim() != 2 || rows.shape(1) != 3)
    throw base::InputError(what + " must be an array of shape (atoms, 3)");
  const auto n = static_cast<std::size_t>(rows.shape(0));
  vectors.resize(n);
  const double* from = rows.data();
  for (std::size_t i = 0; i < n; ++i, from += 3) vectors.set(i, {from[0], from[1], from[2]});
}

core::Box to_box(const Numbers& cell) {
  if (cell.ndim() != 2 || cell.shape(0) != 3 || cell.shape(1) != 3)
    throw base::InputError("a cell must be an array of shape (3, 3) whose rows are its edges");
  math::Mat3 edges;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t k = 0; k < 3; ++k) edges(k, i) = cell.at(i, k);
  // Edges turned round span the same lattice, and a left-handed cell is right-handed then.
  if (math::determinant(edges) < 0.0) edges *= -1.0;
  return core::Box(edges);
}

std::vector<core::Species> elements_called(const std::vector<std::string>& names) {
  std::vector<core::Species> kinds;
  for (const auto& name : names) {
    const auto* element = core::find_element(name);
    if (!element) throw base::InputError(fmt::format("\"{}\" is no chemical element", name));
    kinds.push_back({name, element->mass});
  }
  return kinds;
}

py::dict to_dict(const core::Declaration& d) {
  py::list options;
  for (const auto& option : d.options)
    options.append(py::dict(py::arg("name") = option.name, py::arg("type") = type_name(option.type),
                            py::arg("unit") = option.unit, py::arg("default") = option.default_text,
                            py::arg("sentence") = option.sentence,
                            py::arg("choices") = option.choices));
  return py::dict(py::arg("name") = d.name, py::arg("one_line") = d.one_line,
                  py::arg("formula") = d.formula, py::arg("options") = options,
                  py::arg("columns") = to_list(d.columns), py::arg("derived") = to_list(d.derived),
                  py::arg("source") = d.source);
}

py::dict to_dict(core::Table&& table) {
  py::list columns;
  for (auto& column : table.columns) columns.append(column_dict(std::move(column)));
  return py::dict(py::arg("name") = table.name, py::arg("how") = table.how,
                  py::arg("columns") = columns);
}

py::dict to_dict(const core::Reported& q) {
  py::dict dict(py::arg("name") = q.name, py::arg("value") = py::none(),
                py::arg("standard_error") = py::none(), py::arg("unit") = py::none(),
                py::arg("status") = core::to_text(q.status), py::arg("reason") = q.reason,
                py::arg("state") = q.state, py::arg("how") = q.how,
                py::arg("reference") = py::none(), py::arg("pull") = core::pull(q));
  if (q.measured) {
    dict["value"] = q.measured->value;
    dict["unit"] = q.measured->unit;
    if (std::isfinite(q.measured->standard_error))
      dict["standard_error"] = q.measured->standard_error;
  }
  if (q.reference) dict["reference"] = reference_dict(*q.reference);
  return dict;
}

py::dict to_dict(core::Result&& result) {
  py::list tables, quantities;
  for (auto& table : result.tables) tables.append(to_dict(std::move(table)));
  for (const auto& quantity : result.quantities) quantities.append(to_dict(quantity));
  return py::dict(py::arg("tables") = tables, py::arg("quantities") = quantities);
}

void bind_core(py::module_& module) {
  module.def("measured_text", &measured_text, py::arg("value"), py::arg("standard_error"),
             py::arg("unit"), "0.437(8) eV");
  module.def("element_symbol", &core::element_symbol, py::arg("atomic_number"));
  module.def("convert", &convert, py::arg("value"), py::arg("standard_error"), py::arg("unit"),
             py::arg("other"), "(value, standard error) in another unit of the same dimension");
}

}  // namespace vitreous::python
