package org.ladang.kernel.provider.passport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes jars, sound and broken ones. */
final class JarBuilder {
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final Manifest manifest = new Manifest();

  private JarBuilder() {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
  }

  static JarBuilder bundle(String symbolicName) {
    return new JarBuilder()
        .header("Bundle-ManifestVersion", "2")
        .header("Bundle-SymbolicName", symbolicName)
        .header("Bundle-Version", "1.2.3");
  }

  static JarBuilder plugin(String name) {
    return bundle("org.example." + name)
        .header("Provide-Capability", "ladang.plugin;ladang.plugin=\"" + name + "\"");
  }

  JarBuilder header(String key, String value) {
    manifest.getMainAttributes().putValue(key, value);
    return this;
  }

  JarBuilder without(String key) {
    manifest.getMainAttributes().remove(new Attributes.Name(key));
    return this;
  }

  JarBuilder entry(String name, String content) {
    entries.put(name, content.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      manifest.write(text);
      put(zip, JarFile.MANIFEST_NAME, text.toByteArray());
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        put(zip, entry.getKey(), entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  Path at(Path folder) {
    try {
      return Files.write(folder.resolve("sample.jar"), bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
