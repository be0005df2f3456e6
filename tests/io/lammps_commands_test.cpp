// Commands of a LAMMPS run as its log echoes them and as its input script has them.
#include "io/lammps_commands.hpp"

#include <gmock/gmock.h>

#include "expect_message.hpp"
#include "io/lammps_variables.hpp"
#include "scratch_folder.hpp"

namespace vitreous::io {
namespace {

using test::put;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> texts(const LammpsCommands& read) {
  std::vector<std::string> out;
  for (const auto& command : read.commands) out.push_back(command.text);
  return out;
}

TEST(LammpsVariables, AreReplacedByTheirValues) {
  LammpsVariables v;
  v.define({"dt", "equal", "0.002"});
  v.define({"damp", "equal", "100.0*v_dt"});
  v.define({"n", "equal", "round(5e1/v_dt) + 2^(1+2)*(-1)"});
  v.define({"pot", "string", "CuZr.eam.fs"});
  v.define({"T", "loop", "3", "7"});
  EXPECT_EQ(v.substitute("fix 1 all nvt temp $T $T ${damp}").text, "fix 1 all nvt temp 3 3 0.2");
  EXPECT_EQ(v.substitute("run ${n}").text, "run 24992");
  EXPECT_EQ(v.substitute("run $(v_n/2:%.0f)").text, "run 12496");
  EXPECT_EQ(v.substitute("print \"${pot}\" '$x'").text, "print \"${pot}\" '$x'");
  EXPECT_EQ(v.substitute("pair_coeff * * ${pot}").missing, "");
}

TEST(LammpsVariables, OfARunningLammpsHaveNoValue) {
  LammpsVariables v;
  v.define({"here", "equal", "vol/atoms"});
  v.define({"itself", "equal", "v_itself+1"});
  EXPECT_EQ(v.substitute("run ${here}").missing, "${here}");
  EXPECT_EQ(v.substitute("run ${itself}").missing, "${itself}");
  EXPECT_EQ(v.substitute("run $(step+10)").missing, "$(step+10)");
  EXPECT_EQ(v.substitute("run ${nothing").missing, "${nothing");
  v.define({"here", "delete"});
  EXPECT_EQ(v.substitute("run ${here}").missing, "${here}");
}

TEST(LammpsCommands, OfAScriptHaveTheirVariablesReplaced) {
  const test::ScratchFolder folder;
  put(folder / "in", R"(# a comment
variable dt equal 0.002
units metal   # another
pair_coeff * * file.eam.fs &
  Cu Zr
  timestep ${dt}
print "run 5"
run ${steps}
fix 1 all nvt temp 9 9 $(100.0*dt)
)");
  const auto read = read_lammps_commands(folder / "in");
  EXPECT_FALSE(read.is_log);
  EXPECT_THAT(texts(read),
              ElementsAre("variable dt equal 0.002", "units metal",
                          "pair_coeff * * file.eam.fs Cu Zr", "timestep 0.002", "print \"run 5\"",
                          "run ${steps}", "fix 1 all nvt temp 9 9 0.2"));
  EXPECT_EQ(read.commands[2].line, 4u);
  EXPECT_THAT(read.commands[4].words, ElementsAre("print", "run 5"));
  EXPECT_EQ(read.commands[5].missing, "${steps}");
}

TEST(LammpsCommands, OfALogAreThoseThatWereCarriedOut) {
  const test::ScratchFolder folder;
  put(folder / "log", R"(LAMMPS (29 Sep 2021)
units metal
create_atoms 1 box
Created 256 atoms
  create_atoms CPU = 0.000 seconds
set group all type/fraction 2 0.5 4711
Setting atom values ...
  133 settings made for type/fraction
read_data start.data
Reading data file ...
  reading atoms ...
  500 atoms
  read_data CPU = 0.002 seconds
variable dt equal 0.002
timestep ${dt}
timestep 0.002
print "run 99"
run 99
variable v equal vol
run $(v_v)
run 100
Step Temp
 0 300
)");
  const auto read = read_lammps_commands(folder / "log");
  EXPECT_TRUE(read.is_log);
  EXPECT_THAT(
      texts(read),
      ElementsAre("units metal", "create_atoms 1 box", "set group all type/fraction 2 0.5 4711",
                  "read_data start.data", "variable dt equal 0.002", "timestep 0.002",
                  "print \"run 99\"", "variable v equal vol", "run 100"));
  EXPECT_EQ(read.commands[1].count, 256);
  EXPECT_EQ(read.commands[2].count, 133);
  EXPECT_EQ(read.commands[3].count, 500);
}

TEST(LammpsCommands, OfNoRunAreRefused) {
  const test::ScratchFolder folder;
  put(folder / "empty", "# nothing\n\n");
  put(folder / "letter", "dear sir\nor madam\n");
  EXPECT_THAT(test::input_error([&] { read_lammps_commands(folder / "letter"); }),
              HasSubstr("neither the input script of a run nor its log"));
  EXPECT_THAT(test::input_error([&] { read_lammps_commands(folder / "empty"); }),
              HasSubstr("holds no LAMMPS command"));
}

}  // namespace
}  // namespace vitreous::io
