package org.ladang.itests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jars as no build makes them: entry by entry, with a manifest as text, and with bytes changed afterwards. */
final class BadJars {
  private record Entry(String name, byte[] content) {}

  private final List<Entry> entries = new ArrayList<>();

  /** A jar with no entry yet. */
  static BadJars zip() {
    return new BadJars();
  }

  /** A jar whose manifest has these lines after {@code Manifest-Version}. */
  static BadJars manifest(String... lines) {
    return zip()
        .with(
            "META-INF/MANIFEST.MF",
            "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\n" + String.join("\n", lines) + "\n");
  }

  /** A plain bundle of that symbolic name. */
  static BadJars bundle(String name, String... lines) {
    List<String> all = new ArrayList<>(List.of("Bundle-SymbolicName: bad." + name));
    all.addAll(List.of(lines));
    return manifest(all.toArray(String[]::new));
  }

  /** A plugin of that name, with nothing in it. */
  static BadJars plugin(String name, String... lines) {
    List<String> all =
        new ArrayList<>(List.of("Provide-Capability: ladang.plugin;ladang.plugin=" + name));
    all.addAll(List.of(lines));
    return bundle(name, all.toArray(String[]::new));
  }

  BadJars with(String name, String content) {
    return with(name, content.getBytes(StandardCharsets.UTF_8));
  }

  BadJars with(String name, byte[] content) {
    entries.add(new Entry(name, content));
    return this;
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Entry entry : entries) {
        zip.putNextEntry(new ZipEntry(entry.name()));
        zip.write(entry.content());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  /** The bytes with each {@code from} replaced by {@code to}, which is as long: names of entries, for example. */
  byte[] renamed(String from, String to) throws IOException {
    String text = new String(bytes(), StandardCharsets.ISO_8859_1);
    return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The bytes with the uncompressed size in the directory's first entry set to 2 GB. */
  byte[] claiming2Gb() throws IOException {
    byte[] bytes = bytes();
    int directory = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    byte[] size = {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f};
    System.arraycopy(size, 0, bytes, directory + 24, size.length);
    return bytes;
  }

  /** The bytes with the first entry's compressed data overwritten. */
  byte[] damaged() throws IOException {
    byte[] bytes = bytes();
    int data = 30 + entries.get(0).name().length();
    for (int i = data; i < data + 16; i++) {
      bytes[i] = (byte) 0xff;
    }
    return bytes;
  }

  Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }
}
