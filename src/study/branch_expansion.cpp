#include "study/branch_expansion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <set>

#include "core/element.hpp"
#include "core/random_configuration.hpp"
#include "stage/free_surface.hpp"
#include "stage/leg.hpp"
#include "stage/minimize.hpp"
#include "stage/ramp.hpp"
#include "study/branch_identity.hpp"
#include "study/option_reading.hpp"
#include "study/stage_order.hpp"

namespace vitreous::study {
namespace {

/// A stage with its inherited axes, and its branches in the plan.
struct Fanned {
  const StageSpec* spec = nullptr;
  std::vector<Axis> axes;
  int replicas = 1;
  std::map<std::string, std::size_t> branches;  ///< coordinate and replica -> index
};

using Coordinate = std::vector<const AxisPoint*>;

std::string folder_part(const std::vector<AxisValue>& axes, int replica) {
  std::string part;
  for (const auto& axis : axes) part += axis.text + "-";
  return fmt::format("{}r{}", part, replica);
}

const Axis* axis_called(const std::vector<Axis>& axes, const std::string& name) {
  const auto found =
      std::find_if(axes.begin(), axes.end(), [&](const Axis& a) { return a.name == name; });
  return found == axes.end() ? nullptr : &*found;
}

bool has_point(const Axis& axis, const std::string& text) {
  return std::any_of(axis.points.begin(), axis.points.end(),
                     [&](const AxisPoint& p) { return p.value.text == text; });
}

std::string points_text(const Axis& axis) {
  std::vector<std::string> texts;
  for (const auto& point : axis.points) texts.push_back(point.value.text);
  return fmt::format("{}", fmt::join(texts, ", "));
}

class Expansion {
 public:
  Expansion(const AlloyChoice& alloy, const EngineChoice& engine)
      : alloy_(alloy), engine_(engine) {}

  void add(const StageSpec& spec) {
    const Fanned* parent = spec.from.empty() ? nullptr : &fanned_.at(spec.from);
    Fanned fanned;
    fanned.spec = &spec;
    fanned.axes = parent ? inherited_axes(spec, *parent) : root_axes(spec);
    fanned.replicas = replicas_of(spec, parent);
    for_each_coordinate(fanned.axes, [&](const Coordinate& coordinate) {
      for (int replica = 1; replica <= fanned.replicas; ++replica)
        add_branch(fanned, parent, coordinate, replica);
    });
    fanned_[spec.name] = std::move(fanned);
  }

  std::vector<Branch> finish() {
    for (Branch& branch : branches_) {
      const bool cools = branch.kind == "quench";
      std::sort(branch.left_at.begin(), branch.left_at.end(),
                [&](double a, double b) { return cools ? a > b : a < b; });
    }
    return std::move(branches_);
  }

 private:
  std::vector<Axis> root_axes(const StageSpec& spec) const {
    if (spec.kind != "hold")
      refuse(spec.place_of("kind"), spec.name,
             fmt::format("a {} needs `from`: the stage it starts from", spec.kind),
             start_words(spec), {"from = \"melt\""});
    std::vector<Axis> axes = spec.axes;
    if (!axis_called(axes, "composition") && alloy_.composition_is_list) {
      Axis axis{"composition", {}};
      for (const auto& composition : alloy_.compositions)
        axis.points.push_back(
            {{"composition", 0.0, "1", composition.text}, composition, composition.place});
      axes.insert(axes.begin(), axis);
    }
    return axes;
  }

  static const char* start_words(const StageSpec& spec) {
    if (spec.is_ramp()) return "it begins at the temperature at which that one ends";
    return stage::passes_time(spec.kind) ? "it opens the box of that one"
                                         : "it minimizes what that one leaves";
  }

