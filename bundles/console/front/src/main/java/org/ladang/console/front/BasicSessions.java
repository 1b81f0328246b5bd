package org.ladang.console.front;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ladang.security.Authenticator;
import org.ladang.security.Authenticator.Outcome;

/**
 * Sessions for those who sign in by HTTP Basic. A browser repeats name and password with every image of a page, and
 * checking a password costs tenths of a second by design; so the first check opens a session, and the same credentials
 * find it again under a keyed hash. Security ends the session like any other. Safe for any thread.
 */
final class BasicSessions {
  private static final int MOST = 64;
  private static final String HMAC = "HmacSHA256";

  private final Authenticator authenticator;
  private final SecretKeySpec key;
  private final Map<String, String> sessions =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  BasicSessions(Authenticator authenticator, SecureRandom random) {
    this.authenticator = authenticator;
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    this.key = new SecretKeySpec(secret, HMAC);
  }

  /** Who this is: by session, else by API token, else by password. */
  Outcome who(BasicLogin login, String remote) {
    String hash = hash(login);
    Optional<String> session = session(hash);
    if (session.isPresent()
        && authenticator.session(session.get()) instanceof Outcome.Known known) {
      return known;
    }
    if (authenticator.token(login.password()) instanceof Outcome.Known known) {
      return known;
    }
    Outcome outcome = authenticator.password(login.user(), login.password(), remote);
    if (outcome instanceof Outcome.Known known) {
      remember(hash, authenticator.open(known.principal()).id());
    }
    return outcome;
  }

  /** Ends the session of these credentials. */
  void end(BasicLogin login) {
    Optional<String> session;
    synchronized (sessions) {
      session = Optional.ofNullable(sessions.remove(hash(login)));
    }
    session.ifPresent(authenticator::close);
  }

  private Optional<String> session(String hash) {
    synchronized (sessions) {
      return Optional.ofNullable(sessions.get(hash));
    }
  }

  private void remember(String hash, String session) {
    synchronized (sessions) {
      sessions.put(hash, session);
    }
  }

  private String hash(BasicLogin login) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update(login.user().getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return HexFormat.of()
          .formatHex(mac.doFinal(login.password().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Every JDK has " + HMAC + ".", impossible);
    }
  }
}
