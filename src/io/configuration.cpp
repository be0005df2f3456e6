#include "io/configuration.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "io/frame_source.hpp"
#include "io/lammps_data.hpp"
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

Configuration first_frame(const std::string& path, const ConfigurationOptions& options) {
  const auto source = open_frames(path);
  FrameHead head;
  RawFrame frame;
  const bool whole = source->next_head(head) && source->read_atoms(frame);
  base::Message message;
  if (whole && head.periodic != std::array{true, true, true}) {
    message.problem = "its box is not periodic along all three edges";
    message.why = "forces and neighbors are those of a periodic box";
    message.tries = {"add vacuum along the open directions and make the box periodic there"};
    fail_in(path, message);
  }
  if (whole) return assemble(path, frame, {options.species, {}});
  message.problem = "holds no whole frame";
  message.why = source->truncation();
  fail_in(path, message);
}

}  // namespace

Configuration read_configuration(const std::string& path, const ConfigurationOptions& options) {
  switch (detect_format(path)) {
    case Format::lammps_data: {
      LammpsData data = read_lammps_data(path);
      for (std::size_t t = 0; t < std::min(options.species.size(), data.types.name.size()); ++t)
        data.types.name[t] = options.species[t];
      name_types_by_mass(data.types);
      return assemble(path, data.frame, data.types);
    }
    case Format::lammps_dump:
    case Format::extended_xyz:
      return first_frame(path, options);
    case Format::other:
      break;
  }
  base::Message message;
  message.problem = "is no configuration that can be read";
  message.tries = {"a LAMMPS data file, a LAMMPS text dump or an extended XYZ file"};
  fail_in(path, message);
}

}  // namespace vitreous::io
