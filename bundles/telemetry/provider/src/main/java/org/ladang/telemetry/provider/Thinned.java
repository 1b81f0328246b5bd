package org.ladang.telemetry.provider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ladang.telemetry.History;

/** Puts neighbouring values together until there are few enough of them. */
final class Thinned implements Shelf.ValueReader {
  private final Step step;
  private final long width;
  private final boolean worst;
  private final List<History.Point> points = new ArrayList<>();
  private long group = Long.MIN_VALUE;
  private double sum;
  private int count;

  Thinned(Step step, long first, long last, int most, boolean worst) {
    this.step = step;
    // Groups begin at multiples of the width, so that a chart does not flicker while time goes on:
    // one more group fits in.
    this.width = Math.max(1, Math.floorDiv(last - first, Math.max(1, most - 1L)) + 1);
    this.worst = worst;
  }

  @Override
  public void value(long slot, double value) {
    long into = Math.floorDiv(slot, width);
    if (into != group) {
      flush();
      group = into;
    }
    sum = worst ? Math.max(sum, value) : sum + value;
    count++;
  }

  private void flush() {
    if (count > 0) {
      points.add(new History.Point(step.start(group * width), worst ? sum : sum / count));
    }
    sum = 0;
    count = 0;
  }

  /** How far two points are apart. */
  Duration length() {
    return step.length().multipliedBy(width);
  }

  List<History.Point> points() {
    flush();
    return List.copyOf(points);
  }
}
