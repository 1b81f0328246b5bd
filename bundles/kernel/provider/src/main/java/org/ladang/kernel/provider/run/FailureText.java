package org.ladang.kernel.provider.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Puts the stack trace of a failed activation into one sentence: what was thrown, and where in the bundle. */
final class FailureText {
  private FailureText() {}

  static String sentence(Bundle bundle, ComponentDescriptionDTO description, String trace) {
    List<String> lines = Arrays.stream(trace.split("\\R")).map(String::strip).toList();
    // The innermost cause is what the author can mend.
    String thrown =
        lines.stream()
            .filter(l -> l.startsWith("Caused by: "))
            .reduce((a, b) -> b)
            .map(l -> l.substring("Caused by: ".length()))
            .orElse(lines.isEmpty() ? "" : lines.get(0));
    String home = packageOf(description.implementationClass);
    Optional<String> frame =
        lines.stream()
            .filter(l -> l.startsWith("at ") && !home.isEmpty() && l.contains(home))
            .findFirst()
            .map(l -> l.substring(3).replaceFirst("^[^/]*//?", ""));
    return "The component "
        + description.name
        + " of "
        + bundle.getSymbolicName()
        + " "
        + bundle.getVersion()
        + " could not be activated"
        + (thrown.isEmpty() ? "" : ": " + thrown)
        + frame.map(f -> " at " + f).orElse("")
        + ".";
  }

  private static String packageOf(String type) {
    int dot = type == null ? -1 : type.lastIndexOf('.');
    return dot < 0 ? "" : type.substring(0, dot);
  }
}
