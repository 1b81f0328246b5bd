package org.ladang.security.provider;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Optional;

/** Walks along the chain, oldest entry first, and stops at the first line that is not what was written. One use. */
final class AuditVerifier {
  // More than a writer ever has in flight: longer rubbish is no torn end.
  private static final int MAX_TORN = 2 * 1024 * 1024;

  private final Optional<ChainLink> head;
  private final ChainLink base;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private ChainLink last;
  private String file = "";
  private long line;
  private long pendingLine;
  private int torn;
  private AuditVerdict broken;

  /**
   * @param base what the oldest kept entry hangs on
   * @param head the newest entry that is known to have been on disk; empty when none is
   */
  AuditVerifier(ChainLink base, Optional<ChainLink> head) {
    this.base = base;
    this.head = head;
    this.last = base;
  }

  AuditVerdict verify(List<AuditSnapshot.Part> parts) throws IOException {
    for (AuditSnapshot.Part part : parts) {
      if (pending.size() > 0) {
        return broken(pendingLine, "Line " + pendingLine + " is no entry of the trail.");
      }
      file = part.name();
      line = 0;
      walk(Channels.newInputStream(part.channel()), part.size());
      if (broken != null) {
        return broken;
      }
    }
    return end();
  }

  private void walk(InputStream in, long size) throws IOException {
    byte[] chunk = new byte[(int) Math.min(65_536, Math.max(size, 1))];
    ByteArrayOutputStream raw = new ByteArrayOutputStream(512);
    long left = size;
    while (left > 0 && broken == null) {
      int count = in.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (count < 0) {
        break;
      }
      left -= count;
      lines(chunk, count, raw);
    }
    if (raw.size() > 0 && broken == null) {
      line(raw.toByteArray(), false);
    }
  }

  /** Takes the lines of a chunk, the first of which began with {@code raw}; leaves there what has not ended. */
  private void lines(byte[] chunk, int count, ByteArrayOutputStream raw) {
    int from = 0;
    for (int i = 0; i < count && broken == null; i++) {
      if (chunk[i] == '\n') {
        raw.write(chunk, from, i - from);
        line(raw.toByteArray(), true);
        raw.reset();
        from = i + 1;
      }
    }
    raw.write(chunk, from, count - from);
    if (raw.size() > MAX_TORN && broken == null) {
      broken = broken(line + 1, "Line " + (line + 1) + " never ends.");
    }
  }

  private void line(byte[] bytes, boolean ended) {
    line++;
    Optional<AuditFrame> parsed = ended ? AuditFrame.parse(bytes) : Optional.empty();
    if (parsed.isEmpty()) {
      setAside(bytes, ended);
    } else if (pending.size() > 0 && !notesTorn(bytes)) {
      broken = broken(pendingLine, "Line " + pendingLine + " is no entry of the trail.");
    } else if (!parsed.get().follows(last)) {
      broken = broken(line, misplaced(parsed.get()));
    } else {
      accept(parsed.get());
    }
  }

  private void setAside(byte[] bytes, boolean ended) {
    if (pending.size() == 0) {
      pendingLine = line;
    }
    pending.writeBytes(bytes);
    if (ended) {
      pending.write('\n');
    }
    if (pending.size() > MAX_TORN) {
      broken = broken(pendingLine, "Line " + pendingLine + " is no entry of the trail.");
    }
  }

  private boolean notesTorn(byte[] line) {
    return AuditLine.parse(line)
        .map(AuditLine::entry)
        .filter(e -> e.action().equals(AuditResume.TORN))
        .filter(e -> e.subject().equals(AuditLog.torn(pending.toByteArray())))
        .isPresent();
  }

  private void accept(AuditFrame entry) {
    if (pending.size() > 0) {
      torn++;
      pending.reset();
    }
    last = entry.link();
    if (head.isPresent()
        && head.get().seq() == last.seq()
        && !Secrets.same(head.get().hash(), last.hash())) {
      broken =
          broken(line, "Entry " + last.seq() + " is another one than the head that is remembered.");
    }
  }

  private String misplaced(AuditFrame entry) {
    long expected = last.seq() + 1;
    long found = entry.link().seq();
    if (found > expected) {
      String missing = "Entries " + expected + " to " + (found - 1);
      return missing + " are missing before line " + line + ".";
    }
    return "Line " + line + " does not hang on entry " + last.seq() + " before it.";
  }

  private AuditVerdict end() {
    long missing = head.map(ChainLink::seq).orElse(0L) - last.seq();
    if (missing > 0) {
      return pending.size() > 0
          ? broken(pendingLine, "Line " + pendingLine + " is no entry of the trail.")
          : broken(
              line + 1, "The end is cut off: " + missing + " entries that were on disk are gone.");
    }
    boolean tornEnd = pending.size() > 0;
    int tears = torn + (tornEnd ? 1 : 0);
    String sentence =
        "OK: "
            + (last.seq() - base.seq())
            + " entries, none changed or missing"
            + (tears == 0 ? "" : "; " + tears + " torn by a sudden end of the process")
            + (head.isPresent() || last.seq() == 0 ? "." : "; no head is remembered.");
    long first = last.seq() == base.seq() ? 0 : base.seq() + 1;
    return new AuditVerdict(true, sentence, first, last.seq(), last.hash(), tears, "", 0);
  }

  private AuditVerdict broken(long at, String sentence) {
    long first = last.seq() == base.seq() ? 0 : base.seq() + 1;
    return new AuditVerdict(
        false,
        "BROKEN in " + (file.isEmpty() ? "audit.log" : file) + ": " + sentence,
        first,
        last.seq(),
        last.hash(),
        torn,
        file.isEmpty() ? "audit.log" : file,
        Math.max(at, 1));
  }
}
