package org.ladang.itests;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ladang.itests.field.BundleBuilder;

/**
 * One kind of bad file, and what is said of it.
 *
 * @param name also the name of its file
 * @param code the code that the refusal must carry
 * @param words what the refusal's first sentence must contain
 */
record Fault(String name, String code, List<String> words, Content content) {

  /** Writes the file. */
  interface Content {
    byte[] bytes(String name, Path folder) throws IOException;
  }

  private static Fault of(String name, String code, Content content, String... words) {
    return new Fault(name, code, List.of(words), content);
  }

  byte[] bytes(Path folder) throws IOException {
    return content.bytes(name, folder);
  }

  @Override
  public String toString() {
    return name;
  }

  /** Every kind that is decided by looking at the file, without starting it. */
  static Stream<Fault> files() {
    return Stream.concat(zips(), manifests());
  }

  private static Stream<Fault> zips() {
    String bomb = "\0".repeat(16 << 20);
    return Stream.of(
        of("empty", "JAR-001", (n, f) -> new byte[0], "is empty"),
        of("text", "JAR-001", (n, f) -> "I am no jar.".getBytes(), "is no jar"),
        of("two-letters", "JAR-001", (n, f) -> "PK".getBytes(), "is no jar"),
        of("class-file", "JAR-001", (n, f) -> new byte[] {-54, -2, -70, -66, 0}, "is no jar"),
        of("gzip", "JAR-001", (n, f) -> new byte[] {0x1f, -117, 8, 0, 0, 0}, "is no jar"),
        of("half", "JAR-002", (n, f) -> cut(good(n, f), 2), "truncated"),
        of("a-byte-short", "JAR-002", (n, f) -> without(good(n, f), 1), "truncated"),
        of("start-only", "JAR-002", (n, f) -> "PK\3\4 and so on".getBytes(), "truncated"),
        of("zeros-at-the-end", "JAR-002", (n, f) -> zeroed(good(n, f)), "truncated or damaged"),
        of("claims-2-gb", "JAR-002", (n, f) -> BadJars.plugin(n).claiming2Gb(), "damaged"),
        of("damaged-manifest", "JAR-002", (n, f) -> BadJars.plugin(n).damaged(), "damaged"),
        of(
            "manifest-bomb",
            "JAR-002",
            (n, f) -> BadJars.zip().with("META-INF/MANIFEST.MF", bomb).bytes(),
            "MANIFEST.MF",
            "more than 1048576 bytes"),
        of(
            "actions-bomb",
            "JAR-002",
            (n, f) -> BadJars.plugin(n).with("OSGI-INF/ladang/actions.json", bomb).bytes(),
            "actions.json",
            "more than 8388608 bytes"),
        of("too-many-entries", "JAR-002", (n, f) -> crowded(n), "more than 100000 entries"),
        escape("climbs-out", "../evil.txt"),
        escape("climbs-out-inside", "a/../../evil.txt"),
        escape("climbs-out-at-the-end", "a/.."),
        escape("absolute", "/etc/evil"),
        escape("backslashes", "a\\evil.txt"),
        escape("drive", "C:evil.txt"),
        of(
            "entry-twice",
            "JAR-002",
            (n, f) -> BadJars.plugin(n).with("one1", "").with("one2", "").renamed("one2", "one1"),
            "`one1` twice"),
        of(
            "differs-in-case",
            "JAR-002",
            (n, f) -> BadJars.plugin(n).with("a/B.class", "").with("a/b.class", "").bytes(),
            "differ in case only"),
        of("no-manifest", "JAR-003", (n, f) -> BadJars.zip().with("a", "").bytes(), "manifest"),
        of(
            "manifest-in-small-letters",
            "JAR-003",
            (n, f) -> BadJars.zip().with("meta-inf/manifest.mf", "Manifest-Version: 1.0\n").bytes(),
            "manifest"),
        of(
            "jar-in-a-zip",
            "JAR-003",
            (n, f) -> BadJars.zip().with(n + ".jar", good(n, f)).bytes(),
            "manifest"),
        of(
            "manifest-without-colon",
            "JAR-003",
            (n, f) -> BadJars.zip().with("META-INF/MANIFEST.MF", "so it is\n\n").bytes(),
            "manifest"));
  }

  private static Fault escape(String name, String entry) {
    return of(
        name,
        "JAR-002",
        (n, f) -> BadJars.plugin(n).with(entry, "").bytes(),
        "`" + entry + "`, which leads out of it");
  }

