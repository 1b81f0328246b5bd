package org.ladang.kernel.provider.passport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.ladang.kernel.provider.passport.JarBuilder.bundle;
import static org.ladang.kernel.provider.passport.JarBuilder.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ladang.kernel.LadangException;

class RefusedJarsTest {
  private static final String ACTIONS = "OSGI-INF/ladang/actions.json";

  @TempDir Path folder;

  private LadangException refusal(byte[] bytes) throws IOException {
    Path jar = Files.write(folder.resolve("sample.jar"), bytes);
    return catchThrowableOfType(LadangException.class, () -> new JarPassports().read(jar));
  }

  private void refuses(String code, String words, byte[] bytes) throws IOException {
    LadangException refusal = refusal(bytes);
    assertThat(refusal).as("refusal").isNotNull();
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal).hasMessageContaining(words).message().endsWith(".");
    assertThat(refusal.nextStep()).isPresent();
  }

  private void refuses(String code, String words, JarBuilder jar) throws IOException {
    refuses(code, words, jar.bytes());
  }

  @Test
  void noiseIsNoJar() throws IOException {
    byte[] noise = new byte[5000];
    new Random(1).nextBytes(noise);
    noise[0] = 0;
    refuses("LADANG-JAR-001", "The file sample.jar is no jar", noise);
    refuses("LADANG-JAR-001", "The file sample.jar is empty", new byte[0]);
    refuses(
        "LADANG-JAR-001", "The file sample.jar is no jar", "PK".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aJarThatWasCutAnywhereIsTruncated() throws IOException {
    byte[] whole = plugin("bots").entry("a.txt", "a".repeat(200)).bytes();
    for (int length = 4; length < whole.length; length++) {
      refuses("LADANG-JAR-002", "truncated or damaged", Arrays.copyOf(whole, length));
    }
    assertThat(refusal(whole)).isNull();
  }

  @Test
  void aJarWithAHoleIsDamaged() throws IOException {
    byte[] whole = plugin("bots").entry("a.txt", "a".repeat(200)).bytes();
    byte[] holed = new byte[whole.length - 50];
    System.arraycopy(whole, 0, holed, 0, 60);
    System.arraycopy(whole, 110, holed, 60, whole.length - 110);
    refuses("LADANG-JAR-002", "truncated or damaged", holed);
  }

  @Test
  void aDamagedManifestIsSeen() throws IOException {
    byte[] whole = plugin("bots").bytes();
    for (int i = 60; i < 90; i++) {
      whole[i] ^= 0x55;
    }
    refuses("LADANG-JAR-002", "META-INF/MANIFEST.MF", whole);
  }

  @Test
  void withoutManifestItIsNoBundle() throws IOException {
    String name = "META-INF/MANIFEST.MF";
    byte[] jar = plugin("bots").bytes();
    byte[] renamed =
        new String(jar, StandardCharsets.ISO_8859_1)
            .replace(name, "META-INF/MANIFEST.XX")
            .getBytes(StandardCharsets.ISO_8859_1);
    refuses("LADANG-JAR-003", "has no manifest", renamed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a..b", ";x=y", "ü"})
  void withoutASymbolicNameItIsNoBundle(String name) throws IOException {
    refuses("LADANG-JAR-004", "Bundle-SymbolicName", bundle(name));
    refuses("LADANG-JAR-004", "Bundle-SymbolicName", bundle("a").without("Bundle-SymbolicName"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.x", "1.0.0.0.0", "${version}", "-1"})
  void aBadVersionIsRefused(String version) throws IOException {
    refuses("LADANG-JAR-005", version, bundle("a").header("Bundle-Version", version));
    refuses(
        "LADANG-JAR-005",
        version,
        bundle("a")
            .header(
                "Provide-Capability",
                "ladang.plugin;ladang.plugin=a;version:Version=\"" + version + "\""));
  }

  @Test
  void anActivatorInAPluginOrProviderIsRefused() throws IOException {
    refuses("LADANG-JAR-006", "plugin bots", plugin("bots").header("Bundle-Activator", "a.B"));
    refuses(
        "LADANG-JAR-006",
        "provider of shard",
        bundle("s")
            .header("Provide-Capability", "ladang.subsystem;ladang.subsystem=shard")
            .header("Bundle-Activator", "a.B"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ladang.plugin",
        "ladang.plugin;ladang.plugin=Bots",
        "ladang.plugin;ladang.plugin=1bots",
        "ladang.plugin;ladang.plugin=bots;activation=sometimes",
        "ladang.plugin;ladang.plugin=bots;overlap=maybe",
        "ladang.plugin;ladang.plugin=bots;isolation=prison",
        "ladang.plugin;ladang.plugin=a,ladang.plugin;ladang.plugin=b",
        "ladang.plugin;ladang.plugin=a,ladang.subsystem;ladang.subsystem=b",
        "ladang.plugin;ladang.plugin=\"bots",
        "ladang.plugin;ladang.plugin=a;ladang.plugin=b",
        "ladang.plugin;ladang.plugin=",
        "ladang.plugin;=a",
        "ladang.plugin;ladang.plugin=a extra\"x\""
      })
  void aPassportThatDoesNotHoldTogetherIsRefused(String capability) throws IOException {
    refuses("LADANG-JAR-007", "sample.jar", bundle("a").header("Provide-Capability", capability));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ladang.plugin;filter:=\"(ladang.plugin=a)\"",
        "ladang.plugin;filter:=\"(ladang.plugin=a\";effective:=active",
        "ladang.plugin;effective:=active"
      })
  void aRequirementThatIsNoneIsRefused(String requirement) throws IOException {
    refuses(
        "LADANG-JAR-007",
        "has a wrong Require-Capability",
        plugin("bots").header("Require-Capability", requirement));
  }

  @Test
  void aPluginIsNoFragmentAndExportsNothing() throws IOException {
    refuses("LADANG-JAR-007", "fragment", plugin("bots").header("Fragment-Host", "a"));
    refuses("LADANG-JAR-007", "exports packages", plugin("bots").header("Export-Package", "a"));
  }

  @Test
  void aDamagedListOfActionsIsRefused() throws IOException {
    String sound = JarPassportsTest.ACTIONS;
    for (String list :
        new String[] {
          "",
          "noise",
          "[]",
          "{}",
          sound.substring(0, 200),
          sound.replace("VIEWER", "KING"),
          sound.replace("500", "0"),
          sound.replace("\"ping\",\"method\"", "\"Ping!\",\"method\""),
          sound.replace("\"properties\":{\"id\"", "\"properties\":{\"ie\""),
          sound.replace("[\"java.lang.String\"]", "[]"),
          sound.replace("\"description\":\"Answers.\",", "")
        }) {
      refuses("LADANG-JAR-008", "is damaged", plugin("bots").entry(ACTIONS, list));
    }
  }

  @Test
  void aPluginsActionsBeginWithItsName() throws IOException {
    refuses(
        "LADANG-JAR-007",
        "begin with its name",
        plugin("bots")
            .entry(
                ACTIONS,
                JarPassportsTest.ACTIONS.replace("\"group\":\"\"", "\"group\":\"config\"")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/../../evil", "/etc/passwd", "a\\b", "C:evil", "a/.."})
  void anEntryThatLeadsOutOfTheJarIsRefused(String name) throws IOException {
    refuses("LADANG-JAR-002", "leads out of it", bundle("a").entry(name, "x"));
  }

  @Test
  void entriesThatStandTwiceAreRefused() throws IOException {
    byte[] jar = bundle("a").entry("one.txt", "1").entry("two.txt", "2").bytes();
    byte[] twice =
        new String(jar, StandardCharsets.ISO_8859_1)
            .replace("two.txt", "one.txt")
            .getBytes(StandardCharsets.ISO_8859_1);
    refuses("LADANG-JAR-002", "`one.txt` twice", twice);
    refuses(
        "LADANG-JAR-002",
        "differ in case only",
        plugin("bots").entry("one.txt", "1").entry("ONE.txt", "2"));
  }

  @Test
  void anEndlessListIsNotReadToItsEnd() throws IOException {
    refuses(
        "LADANG-JAR-002", "of more than", plugin("bots").entry(ACTIONS, " ".repeat((8 << 20) + 1)));
  }
}
