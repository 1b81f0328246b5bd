package org.ladang.security.provider;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.CallContext;

/** The trail as the rest of the room sees it: write, read, verify. Safe for any thread. */
final class AuditTrail {
  private static final Duration FLUSH = Duration.ofSeconds(5);

  private final AuditFiles files;
  private final AuditAnchors anchors;
  private final AuditLog file;
  private final AuditWriter writer;
  private final Clock clock;

  /**
   * @param file used for its lock only; the writer has it to itself otherwise
   */
  AuditTrail(
      AuditFiles files, AuditAnchors anchors, AuditLog file, AuditWriter writer, Clock clock) {
    this.files = files;
    this.anchors = anchors;
    this.file = file;
    this.writer = writer;
    this.clock = clock;
  }

  void write(AuditEntry entry) {
    writer.put(entry);
  }

  /** Notes something that happened in a call, besides the call itself. */
  void note(CallContext context, String action, String subject, String note) {
    String by = context.principal().name();
    write(
        new AuditEntry(
            clock.now(),
            by,
            context.door(),
            context.traceId(),
            action,
            AuditEntry.OK,
            0,
            subject,
            note));
  }

  /** Notes something that happened outside of a call: a login, a refused token. */
  void note(String principal, String action, String outcome, String note) {
    write(new AuditEntry(clock.now(), principal, "", "", action, outcome, 0, "", note));
  }

  /** Why nothing can be written; empty while all is well. */
  Optional<String> failure() {
    return writer.failure();
  }

  AuditVerdict verify() {
    try (AuditSnapshot snapshot = snapshot()) {
      return new AuditVerifier(snapshot.base().link(), snapshot.head()).verify(snapshot.parts());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The newest entries, newest first. */
  List<AuditLine> newest(int limit) {
    try (AuditSnapshot snapshot = snapshot()) {
      return AuditReader.newest(snapshot, limit);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private AuditSnapshot snapshot() throws IOException {
    writer.flush(FLUSH);
    return file.still(() -> AuditSnapshot.take(files, anchors));
  }

  private static LadangException unreadable(IOException e) {
    return new LadangException(
            Codes.AUDIT_READ, "The audit trail cannot be read: " + e.getMessage() + ".", e)
        .next("Look at the rights and the disk of data/security.");
  }
}
