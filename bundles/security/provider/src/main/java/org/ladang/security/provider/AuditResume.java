package org.ladang.security.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ladang.kernel.Clock;

/**
 * Where a writer goes on after it has found the files as they are.
 *
 * @param from the entry that the next one hangs on
 * @param retire whether the present file is to be left as it is and a new one begun
 * @param feed whether a line feed has to end a torn line first
 * @param notes what is to be noted before anything else
 */
record AuditResume(ChainLink from, boolean retire, boolean feed, List<AuditEntry> notes) {
  /** The action under which a torn end is noted; its subject is {@code bytes:sha256}. */
  static final String TORN = "security:audit.torn";

  /** The action under which missing entries are noted. */
  static final String GAP = "security:audit.gap";

  static AuditResume find(AuditFiles files, AuditAnchors anchors, Clock clock) throws IOException {
    Optional<ChainLink> head = anchors.head();
    AuditTail tail =
        Files.exists(files.current())
            ? AuditTail.of(files.current())
            : new AuditTail(Optional.empty(), new byte[0], true);
    Optional<ChainLink> before = tail.whole() ? beforeCurrent(files, anchors) : Optional.empty();
    Optional<ChainLink> last = tail.last().or(() -> before);
    boolean reached = last.isPresent() && head.map(h -> h.seq() <= last.get().seq()).orElse(true);
    if (!reached) {
      return gap(files, head.orElse(ChainLink.START), last, clock);
    }
    byte[] rest = tail.rest();
    if (rest.length == 0) {
      return new AuditResume(last.get(), false, false, List.of());
    }
    Optional<AuditFrame> unended = AuditFrame.parse(rest).filter(line -> line.follows(last.get()));
    if (unended.isPresent()) {
      // Torn just before its line feed: with one it is an entry like any other.
      return new AuditResume(unended.get().link(), false, true, List.of());
    }
    boolean feed = rest[rest.length - 1] != '\n';
    byte[] torn = feed ? Arrays.copyOf(rest, rest.length + 1) : rest;
    torn[torn.length - 1] = '\n';
    AuditEntry note =
        AuditEntry.internal(
            clock.now(),
            TORN,
            AuditEntry.OK,
            AuditLog.torn(torn),
            "The end before this entry is torn, as a sudden end of the process leaves it.");
    return new AuditResume(last.get(), false, feed, List.of(note));
  }

  /** Entries that were on disk are gone: go on after the head, so that the gap can be seen for ever. */
  private static AuditResume gap(
      AuditFiles files, ChainLink head, Optional<ChainLink> last, Clock clock) {
    String found = last.map(l -> "entry " + l.seq()).orElse("nothing that can be read");
    AuditEntry note =
        AuditEntry.internal(
            clock.now(),
            GAP,
            Codes.AUDIT_BROKEN,
            "entry " + head.seq(),
            "The trail had reached this entry, but its files end with " + found + ".");
    return new AuditResume(head, Files.exists(files.current()), false, List.of(note));
  }

  private static Optional<ChainLink> beforeCurrent(AuditFiles files, AuditAnchors anchors)
      throws IOException {
    List<Path> full = files.full();
    AuditAnchors.Base base = anchors.base();
    if (full.isEmpty() || AuditFiles.ordinal(full.get(full.size() - 1)) <= base.ordinal()) {
      return Optional.of(base.link());
    }
    return AuditTail.of(full.get(full.size() - 1)).last();
  }
}
