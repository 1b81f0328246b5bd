package org.ladang.security.provider;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The trail at one moment: its files held open and their lengths, so that it can be walked along while entries are
 * appended, files renamed and the oldest dropped.
 */
record AuditSnapshot(List<Part> parts, AuditAnchors.Base base, Optional<ChainLink> head)
    implements AutoCloseable {

  /** A file, as long as it was. */
  record Part(String name, FileChannel channel, long size) {}

  /** Take it while nobody appends. */
  static AuditSnapshot take(AuditFiles files, AuditAnchors anchors) throws IOException {
    AuditAnchors.Base base = anchors.base();
    List<Part> parts = new ArrayList<>();
    AuditSnapshot snapshot = new AuditSnapshot(parts, base, anchors.head());
    try {
      for (Path file : files.all()) {
        long ordinal = AuditFiles.ordinal(file);
        if (ordinal == 0 || ordinal > base.ordinal()) {
          FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
          parts.add(new Part(file.getFileName().toString(), channel, channel.size()));
        }
      }
      return snapshot;
    } catch (IOException e) {
      snapshot.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    for (Part part : parts) {
      part.channel().close();
    }
  }
}
