package org.ladang.console;

import java.util.Objects;
import org.ladang.kernel.action.Role;

/** Who may use a {@link Route}. There is no third kind: a route without one of these cannot be written down. */
public sealed interface Access {
  /**
   * Only a signed-in principal.
   *
   * @param role the lowest role that will do
   */
  record Needs(Role role) implements Access {
    public Needs {
      Objects.requireNonNull(role, "role");
    }
  }

  /**
   * Anybody, without signing in.
   *
   * @param why the reason, as a sentence; a public route without one is a mistake
   */
  record Open(String why) implements Access {
    public Open {
      if (why.isBlank()) {
        throw new IllegalArgumentException("A public route says why it is public.");
      }
    }
  }
}
