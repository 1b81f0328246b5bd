package org.ladang.kernel.provider.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts the resolver's account of a uses conflict into words: one package that a bundle would see from two bundles, and
 * for each of them the way on which it comes to it.
 */
final class UsesConflict {
  private static final Pattern PACKAGE = Pattern.compile("package '([^']+)'");
  private static final Pattern BUNDLE = Pattern.compile(" {2}(\\S+) \\[\\S+ \\[(\\d+)]\\(R .*");
  private static final Pattern LINK =
      Pattern.compile(
          " {4}(import|require): .*?\\(osgi\\.wiring\\.(?:package|bundle)=([^()]+)\\).*");

  private UsesConflict() {}

  /**
   * The rest of a sentence that begins with the bundle's name.
   *
   * @param named a bundle's name with its version, by its symbolic name and id
   * @return empty where the message is none of a uses conflict
   */
  static Optional<String> words(String message, BiFunction<String, Long, String> named) {
    Matcher name = PACKAGE.matcher(message);
    if (!message.contains("Uses constraint violation") || !name.find()) {
      return Optional.empty();
    }
    String shared = name.group(1);
    List<String> ways = new ArrayList<>();
    if (message.contains("because it exports package")) {
      ways.add("it carries " + shared + " itself");
    }
    for (String chain : message.split("Chain \\d+:|dependency chain:")) {
      String way = way(chain, named);
      if (!way.isEmpty()) {
        ways.add(way);
      }
    }
    return ways.size() < 2
        ? Optional.empty()
        : Optional.of(
            "would see the package "
                + shared
                + " from two bundles: "
                + ways.stream().collect(Collectors.joining("; and "))
                + ".");
  }

  /** {@code it imports b from B 1.0.0, which imports c from C 1.0.0}. */
  private static String way(String chain, BiFunction<String, Long, String> named) {
    StringBuilder words = new StringBuilder();
    Matcher link = null;
    for (String line : chain.split("\\R")) {
      Matcher bundle = BUNDLE.matcher(line);
      Matcher next = LINK.matcher(line);
      if (next.matches()) {
        link = next;
      } else if (bundle.matches() && link != null) {
        String who = named.apply(bundle.group(1), Long.valueOf(bundle.group(2)));
        words.append(words.isEmpty() ? "it " : ", which ");
        words.append(
            link.group(1).equals("import")
                ? "imports " + link.group(2) + " from " + who
                : "requires the bundle " + who);
        link = null;
      }
    }
    return words.toString();
  }
}