  /// The parent's axes, narrowed where the stage names some of their points, and its own.
  static std::vector<Axis> inherited_axes(const StageSpec& spec, const Fanned& parent) {
    std::vector<Axis> axes = parent.axes;
    std::vector<Axis> own = spec.axes;
    for (const char* name : {"temperature", "pressure"})
      if (axis_called(axes, name) && !axis_called(own, name) && spec.gives(name) &&
          !given_by_default(spec, name))
        own.push_back(fixed_axis(spec, name));
    for (const Axis& axis : own) {
      if (axis_called(axes, axis.name) && given_by_default(spec, axis.name)) continue;
      if (const Axis* theirs = axis_called(axes, axis.name)) {
        require_points(spec, axis, *theirs, *parent.spec);
        std::replace_if(
            axes.begin(), axes.end(), [&](const Axis& a) { return a.name == axis.name; }, axis);
      } else {
        require_free_axis(spec, axis);
        axes.push_back(axis);
      }
    }
    std::stable_sort(axes.begin(), axes.end(), [](const Axis& a, const Axis& b) {
      return axis_order(a.name) < axis_order(b.name);
    });
    return axes;
  }

  static bool given_by_default(const StageSpec& spec, const std::string& key) {
    const auto& keys = spec.from_defaults;
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  }

  static Axis fixed_axis(const StageSpec& spec, const std::string& name) {
    return {name, {{axis_value(name, spec.options.number(name)), {}, spec.place_of(name)}}};
  }

  static void require_points(const StageSpec& spec, const Axis& axis, const Axis& theirs,
                             const StageSpec& parent) {
    for (const auto& point : axis.points) {
      if (has_point(theirs, point.value.text)) continue;
      refuse(point.place, spec.name + "." + axis.name,
             fmt::format("{} has no branch at {}", parent.name, point.value.text),
             fmt::format("{} starts from {}, which has {}", spec.name, parent.name,
                         points_text(theirs)));
    }
  }

  static void require_free_axis(const StageSpec& spec, const Axis& axis) {
    if (axis.name != "composition") return;
    refuse(axis.points.front().place, spec.name + ".composition",
           "a composition is chosen where the liquid is made",
           fmt::format("{} starts from {}", spec.name, spec.from));
  }

  static int replicas_of(const StageSpec& spec, const Fanned* parent) {
    const int theirs = parent ? parent->replicas : 1;
    const int replicas = spec.replicas ? *spec.replicas : theirs;
    if (theirs > 1 && replicas > theirs && !given_by_default(spec, "replicas"))
      refuse(spec.place_of("replicas"), spec.name + ".replicas",
             fmt::format("{} replicas cannot start from the {} of {}", replicas, theirs, spec.from),
             "replica r starts from replica r; a stage with one replica serves all");
    return theirs > 1 ? std::min(replicas, theirs) : replicas;
  }

  static void for_each_coordinate(const std::vector<Axis>& axes,
                                  const std::function<void(const Coordinate&)>& work) {
    Coordinate coordinate(axes.size());
    const std::function<void(std::size_t)> descend = [&](std::size_t depth) {
      if (depth == axes.size()) return work(coordinate);
      for (const auto& point : axes[depth].points) {
        coordinate[depth] = &point;
        descend(depth + 1);
      }
    };
    descend(0);
  }

  void add_branch(Fanned& fanned, const Fanned* parent, const Coordinate& coordinate, int replica) {
    const StageSpec& spec = *fanned.spec;
    Branch branch;
    branch.stage = spec.name;
    branch.kind = spec.kind;
    branch.replica = replica;
    branch.engine = engine_;
    branch.options = spec.options;
    branch.observe = spec.observe;
    branch.save = spec.save;
    for (const AxisPoint* point : coordinate) branch.axes.push_back(point->value);
    const std::string part = folder_part(branch.axes, replica);
    branch.id = spec.name + "/" + part;
    Branch* start = parent ? &parent_branch(*parent, branch) : nullptr;
    branch.alloy = start ? start->alloy : root_alloy(coordinate);
    set_axis_options(spec, branch);
    if (start) keep_temperature(spec, *start, branch);
    require_options(spec, branch);
    if (start) start_from(*start, *parent->spec, spec, branch);
    require_sound_legs(spec, branch, start);
    identify(branch, start, alloy_.potential_fingerprint);
    fanned.branches[part] = branches_.size();
    branches_.push_back(std::move(branch));
  }

