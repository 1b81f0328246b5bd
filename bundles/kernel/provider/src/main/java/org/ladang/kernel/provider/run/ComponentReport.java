package org.ladang.kernel.provider.run;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the components of a bundle are.
 *
 * @param problems what keeps components from serving
 * @param settling the classes of components that are satisfied but not yet active although they offer services: they
 *     are being taken
 * @param told whether no component can come to another state without a service event of the bundle
 * @param services the ids of what its active components offer
 */
record ComponentReport(
    List<Problem> problems, List<String> settling, boolean told, Set<Long> services) {
  static final ComponentReport NONE = new ComponentReport(List.of(), List.of(), false, Set.of());

  ComponentReport {
    problems = List.copyOf(problems);
    settling = List.copyOf(settling);
    services = Set.copyOf(services);
  }

  /** What keeps a component from serving. */
  sealed interface Problem {
    String component();

    String sentence();
  }

  /**
   * It could not be activated.
   *
   * @param trace the stack trace; may be empty
   */
  record Failed(String component, String sentence, String trace) implements Problem {}

  /** It waits for services or configuration. */
  record Waiting(String component, String sentence) implements Problem {}

  Optional<Failed> failed() {
    return problems.stream().filter(Failed.class::isInstance).map(Failed.class::cast).findFirst();
  }

  List<String> sentences() {
    return problems.stream().map(Problem::sentence).toList();
  }
}
