package org.ladang.deploy.legacy;

import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import aQute.bnd.version.MavenVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a jar without OSGi metadata is, from what its build left in it: {@code pom.properties} of Maven first, then the
 * module's name, then {@code Implementation-*}, then the file's name.
 *
 * @param symbolicName a bundle's symbolic name
 * @param version a bundle's version
 * @param name a plugin's name
 * @param title for people; may be empty
 */
record Origin(String symbolicName, String version, String name, String title) {
  private static final Pattern POM = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");
  private static final Pattern FILE = Pattern.compile("(.+?)(?:-(\\d[^/]*))?");

  static Origin of(Jar jar, String file) throws IOException {
    Attributes manifest = manifest(jar);
    Matcher parts = FILE.matcher(file.replaceFirst("(?i)\\.(jar|zip)$", ""));
    String stem = parts.matches() ? parts.group(1) : file;
    Optional<Properties> pom = pom(jar, stem);
    String artifact = pom.map(p -> text(p, "artifactId")).orElse("");
    String title = header(manifest, "Implementation-Title");
    String symbolicName =
        first(
            pom.map(p -> coordinates(text(p, "groupId"), artifact)).orElse(""),
            header(manifest, "Automatic-Module-Name"),
            coordinates(header(manifest, "Implementation-Vendor-Id"), title),
            stem);
    String version =
        first(
            pom.map(p -> text(p, "version")).orElse(""),
            header(manifest, "Implementation-Version"),
            parts.matches() && parts.group(2) != null ? parts.group(2) : "",
            header(manifest, "Specification-Version"),
            "0");
    String module = header(manifest, "Automatic-Module-Name");
    String name = first(artifact, module.substring(module.lastIndexOf('.') + 1), title, stem);
    return new Origin(
        symbolic(symbolicName),
        MavenVersion.parseMavenString(version.strip()).getOSGiVersion().toString(),
        plugin(name),
        title);
  }

  private static Attributes manifest(Jar jar) throws IOException {
    Resource resource = jar.getResource(JarFile.MANIFEST_NAME);
    return resource == null
        ? new Attributes()
        : new Manifest(new ByteArrayInputStream(Content.bytes(resource))).getMainAttributes();
  }

  /** The jar's own; of several, as in a jar with others inside, the one that the file is named after. */
  private static Optional<Properties> pom(Jar jar, String stem) throws IOException {
    List<String> all = jar.getResources().keySet().stream().filter(POM.asMatchPredicate()).toList();
    List<String> own =
        all.size() == 1 ? all : all.stream().filter(p -> p.contains("/" + stem + "/")).toList();
    if (own.size() != 1) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    properties.load(new ByteArrayInputStream(Content.bytes(jar.getResource(own.get(0)))));
    return Optional.of(properties);
  }

  /** As the Maven bundle plugin has it: {@code org.acme} and {@code org.acme.wells} are {@code org.acme.wells}. */
  private static String coordinates(String group, String artifact) {
    if (artifact.isEmpty()) {
      return "";
    }
    return group.isEmpty() || artifact.startsWith(group) ? artifact : group + "." + artifact;
  }

  private static String symbolic(String text) {
    String name =
        text.strip()
            .replaceAll("[^A-Za-z0-9_.-]+", "-")
            .replaceAll("\\.{2,}", ".")
            .replaceAll("^[.-]+|[.-]+$", "");
    return name.isEmpty() ? "legacy" : name;
  }

  private static String plugin(String text) {
    String name =
        text.strip()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_-]+", "-")
            .replaceAll("^[^a-z]+|-+$", "");
    return name.isEmpty() ? "plugin" : name;
  }

  private static String header(Attributes manifest, String key) {
    String text = manifest.getValue(key);
    return text == null ? "" : text.strip();
  }

  private static String text(Properties properties, String key) {
    return properties.getProperty(key, "").strip();
  }

  private static String first(String... texts) {
    for (String text : texts) {
      if (!text.isBlank()) {
        return text;
      }
    }
    return "";
  }
}
