#include "python/module.hpp"

PYBIND11_MODULE(_core, module) {
  using namespace vitreous::python;
  module.doc() = "What the package vitreous is made of, from the rooms of the program.";
  bind_base(module);
  bind_core(module);
  bind_engine(module);
  bind_analysis(module);
  bind_models(module);
  bind_io(module);
}