  /// The parent at the same values of its axes, and the same replica where it has several.
  Branch& parent_branch(const Fanned& parent, const Branch& branch) {
    std::vector<AxisValue> axes;
    for (const auto& value : branch.axes)
      if (axis_called(parent.axes, value.name)) axes.push_back(value);
    return branches_[parent.branches.at(
        folder_part(axes, parent.replicas == 1 ? 1 : branch.replica))];
  }

  Alloy root_alloy(const Coordinate& coordinate) const {
    for (const AxisPoint* point : coordinate)
      if (point->value.name == "composition") return make_alloy(alloy_, point->composition);
    return make_alloy(alloy_, alloy_.compositions.front());
  }

  static void set_axis_options(const StageSpec& spec, Branch& branch) {
    for (const auto& axis : branch.axes) {
      if (axis.name == "rate" && spec.rate_segment) {
        auto rates = branch.options.numbers("schedule.rate");
        rates[*spec.rate_segment] = axis.value / per_ps_in_per_s;
        branch.options.set("schedule.rate", rates);
      } else if (axis.name != "rate" && spec.declaration->option(axis.name)) {
        branch.options.set(axis.name, axis.value);
      }
    }
  }

  /// A stage that holds a temperature and names none goes on at that of the hold it starts from.
  static void keep_temperature(const StageSpec& spec, const Branch& start, Branch& branch) {
    const char* const name = "temperature";
    if (!spec.declaration->option(name) || !start.options.has(name)) return;
    const bool is_free = !branch.options.has(name) ||
                         (!stage::passes_time(spec.kind) && given_by_default(spec, name));
    if (is_free) branch.options.set(name, start.options.number(name));
    if (!stage::passes_time(spec.kind)) require_same_temperature(spec, start, branch);
  }

  /// Minimizing tells what a temperature left; it sets none.
  static void require_same_temperature(const StageSpec& spec, const Branch& start,
                                       const Branch& branch) {
    const double before = start.options.number("temperature");
    if (branch.options.number("temperature") == before) return;
    refuse(spec.place_of("temperature"), spec.name + ".temperature",
           fmt::format("{} stands at {:g} K, and minimizing sets no other temperature", start.id,
                       before),
           "", {"leave out `temperature`"});
  }

  static void require_options(const StageSpec& spec, const Branch& branch) {
    for (const auto& option : spec.declaration->options) {
      if (option.default_text != "required" || branch.options.has(option.name)) continue;
      const std::string key = option.name.substr(0, option.name.find('.'));
      refuse(spec.place, spec.name, fmt::format("the stage lacks `{}`", key), option.sentence);
    }
  }

  static void start_from(Branch& start, const StageSpec& parent, const StageSpec& spec,
                         Branch& branch) {
    branch.parent = start.id;
    if (!parent.is_ramp() || spec.is_ramp()) return;
    const double temperature = branch.options.number("temperature");
    branch.leaves_at = temperature;
    auto& left_at = start.left_at;
    if (std::find(left_at.begin(), left_at.end(), temperature) == left_at.end())
      left_at.push_back(temperature);
  }

  /// Asks the stage room whether it could run this.
  void require_sound_legs(const StageSpec& spec, Branch& branch, const Branch* start) {
    const double from = start ? end_temperature(*start) : 0.0;
    start_temperature_[branch.id] = from;
    const double step = branch.engine.timestep;
    with_key(spec, branch, [&] {
      const auto legs = stage::legs_of(branch.kind, branch.options, step, from);
      if (start && slabs_.contains(start->id)) require_kept_box(legs);
      for (const auto& leg : legs)
        if (leg.opening) {
          stage::require_separate_faces(*leg.opening, branch.alloy.tables->cutoff);
          slabs_.insert(branch.id);
        }
      if (start && slabs_.contains(start->id)) slabs_.insert(branch.id);
      branch.evaluations = evaluations_of_observers(branch, stage::observed_setting(legs, step));
      for (const auto& leg : legs)
        if (leg.minimized_to) {
          require_forces_known(branch, branch.kind);
          branch.evaluations += static_cast<double>(stage::usual_moves(*leg.minimized_to));
        }
    });
    if (!branch.leaves_at) return;
    with_key(spec, branch, [&] {
      const auto course = stage::ramp_course(start->kind, stage::ramp_segments(start->options),
                                             step, start_temperature_.at(start->id));
      stage::step_at_temperature(course, *branch.leaves_at);
    });
  }

