package org.ladang.telemetry.provider;

/** What the last word of a series' name says of its values. */
final class Units {
  private Units() {}

  static String of(String series) {
    String what = series.substring(series.lastIndexOf('.') + 1);
    return switch (what) {
      case "calls", "errors", "rate" -> "1/s";
      case "p95", "mean" -> "ms";
      case "heap_mib", "heap_max_mib", "free_mib" -> "MiB";
      case "used_percent" -> "%";
      case "cpu" -> "cores";
      default -> "";
    };
  }

  /** Whether the worst of several values says more than their mean. */
  static boolean worst(String series) {
    return series.endsWith(".p95");
  }
}
