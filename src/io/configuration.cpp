#include "io/configuration.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "io/format.hpp"
#include "io/species_table.hpp"

namespace vitreous::io {
namespace {

[[noreturn]] void fail_in(const std::string& path, base::Message message) {
  message.file = path;
  throw base::InputError(message);
}

Configuration assemble(const std::string& path, const RawFrame& frame, const TypeInfo& types) {
  if (SpeciesTable::is_unknown(frame, types)) {
    base::Message message;
    message.problem = fmt::format("the elements are not known: the file has only {}",
                                  SpeciesTable::describe_types(frame));
    message.tries = {"--species Cu,Zr (the element of type 1, 2, ...)",
                     "the element behind its mass in a data file (1 63.546 # Cu), or a dump with "
                     "an `element` column"};
    fail_in(path, message);
  }
  try {
    return make_configuration(frame, SpeciesTable(frame, types));
  } catch (const base::InputError& error) {
    fail_in(path, error.message());
  }
}

}  // namespace

Configuration read_configuration(const std::string& path, const ConfigurationOptions& options) {
  const auto source = open_frames(path);
  FrameHead head;
  RawFrame frame;
  base::Message message;
  if (!source->next_head(head) || !source->read_atoms(frame)) {
    message.problem = "holds no whole frame";
    message.why = source->truncation();
    fail_in(path, message);
  }
  if (head.periodic != std::array{true, true, true}) {
    message.problem = "its box is not periodic along all three edges";
    message.why = "forces and neighbors are those of a periodic box";
    message.tries = {"add vacuum along the open directions and make the box periodic there"};
    fail_in(path, message);
  }
  TypeInfo types = source->types();
  types.name.resize(std::max(types.name.size(), options.species.size()));
  std::copy(options.species.begin(), options.species.end(), types.name.begin());
  name_types_by_mass(types);
  return assemble(path, frame, types);
}

}  // namespace vitreous::io
