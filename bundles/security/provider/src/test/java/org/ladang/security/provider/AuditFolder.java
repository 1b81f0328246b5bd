package org.ladang.security.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A trail in a test's folder: writes, spoils and verifies it. */
final class AuditFolder {
  final AuditFiles files;
  final MapState state = new MapState();
  final AuditAnchors anchors = new AuditAnchors(state);
  final FakeClock clock = new FakeClock();
  final FakeEvents events = new FakeEvents();
  private final long maxBytes;
  private final int keep;

  AuditFolder(Path folder, long maxBytes, int keep) {
    this.files = new AuditFiles(folder);
    this.maxBytes = maxBytes;
    this.keep = keep;
  }

  AuditLog log() {
    return new AuditLog(files, anchors, clock, events, maxBytes, keep);
  }

  /** Writes that many entries and forces them to disk. */
  void write(int count) throws IOException {
    writeUnforced(count, true);
  }

  /** Writes entries as a process that ends before the next force. */
  void writeUnforced(int count, boolean sync) throws IOException {
    AuditLog log = log();
    for (int i = 0; i < count; i++) {
      log.append(List.of(entry("note " + i)));
    }
    if (sync) {
      log.sync();
    }
    log.close();
  }

  AuditEntry entry(String note) {
    return new AuditEntry(
        clock.now(), "ana", "rest", "trace", "bots:create_bot", "ok", 3, "bo \"q\" é\n", note);
  }

  AuditVerdict verify() throws IOException {
    try (AuditSnapshot snapshot = AuditSnapshot.take(files, anchors)) {
      return new AuditVerifier(snapshot.base().link(), snapshot.head()).verify(snapshot.parts());
    }
  }

  /** All files with their content. */
  Map<Path, byte[]> content() throws IOException {
    Map<Path, byte[]> content = new LinkedHashMap<>();
    for (Path file : files.all()) {
      content.put(file, Files.readAllBytes(file));
    }
    return content;
  }

  /** Puts all files back as they were, and removes others. */
  void restore(Map<Path, byte[]> content) throws IOException {
    for (Path file : files.all()) {
      if (!content.containsKey(file)) {
        Files.delete(file);
      }
    }
    for (Map.Entry<Path, byte[]> file : content.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
  }

  List<String> lines(Path file) throws IOException {
    return new ArrayList<>(Files.readAllLines(file));
  }

  void lines(Path file, List<String> lines) throws IOException {
    Files.writeString(file, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }
}
