package org.ladang.deploy.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.LadangException;

class BndWrapperTest {
  /** Some class of a module of old: it implements an interface of another package. */
  public static final class Old implements Supplier<String> {
    @Override
    public String get() {
      return "old";
    }
  }

  /** One that looks for others. */
  public static final class Asking {
    public Object ask() {
      return java.util.ServiceLoader.load(Supplier.class);
    }
  }

  private static final String OLD = Old.class.getName();
  private static final String PLUGIN = "META-INF/services/org.ladang.registry.Plugin";

  @TempDir Path folder;
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private int made;

  private BndWrapperTest manifest(String... lines) {
    return with(
        "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n" + String.join("\n", lines) + "\n");
  }

  private BndWrapperTest with(String name, String text) {
    entries.put(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private BndWrapperTest with(Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
      entries.put(name, in.readAllBytes());
    }
    return this;
  }

  private BndWrapperTest pom(String group, String artifact, String version) {
    return with(
        "META-INF/maven/" + group + "/" + artifact + "/pom.properties",
        "groupId=" + group + "\nartifactId=" + artifact + "\nversion=" + version + "\n");
  }

  private Path jar() throws IOException {
    Path jar = folder.resolve("legacy.jar");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry zip = new ZipEntry(entry.getKey());
        zip.setTimeLocal(LocalDateTime.of(2009, 9, 9, 9, 9));
        out.putNextEntry(zip);
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return jar;
  }

  private Path wrap(String file) throws IOException {
    Path bundle = folder.resolve("bundle-" + made++ + ".jar");
    new BndWrapper().wrap(jar(), file, bundle);
    return bundle;
  }

  private Attributes wrapped(String file) throws IOException {
    try (JarFile bundle = new JarFile(wrap(file).toFile())) {
      return bundle.getManifest().getMainAttributes();
    }
  }

  private static void assertNamed(Attributes manifest, String name, String version) {
    assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo(name);
    assertThat(manifest.getValue("Bundle-Version")).isEqualTo(version);
  }

  @Test
  void mavensPropertiesNameItFirst() throws IOException {
    manifest("Implementation-Title: Something", "Automatic-Module-Name: a.b")
        .pom("com.acme", "wells", "1.4-SNAPSHOT")
        .with(Old.class);
    assertNamed(wrapped("x-9.jar"), "com.acme.wells", "1.4.0.SNAPSHOT");
  }

  @Test
  void ofSeveralPropertiesThoseOfTheFilesNameCount() throws IOException {
    pom("com.acme", "wells", "1.4").pom("com.acme", "pipes", "7").with(Old.class);
    assertNamed(wrapped("wells-1.4.jar"), "com.acme.wells", "1.4.0");
    assertNamed(wrapped("bucket-2.jar"), "bucket", "2.0.0");
  }

  @Test
  void anArtifactThatBeginsWithItsGroupIsItsOwnName() throws IOException {
    pom("com.acme", "com.acme.wells", "2").with(Old.class);
    assertNamed(wrapped("x.jar"), "com.acme.wells", "2.0.0");
  }

  @Test
  void theModulesNameComesSecond() throws IOException {
    manifest("Automatic-Module-Name: com.acme.wells", "Implementation-Version: 3.1")
        .with(Old.class);
    assertNamed(wrapped("x-9.jar"), "com.acme.wells", "3.1.0");
  }

  @Test
  void theImplementationComesThird() throws IOException {
    manifest(
            "Implementation-Title: Acme Wells",
            "Implementation-Vendor-Id: com.acme",
            "Implementation-Version: 3.1.4-rc1")
        .with(Old.class);
    Attributes manifest = wrapped("x-9.jar");
    assertNamed(manifest, "com.acme.Acme-Wells", "3.1.4.rc1");
    assertThat(manifest.getValue("Bundle-Name")).isEqualTo("Acme Wells");
  }

  @Test
  void theFilesNameComesLast() throws IOException {
    with(Old.class);
    assertNamed(wrapped("acme wells-2.3.4-b7.jar"), "acme-wells", "2.3.4.b7");
    assertNamed(wrapped("wells.jar"), "wells", "0.0.0");
    assertNamed(wrapped("---.jar"), "legacy", "0.0.0");
  }

  @Test
  void theImplementationOfAPluginMakesAPluginThatStandsBesideItsSuccessor() throws IOException {
    pom("com.acme", "wells", "1.4")
        .with(Old.class)
        .with(PLUGIN, "# since 2009\n" + OLD + " # old\n");
    Attributes manifest = wrapped("wells-1.4.jar");
    assertNamed(manifest, "com.acme.wells.legacy", "1.4.0");
    assertThat(manifest.getValue("Provide-Capability"))
        .contains("osgi.serviceloader=\"org.ladang.registry.Plugin\"")
        .contains("ladang.plugin=wells-legacy")
        .contains("version:Version=\"1.4.0\"");
    assertThat(manifest.getValue("Require-Capability")).contains("osgi.serviceloader.registrar");
    assertThat(manifest.getValue("Export-Package")).as("a plugin exports nothing").isNull();
  }

  @Test
  void anyOtherServiceIsPublishedAndItsPackagesAreExported() throws IOException {
    with(Old.class).with("META-INF/services/java.util.function.Supplier", OLD + "\n");
    Attributes manifest = wrapped("suppliers-1.jar");
    assertNamed(manifest, "suppliers", "1.0.0");
    assertThat(manifest.getValue("Provide-Capability"))
        .contains("osgi.serviceloader=\"java.util.function.Supplier\"")
        .doesNotContain("ladang.plugin");
    assertThat(manifest.getValue("Export-Package")).contains(Old.class.getPackageName());
  }

  @Test
  void aLibraryPublishesNothing() throws IOException {
    with(Old.class);
    Attributes manifest = wrapped("library-1.jar");
    assertThat(manifest.getValue("Provide-Capability")).isNull();
    assertThat(String.valueOf(manifest.getValue("Require-Capability"))).doesNotContain("extender");
  }

  @Test
  void whoLooksForServicesIsLetToFindThem() throws IOException {
    with(Asking.class);
    assertThat(wrapped("asking-1.jar").getValue("Require-Capability"))
        .contains("osgi.serviceloader.processor");
  }

  @Test
  void theSameJarGivesTheSameBytes() throws IOException {
    pom("com.acme", "wells", "1.4").with(Old.class).with(PLUGIN, OLD);
    assertThat(wrap("wells.jar")).hasSameBinaryContentAs(wrap("wells.jar"));
  }

  @Test
  void signaturesOfTheOldManifestAreLeftOut() throws IOException {
    manifest().with(Old.class).with("META-INF/ACME.SF", "x").with("META-INF/ACME.RSA", "y");
    try (JarFile bundle = new JarFile(wrap("signed-1.jar").toFile())) {
      assertThat(bundle.stream().map(ZipEntry::getName))
          .doesNotContain("META-INF/ACME.SF", "META-INF/ACME.RSA")
          .contains(OLD.replace('.', '/') + ".class");
    }
  }

  @Test
  void aServiceWithoutItsClassIsRefused() {
    with(PLUGIN, "com.acme.Gone");
    assertThatThrownBy(() -> wrap("wells.jar"))
        .isInstanceOfSatisfying(
            LadangException.class, e -> assertThat(e.code()).isEqualTo("LADANG-LEGACY-003"))
        .hasMessage(
            "The file wells.jar names com.acme.Gone as its org.ladang.registry.Plugin, but has no such class.");
  }

  @Test
  void twoPluginsInOneJarAreRefused() throws IOException {
    with(Old.class).with(Asking.class).with(PLUGIN, OLD + "\n" + Asking.class.getName());
    assertThatThrownBy(() -> wrap("wells.jar"))
        .isInstanceOfSatisfying(
            LadangException.class, e -> assertThat(e.code()).isEqualTo("LADANG-LEGACY-004"))
        .hasMessageContaining("names 2 plugins");
  }

  @Test
  void aDamagedClassIsRefused() {
    with("com/acme/Wells.class", "no class");
    assertThatThrownBy(() -> wrap("wells.jar"))
        .isInstanceOfSatisfying(
            LadangException.class, e -> assertThat(e.code()).isEqualTo("LADANG-LEGACY-002"))
        .hasMessageStartingWith("No bundle can be made of the file wells.jar: ")
        .hasMessageMatching("[^\\n]+\\.");
  }
}
