// Studies to start from, written out with comments.
#pragma once

#include <string>
#include <vector>

namespace vitreous::study {

/// What a template is written for.
struct TemplateAlloy {
  std::string composition;  ///< "Cu50Zr50"
  std::string potential;    ///< as a study names it
};

/// Chooses a potential where `potential` is empty: the one of a published study of these elements,
/// or the first that is installed and describes them. Throws InputError for what is no composition,
/// and where no installed model describes it.
TemplateAlloy template_alloy(const std::string& composition, const std::string& potential);

struct StudyTemplate {
  std::string name;
  std::string one_line;
  std::string (*text)(const TemplateAlloy& alloy);
};

const std::vector<StudyTemplate>& study_templates();

/// Throws InputError, with the nearest name, where there is none of that name.
const StudyTemplate& study_template(const std::string& name);

}  // namespace vitreous::study
