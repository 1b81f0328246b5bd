package org.ladang.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What several rounds gave for one thing: told as median, least and greatest. */
public final class Figures {
  private final List<Double> values = new ArrayList<>();

  /** Adds the figure of one round. */
  public void add(double value) {
    values.add(value);
  }

  /** How many there are. */
  public int count() {
    return values.size();
  }

  /** The middle one; of an even number, the mean of the two in the middle; NaN without figures. */
  public double median() {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** {@code 4.12 (3.98-5.01)}, with that many digits. */
  public String text(int digits) {
    if (values.isEmpty()) {
      return "-";
    }
    String number = "%." + digits + "f";
    return String.format(
        Locale.ROOT,
        number + " (" + number + "-" + number + ")",
        median(),
        Collections.min(values),
        Collections.max(values));
  }
}
