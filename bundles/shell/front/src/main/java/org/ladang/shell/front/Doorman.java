package org.ladang.shell.front;

import java.util.Optional;
import org.ladang.kernel.LadangException;
import org.ladang.security.Authenticator;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Says who is calling: the owner of the socket, or whom a token belongs to. */
@Component(service = Doorman.class)
public final class Doorman {
  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile Authenticator authenticator;

  /** For DS. */
  public Doorman() {}

  Doorman(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /**
   * Who shows this token. Who reached the socket without one owns it; an empty one is not the same as none, or a script
   * whose variable is not set would be the owner.
   *
   * @throws LadangException when nobody known does, or nobody can say
   */
  Caller caller(Optional<String> token) {
    if (token.isEmpty()) {
      return Caller.OWNER;
    }
    Authenticator now = authenticator;
    if (now == null) {
      throw new LadangException(
              "LADANG-SHELL-013", "Tokens cannot be checked: security is not running.")
          .next("Without --token the owner of this home is let in.");
    }
    Authenticator.Outcome outcome = now.token(token.get());
    if (outcome instanceof Authenticator.Outcome.Known known) {
      return new Caller(known.principal(), false);
    }
    if (outcome instanceof Authenticator.Outcome.Unknown unknown) {
      throw new LadangException(unknown.code(), unknown.sentence());
    }
    throw new IllegalStateException("An outcome of another kind: " + outcome);
  }
}
