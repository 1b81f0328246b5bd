package org.ladang.security.provider;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.Role;
import org.ladang.security.Authenticator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows the trail and walks along its chain. */
@Component(service = ActionSource.class)
public final class AuditActions implements ActionSource {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 1_000;

  private final Desk desk;

  @Activate
  public AuditActions(@Reference Authenticator room) {
    this(SecurityRoom.desk(room));
  }

  AuditActions(Desk desk) {
    this.desk = desk;
  }

  @Action(
      description =
          "Shows the newest entries of the audit trail; with verify it walks along the whole chain"
              + " and says OK or which line is the first broken one.",
      role = Role.ADMIN,
      timeout = "60s")
  public Audit audit(
      @Arg("How many entries to show, at most 1000; by default 20, with verify none.")
          Optional<Integer> limit,
      @Arg("Whether to verify the chain.") Optional<Boolean> verify) {
    boolean walk = verify.orElse(false);
    int most = Math.max(0, Math.min(limit.orElse(walk ? 0 : DEFAULT_LIMIT), MAX_LIMIT));
    Optional<Verdict> verdict =
        walk ? Optional.of(verdict(desk.trail().verify())) : Optional.empty();
    List<EntryView> entries =
        most == 0 ? List.of() : desk.trail().newest(most).stream().map(AuditActions::view).toList();
    return new Audit(verdict, entries);
  }

  /** What was found. */
  public record Audit(
      @Arg("What the walk along the chain has found, if it was asked for.")
          Optional<Verdict> verdict,
      @Arg("The newest entries, newest first.") List<EntryView> entries) {}

  /** What the walk along the chain has found. */
  public record Verdict(
      @Arg("Whether every kept entry is what was written, and none is missing.") boolean ok,
      @Arg("The verdict in words.") String sentence,
      @Arg("The number of the first kept entry.") long first,
      @Arg("The number of the last entry that was reached.") long last,
      @Arg("The hash of that entry; noted elsewhere, it proves all before it.") String head,
      @Arg("How many ends were torn by a sudden end of the process.") int torn,
      @Arg("The file of the first broken line; empty when nothing is broken.") String file,
      @Arg("The number of the first broken line; 0 when nothing is broken.") long line) {}

  /** One entry. */
  public record EntryView(
      @Arg("Its number.") long seq,
      @Arg("When it began.") Instant at,
      @Arg("Who.") String principal,
      @Arg("Where it came in.") String door,
      @Arg("What.") String action,
      @Arg("'ok', or the code of the refusal or failure.") String outcome,
      @Arg("What it was done to, where that is noted.") String subject,
      @Arg("More, in words.") String note,
      @Arg("How many milliseconds it took.") long millis,
      @Arg("Names the call in the logs.") String trace) {}

  private static Verdict verdict(AuditVerdict v) {
    return new Verdict(
        v.ok(), v.sentence(), v.first(), v.last(), v.head(), v.torn(), v.file(), v.line());
  }

  private static EntryView view(AuditLine line) {
    AuditEntry e = line.entry();
    return new EntryView(
        line.link().seq(),
        e.at(),
        e.principal(),
        e.door(),
        e.action(),
        e.outcome(),
        e.subject(),
        e.note(),
        e.millis(),
        e.trace());
  }
}
