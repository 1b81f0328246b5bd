package org.ladang.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bundles that are never swapped: the jars of {@code system/base}, each at a start level. {@code
 * conf/config.properties} names them without versions ({@code ladang.base.start.<level>}, {@code
 * ladang.base.install.<level>} for those that are only installed); a jar that no line names is started at {@code
 * ladang.base.level}.
 */
final class Base {
  private static final String START = "ladang.base.start.";
  private static final String INSTALL = "ladang.base.install.";

  private final Map<String, Path> jars = new TreeMap<>();
  private final Map<String, String> properties = new TreeMap<>();

  Base(Path folder, Map<String, String> settings) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path file : files) {
        Path other = jars.put(name(file), file);
        if (other != null) {
          throw incomplete("there are both " + other.getFileName() + " and " + file.getFileName());
        }
      }
    } catch (IOException e) {
      throw incomplete("the folder " + folder + " cannot be read: " + e);
    }
    Map<String, Path> rest = new TreeMap<>(jars);
    settings.forEach(
        (key, names) -> {
          if (key.startsWith(START)) {
            properties.put("felix.auto.start." + key.substring(START.length()), take(names, rest));
          } else if (key.startsWith(INSTALL)) {
            properties.put(
                "felix.auto.install." + key.substring(INSTALL.length()), take(names, rest));
          }
        });
    String level = "felix.auto.start." + settings.getOrDefault("ladang.base.level", "5");
    properties.merge(level, take(String.join(" ", rest.keySet()), rest), (a, b) -> a + " " + b);
  }

  /** What Felix Main's AutoProcessor reads. */
  Map<String, String> properties() {
    return properties;
  }

  /** Changes when a jar of the base does: its place, size or time. */
  String fingerprint() {
    StringBuilder text = new StringBuilder();
    try {
      for (Path jar : jars.values()) {
        text.append(jar)
            .append(' ')
            .append(Files.size(jar))
            .append(' ')
            .append(Files.getLastModifiedTime(jar).toMillis())
            .append('\n');
      }
    } catch (IOException e) {
      throw incomplete(e.toString());
    }
    return text.append(System.getProperty("java.version")).toString();
  }

  private static String take(String names, Map<String, Path> rest) {
    List<String> urls = new ArrayList<>();
    for (String name : names.isBlank() ? new String[0] : names.strip().split("\\s+")) {
      Path jar = rest.remove(name);
      if (jar == null) {
        throw incomplete(
            "system/base has no " + name + ", or two lines of conf/config.properties name it");
      }
      urls.add("\"reference:" + jar.toUri() + "\"");
    }
    return String.join(" ", urls);
  }

  /** {@code slf4j-api-2.0.20.jar} is {@code slf4j-api}. */
  private static String name(Path file) {
    return file.getFileName().toString().replaceFirst("(-\\d[^/]*)?\\.jar$", "");
  }

  private static Refusal incomplete(String what) {
    return new Refusal(
        Refusal.NOT_STARTED,
        "LADANG-LAUNCH-005",
        "The distribution is not complete: " + what + ".");
  }
}