  /// Makes each observer for the steps that it would see, which refuses what it could not do.
  static double evaluations_of_observers(const Branch& branch, analysis::Setting setting) {
    double evaluations = 0.0;
    std::vector<double> fractions;
    for (const auto& [element, fraction] : branch.alloy.fractions) {
      setting.kinds.push_back({element, core::find_element(element)->mass});
      fractions.push_back(fraction);
    }
    for (const auto count : core::composition_counts(fractions, branch.alloy.atoms))
      setting.counts.push_back(static_cast<std::size_t>(count));
    for (const auto& request : branch.observe) {
      try {
        const auto options = core::parse_options(analysis::check_request(request), request.options);
        const auto observer = analysis::make_observer(request.kind, options, setting);
        if (observer->needs_forces()) require_forces_known(branch, request.kind);
        evaluations += observer->evaluations();
      } catch (const base::InputError& error) {
        base::Message message = error.message();
        message.key = "observe";
        throw base::InputError(message);
      }
    }
    return evaluations;
  }

  /// LAMMPS' own pair styles are known to LAMMPS alone.
  static void require_forces_known(const Branch& branch, const std::string& observer) {
    if (branch.engine.lammps.pair_style.empty()) return;
    throw base::InputError(
        fmt::format("{} needs forces of its own, and knows none of pair_style {}", observer,
                    branch.engine.lammps.pair_style),
        "only the alloy's potential moves atoms outside of LAMMPS too",
        {"leave out engine.pair_style"});
  }

  /// A barostat would close what was opened.
  static void require_kept_box(const std::vector<stage::Leg>& legs) {
    for (const auto& leg : legs) {
      if (leg.protocol.ensemble != engine::Ensemble::npt && !leg.in_mean_box) continue;
      base::Message message;
      message.key = "from";
      message.problem = "a slab between free surfaces has no volume to relax";
      message.why = "at constant pressure the box would close over the empty space";
      message.tries = {"a hold with ensemble = \"nvt\" and volume = \"inherit\""};
      throw base::InputError(message);
    }
  }

  static double end_temperature(const Branch& branch) {
    return branch.options.has("temperature") ? branch.options.number("temperature")
                                             : branch.options.numbers("schedule.to").back();
  }

  /// The stage room tells the option at fault: it is told where that stands.
  static void with_key(const StageSpec& spec, const Branch& branch,
                       const std::function<void()>& work) {
    try {
      work();
    } catch (const base::InputError& error) {
      const std::string key = error.message().key;
      Place place = spec.place_of(key);
      for (const Axis& axis : spec.axes)
        for (const auto& point : axis.points)
          for (const auto& value : branch.axes)
            if (axis.name == key && point.value.text == value.text) place = point.place;
      throw base::InputError(
          at_place(place, key.empty() ? spec.name : spec.name + "." + key, error.message()));
    }
  }

  const AlloyChoice& alloy_;
  const EngineChoice& engine_;
  std::map<std::string, Fanned> fanned_;
  std::map<std::string, double> start_temperature_;
  std::set<std::string> slabs_;  ///< branches whose box has been opened
  std::vector<Branch> branches_;
};

}  // namespace

std::vector<Branch> expand_stages(const std::vector<StageSpec>& stages, const AlloyChoice& alloy,
                                  const EngineChoice& engine, Mistakes& mistakes) {
  Expansion expansion(alloy, engine);
  std::set<std::string> wrong;
  for (const StageSpec* spec : parents_first(stages)) {
    const bool sound =
        !wrong.contains(spec->from) && mistakes.attempt([&] { expansion.add(*spec); });
    if (!sound) wrong.insert(spec->name);
  }
  return expansion.finish();
}

}  // namespace vitreous::study
