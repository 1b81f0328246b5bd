package org.ladang.config.provider;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what someone may have meant, by edit distance (Levenshtein). */
final class Closest {
  private Closest() {}

  /** The candidate that is at most a third of the given word away. */
  static Optional<String> to(String given, Collection<String> candidates) {
    int limit = Math.max(1, given.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(given, candidate) <= limit)
        .min(Comparator.comparingInt(candidate -> distance(given, candidate)));
  }

  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
