package org.ladang.deploy.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes a desired set, with its jars beside it. */
final class SetFile {
  private final Path folder;
  private final List<String> bundles = new ArrayList<>();

  SetFile(Path folder) {
    try {
      this.folder = Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SetFile with(String name, String version, byte[] jar) {
    return with(name, version, jar, "");
  }

  /** A bundle with more JSON after its fields. */
  SetFile with(String name, String version, byte[] jar, String more) {
    try {
      String file = name + "-" + version + ".jar";
      Files.write(folder.resolve(file), jar);
      bundles.add(
          "{\"name\":\"%s\",\"version\":\"%s\",\"sha256\":\"%s\",\"jar\":\"%s\"%s}"
              .formatted(name, version, sha(jar), file, more));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path write(boolean prune) {
    return text("{\"prune\":" + prune + ",\"bundles\":[" + String.join(",", bundles) + "]}");
  }

  Path text(String json) {
    try {
      return Files.writeString(folder.resolve("field.json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String sha(byte[] jar) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
