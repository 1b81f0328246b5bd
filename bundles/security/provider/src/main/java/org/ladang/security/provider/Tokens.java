package org.ladang.security.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;
import org.ladang.kernel.action.Role;

/**
 * API tokens: {@code ldg_} and 256 random bits, of which only the SHA-256 is kept. Whether one exists is asked of {@code
 * State} at each use, so a revoked one is dead at once; only the time of the last use is held back for a minute.
 */
final class Tokens {
  static final String PREFIX = "ldg_";
  static final Duration DEFAULT_LIFE = Duration.ofDays(90);
  static final Duration MAX_LIFE = Duration.ofDays(3_660);
  private static final String KEY = "token/";
  private static final int LENGTH = PREFIX.length() + 43;
  private static final int MAX = 1_000;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final State state;
  private final Clock clock;
  private final Secrets secrets;
  private final Map<String, Instant> used = new ConcurrentHashMap<>();
  // Names are unique per owner: looking for the name and putting the token must not be interleaved.
  private final Object making = new Object();

  Tokens(State state, Clock clock, Secrets secrets) {
    this.state = state;
    this.clock = clock;
    this.secrets = secrets;
  }

  /** A token that was just made, and its only copy in clear. */
  record Made(TokenRecord record, String token) {}

  Made create(String name, String owner, Role role, Duration life) {
    if (!NAME.matcher(name).matches()) {
      throw new LadangException(Codes.TOKEN_RULE, "This cannot be the name of a token.")
          .next("Take 1 to 64 letters, digits, '.', '_' or '-'.");
    }
    if (life.isNegative() || life.isZero() || life.compareTo(MAX_LIFE) > 0) {
      throw new LadangException(
              Codes.TOKEN_RULE,
              "A token lives between a moment and " + MAX_LIFE.toDays() + " days.")
          .next("Give a duration such as 90d.");
    }
    String token = PREFIX + secrets.next();
    String hash = Secrets.hash(token);
    Instant now = clock.now();
    TokenRecord record =
        new TokenRecord(id(hash), hash, name, owner, role, now, now.plus(life), Instant.EPOCH);
    synchronized (making) {
      List<TokenRecord> all = all();
      if (named(all, owner, name).isPresent()) {
        throw new LadangException(
                Codes.TOKEN_EXISTS, owner + " has a token named " + name + " already.")
            .next("Take another name, or revoke that one.");
      }
      if (all.size() >= MAX) {
        throw new LadangException(Codes.TOO_MANY, "There are " + MAX + " tokens already.")
            .next("Revoke one first.");
      }
      state.put(KEY + record.id(), record.toState());
    }
    return new Made(record, token);
  }

  /** The record of a token in clear, expired or not. */
  Optional<TokenRecord> find(String token) {
    if (token.length() != LENGTH || !token.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String hash = Secrets.hash(token);
    return byId(id(hash)).filter(t -> Secrets.same(t.hash(), hash));
  }

  Optional<TokenRecord> byId(String id) {
    return state.get(KEY + id).map(s -> TokenRecord.of(id, s));
  }

  Optional<TokenRecord> named(String owner, String name) {
    return named(all(), owner, name);
  }

  boolean expired(TokenRecord token) {
    return !clock.now().isBefore(token.expires());
  }

  /** Remembers that it was used now; written by {@link #flush}. */
  void used(TokenRecord token) {
    used.put(token.id(), clock.now());
  }

  List<TokenRecord> all() {
    List<TokenRecord> all = new ArrayList<>();
    state
        .all()
        .forEach(
            (key, value) -> {
              if (key.startsWith(KEY)) {
                TokenRecord token = TokenRecord.of(key.substring(KEY.length()), value);
                Instant last = used.get(token.id());
                all.add(last == null ? token : token.withUsed(last));
              }
            });
    return all;
  }

  TokenRecord revoke(String id) {
    TokenRecord token =
        byId(id)
            .orElseThrow(
                () ->
                    new LadangException(Codes.NO_TOKEN, "There is no token " + id + ".")
                        .next("security:tokens lists them with their ids."));
    state.remove(KEY + id);
    used.remove(id);
    return token;
  }

  int revokeAllOf(String owner) {
    List<TokenRecord> theirs = all().stream().filter(t -> t.owner().equals(owner)).toList();
    theirs.forEach(t -> state.remove(KEY + t.id()));
    return theirs.size();
  }

  /** Writes the times of last use, and removes tokens that expired more than a month ago. */
  void flush() {
    for (Map.Entry<String, Instant> entry : Map.copyOf(used).entrySet()) {
      // Absent when it was revoked meanwhile: it must not come back.
      state.get(KEY + entry.getKey()).ifPresent(s -> write(entry.getKey(), entry.getValue()));
      used.remove(entry.getKey(), entry.getValue());
    }
    Instant old = clock.now().minus(Duration.ofDays(30));
    all().stream().filter(t -> t.expires().isBefore(old)).forEach(t -> state.remove(KEY + t.id()));
  }

  private void write(String id, Instant at) {
    state.update(KEY + id, s -> s == null ? null : TokenRecord.of(id, s).withUsed(at).toState());
  }

  private static Optional<TokenRecord> named(List<TokenRecord> all, String owner, String name) {
    return all.stream().filter(t -> t.owner().equals(owner) && t.name().equals(name)).findFirst();
  }

  private static String id(String hash) {
    return hash.substring(0, 16);
  }
}
