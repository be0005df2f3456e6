#include "io/frame_source.hpp"

#include "base/error.hpp"
#include "io/extended_xyz.hpp"
#include "io/fields.hpp"
#include "io/lammps_dump.hpp"

namespace vitreous::io {
namespace {

/// A data file's header stands within its first lines: "N atoms".
bool counts_atoms(std::string_view line) {
  const auto fields = split_fields(line.substr(0, line.find('#')));
  return fields.size() == 2 && fields[1] == "atoms" && to_integer(fields[0]);
}

}  // namespace

Format detect_format(const std::string& path) {
  TextSource text(path);
  std::string_view line;
  for (int k = 0; k < 30 && text.next(line); ++k) {
    if (line.starts_with("ITEM:")) return Format::lammps_dump;
    if (counts_atoms(line)) return Format::lammps_data;
    if (k == 0 && to_integer(trim(line))) {
      std::string_view comment;
      const bool there = text.next(comment);
      return there ? Format::extended_xyz : Format::other;
    }
  }
  return Format::other;
}

std::unique_ptr<FrameSource> open_frames(const std::string& path) {
  switch (detect_format(path)) {
    case Format::lammps_dump:
      return std::make_unique<LammpsDumpSource>(path);
    case Format::extended_xyz:
      return std::make_unique<ExtendedXyzSource>(path);
    default:
      break;
  }
  base::Message message;
  message.file = path;
  message.problem = "is neither a LAMMPS text dump nor an extended XYZ file";
  throw base::InputError(message);
}

}  // namespace vitreous::io
