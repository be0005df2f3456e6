// The observers of one branch with the store of origins that they share: what a runner or
// `vitreous analyze` drives.
#pragma once

#include <map>
#include <memory>

#include "analysis/observer.hpp"
#include "analysis/origin_store.hpp"

namespace vitreous::analysis {

/// An observer as a study names it: its kind, and options in the user's words.
struct ObserverRequest {
  std::string kind;
  std::map<std::string, std::string> options;
};

/// "msd,intermediate_scattering:q=2.7/A,max_time=100ps" or "name(key=value, ...)".
std::vector<ObserverRequest> parse_observer_list(const std::string& text);

/// The declaration of a request's kind. Throws InputError for an unknown kind or option: what can
/// be said of a request before its frames are known.
const core::Declaration& check_request(const ObserverRequest& request);

class ObserverSet {
 public:
  /// Throws InputError for an unknown kind or option. A kind may be asked for more than once: the
  /// tables and quantities of its second observer are called "msd_2", "msd_2.D" and so on. The
  /// observers of `beside`, whose results stand beside these, are counted first.
  ObserverSet(const Setting& setting, const std::vector<ObserverRequest>& requests,
              const std::vector<ObserverRequest>& beside = {});
  ObserverSet(ObserverSet&&) noexcept;
  ObserverSet& operator=(ObserverSet&&) noexcept;
  ~ObserverSet();

  /// The first step > `after` at which a frame is needed; INT64_MAX where none is.
  std::int64_t next_step(std::int64_t after) const;
  bool needs_thermo_at(std::int64_t step) const;
  bool needs_velocities_at(std::int64_t step) const;
  /// The first kind that needs forces; empty where none does.
  std::string needs_forces() const;

  /// Frames come in ascending step; a frame nobody needs is ignored.
  void take(const core::Frame& frame);
  /// Whether observers have work left of the frames that they took: it comes before the next one.
  bool has_work() const;
  /// Does a piece of it, of seconds at most.
  void work();

  core::Result result() const;
  /// Goes on from what a set of the same observers saw of the beginning of the same run: nothing is
  /// lost, but lags longer than those of `shorter` begin with the origins that it still keeps.
  void continue_from(const ObserverSet& shorter);
  /// Throws RunError where the saved observers were others than these.
  void transfer(core::Archive& archive);

 private:
  struct Member;
  void share_origins();

  Setting setting_;
  std::vector<std::unique_ptr<Member>> members_;
  std::vector<std::int64_t> steps_;  ///< at which anyone needs a frame, ascending
  OriginStore origins_;
};

}  // namespace vitreous::analysis
