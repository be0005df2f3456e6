#include "study/branch_job.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <tuple>

#include "base/constants.hpp"
#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/parallel.hpp"
#include "io/checkpoint.hpp"
#include "io/extended_xyz.hpp"
#include "io/lammps_data.hpp"
#include "io/lammps_dump_text.hpp"
#include "io/safe_file.hpp"
#include "study/branch_record.hpp"
#include "study/branch_setup.hpp"
#include "study/core_share.hpp"
#include "study/progress.hpp"
#include "study/replay.hpp"
#include "study/start_state.hpp"

namespace vitreous::study {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double seconds_between_reports = 1.0;
constexpr double seconds_a_chunk = 0.2;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::string frame_text(const SaveRequest& save, const core::Frame& frame) {
  if (save.format != "extxyz")
    return io::to_lammps_dump(*frame.box, *frame.atoms, {.step = frame.step, .time = frame.time});
  io::ExtendedXyzFields fields;
  fields.step = frame.step;
  fields.time = frame.time;
  return io::to_extended_xyz(*frame.box, *frame.atoms, fields);
}

/// The form of an engine's forces in words, without what it does at this moment.
std::string form_of(const engine::Engine& engine) {
  const std::string all = engine.description();
  const std::size_t from = all.find("forces ");
  return all.substr(from, all.find(';', from) - from);
}

/// A branch with its engine, between checkpoints.
class Job {
 public:
  Job(const Plan& plan, const Branch& branch,
      const std::vector<analysis::ObserverRequest>& observers, const RunFolder& run,
      const JobOptions& options)
      : plan_(plan),
        branch_(branch),
        run_(run),
        options_(options),
        folder_(run.branch(branch.id)),
        potential_(load_potential(branch.alloy)),
        forces_maker_(forces_maker(branch, potential_)),
        engine_(make_engine(branch, forces_maker_)),
        stage_(stage_options(plan, branch, observers, forces_maker_), first_state(), events()) {}

  JobReport go() {
    resume();
    while (!stage_.done()) {
      if (base::interrupted_by() != 0 || time_is_up()) return interrupt();
      advance();
      if (seconds_since(last_checkpoint_) > options_.checkpoint_every) save();
    }
    save();
    write_final();
    remove_progress(folder_);
    return report(JobEnd::done);
  }

 private:
  engine::State first_state() {
    if (auto state = saved_state(folder_)) return std::move(*state);  // resume() tells the rest
    return start_state(plan_, branch_, run_, potential_);
  }

  stage::StageEvents events() {
    stage::StageEvents events;
    events.leave = [this](double temperature, engine::State& state) {
      const std::string folder = run_.left_at(branch_.id, temperature);
      make_folder(folder);
      io::save_checkpoint(folder, [&](core::Archive& archive) {
        const core::Archive::Group group(archive, "state");
        state.transfer(archive);
      });
    };
    if (branch_.save)
      events.save = [this](const core::Frame& frame) {
        trajectory_->append(frame_text(*branch_.save, frame));
      };
    return events;
  }

  void transfer(core::Archive& archive) {
    std::string id = branch_.id;
    archive.transfer("branch", id);
    archive.transfer("seconds", seconds_before_);
    archive.transfer("trajectory", trajectory_length_);
    archive.transfer("forces", forces_);
    stage_.transfer(archive);
    if (forces_ != form_of(*engine_)) return;  // told by resume()
    const core::Archive::Group group(archive, "engine");
    engine_->transfer(archive);
  }

  void resume() {
    const auto loaded =
        io::load_checkpoint(folder_, [this](core::Archive& archive) { transfer(archive); });
    if (!loaded.warning.empty()) report_.warnings.push_back(loaded.warning);
    if (forces_ != form_of(*engine_)) refuse_other_forces();
    if (branch_.save) trajectory_.emplace(trajectory_file(run_, branch_), trajectory_length_);
    first_step_ = stage_.step();
  }

