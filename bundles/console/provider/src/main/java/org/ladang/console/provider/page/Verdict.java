package org.ladang.console.provider.page;

import java.util.List;

/**
 * How the field is, in one sentence.
 *
 * @param word {@code Healthy}, {@code Degraded} or {@code Unhealthy}
 * @param sentence all of it, the word included
 */
record Verdict(String word, String sentence) {

  static Verdict of(Facts facts, List<Need> needs) {
    if (!facts.status().there() && !facts.plugins().there()) {
      return new Verdict(
          "Unhealthy",
          "Unhealthy: the runtime does not answer: "
              + Plain.words(facts.status().refusal().orElseThrow().getMessage()));
    }
    List<Shape> known = Shape.list(facts.plugins().value());
    int plugins = known.size();
    // Attention names each room that does not answer, so that nothing here rests on what nobody
    // said.
    if (needs.isEmpty()) {
      return facts.status().shape().yes("ready")
          ? new Verdict("Healthy", "Healthy: " + all(plugins) + " and every check passes.")
          : new Verdict(
              "Degraded", "Degraded: the runtime is still starting, or is being stopped.");
    }
    Need worst = needs.get(0);
    String word = worst.bad() ? "Unhealthy" : "Degraded";
    String cause =
        worst.cause().startsWith(worst.subject())
            ? worst.cause()
            : worst.subject() + ": " + worst.cause();
    String rest = needs.size() == 1 ? "" : " And " + (needs.size() - 1) + " more.";
    String since = worst.since().map(at -> " Since " + Parts.timeText(at) + ".").orElse("");
    return new Verdict(word, word + affected(known, needs) + ": " + cause + since + rest);
  }

  /** How many of the plugins it is about; nothing where it is about none of them. */
  private static String affected(List<Shape> plugins, List<Need> needs) {
    long affected =
        plugins.stream()
            .map(plugin -> plugin.text("name"))
            .filter(
                name ->
                    needs.stream()
                        .map(Need::subject)
                        .anyMatch(about -> about.equals(name) || about.startsWith(name + " ")))
            .count();
    return affected == 0 ? "" : ": " + affected + " of " + plugins.size() + " plugins";
  }

  private static String all(int plugins) {
    return switch (plugins) {
      case 0 -> "no plugin is planted yet";
      case 1 -> "the one plugin serves";
      default -> "all " + plugins + " plugins serve";
    };
  }
}
