package org.ladang.kernel.provider.passport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;

class JarPassportsTest {
  static final String ACTIONS =
      """
      {"components":[
      {"component":"org.example.Bots","group":"","actions":[{"name":"ping","method":"ping",\
      "parameterTypes":["java.lang.String"],"parameters":["id"],"description":"Answers.",\
      "role":"VIEWER","effect":"READ","idempotent":true,"timeoutMillis":500,"category":"",\
      "arguments":{"type":"object","properties":{"id":{"type":"string"}},"required":["id"],\
      "additionalProperties":false},"result":{"type":"string"}}]}
      ]}
      """;

  @TempDir Path folder;

  private Passport read(JarBuilder jar) {
    return new JarPassports().read(jar.at(folder));
  }

  @Test
  void aPluginSaysAllOfItself() {
    Passport bots =
        read(
            JarBuilder.bundle("org.example.bots;singleton:=true")
                .header(
                    "Provide-Capability",
                    "osgi.service;objectClass:List<String>=\"a,b\",ladang.plugin;ladang.plugin=bots;"
                        + "version:Version=\"2.0.1\";title=\"Bots, many; \\\"all\\\" of them\";"
                        + "activation=lazy;isolation=none;overlap=false;publisher=\"Ann\";"
                        + "grants:List<String>=\"net,disk\";uses:=\"x\"")
                .header(
                    "Require-Capability",
                    "osgi.ee;filter:=\"(osgi.ee=JavaSE)\",ladang.plugin;filter:=\"(&(ladang.plugin=livestock)"
                        + "(version>=1.0)(!(version>=2.0)))\";effective:=active")
                .entry("OSGI-INF/ladang/actions.json", ACTIONS));

    assertThat(bots.kind()).isEqualTo(Kind.PLUGIN);
    assertThat(bots.name()).isEqualTo("bots");
    assertThat(bots.symbolicName()).isEqualTo("org.example.bots");
    assertThat(bots.version()).isEqualTo("2.0.1");
    assertThat(bots.bundleVersion()).isEqualTo("1.2.3");
    assertThat(bots.title()).isEqualTo("Bots, many; \"all\" of them");
    assertThat(bots.lazy()).isTrue();
    assertThat(bots.overlap()).isFalse();
    assertThat(bots.isolation()).isEqualTo("none");
    assertThat(bots.publisher()).isEqualTo("Ann");
    assertThat(bots.grants()).containsExactly("net", "disk");
    assertThat(bots.requires())
        .containsExactly(
            new Passport.Need(
                "livestock",
                "(&(ladang.plugin=livestock)(version>=1.0)(!(version>=2.0)))",
                "[1.0,2.0)"));
    assertThat(bots.actions()).extracting(ActionInfo::id).containsExactly("bots:ping");
    assertThat(bots.actions().get(0).provider()).isEqualTo("org.example.bots");
  }

  @Test
  void whatAPluginLeavesOutHasADefault() {
    Passport bots = read(JarBuilder.plugin("bots").without("Bundle-Version"));

    assertThat(bots.version()).isEqualTo("0.0.0");
    assertThat(bots.lazy()).isFalse();
    assertThat(bots.overlap()).isTrue();
    assertThat(bots.isolation()).isEqualTo("none");
    assertThat(bots.requires()).isEmpty();
    assertThat(bots.actions()).isEmpty();
  }

  @Test
  void aRoomIsASubsystemAndNeverLazy() {
    Passport shard =
        read(
            JarBuilder.bundle("org.ladang.shard.provider")
                .header(
                    "Provide-Capability",
                    "ladang.subsystem;ladang.subsystem=shard;overlap=false;activation=lazy"));

    assertThat(shard.kind()).isEqualTo(Kind.SUBSYSTEM);
    assertThat(shard.name()).isEqualTo("shard");
    assertThat(shard.lazy()).isFalse();
    assertThat(shard.overlap()).isFalse();
  }

  @Test
  void anyOtherBundleIsPlainAndItsHeadersAreLeftToTheFramework() {
    Passport plain =
        read(
            JarBuilder.bundle("com.acme.lib")
                .header("Bundle-Activator", "com.acme.Activator")
                .header("Export-Package", "com.acme")
                .header("Provide-Capability", "not a header;;")
                .entry("A.class", "")
                .entry("a.class", "")
                .entry("OSGI-INF/ladang/actions.json", "noise"));

    assertThat(plain.kind()).isEqualTo(Kind.PLAIN);
    assertThat(plain.name()).isEqualTo("com.acme.lib");
    assertThat(plain.version()).isEqualTo("1.2.3");
    assertThat(plain.actions()).isEmpty();
  }

  @Test
  void aDocumentTellsWhereTheActionsAre() {
    JarPassports.Document document =
        new JarPassports()
            .document(
                JarBuilder.plugin("bots")
                    .entry("OSGI-INF/ladang/actions.json", ACTIONS)
                    .at(folder));

    assertThat(document.actions())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.binding().component()).isEqualTo("org.example.Bots");
              assertThat(entry.binding().parameters()).isEqualTo(List.of("id"));
            });
  }
}
