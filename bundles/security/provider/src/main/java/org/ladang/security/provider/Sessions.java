package org.ladang.security.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;

/**
 * Sessions of browsers. Which exist stands in {@code State} under the hash of their id, so they survive an upgrade and a
 * restart and a closed one is dead at once; when each was last used is kept in memory and written every few minutes.
 */
final class Sessions {
  private static final String KEY = "session/";
  private static final int ID_LENGTH = 43;
  private static final int MAX_PER_USER = 20;
  private static final Duration WRITE_LAG = Duration.ofMinutes(5);

  private final State state;
  private final Clock clock;
  private final Secrets secrets;
  private final Duration idle;
  private final Duration absolute;
  private final int max;
  private final Map<String, Instant> used = new ConcurrentHashMap<>();
  private final Object opening = new Object();

  /**
   * @param idle how long one lives unused
   * @param absolute how long one lives at the most
   * @param max how many there may be
   */
  Sessions(State state, Clock clock, Secrets secrets, Duration idle, Duration absolute, int max) {
    this.state = state;
    this.clock = clock;
    this.secrets = secrets;
    this.idle = idle;
    this.absolute = absolute;
    this.max = max;
  }

  /**
   * Opens a session and gives its id, of which no copy is kept.
   *
   * @param token the id of the API token with which it is opened; empty when it is a password
   */
  String open(String user, String token) {
    String id = secrets.next();
    SessionRecord session =
        new SessionRecord(Secrets.hash(id), user, token, clock.now(), clock.now());
    synchronized (opening) {
      List<SessionRecord> live = live();
      if (live.size() >= max) {
        throw new LadangException(Codes.TOO_MANY, "There are " + max + " open sessions already.")
            .next("Let an admin close some with security:close_sessions.");
      }
      // One user with a script must not use up everybody's sessions: its oldest ones go.
      live.stream()
          .filter(s -> s.user().equals(session.user()))
          .sorted(Comparator.comparing(SessionRecord::opened).reversed())
          .skip(MAX_PER_USER - 1L)
          .forEach(s -> remove(s.key()));
      state.put(KEY + session.key(), session.toState());
    }
    return id;
  }

  /** The live session of that id, kept from becoming idle. */
  Optional<SessionRecord> touch(String id) {
    if (id.length() != ID_LENGTH) {
      return Optional.empty();
    }
    String key = Secrets.hash(id);
    Optional<SessionRecord> found = state.get(KEY + key).map(s -> present(key, s));
    if (found.filter(this::expired).isPresent()) {
      return Optional.empty();
    }
    found.ifPresent(s -> used.put(key, clock.now()));
    return found;
  }

  Instant ends(SessionRecord session) {
    return session.opened().plus(absolute);
  }

  /** Closes the session of that id and gives what it was. */
  Optional<SessionRecord> close(String id) {
    String key = Secrets.hash(id);
    Optional<SessionRecord> found = state.get(KEY + key).map(s -> SessionRecord.of(key, s));
    found.ifPresent(s -> remove(key));
    return found;
  }

  /** Closes all sessions for which the test holds. */
  int closeAll(Predicate<SessionRecord> which) {
    List<SessionRecord> closed = live().stream().filter(which).toList();
    closed.forEach(s -> remove(s.key()));
    return closed.size();
  }

  /** The sessions that have not ended; removes those that have. */
  List<SessionRecord> live() {
    List<SessionRecord> live = new ArrayList<>();
    for (Map.Entry<String, Object> entry : state.all().entrySet()) {
      if (entry.getKey().startsWith(KEY)) {
        SessionRecord session = present(entry.getKey().substring(KEY.length()), entry.getValue());
        if (expired(session)) {
          remove(session.key());
        } else {
          live.add(session);
        }
      }
    }
    return live;
  }

  /** Writes when sessions were last used, where that is more than some minutes off or {@code all} are wanted. */
  void flush(boolean all) {
    for (SessionRecord session : live()) {
      String name = KEY + session.key();
      if (state.get(name).filter(kept -> behind(session, kept, all)).isPresent()) {
        // Null when it was closed meanwhile: it must not come back.
        state.update(name, kept -> kept == null ? null : session.toState());
      }
    }
    used.keySet().removeIf(key -> state.get(KEY + key).isEmpty());
  }

  private static boolean behind(SessionRecord session, Object kept, boolean all) {
    Instant written = SessionRecord.of(session.key(), kept).used();
    Duration lag = Duration.between(written, session.used());
    return lag.compareTo(all ? Duration.ZERO : WRITE_LAG) > 0;
  }

  private SessionRecord present(String key, Object kept) {
    SessionRecord session = SessionRecord.of(key, kept);
    Instant last = used.get(key);
    return last != null && last.isAfter(session.used()) ? session.withUsed(last) : session;
  }

  private boolean expired(SessionRecord session) {
    Instant now = clock.now();
    return !now.isBefore(session.used().plus(idle)) || !now.isBefore(ends(session));
  }

  private void remove(String key) {
    state.remove(KEY + key);
    used.remove(key);
  }
}