  /// Another form of the forces would go on to other bits.
  [[noreturn]] void refuse_other_forces() const {
    base::Message message;
    message.file = folder_;
    message.problem =
        fmt::format("was begun with {}, and would go on with {} here", forces_, form_of(*engine_));
    message.tries = {"go on with the program and the kind of processor it was begun with",
                     "remove that folder: the branch is then run anew"};
    throw base::InputError(message);
  }

  void save() {
    if (trajectory_) trajectory_length_ = trajectory_->sync();
    seconds_before_ += seconds_since(counted_from_);
    counted_from_ = Clock::now();
    io::save_checkpoint(folder_, [this](core::Archive& archive) { transfer(archive); });
    last_checkpoint_ = Clock::now();
  }

  bool time_is_up() const {
    return options_.stop_after && seconds_since(start_) > *options_.stop_after;
  }

  JobReport interrupt() {
    save();
    return report(JobEnd::interrupted);
  }

  JobReport report(JobEnd end) {
    report_.engine = engine_->description();
    report_.end = end;
    report_.seconds = seconds_since(start_);
    report_.seconds_in_all = seconds_before_;
    return report_;
  }

  /// A chunk of steps short enough to answer a signal soon; its length never changes the bits.
  void advance() {
    const Clock::time_point begin = Clock::now();
    stage_.advance(*engine_, chunk_);
    const double seconds = std::max(seconds_since(begin), 1e-6);
    const double ideal = static_cast<double>(chunk_) * seconds_a_chunk / seconds;
    chunk_ = std::clamp<std::int64_t>(static_cast<std::int64_t>(ideal), 1, 4 * chunk_);
    if (seconds_since(last_report_) > seconds_between_reports) {
      if (options_.shares_cores) base::set_threads(read_core_share(folder_));
      tell();
    }
  }

  void tell() {
    const double rate = static_cast<double>(stage_.step() - first_step_) / seconds_since(start_);
    const auto thermo = stage_.thermo(*engine_);
    Progress progress;
    progress.leg = stage_.leg().name;
    progress.step = stage_.step();
    progress.steps = stage_.steps();
    if (const auto moves = stage_.moves()) std::tie(progress.step, progress.steps) = *moves;
    progress.time_ps = static_cast<double>(stage_.step()) * branch_.engine.timestep;
    progress.duration_ps = static_cast<double>(stage_.steps()) * branch_.engine.timestep;
    progress.ns_per_day = rate * branch_.engine.timestep * 86.4;
    if (rate > 0.0)
      progress.seconds_left = static_cast<double>(stage_.steps() - stage_.step()) / rate;
    progress.temperature_K = thermo.temperature;
    progress.pressure_GPa = math::trace(thermo.pressure) / 3.0 * base::eV_per_A3_to_GPa;
    progress.updated =
        std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    progress.process = ::getpid();
    write_progress(folder_, progress);
    if (options_.watch) options_.watch(progress);
    last_report_ = Clock::now();
  }

  void write_final() {
    const engine::State& state = stage_.state();
    io::ExtendedXyzFields fields;
    fields.step = state.step;
    fields.time = state.time;
    fields.velocities = true;
    io::write_file(folder_ + "/final.extxyz", io::to_extended_xyz(state.box, state.atoms, fields));
    io::write_file(folder_ + "/final.data",
                   io::to_lammps_data(state.box, state.atoms, state.step, true).text);
  }

  const Plan& plan_;
  const Branch& branch_;
  const RunFolder& run_;
  const JobOptions& options_;
  std::string folder_;
  potential::EamPotential potential_;
  engine::ForcesMaker forces_maker_;
  std::unique_ptr<engine::Engine> engine_;
  std::optional<io::AppendFile> trajectory_;
  std::int64_t trajectory_length_ = 0;
  std::string forces_ = form_of(*engine_);  ///< with which the branch was begun
  double seconds_before_ = 0.0;
  stage::StageRun stage_;
  JobReport report_;

