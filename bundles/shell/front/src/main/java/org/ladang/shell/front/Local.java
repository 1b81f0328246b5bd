package org.ladang.shell.front;

import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;

/** Who owns the process: has its terminal or can open its socket, and could do anything to it anyway. */
final class Local {
  static final Principal ADMIN = new Principal("local", Role.ADMIN);

  private Local() {}
}
