// H5MD trajectories (H5MD 1.1, nongnu.org/h5md): positions, images, velocities, species, masses and
// ids of one group of particles, in a box that is fixed or moves with the frames.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/declaration.hpp"
#include "io/frame_source.hpp"

namespace vitreous::io {

/// By its first bytes.
bool is_hdf5(const std::string& path);
/// An HDF5 file with a group `h5md`: a checkpoint has none.
bool holds_h5md(const std::string& path);

/// The group of particles is `all`, or the only one. Units are those that the file names, else A,
/// ps and amu. Throws InputError that names file and element. (HDF5 itself may fall over a file
/// whose inner headers are damaged and hold no checksums, as those of its oldest form do not.)
class H5mdSource : public FrameSource {
 public:
  explicit H5mdSource(const std::string& path);
  ~H5mdSource() override;
  bool next_head(FrameHead& head) override;
  bool read_atoms(RawFrame& frame) override;
  bool skip_atoms() override { return true; }
  std::string truncation() const override { return {}; }
  std::vector<std::string> passed_over() const override;
  std::vector<std::string> warnings() const override;

 private:
  struct File;
  std::string path_;
  std::unique_ptr<File> file_;
  FrameHead head_;
  std::size_t next_ = 0;
};

/// What the format is, for lists and help.
core::Declaration h5md_declaration();

}  // namespace vitreous::io
