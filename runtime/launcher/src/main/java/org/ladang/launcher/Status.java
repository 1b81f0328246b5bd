package org.ladang.launcher;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells whether a home's runtime runs, from the home alone: works without login and while nothing else answers. */
final class Status {
  /** No process holds the home. */
  private static final int NOT_RUNNING = 1;

  /** A process holds it, but is not ready. */
  private static final int NOT_READY = 4;

  private final HomeFolder home;

  Status(HomeFolder home) {
    this.home = home;
  }

  /**
   * Prints one line, or one JSON object.
   *
   * @return 0 ready, 1 not running, 4 running but not ready
   */
  int print(PrintStream out, boolean json) {
    Map<String, String> values = new LinkedHashMap<>();
    boolean held = HomeLock.isHeld(home);
    String state = "stopped";
    if (held) {
      boolean ready = home.read("ready").isPresent();
      state = ready ? "ready" : home.read("failed").isPresent() ? "failed" : "starting";
    }
    values.put("state", state);
    values.put("home", home.root().toString());
    if (held) {
      home.read("pid").ifPresent(pid -> values.put("pid", pid));
      home.read("http.port").ifPresent(port -> values.put("url", "http://127.0.0.1:" + port + "/"));
      home.read(state).ifPresent(line -> values.put("line", line));
    }
    out.println(json ? json(values) : sentence(values));
    return switch (state) {
      case "ready" -> 0;
      case "stopped" -> NOT_RUNNING;
      default -> NOT_READY;
    };
  }

  private static String sentence(Map<String, String> values) {
    if (values.get("state").equals("stopped")) {
      return "Ladang does not run in " + values.get("home") + ".";
    }
    String line = values.containsKey("line") ? values.get("line") + "\n" : "";
    String url = values.containsKey("url") ? ", " + values.get("url") : "";
    return line
        + "Ladang is "
        + (values.get("state").equals("failed") ? "not ready" : values.get("state"))
        + ": process "
        + values.getOrDefault("pid", "(unknown)")
        + ", home "
        + values.get("home")
        + url;
  }

  private static String json(Map<String, String> values) {
    return values.entrySet().stream()
        .map(
            e ->
                quoted(e.getKey())
                    + ":"
                    + (e.getKey().equals("pid") && e.getValue().matches("\\d+")
                        ? e.getValue()
                        : quoted(e.getValue())))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
