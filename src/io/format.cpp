// The one list of formats.
#include "io/format.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.hpp"
#include "io/checkpoint.hpp"
#include "io/csv.hpp"
#include "io/extended_xyz.hpp"
#include "io/fields.hpp"
#include "io/h5md_reader.hpp"
#include "io/h5md_writer.hpp"
#include "io/kim_model.hpp"
#include "io/lammps_binary_dump.hpp"
#include "io/lammps_data.hpp"
#include "io/lammps_dump.hpp"
#include "io/lammps_log.hpp"
#include "io/packed_file.hpp"
#include "io/results_json.hpp"
#include "io/setfl.hpp"
#include "io/text_frame_writer.hpp"
#include "io/text_source.hpp"

namespace vitreous::io {
namespace {

template <class Source>
std::unique_ptr<FrameSource> make_source(const std::string& path) {
  return std::make_unique<Source>(path);
}

/// A data file's header stands within its first lines: "N atoms".
bool counts_atoms(std::string_view line) {
  const auto fields = split_fields(line.substr(0, line.find('#')));
  return fields.size() == 2 && fields[1] == "atoms" && to_integer(fields[0]);
}

}  // namespace

const std::vector<FrameFormat>& frame_formats() {
  static const std::vector<FrameFormat> all = {
      {.format = Format::lammps_dump,
       .one = "a LAMMPS dump",
       .endings = {".dump", ".lammpstrj"},
       .open = make_source<LammpsDumpSource>,
       .write = write_lammps_dump,
       .needs_species = false},
      {.format = Format::lammps_binary_dump,
       .one = "a binary LAMMPS dump",
       .endings = {},
       .open = make_source<LammpsBinaryDumpSource>},
      {.format = Format::extended_xyz,
       .one = "an extended XYZ file",
       .endings = {".extxyz", ".xyz"},
       .open = make_source<ExtendedXyzSource>,
       .write = write_extended_xyz,
       .holds_types = false},
      {.format = Format::h5md,
       .one = "an H5MD file",
       .endings = {".h5md", ".h5"},
       .open = make_source<H5mdSource>,
       .write = write_h5md,
       .is_packed = false,
       .needs_species = false},
      {.format = Format::lammps_data,
       .one = "a LAMMPS data file",
       .endings = {".data"},
       .open = make_source<LammpsDataSource>,
       .write = write_lammps_data,
       .holds_many = false,
       .holds_types = false,
       .holds_time = false},
  };
  return all;
}

const std::vector<core::Declaration>& format_declarations() {
  static const std::vector<core::Declaration> all = {
      lammps_dump_declaration(),  extended_xyz_declaration(), h5md_declaration(),
      lammps_data_declaration(),  lammps_log_declaration(),   setfl_declaration(),
      kim_declaration(),          checkpoint_declaration(),   csv_declaration(),
      results_json_declaration(),
  };
  return all;
}

Format detect_format(const std::string& path) {
  if (is_hdf5(path)) return holds_h5md(path) ? Format::h5md : Format::other;
  if (is_binary_dump(path)) return Format::lammps_binary_dump;
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
  const Format format = detect_format(path);
  std::vector<std::string> known;
  for (const auto& entry : frame_formats()) {
    if (entry.format == format) return entry.open(path);
    known.push_back(entry.one);
  }
  base::Message message;
  message.file = path;
  message.problem = "holds no frames that can be read";
  message.why = fmt::format("it is none of these: {}", fmt::join(known, ", "));
  throw base::InputError(message);
}

const FrameFormat& format_to_write(const std::string& path) {
  const std::string plain = without_packing(path);
  std::vector<std::string> endings;
  for (const auto& format : frame_formats())
    for (const auto& ending : format.endings) {
      endings.push_back(ending);
      if (!plain.ends_with(ending)) continue;
      if (format.is_packed || plain == path) return format;
      throw base::InputError(fmt::format("{}: {} is not packed as a whole", path, format.one),
                             "its data are packed inside, and read piece by piece", {plain});
    }
  base::Message message;
  message.file = path;
  message.problem = "its name tells no format";
  message.why = fmt::format("formats are told by {}, with .gz or .zst behind for text",
                            fmt::join(endings, ", "));
  message.tries = {path + ".dump"};
  throw base::InputError(message);
}

}  // namespace vitreous::io