  private static Stream<Fault> manifests() {
    String needs = "Require-Capability: ladang.plugin;filter:=\"(ladang.plugin=neighbour)\"";
    return Stream.of(
        of("no-name", "JAR-004", (n, f) -> BadJars.manifest().bytes(), "no Bundle-SymbolicName"),
        named("blank-in-name", "bad name", "`bad name`, which is none"),
        named("path-as-name", "../../etc", "`../../etc`, which is none"),
        named("directive-for-name", ";singleton:=true", "which is none"),
        version("word-as-version", "one"),
        version("five-parts", "1.2.3.4.5"),
        version("negative-version", "-1.0.0"),
        of(
            "passport-version",
            "JAR-005",
            (n, f) ->
                BadJars.bundle(n, "Provide-Capability: ladang.plugin;ladang.plugin=a;version=new")
                    .bytes(),
            "version of the passport `new`"),
        plugin("activator", "JAR-006", "Bundle-Activator: a.B", "has a Bundle-Activator"),
        plugin("fragment", "JAR-007", "Fragment-Host: a.b", "a fragment"),
        plugin("exports", "JAR-007", "Export-Package: a.b", "exports packages"),
        passport("two-plugins", "=a,ladang.plugin;ladang.plugin=b", "more than once"),
        passport("capitals", "=Capital", "is named `Capital`"),
        passport("open-quotation", "=\"a", "quotation is not closed"),
        passport("activation", "=a;activation=often", "known are eager, lazy"),
        passport("isolation", "=a;isolation=vm", "known are none, process"),
        passport("overlap", "=a;overlap=perhaps", "known are false, true"),
        passport("attribute-twice", "=a;title=a;title=b", "`title` stands twice"),
        plugin("wired-need", "JAR-007", needs, "effective:=active"),
        plugin(
            "need-without-filter",
            "JAR-007",
            "Require-Capability: ladang.plugin;filter:=\"(((\";effective:=active",
            "is no filter"),
        actions("actions-no-json", "this is no list"),
        actions("actions-of-another-shape", "[1, 2, 3]"));
  }

  private static Fault named(String name, String symbolicName, String words) {
    return of(
        name,
        "JAR-004",
        (n, f) -> BadJars.manifest("Bundle-SymbolicName: " + symbolicName).bytes(),
        words);
  }

  private static Fault version(String name, String version) {
    return of(
        name,
        "JAR-005",
        (n, f) -> BadJars.plugin(n, "Bundle-Version: " + version).bytes(),
        "`" + version + "`, which is no version");
  }

  private static Fault plugin(String name, String code, String line, String words) {
    return of(name, code, (n, f) -> BadJars.plugin(n, line).bytes(), words);
  }

  private static Fault passport(String name, String rest, String words) {
    String line = "Provide-Capability: ladang.plugin;ladang.plugin" + rest;
    return of(name, "JAR-007", (n, f) -> BadJars.bundle(n, line).bytes(), words);
  }

  private static Fault actions(String name, String json) {
    return of(
        name,
        "JAR-008",
        (n, f) -> BadJars.plugin(n).with("OSGI-INF/ladang/actions.json", json).bytes(),
        "actions.json");
  }

  /** Every kind that is noticed when its place in the running system is looked for. */
  static Stream<Fault> places() {
    return Stream.of(
        plugin(
            "missing-package",
            "SWAP-001",
            "Import-Package: com.example.nowhere",
            "com.example.nowhere"),
        plugin(
            "package-range",
            "SWAP-002",
            "Import-Package: org.ladang.kernel;version=\"[98,99)\"",
            "org.ladang.kernel in [98.0.0,99.0.0), found "),
        plugin(
            "missing-bundle", "SWAP-001", "Require-Bundle: com.example.none", "com.example.none"),
        plugin(
            "bundle-range",
            "SWAP-002",
            "Require-Bundle: org.ladang.kernel.api;bundle-version=\"[98,99)\"",
            "org.ladang.kernel.api in [98.0.0,99.0.0), found "),
        plugin(
            "java-99",
            "SWAP-005",
            "Require-Capability: osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"",
            "another Java version"),
        plugin(
            "unknown-capability",
            "SWAP-006",
            "Require-Capability: com.example.soil;filter:=\"(ph=7)\"",
            "com.example.soil"),
        plugin("missing-plugin", "DEPLOY-004", need("nobody", "1.0", "2.0"), "nobody"),
        plugin("plugin-range", "DEPLOY-004", need("neighbour", "2.0", "3.0"), "neighbour"),
        of(
            "name-of-another",
            "DEPLOY-003",
            (n, f) ->
                BadJars.bundle(n, "Provide-Capability: ladang.plugin;ladang.plugin=neighbour")
                    .bytes(),
            "The name neighbour belongs to the bundle itest.neighbour"));
  }

