package org.ladang.deploy.provider;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangPlugin.Migration;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Passports;

/** Makes small jars whose passport stands in plain manifest headers, and reads them again. */
final class Jars implements Passports {

  static byte[] plugin(String name, String version, String... needs) {
    return jar(Kind.PLUGIN, name, "org.test." + name, version, needs);
  }

  static byte[] migrating(String name, String version, String migration) {
    return jar(Kind.PLUGIN, name, "org.test." + name, version, migration, new String[0]);
  }

  static byte[] subsystem(String name, String version) {
    return jar(Kind.SUBSYSTEM, name, "org.ladang." + name + ".provider", version);
  }

  static byte[] plain(String symbolicName, String version) {
    return jar(Kind.PLAIN, symbolicName, symbolicName, version);
  }

  static byte[] jar(Kind kind, String name, String symbolicName, String version, String... needs) {
    return jar(kind, name, symbolicName, version, "NONE", needs);
  }

  private static byte[] jar(
      Kind kind,
      String name,
      String symbolicName,
      String version,
      String migration,
      String[] needs) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-SymbolicName", symbolicName);
    main.putValue("Bundle-Version", version);
    main.putValue("X-Kind", kind.name());
    main.putValue("X-Name", name);
    main.putValue("X-Needs", String.join(",", needs));
    main.putValue("X-Migration", migration);
    return jar(manifest);
  }

  static byte[] withoutManifest() {
    return jar(null);
  }

  private static byte[] jar(Manifest manifest) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      if (manifest != null) {
        jar.putNextEntry(entry(JarFile.MANIFEST_NAME));
        manifest.write(jar);
        jar.closeEntry();
      }
      jar.putNextEntry(entry("content.txt"));
      jar.write("content".repeat(200).getBytes(StandardCharsets.UTF_8));
      jar.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Always of the same time: what is made twice must be the same file. */
  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
    return entry;
  }

  @Override
  public Passport read(Path jar, String file) {
    return read(jar);
  }

  @Override
  public Passport read(Path jar) {
    try {
      if (Files.size(jar) == 0) {
        throw new LadangException("LADANG-JAR-001", jar.getFileName() + " is empty.");
      }
      try (JarFile file = new JarFile(jar.toFile())) {
        Manifest manifest = file.getManifest();
        if (manifest == null) {
          throw new LadangException("LADANG-JAR-003", "It has no manifest.");
        }
        return passport(manifest.getMainAttributes());
      }
    } catch (ZipException e) {
      throw new LadangException("LADANG-JAR-002", jar.getFileName() + " is damaged.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Passport passport(Attributes main) {
    List<Passport.Need> needs = new ArrayList<>();
    for (String need : main.getValue("X-Needs").split(",")) {
      if (!need.isEmpty()) {
        needs.add(new Passport.Need(need, "(ladang.plugin=" + need + ")", ""));
      }
    }
    String version = main.getValue("Bundle-Version");
    return new Passport(
        Kind.valueOf(main.getValue("X-Kind")),
        main.getValue("X-Name"),
        main.getValue("Bundle-SymbolicName"),
        version,
        version,
        "",
        false,
        true,
        "none",
        "",
        "",
        "",
        Migration.valueOf(main.getValue("X-Migration")),
        List.of(),
        needs,
        List.of());
  }
}
