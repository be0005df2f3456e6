// Laws and their fits to tables.
#include <pybind11/stl.h>

#include "io/fit_table.hpp"
#include "models/law.hpp"
#include "python/module.hpp"

namespace vitreous::python {
namespace {

py::list law_declarations() {
  py::list list;
  for (const auto& declaration : models::law_declarations()) {
    py::dict dict = to_dict(declaration);
    dict["of_temperature"] = models::is_of_temperature(declaration);
    list.append(dict);
  }
  return list;
}

/// A law and the table that it is fitted to, read once. Fits are made anew for other options or
/// other places of prediction, to the same bits.
class TableFit {
 public:
  TableFit(const std::string& law, const Words& options, const std::string& file,
           const std::string& x, const std::string& y, const std::vector<std::string>& where)
      : law_(law) {
    const auto& declaration = models::law_declaration(law);
    options_ = core::parse_options(declaration, options);
    const bool of_temperature = models::is_of_temperature(declaration);
    const std::string column = y.empty() ? io::usual_quantity(law) : y;
    table_ =
        io::fit_table(io::read_fit_data(file, of_temperature), {x, column, where, of_temperature});
  }

  py::dict fit(const std::vector<double>& predict_at) const {
    models::FitInput input = table_.input;
    input.predict_at = predict_at;
    core::Result result;
    {
      const py::gil_scoped_release others_go_on;
      result = models::fit_law(law_, input, options_);
    }
    return to_dict(std::move(result));
  }

  const std::string& y() const { return table_.y; }
  const std::string& x_name() const { return table_.input.x_name; }
  const std::string& x_unit() const { return table_.input.x_unit; }
  const std::vector<std::string>& reading() const { return table_.reading; }
  const std::vector<std::string>& notes() const { return table_.notes; }

 private:
  std::string law_;
  core::Options options_;
  io::FitTable table_;
};

}  // namespace

void bind_models(py::module_& module) {
  module.def("law_declarations", &law_declarations);
  module.def("usual_quantity", &io::usual_quantity, py::arg("law"));
  py::class_<TableFit>(module, "TableFit")
      .def(py::init<const std::string&, const Words&, const std::string&, const std::string&,
                    const std::string&, const std::vector<std::string>&>(),
           py::arg("law"), py::arg("options"), py::arg("file"), py::arg("x"), py::arg("y"),
           py::arg("where"))
      .def("fit", &TableFit::fit, py::arg("predict_at"))
      .def_property_readonly("y", &TableFit::y)
      .def_property_readonly("x_name", &TableFit::x_name)
      .def_property_readonly("x_unit", &TableFit::x_unit)
      .def_property_readonly("reading", &TableFit::reading)
      .def_property_readonly("notes", &TableFit::notes);
}

}  // namespace vitreous::python