  std::int64_t chunk_ = 20, first_step_ = 0;
  const Clock::time_point start_ = Clock::now();
  Clock::time_point counted_from_ = start_, last_checkpoint_ = start_, last_report_ = start_;
};

bool needs_leave(BranchStatus status) {
  return status == BranchStatus::changed || status == BranchStatus::observed_anew;
}

[[noreturn]] void refuse_change(const Branch& branch, const RunFolder& run,
                                const Comparison& comparison) {
  base::Message message;
  message.file = run.branch(branch.id);
  message.problem = "what was run there differs from the study: " + comparison.reason;
  message.why = "what is done is never thrown away unasked";
  message.tries = {"--rerun runs it again", "--out DIR keeps both"};
  throw base::InputError(message);
}

void require_parent(const Branch& branch, const RunFolder& run) {
  if (branch.parent.empty()) return;
  const auto record = read_record(run.branch(branch.parent));
  if (record && record->state == "done") return;
  base::Message message;
  message.problem =
      fmt::format("{} starts where {} ends, which is not done", branch.id, branch.parent);
  message.tries = {"run " + branch.parent + " first, or the whole study"};
  throw base::InputError(message);
}

bool goes_on(BranchStatus status) {
  return status == BranchStatus::resumed || status == BranchStatus::longer ||
         status == BranchStatus::replayed;
}

/// False where it was interrupted.
bool run_to_end(const Plan& plan, const Branch& branch, const RunFolder& run,
                const JobOptions& options, BranchRecord& record) {
  const JobReport report = run_branch(plan, branch, requests_of(record.observers), run, options);
  record.engine = report.engine;
  record.seconds = report.seconds_in_all;
  record.warnings.insert(record.warnings.end(), report.warnings.begin(), report.warnings.end());
  return report.end == JobEnd::done;
}

/// The last thing that a branch does.
void show_to_new_observers(const Branch& branch, const RunFolder& run, BranchRecord& record) {
  const auto observers = unseen(branch, record);
  if (!observers.empty() && !replay(branch, record, run, observers)) return;
  record.replayed = observers;
  record.state = "done";
}

}  // namespace

std::optional<JobEnd> complete_branch(const Plan& plan, const Branch& branch, const RunFolder& run,
                                      bool rerun, const JobOptions& options) {
  const std::string folder = run.branch(branch.id);
  make_folder(folder);
  BranchLock lock;
  if (!BranchLock::try_lock(folder, lock)) return std::nullopt;
  require_parent(branch, run);
  const auto before = read_record(folder);
  const Comparison comparison = compare_branch(branch, before);
  if (comparison.status == BranchStatus::done) return JobEnd::done;
  if (needs_leave(comparison.status) && !rerun) refuse_change(branch, run, comparison);
  BranchRecord record =
      goes_on(comparison.status) ? continued_record(branch, *before) : record_of(branch);
  if (goes_on(comparison.status))
    clear_replay(folder);
  else
    clear_branch(folder);
  write_record(folder, record);
  try {
    if (comparison.status == BranchStatus::replayed ||
        run_to_end(plan, branch, run, options, record))
      show_to_new_observers(branch, run, record);
    write_record(folder, record);
    return record.state == "done" ? JobEnd::done : JobEnd::interrupted;
  } catch (const base::Error& error) {
    record.state = "failed";
    record.problem = error.message().problem;
    write_record(folder, record);
    throw;
  }
}

JobReport run_branch(const Plan& plan, const Branch& branch,
                     const std::vector<analysis::ObserverRequest>& observers, const RunFolder& run,
                     const JobOptions& options) {
  return Job(plan, branch, observers, run, options).go();
}

void clear_branch(const std::string& folder) {
  for (const char* name : {"checkpoint.h5", "checkpoint.previous.h5", "trajectory.dump",
                           "trajectory.extxyz", "final.extxyz", "final.data", "grown", "left_at",
                           "replayed", "progress.json", "branch.json"})
    fs::remove_all(fs::path(folder) / name);
}

}  // namespace vitreous::study