  private static String need(String plugin, String from, String to) {
    return "Require-Capability: ladang.plugin;effective:=active;filter:=\"(&(ladang.plugin="
        + plugin
        + ")(version>="
        + from
        + ")(!(version>="
        + to
        + ")))\"";
  }

  /** Every kind that is noticed when it is started. */
  static Stream<Fault> starts() {
    return Stream.of(
        activate("activate-throws", "SWAP-012", "throw new IllegalStateException(\"no soil\");")
            .saying("no soil", "Sick.java"),
        activate(
                "cause-within",
                "SWAP-012",
                "throw new RuntimeException(new java.io.IOException(\"no pipe\"));")
            .saying("no pipe"),
        activate("throws-an-error", "SWAP-012", "throw new OutOfMemoryError(\"not really\");")
            .saying("not really"),
        activate("recursion", "SWAP-012", "activate();").saying("StackOverflowError"),
        activate("class-gone", "SWAP-012", "throw new NoClassDefFoundError(\"com/example/Gone\");")
            .saying("com/example/Gone"),
        activate("never-ready", "SWAP-008", "new java.util.concurrent.CountDownLatch(1).await();")
            .saying("its activate has not returned"),
        member("static-init", "SWAP-012", "static final int N = Integer.parseInt(\"none\");")
            .saying("none"),
        member("field-init", "SWAP-012", "final int n = Integer.parseInt(\"naught\");")
            .saying("naught"),
        component("class-as-service", "SWAP-010", "service = Sick.class", "")
            .saying("publishes the class"),
        component(
                "hook-as-service",
                "SWAP-010",
                "service = org.osgi.framework.hooks.service.FindHook.class",
                "implements org.osgi.framework.hooks.service.FindHook")
            .saying("FindHook"),
        component("own-interface", "SWAP-010", "service = Own.class", "implements Own")
            .saying("that it carries itself"),
        component(
                "bundle-scope",
                "SWAP-012",
                "service = Runnable.class, scope = ServiceScope.BUNDLE",
                "implements Runnable")
            .saying("itest.bundlescope 1.0.0 has scope BUNDLE"),
        component(
                "prototype-scope",
                "SWAP-012",
                "service = Runnable.class, scope = ServiceScope.PROTOTYPE",
                "implements Runnable")
            .saying("itest.prototypescope 1.0.0 has scope PROTOTYPE"),
        smoke("smoke-fails", "SWAP-022", "works", "throw new IllegalStateException(\"no pump\");")
            .saying("no pump"),
        smoke("smoke-unknown", "SWAP-021", "nothing", "return \"\";").saying("nothing"),
        smoke(
                "smoke-hangs",
                "SWAP-019",
                "works",
                "try { new java.util.concurrent.CountDownLatch(1).await(); } catch (InterruptedException e) { return \"\"; } return \"\";")
            .saying("smoke"),
        health("health-red", "DEPLOY-018", "return new Result(Result.Status.CRITICAL, \"dry\");")
            .saying("CRITICAL", "dry"),
        of("legacy-throws", "SWAP-012", (n, f) -> legacyThatThrows(f))
            .saying(
                "The service org.ladang.registry.Plugin of legacy-throws.legacy", "or that throws"),
        of(
            "legacy-without-class",
            "LEGACY-003",
            (n, f) ->
                BadJars.zip()
                    .with("a/B.class", "x")
                    .with("META-INF/services/org.ladang.registry.Plugin", "com.acme.Gone")
                    .bytes(),
            "names com.acme.Gone as its org.ladang.registry.Plugin, but has no such class"),
        of(
            "legacy-damaged-class",
            "LEGACY-002",
            (n, f) -> BadJars.zip().with("a/B.class", "x").bytes(),
            "No bundle can be made"),
        of("later-java", "SWAP-005", (n, f) -> ofLaterJava(n, f))
            .saying("itest.laterjava.Sick was compiled for Java 99, this is Java"),
        health("health-throws", "DEPLOY-018", "throw new IllegalStateException(\"no gauge\");")
            .saying("no gauge"));
  }

  private Fault saying(String... more) {
    return new Fault(name, code, List.of(more), content);
  }

  private static Fault activate(String name, String code, String statement) {
    return member(name, code, "@Activate void activate() throws Exception { " + statement + " }");
  }

  private static Fault member(String name, String code, String member) {
    return source(
        name, code, "", "service = ActionSource.class", "implements ActionSource", member);
  }

