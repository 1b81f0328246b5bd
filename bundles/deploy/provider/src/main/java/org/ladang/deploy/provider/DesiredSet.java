package org.ladang.deploy.provider;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.ladang.kernel.LadangException;

/**
 * What a file says that is to run: {@code {"prune": false, "bundles": [{"name", "version", "sha256", "jar", "file",
 * "stopped"}]}}. Name, version and SHA-256 must be there and must agree with the jar.
 *
 * @param prune whether what came through the inbox and is not named goes
 */
record DesiredSet(List<Wanted> bundles, boolean prune) {
  private static final long LARGEST = 4L << 20;
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{64}");
  private static final Set<String> TOP = Set.of("bundles", "prune");
  private static final Set<String> EACH =
      Set.of("name", "version", "sha256", "jar", "file", "stopped");

  /**
   * One bundle.
   *
   * @param jar where its jar lies; empty where the store has it
   * @param file its name in the inbox
   */
  record Wanted(
      String name,
      String version,
      String sha256,
      Optional<Path> jar,
      String file,
      boolean stopped) {}

  /**
   * Reads a file.
   *
   * @throws LadangException {@code LADANG-DEPLOY-024} with what is wrong, and where
   */
  static DesiredSet read(Path file) {
    String name = String.valueOf(file.getFileName());
    Map<String, Object> json;
    try {
      if (Files.size(file) > LARGEST) {
        throw wrong(name, "is longer than " + (LARGEST >> 20) + " MiB", null);
      }
      json = JSON.std.mapFrom(Files.readString(file));
    } catch (IOException e) {
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw wrong(name, "cannot be read as JSON: " + first, e);
    }
    return new Reading(name, file.toAbsolutePath().getParent()).set(json);
  }

  private static LadangException wrong(String file, String what, Throwable cause) {
    return new LadangException("LADANG-DEPLOY-024", file + " " + what + ".", cause)
        .next("bundles/deploy/README.md shows what such a file looks like.");
  }

  /** One file, with the folder that its paths begin in. */
  private record Reading(String name, Path folder) {
    DesiredSet set(Map<String, Object> json) {
      known("", json, TOP);
      if (!(json.get("bundles") instanceof List<?> list)) {
        throw wrong(name, "has no list `bundles`", null);
      }
      List<Wanted> bundles = new ArrayList<>();
      Set<String> names = new HashSet<>();
      Set<String> files = new HashSet<>();
      for (int i = 0; i < list.size(); i++) {
        String at = "bundles[" + i + "]";
        Wanted wanted = wanted(at, list.get(i));
        if (!names.add(wanted.name()) || !files.add(wanted.file())) {
          throw wrong(name, "names " + wanted.name() + " or its file twice, again in " + at, null);
        }
        bundles.add(wanted);
      }
      return new DesiredSet(bundles, flag("prune", json.get("prune")));
    }

    private Wanted wanted(String at, Object json) {
      if (!(json instanceof Map<?, ?> map)) {
        throw wrong(name, "has no object at " + at, null);
      }
      known(at + ".", map, EACH);
      String bundle = text(at + ".name", map.get("name"));
      String sha256 = text(at + ".sha256", map.get("sha256"));
      if (!SHA.matcher(sha256).matches()) {
        throw wrong(name, "has no SHA-256 (64 hexadecimal digits) at " + at + ".sha256", null);
      }
      String file = map.get("file") == null ? bundle + ".jar" : text(at + ".file", map.get("file"));
      if (Inbox.ignored(file) || !file.matches("[^/\\\\\\p{Cntrl}]+")) {
        throw wrong(name, "has no name for a file of the inbox at " + at + ".file", null);
      }
      return new Wanted(
          bundle,
          text(at + ".version", map.get("version")),
          sha256,
          map.get("jar") == null
              ? Optional.empty()
              : Optional.of(folder.resolve(text(at + ".jar", map.get("jar")))),
          file,
          flag(at + ".stopped", map.get("stopped")));
    }

    private void known(String at, Map<?, ?> map, Set<String> keys) {
      for (Object key : map.keySet()) {
        if (!keys.contains(key)) {
          throw wrong(
              name,
              "has `"
                  + at
                  + key
                  + "`, which means nothing; known are "
                  + String.join(", ", keys.stream().sorted().toList()),
              null);
        }
      }
    }

    private String text(String at, Object value) {
      if (value instanceof String text && !text.isBlank()) {
        return text;
      }
      throw wrong(name, "has no text at " + at, null);
    }

    private boolean flag(String at, Object value) {
      if (value == null || value instanceof Boolean) {
        return Boolean.TRUE.equals(value);
      }
      throw wrong(name, "has neither true nor false at " + at, null);
    }
  }
}
