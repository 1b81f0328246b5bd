package org.ladang.config.provider;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.ladang.kernel.LadangException;

/**
 * From what people type to the PID, and back. In this order: the PID; the PID without {@code org.ladang.}; the name of
 * a room or plugin that has one PID only; the last word of one PID only, in any case.
 */
final class Names {
  private final Collection<Declared> declared;
  private final Set<String> known;

  /**
   * @param known all PIDs for which there is a declaration or a value
   */
  Names(Collection<Declared> declared, Set<String> known) {
    this.declared = declared;
    this.known = known;
  }

  /** The shortest name that leads back to this PID. */
  String nameOf(String pid) {
    if (Pids.instance(pid)) {
      return nameOf(Pids.declared(pid)) + "~" + Pids.instanceName(pid);
    }
    for (Declared one : declared) {
      if (one.pid().equals(pid)
          && !one.owner().isEmpty()
          && !known.contains(one.owner())
          && !known.contains(Pids.OURS + one.owner())
          && ownedBy(one.owner()).size() == 1) {
        return one.owner();
      }
    }
    String shorter = Pids.withoutPrefix(pid);
    return known.contains(shorter) ? pid : shorter;
  }

  /** The PID that is meant. */
  String resolve(String given) {
    if (known.contains(given)) {
      return given;
    }
    if (Pids.instance(given)) {
      return resolve(Pids.declared(given)) + "~" + Pids.instanceName(given);
    }
    if (known.contains(Pids.OURS + given)) {
      return Pids.OURS + given;
    }
    List<String> owned = ownedBy(given);
    List<String> fits = owned.isEmpty() ? endingWith(given) : owned;
    if (fits.size() == 1) {
      return fits.get(0);
    }
    if (fits.size() > 1) {
      throw new LadangException(
              "LADANG-CONFIG-002", given + " fits several configurations: " + join(fits) + ".")
          .next("Name one of them.")
          .with("candidates", fits);
    }
    Set<String> names = new TreeSet<>();
    known.forEach(pid -> names.add(nameOf(pid)));
    String meant = Closest.to(given, names).map(n -> "Did you mean " + n + "? ").orElse("");
    throw new LadangException("LADANG-CONFIG-001", "There is no configuration " + given + ".")
        .next(meant + "config:list shows all.");
  }

  private List<String> ownedBy(String owner) {
    return declared.stream().filter(d -> d.owner().equals(owner)).map(Declared::pid).toList();
  }

  private List<String> endingWith(String word) {
    return known.stream()
        .filter(pid -> pid.substring(pid.lastIndexOf('.') + 1).equalsIgnoreCase(word))
        .sorted()
        .toList();
  }

  private String join(List<String> pids) {
    return String.join(", ", pids.stream().map(this::nameOf).toList());
  }
}
