package org.ladang.security.provider;

import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.GateCheck;
import org.ladang.security.Authenticator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Refuses changes before they happen while the trail cannot be written, so that nothing happens without a trace. Reads
 * go on.
 */
@Component(service = GateCheck.class)
public final class ChangesNeedAudit implements GateCheck {
  private final Desk desk;

  @Activate
  public ChangesNeedAudit(@Reference Authenticator room) {
    this(SecurityRoom.desk(room));
  }

  ChangesNeedAudit(Desk desk) {
    this.desk = desk;
  }

  @Override
  public void check(CallContext context, ActionInfo action) {
    if (action.effect() != Effect.READ && desk.auditRequired()) {
      desk.trail().failure().ifPresent(ChangesNeedAudit::refuse);
    }
  }

  private static void refuse(String why) {
    throw new LadangException(
            Codes.AUDIT_FULL,
            "Nothing may be changed while the audit trail cannot be written: " + why + ".")
        .next("Make room on the disk of data/security; writing is tried again every second.");
  }
}
