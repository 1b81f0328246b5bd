package org.ladang.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Files for {@code deploy:apply}. */
final class DesiredSets {
  private DesiredSets() {}

  /** One bundle of a set, as JSON. */
  static String bundle(String name, String version, Path jar) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
      return "{\"name\":\"%s\",\"version\":\"%s\",\"sha256\":\"%s\",\"jar\":\"%s\"}"
          .formatted(name, version, HexFormat.of().formatHex(hash), jar);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path write(Path file, boolean prune, List<String> bundles) throws IOException {
    return Files.writeString(
        file, "{\"prune\":" + prune + ",\"bundles\":[" + String.join(",", bundles) + "]}");
  }
}
