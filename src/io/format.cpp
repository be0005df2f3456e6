// The one list of formats.
#include "io/format.hpp"

#include "io/checkpoint.hpp"
#include "io/csv.hpp"
#include "io/extended_xyz.hpp"
#include "io/kim_model.hpp"
#include "io/lammps_data.hpp"
#include "io/lammps_dump.hpp"
#include "io/lammps_log.hpp"
#include "io/results_json.hpp"
#include "io/setfl.hpp"

namespace vitreous::io {

const std::vector<core::Declaration>& format_declarations() {
  static const std::vector<core::Declaration> all = {
      lammps_dump_declaration(), extended_xyz_declaration(), lammps_data_declaration(),
      lammps_log_declaration(),  setfl_declaration(),        kim_declaration(),
      checkpoint_declaration(),  csv_declaration(),          results_json_declaration(),
  };
  return all;
}

}  // namespace vitreous::io