  private static Fault component(String name, String code, String says, String type) {
    String body =
        "public void run() { } public void find("
            + "org.osgi.framework.BundleContext c, String n, String f, boolean a,"
            + " java.util.Collection<org.osgi.framework.ServiceReference<?>> r) { }";
    return source(name, code, "", says, type, body);
  }

  private static Fault smoke(String name, String code, String action, String statement) {
    return source(
        name,
        code,
        ", smoke = \"" + action + "\"",
        "service = ActionSource.class",
        "implements ActionSource",
        "@Action(description = \"Checks.\", role = Role.VIEWER) public String works() { "
            + statement
            + " }");
  }

  private static Fault health(String name, String code, String statement) {
    return source(
        name,
        code,
        "",
        "service = HealthCheck.class, property = {\"hc.name=" + name + "\", \"hc.tags=x\"}",
        "implements HealthCheck",
        "@Override public Result execute() { " + statement + " }");
  }

  private static Fault source(
      String name, String code, String passport, String component, String type, String body) {
    return of(
        name,
        code,
        (n, folder) -> {
          String id = n.replace("-", "");
          Path jar =
              BundleBuilder.bundle("itest." + id)
                  .source(
                      "itest." + id + ".Sick",
                      """
                      package itest.%s;
                      import org.apache.felix.hc.api.*;
                      import org.ladang.kernel.LadangPlugin;
                      import org.ladang.kernel.action.*;
                      import org.osgi.service.component.annotations.*;
                      @LadangPlugin(name = "%s"%s)
                      @Component(%s)
                      public final class Sick %s { %s }
                      interface Own { }
                      """
                          .formatted(id, n, passport, component, type, body))
                  .build(folder);
          return Files.readAllBytes(jar);
        });
  }

  private static byte[] legacyThatThrows(Path folder) throws IOException {
    Path jar =
        BundleBuilder.bundle("none")
            .against(Distribution.jar("system/base", "org.ladang.registry.api"))
            .source(
                "com.acme.Thrower",
                """
                package com.acme;
                import java.util.Map;
                import java.util.concurrent.CompletionStage;
                import org.ladang.registry.*;
                public final class Thrower implements Plugin {
                  public Thrower() { throw new IllegalStateException("no rope"); }
                  public CompletionStage<Void> initialize(PluginInfo info) { return null; }
                  public CompletionStage<Object> execute(String a, Map<String, Object> b) { return null; }
                  public CompletionStage<Void> cleanup() { return null; }
                  public CompletionStage<PluginHealth> health() { return null; }
                }
                """)
            .plainJar(
                folder,
                "thrower.jar",
                Map.of("META-INF/services/org.ladang.registry.Plugin", "com.acme.Thrower"));
    return Files.readAllBytes(jar);
  }

  private static byte[] ofLaterJava(String name, Path folder) throws IOException {
    String id = name.replace("-", "");
    String type = "itest/" + id + "/Sick.class";
    Path jar =
        BundleBuilder.bundle("itest." + id)
            .header("-noee", "true")
            .source(
                "itest." + id + ".Sick",
                """
                package itest.%s;
                import org.ladang.kernel.LadangPlugin;
                import org.ladang.kernel.action.ActionSource;
                import org.osgi.service.component.annotations.Component;
                @LadangPlugin(name = "%s")
                @Component(service = ActionSource.class)
                public final class Sick implements ActionSource { }
                """
                    .formatted(id, name))
            .build(folder);
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      byte[] bytes = Files.readAllBytes(zip.getPath(type));
      bytes[7] = (byte) (99 + 44);
      Files.write(zip.getPath(type), bytes);
    }
    return Files.readAllBytes(jar);
  }

  private static byte[] good(String name, Path folder) throws IOException {
    return BadJars.plugin(name).with("a.txt", "content").bytes();
  }

  private static byte[] cut(byte[] whole, int parts) {
    return java.util.Arrays.copyOf(whole, whole.length / parts);
  }

  private static byte[] without(byte[] whole, int bytes) {
    return java.util.Arrays.copyOf(whole, whole.length - bytes);
  }

  private static byte[] zeroed(byte[] whole) {
    java.util.Arrays.fill(whole, whole.length / 2, whole.length, (byte) 0);
    return whole;
  }

  private static byte[] crowded(String name) throws IOException {
    BadJars jar = BadJars.plugin(name);
    for (int i = 0; i < 100_000; i++) {
      jar.with("e" + i, new byte[0]);
    }
    return jar.bytes();
  }
}
