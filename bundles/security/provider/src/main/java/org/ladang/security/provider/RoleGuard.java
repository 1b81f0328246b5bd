package org.ladang.security.provider;

import java.util.Locale;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Guard;
import org.ladang.kernel.action.Role;

/** Who has the role that an action asks for, may call it: the same for every door. Asks nothing and nobody. */
final class RoleGuard implements Guard {
  private static final Verdict ALLOWED = new Verdict.Allowed();

  @Override
  public Verdict check(CallContext context, ActionInfo action) {
    Role has = context.principal().role();
    if (has.includes(action.role())) {
      return ALLOWED;
    }
    return new Verdict.Denied(
        action.id()
            + " needs the role "
            + word(action.role())
            + ", and "
            + context.principal().name()
            + " has the role "
            + word(has)
            + ".");
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
