package org.ladang.deploy.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.deploy.Attempt.Outcome;

/** Jars without OSGi metadata, with a wrapper that makes a known bundle of each. */
class LegacyTest {
  @TempDir Path folder;
  private DeployWorld world;
  private int wrapped;

  @BeforeEach
  void open() throws IOException {
    world = new DeployWorld(folder);
    world.wrapper =
        work -> {
          work.accept(
              (jar, file, bundle) -> {
                wrapped++;
                String version = content(jar);
                write(bundle, Jars.plugin("wells-legacy", version));
              });
          return true;
        };
    world.open();
  }

  private static String content(Path jar) {
    try (var zip = new java.util.zip.ZipFile(jar.toFile())) {
      return new String(zip.getInputStream(zip.getEntry("version")).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] legacy(String version) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (String name : new String[] {"version", "com/acme/Wells.class"}) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.of(2009, 9, 9, 9, 9));
        out.putNextEntry(entry);
        out.write(version.getBytes());
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Test
  void aLegacyJarIsWrappedAndTheListingNamesTheJarItself() throws IOException {
    world.drop("wells.jar", legacy("1.0.0"));
    world.look();

    assertThat(world.running()).containsExactly("wells-legacy 1.0.0");
    var entry = world.generation().file("wells.jar").orElseThrow();
    assertThat(entry.legacy()).isTrue();
    assertThat(world.listing()).containsEntry("wells.jar", entry.origin());
    assertThat(Files.readAllBytes(world.kernel.store.path(entry.origin())))
        .isEqualTo(legacy("1.0.0"));
    assertThat(world.last().steps()).extracting("name").contains("stored", "verified");
  }

  @Test
  void aRestartDoesNotWrapItAgain() throws IOException {
    world.drop("wells.jar", legacy("1.0.0"));
    world.look();
    world.open();
    world.look();

    assertThat(wrapped).isEqualTo(1);
    assertThat(world.running()).containsExactly("wells-legacy 1.0.0");
  }

  @Test
  void aNewerJarThatIsRefusedBringsTheFormerJarBackAsItWas() throws IOException {
    world.drop("wells.jar", legacy("1.0.0"));
    world.look();
    world.swapper.bad.put("wells-legacy 2.0.0", "LADANG-SWAP-012");
    world.drop("wells.jar", legacy("2.0.0"));
    world.look();

    assertThat(world.running()).containsExactly("wells-legacy 1.0.0");
    assertThat(Files.readAllBytes(world.deploy.resolve("wells.jar"))).isEqualTo(legacy("1.0.0"));
  }

  @Test
  void aRollbackBringsTheJarItselfBack() throws IOException {
    world.drop("wells-1.jar", legacy("1.0.0"));
    world.look();
    long first = world.generation().number();
    world.drop("wells-2.jar", legacy("2.0.0"));
    world.look();
    assertThat(world.files()).containsExactly("wells-2.jar");
    world.orders.rollback(Optional.of(first), "ada");
    world.mail();

    assertThat(world.running()).containsExactly("wells-legacy 1.0.0");
    assertThat(Files.readAllBytes(world.deploy.resolve("wells-1.jar"))).isEqualTo(legacy("1.0.0"));
  }

  @Test
  void whereTheyAreOffAJarIsRefusedAndWhatRunsGoesOn() {
    world.drop("wells.jar", legacy("1.0.0"));
    world.look();
    world.legacyOff = true;
    world.open();
    world.drop("other.jar", legacy("1.0.0"));
    world.look();

    assertThat(world.reason("other.jar"))
        .startsWith("The file other.jar is a jar without OSGi metadata, and such are not let in")
        .contains("LADANG-LEGACY-001");
    assertThat(world.running()).containsExactly("wells-legacy 1.0.0");
    assertThat(world.last().outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void withoutTheWrapperTheSentenceSaysSo() {
    world.wrapper = work -> false;
    world.open();
    world.drop("wells.jar", legacy("1.0.0"));
    world.look();

    assertThat(world.reason("wells.jar")).contains("LADANG-LEGACY-005");
  }

  @Test
  void aJarWithoutClassesIsNoLegacyJar() {
    world.drop("bare.jar", Jars.withoutManifest());
    world.look();

    assertThat(world.reason("bare.jar")).contains("LADANG-JAR-003");
    assertThat(wrapped).isZero();
  }

  @Test
  void aPlanKnowsWhatItWouldBecome() throws IOException {
    world.drop("wells.jar", legacy("1.0.0"));
    world.look();
    Path next = Files.write(folder.resolve("wells.jar"), legacy("2.0.0"));

    var plan = world.planner.plan(next);
    assertThat(plan.name()).isEqualTo("wells-legacy");
    assertThat(plan.from()).isEqualTo("1.0.0");
    assertThat(plan.to()).isEqualTo("2.0.0");
    assertThat(plan.accepted()).isTrue();
  }
}
