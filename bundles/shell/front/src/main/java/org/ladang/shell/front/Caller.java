package org.ladang.shell.front;

import org.ladang.kernel.action.Principal;

/**
 * Who is at the other end of a connection.
 *
 * @param principal as whom actions are called
 * @param owner whether it owns the process and may use raw Gogo too
 */
record Caller(Principal principal, boolean owner) {
  static final Caller OWNER = new Caller(Local.ADMIN, true);
}
