package org.ladang.itests;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules of the line of rooms, applied to what a jar's manifest says. A bundle {@code org.ladang.<room>.<role>} sees
 * the API of its own room and of the rooms before it.
 */
final class LineOfRooms {
  static final List<String> LINE =
      List.of(
          "kernel",
          "config",
          "security",
          "health",
          "breaker",
          "balancer",
          "shard",
          "session",
          "discovery",
          "registry",
          "deploy",
          "shell",
          "telemetry",
          "console");

  private static final Pattern NAME =
      Pattern.compile("org\\.ladang\\.(\\w+)\\.(api|provider|front|client|legacy)");
  private static final Pattern ROOM = Pattern.compile("org\\.ladang\\.(\\w+)(\\..*)?");
  private static final List<String> DOORS_ONLY =
      List.of(
          "jakarta.servlet",
          "javax.servlet",
          "org.apache.felix.http",
          "org.osgi.service.http",
          "org.osgi.service.servlet",
          "org.apache.felix.service.command",
          "org.apache.felix.service.threadio",
          "org.apache.felix.gogo");

  /** The annotation processor lives in the kernel's API jar; the JDK has these packages. */
  private static final List<String> PROCESSOR =
      List.of("javax.annotation.processing", "javax.lang.model", "javax.tools");

  private final Manifest manifest;
  private final String name;
  private final List<String> broken = new ArrayList<>();

  private LineOfRooms(Manifest manifest) {
    this.manifest = manifest;
    this.name = main("Bundle-SymbolicName").split(";")[0].strip();
  }

  /** What the jar breaks, as sentences; empty when nothing. */
  static List<String> brokenBy(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return brokenBy(file.getManifest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> brokenBy(Manifest manifest) {
    return new LineOfRooms(manifest).check();
  }

  private List<String> check() {
    exportsHaveVersions();
    Matcher matcher = NAME.matcher(name);
    if (matcher.matches()) {
      room(matcher.group(1), matcher.group(2));
    } else if (name.startsWith("org.ladang.plugin.")) {
      swappable();
      importsNoProvider();
    } else {
      say("is not named org.ladang.<room>.<role> or org.ladang.plugin.<name>");
    }
    return broken;
  }

  private void room(String room, String role) {
    if (!LINE.contains(room)) {
      say("belongs to the room " + room + ", which is not in the line");
      return;
    }
    importsFollowTheLine(room);
    importsNoProvider();
    switch (role) {
      case "api" -> apiTypes();
      case "provider" -> {
        if (!room.equals("kernel")) {
          swappable();
        }
        doors();
      }
      case "legacy" -> doors();
      default -> {
        // Front doors are of the base, and doors.
      }
    }
  }

  private void exportsHaveVersions() {
    packages("Export-Package")
        .forEach(
            (exported, attributes) -> {
              String version = Optional.ofNullable(attributes.get("version")).orElse("0.0.0");
              if (version.equals("0.0.0")) {
                say("exports " + exported + " without a version");
              }
            });
  }

  private void importsFollowTheLine(String room) {
    for (String imported : packages("Import-Package").keySet()) {
      Matcher matcher = ROOM.matcher(imported);
      if (matcher.matches()) {
        int other = LINE.indexOf(matcher.group(1));
        if (other < 0) {
          say("imports " + imported + ", which is no room of the line");
        } else if (other > LINE.indexOf(room)) {
          say(
              "imports "
                  + imported
                  + ", against the line: "
                  + matcher.group(1)
                  + " comes after "
                  + room);
        }
      }
    }
  }

  private void importsNoProvider() {
    packages("Import-Package").keySet().stream()
        .filter(p -> p.startsWith("org.ladang.") && p.contains(".provider"))
        .forEach(p -> say("imports " + p + ", the inside of a provider"));
  }

  private void apiTypes() {
    for (String imported : packages("Import-Package").keySet()) {
      boolean allowed =
          imported.startsWith("java.")
              || imported.startsWith("org.osgi.")
              || imported.startsWith("org.ladang.")
              || (name.equals("org.ladang.kernel.api") && startsWithAny(imported, PROCESSOR));
      if (!allowed) {
        say("is an API and uses types of " + imported);
      }
    }
  }

  private void doors() {
    packages("Import-Package").keySet().stream()
        .filter(p -> startsWithAny(p, DOORS_ONLY))
        .forEach(p -> say("imports " + p + ", which only the front doors do"));
  }

  private void swappable() {
    doors();
    if (!main("Bundle-Activator").isEmpty()) {
      say("has a Bundle-Activator: one that hangs can never be stopped");
    }
    packages("Export-Package")
        .keySet()
        .forEach(exported -> say("is swappable and exports " + exported));
  }

  private static boolean startsWithAny(String text, List<String> prefixes) {
    return prefixes.stream().anyMatch(p -> text.equals(p) || text.startsWith(p + "."));
  }

  private Map<String, Attrs> packages(String header) {
    return new Parameters(OSGiHeader.parseHeader(main(header)));
  }

  private String main(String header) {
    return Optional.ofNullable(manifest.getMainAttributes().getValue(header)).orElse("");
  }

  private void say(String sentence) {
    String whole = name + " " + sentence + ".";
    if (!broken.contains(whole)) {
      broken.add(whole);
    }
  }
}
