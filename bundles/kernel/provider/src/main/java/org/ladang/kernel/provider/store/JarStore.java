package org.ladang.kernel.provider.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.provider.disk.Disk;
import org.ladang.kernel.provider.disk.DiskFile;
import org.ladang.kernel.swap.Store;

/** Jars by their SHA-256, as {@code ab/abcd….jar}. Safe for any thread. */
public final class JarStore implements Store {
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{64}");
  private static final String SUFFIX = ".jar";
  private static final String TEMP = ".incoming-";
  private static final int BUFFER = 64 * 1024;

  private final Disk disk;
  private final Path folder;

  /** Folders of which every name is durable. */
  private final Set<Path> durable = new HashSet<>();

  private long temps;

  /**
   * Opens a store and removes what an earlier process left unfinished.
   *
   * @param folder {@code data/store}; made when it is not there
   * @throws LadangException {@code LADANG-STORE-001} when the disk refuses
   */
  public JarStore(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
    try {
      disk.createFolders(folder);
      for (Path left : disk.list(folder)) {
        if (left.getFileName().toString().startsWith(TEMP)) {
          disk.delete(left);
        }
      }
    } catch (IOException e) {
      throw refused("The store " + folder + " cannot be opened", e);
    }
  }

  @Override
  public String put(Path jar) {
    try {
      String sha = hash(jar);
      synchronized (this) {
        if (!disk.exists(path(sha))) {
          return copy(jar);
        }
        Path part = path(sha).getParent();
        if (!durable.contains(part)) {
          // An earlier process, or a refused put, may have ended between the rename and this.
          disk.forceFolder(folder);
          disk.forceFolder(part);
          durable.add(part);
        }
        return sha;
      }
    } catch (IOException e) {
      throw refused("The file " + jar.getFileName() + " cannot be taken into the store", e);
    }
  }

  @Override
  public Path path(String sha256) {
    if (!SHA.matcher(sha256).matches()) {
      throw new LadangException(
          "LADANG-STORE-002", "`" + sha256 + "` is no SHA-256 of a stored jar.");
    }
    return folder.resolve(sha256.substring(0, 2)).resolve(sha256 + SUFFIX);
  }

  @Override
  public int retain(Set<String> used) {
    int gone = 0;
    try {
      for (Path part : disk.list(folder)) {
        if (part.getFileName().toString().length() == 2) {
          for (Path file : disk.list(part)) {
            String name = file.getFileName().toString();
            if (name.endsWith(SUFFIX)
                && !used.contains(name.substring(0, name.length() - SUFFIX.length()))) {
              disk.delete(file);
              gone++;
            }
          }
        }
      }
      return gone;
    } catch (IOException e) {
      throw refused("The store " + folder + " cannot be tidied up", e);
    }
  }

  private String hash(Path jar) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = disk.read(jar)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The name comes from what was copied: the file may have changed since it was hashed. */
  private String copy(Path jar) throws IOException {
    MessageDigest digest = sha256();
    Path temp = folder.resolve(TEMP + ++temps);
    try {
      try (InputStream in = disk.read(jar);
          DiskFile out = disk.open(temp)) {
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          digest.update(buffer, 0, n);
          out.append(buffer, 0, n);
        }
        out.force();
      }
      String sha = HexFormat.of().formatHex(digest.digest());
      Path stored = path(sha);
      disk.createFolders(stored.getParent());
      durable.remove(stored.getParent());
      disk.move(temp, stored);
      disk.forceFolder(stored.getParent());
      durable.add(stored.getParent());
      return sha;
    } catch (IOException e) {
      try {
        disk.delete(temp);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has it.
    }
  }

  private static LadangException refused(String what, IOException cause) {
    return new LadangException("LADANG-STORE-001", what + ": " + cause + ".", cause)
        .next("Check the disk's space and health, and who may read and write there.");
  }
}
