package org.ladang.console.front;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;
import org.ladang.security.Authenticator;

/** Knows ann (admin, "right") and vic (viewer, "right"), and the API token "admin-token". */
final class FakeAuthenticator implements Authenticator {
  final List<String> checked = new ArrayList<>();
  final Map<String, Principal> sessions = new HashMap<>();
  Optional<LadangException> gone = Optional.empty();

  @Override
  public Outcome token(String token) {
    gone.ifPresent(
        failure -> {
          throw failure;
        });
    return token.equals("admin-token")
        ? new Outcome.Known(new Principal("ann", Role.ADMIN))
        : new Outcome.Unknown("LADANG-SECURITY-001", "The token is not known.");
  }

  @Override
  public Outcome password(String user, String password, String remote) {
    checked.add(user + " from " + remote);
    if (!password.equals("right")) {
      return new Outcome.Unknown("LADANG-SECURITY-002", "Name or password is wrong.");
    }
    return new Outcome.Known(new Principal(user, user.equals("ann") ? Role.ADMIN : Role.VIEWER));
  }

  @Override
  public Outcome session(String id) {
    return sessions.containsKey(id)
        ? new Outcome.Known(sessions.get(id))
        : new Outcome.Unknown("LADANG-SECURITY-004", "The session has ended.");
  }

  @Override
  public Session open(Principal principal) {
    String id = "s" + sessions.size();
    sessions.put(id, principal);
    return new Session(id, "csrf", principal, Instant.MAX);
  }

  @Override
  public void close(String id) {
    sessions.remove(id);
  }

  @Override
  public FirstStart firstStart(String token, String user, String password) {
    throw new AssertionError("Nobody starts for the first time here.");
  }

  @Override
  public boolean needsFirstStart() {
    return false;
  }
}
