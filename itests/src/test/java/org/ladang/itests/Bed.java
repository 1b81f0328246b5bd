package org.ladang.itests;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a running Ladang does with {@link Sprouts}, asked over REST. Each has the file {@code <name>.jar}. */
final class Bed {
  /** Listed, but on its way in or out: no version answers. */
  private static final int NONE = 0;

  private static final Duration SOON = Duration.ofSeconds(30);

  private final Ladang ladang;
  private final Sprouts sprouts;

  Bed(Ladang ladang, Sprouts sprouts) {
    this.ladang = ladang;
    this.sprouts = sprouts;
  }

  void drop(String name, int version) throws IOException {
    ladang.drop(sprouts.jar(name, version), name + ".jar");
  }

  /** The plugin's jar in that version, not dropped. */
  Path jar(String name, int version) throws IOException {
    return sprouts.jar(name, version);
  }

  void remove(String name) throws IOException {
    Files.deleteIfExists(file(name));
  }

  Path file(String name) {
    return ladang.home().resolve("deploy").resolve(name + ".jar");
  }

  /** The version that answers, {@link #NONE} while none does; empty where there is no such plugin. */
  Optional<Integer> serving(String name) {
    HttpResponse<String> answer = ladang.http("POST", "/api/v1/actions/" + name + "/version", "{}");
    if (answer.statusCode() == 404) {
      return Optional.empty();
    }
    String body = answer.body();
    if (body.contains("LADANG-GATE-005")) {
      return Optional.of(NONE);
    }
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(name + ": " + answer.statusCode() + " " + body);
    }
    java.util.regex.Matcher version =
        java.util.regex.Pattern.compile("(\\d+)\\.0\\.0").matcher(body);
    if (!version.find()) {
      throw new AssertionError(body);
    }
    return Optional.of(Integer.parseInt(version.group(1)));
  }

  /** Which of these plugins serve, and in which version. */
  Map<String, Integer> serving(List<String> names) {
    Map<String, Integer> all = new TreeMap<>();
    names.forEach(name -> serving(name).ifPresent(version -> all.put(name, version)));
    return all;
  }

  /** Waits until exactly these of the named plugins serve. */
  void await(String when, List<String> names, Map<String, Integer> expected) {
    long end = System.nanoTime() + SOON.toNanos();
    Ladang.await(
        when + ": " + expected,
        SOON.plusSeconds(5),
        () -> {
          Map<String, Integer> now = serving(names);
          if (!now.equals(expected) && System.nanoTime() > end) {
            throw new AssertionError(when + ": expected " + expected + " but serving are " + now);
          }
          return now.equals(expected);
        });
  }
}
