package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestIT {
  @TempDir Path folder;

  static List<Path> shipped() {
    List<Path> jars = new ArrayList<>();
    for (String place : List.of("system/base", "system/rooms", "samples")) {
      Distribution.jars(place).stream()
          .filter(jar -> jar.getFileName().toString().startsWith("org.ladang."))
          .forEach(jars::add);
    }
    return jars;
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void aShippedBundleKeepsTheLineOfRooms(Path jar) {
    assertThat(LineOfRooms.brokenBy(jar)).isEmpty();
  }

  @Test
  void everyRoomHasAnApiInTheBaseAndAProvider() throws IOException {
    assertThat(shipped()).hasSizeGreaterThan(20);
    assertThat(Distribution.jars("system/rooms"))
        .hasSameSizeAs(rooms())
        .allMatch(jar -> capability(jar).contains("ladang.subsystem"));
    assertThat(Distribution.jars("samples"))
        .allMatch(jar -> capability(jar).contains("ladang.plugin"));
  }

  /** Those of the sources but for the kernel, which is of the base. */
  private static List<Path> rooms() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("../bundles"))) {
      return folders
          .filter(room -> Files.isDirectory(room.resolve("provider")) && !room.endsWith("kernel"))
          .toList();
    }
  }

  static List<Arguments> bad() {
    return List.of(
        Arguments.of(
            "org.ladang.config.provider",
            Map.of("Import-Package", "org.ladang.shard;version='[1,2)'"),
            "org.ladang.config.provider imports org.ladang.shard, against the line: shard comes after config."),
        Arguments.of(
            "org.ladang.shell.api",
            Map.of("Import-Package", "org.ladang.console"),
            "org.ladang.shell.api imports org.ladang.console, against the line: console comes after shell."),
        Arguments.of(
            "org.ladang.shard.api",
            Map.of("Export-Package", "org.ladang.shard"),
            "org.ladang.shard.api exports org.ladang.shard without a version."),
        Arguments.of(
            "org.ladang.health.api",
            Map.of("Import-Package", "java.util,org.osgi.framework,org.apache.felix.hc.api"),
            "org.ladang.health.api is an API and uses types of org.apache.felix.hc.api."),
        Arguments.of(
            "org.ladang.console.provider",
            Map.of("Import-Package", "jakarta.servlet.http;version=6"),
            "org.ladang.console.provider imports jakarta.servlet.http, which only the front doors do."),
        Arguments.of(
            "org.ladang.shell.provider",
            Map.of("Import-Package", "org.apache.felix.service.command"),
            "org.ladang.shell.provider imports org.apache.felix.service.command, which only the front doors do."),
        Arguments.of(
            "org.ladang.deploy.provider",
            Map.of("Import-Package", "org.ladang.registry.provider"),
            "org.ladang.deploy.provider imports org.ladang.registry.provider, the inside of a provider."),
        Arguments.of(
            "org.ladang.health.provider",
            Map.of("Bundle-Activator", "org.ladang.health.provider.Activator"),
            "org.ladang.health.provider has a Bundle-Activator: one that hangs can never be stopped."),
        Arguments.of(
            "org.ladang.plugin.bots",
            Map.of("Export-Package", "org.ladang.plugin.bots;version=1.0"),
            "org.ladang.plugin.bots is swappable and exports org.ladang.plugin.bots."),
        Arguments.of(
            "org.ladang.cellar.provider",
            Map.of(),
            "org.ladang.cellar.provider belongs to the room cellar, which is not in the line."),
        Arguments.of(
            "com.example",
            Map.of(),
            "com.example is not named org.ladang.<room>.<role> or org.ladang.plugin.<name>."));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void aJarThatBreaksARuleIsFound(
      String symbolicName, Map<String, String> headers, String sentence) {
    Path jar = JarBuilder.jar(folder.resolve("bad.jar"), symbolicName, headers);
    assertThat(LineOfRooms.brokenBy(jar)).containsExactly(sentence);
  }

  private static String capability(Path jar) {
    return JarBuilder.manifest(jar).getMainAttributes().getValue("Provide-Capability");
  }
}
