package org.ladang.kernel.provider.home;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.ladang.kernel.Home;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.provider.disk.AtomicFile;
import org.ladang.kernel.provider.disk.Disk;

/** A home in a folder; makes the folders that are missing and, at the first start, the node's id. */
public final class HomeFolder implements Home {
  private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int LONGEST_ID_FILE = 1024;

  private final Path root;
  private final String version;
  private final String nodeId;

  /**
   * @param root need not exist
   * @param version Ladang's own
   * @throws LadangException {@code LADANG-HOME-001} when a folder cannot be made or {@code data/node.id} not be read or
   *     written, {@code LADANG-HOME-002} when that file holds no id
   */
  public HomeFolder(Path root, String version, Disk disk) {
    this.root = root.toAbsolutePath().normalize();
    this.version = version;
    try {
      for (Path folder : List.of(conf(), deploy(), data(), log(), run())) {
        disk.createFolders(folder);
      }
      this.nodeId = nodeId(disk, data().resolve("node.id"));
    } catch (IOException e) {
      throw new LadangException(
              "LADANG-HOME-001", "The home " + this.root + " cannot be used: " + e + ".", e)
          .next("Check that the folder exists, is writable and has space left.")
          .with("home", this.root.toString());
    }
  }

  private static String nodeId(Disk disk, Path file) throws IOException {
    String text = "";
    if (disk.exists(file)) {
      try (InputStream in = disk.read(file)) {
        text = new String(in.readNBytes(LONGEST_ID_FILE), StandardCharsets.UTF_8).strip();
      }
    }
    if (text.isEmpty()) {
      byte[] random = new byte[6];
      new SecureRandom().nextBytes(random);
      text = "node-" + HexFormat.of().formatHex(random);
      AtomicFile.write(disk, file, (text + "\n").getBytes(StandardCharsets.UTF_8));
    }
    if (!NODE_ID.matcher(text).matches()) {
      throw new LadangException("LADANG-HOME-002", "The file " + file + " holds no node id.")
          .next("Put letters, digits, `.`, `-` and `_` there, 64 at the most, or remove the file.");
    }
    return text;
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public String nodeId() {
    return nodeId;
  }

  @Override
  public String version() {
    return version;
  }
}
