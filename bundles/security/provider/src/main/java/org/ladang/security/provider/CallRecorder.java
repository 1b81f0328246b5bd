package org.ladang.security.provider;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.CallObserver;
import org.ladang.kernel.action.Effect;

/**
 * Puts into the trail what changed something or was refused; reads that succeed are not noted.
 */
final class CallRecorder implements CallObserver {
  // The principal may not, nobody can say whether it may.
  private static final Set<String> REFUSALS = Set.of("LADANG-GATE-003", "LADANG-GATE-007");

  private final AuditTrail trail;

  CallRecorder(AuditTrail trail) {
    this.trail = trail;
  }

  @Override
  public void ended(Call call) {
    if (call.action().effect() == Effect.READ && !REFUSALS.contains(call.code())) {
      return;
    }
    CallContext context = call.context();
    trail.write(
        new AuditEntry(
            call.at(),
            context.principal().name(),
            context.door(),
            context.traceId(),
            call.action().id(),
            call.code().isEmpty() ? AuditEntry.OK : call.code(),
            TimeUnit.NANOSECONDS.toMillis(call.nanos()),
            "",
            ""));
  }
}
