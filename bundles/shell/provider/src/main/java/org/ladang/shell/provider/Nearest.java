package org.ladang.shell.provider;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What somebody may have meant: optimal string alignment distance (Levenshtein with neighbours exchanged). */
final class Nearest {
  private Nearest() {}

  /** At most {@code limit} of the words that are near to {@code typed}, nearest first. */
  static List<String> to(String typed, Collection<String> words, int limit) {
    String lower = typed.toLowerCase(Locale.ROOT);
    int allowed = Math.max(2, typed.length() / 3);
    return words.stream()
        .distinct()
        .map(word -> new Near(word, distance(lower, word.toLowerCase(Locale.ROOT))))
        .filter(near -> near.distance <= allowed)
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::word))
        .limit(limit)
        .map(Near::word)
        .toList();
  }

  private record Near(String word, int distance) {}

  /** A name typed without its group, or a beginning, is as near as a wrong letter. */
  private static int distance(String typed, String word) {
    if (word.endsWith(":" + typed) || typed.length() > 2 && word.startsWith(typed)) {
      return 1;
    }
    int[] older = new int[word.length() + 1];
    int[] old = new int[word.length() + 1];
    for (int j = 0; j <= word.length(); j++) {
      old[j] = j;
    }
    for (int i = 1; i <= typed.length(); i++) {
      int[] row = new int[word.length() + 1];
      row[0] = i;
      for (int j = 1; j <= word.length(); j++) {
        int change = typed.charAt(i - 1) == word.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], old[j]) + 1, old[j - 1] + change);
        if (i > 1
            && j > 1
            && typed.charAt(i - 1) == word.charAt(j - 2)
            && typed.charAt(i - 2) == word.charAt(j - 1)) {
          row[j] = Math.min(row[j], older[j - 2] + 1);
        }
      }
      older = old;
      old = row;
    }
    return old[word.length()];
  }
}
