package org.ladang.security.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;
import org.ladang.kernel.action.Role;

/**
 * The users, all under one key of {@code State}, so that a rule about several of them (there is always an admin) is
 * checked and kept in one atomic change. Nothing is cached: two versions of this bundle may run beside each other for
 * the moment of an upgrade.
 */
final class Users {
  private static final String KEY = "users";
  private static final String LOCAL = "local";
  private static final int MAX = 1_000;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{1,31}");
  private static final Set<String> RESERVED =
      Set.of("system", "anonymous", "unknown", LOCAL, "nobody");

  private final State state;
  private final Clock clock;

  Users(State state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  /** Refuses a name that breaks the rules. */
  static void checkName(String name) {
    if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
      throw new LadangException(Codes.USER_NAME, "This cannot be the name of a user.")
          .next(
              "Take 2 to 32 lower-case letters, digits, '.', '_' or '-', beginning with a letter;"
                  + " 'system' and a few others are taken.");
    }
  }

  boolean none() {
    return entries().isEmpty();
  }

  List<UserRecord> all() {
    List<UserRecord> users = new ArrayList<>();
    entries().forEach((name, entry) -> users.add(UserRecord.of(name, entry)));
    return users;
  }

  Optional<UserRecord> find(String name) {
    Object users = state.get(KEY).orElse(Map.of());
    Object entry = users instanceof Map<?, ?> map ? map.get(name) : null;
    return Optional.ofNullable(entry).map(e -> UserRecord.of(name, e));
  }

  /**
   * What the owner of a token may do. {@code local} is whoever owns the process: no user, but the shell on this machine
   * lets them do everything already, so tokens of theirs may exist before the first user does.
   */
  Optional<Role> roleOf(String owner) {
    return owner.equals(LOCAL) ? Optional.of(Role.ADMIN) : find(owner).map(UserRecord::role);
  }

  UserRecord get(String name) {
    return find(name).orElseThrow(() -> unknown(name));
  }

  void create(String name, Role role, PasswordHash password) {
    change(
        users -> {
          if (users.containsKey(name)) {
            throw new LadangException(Codes.USER_EXISTS, "There is a user " + name + " already.")
                .next("Take another name, or change that user.");
          }
          if (users.size() >= MAX) {
            throw new LadangException(Codes.TOO_MANY, "There are " + MAX + " users already.")
                .next("Remove one first.");
          }
          put(users, fresh(name, role, password));
        });
  }

  /**
   * Makes the first user. Of many threads that try exactly one succeeds.
   *
   * @param allowed asked inside the atomic change; the answer no refuses
   */
  void createFirst(String name, PasswordHash password, BooleanSupplier allowed) {
    change(
        users -> {
          if (!users.isEmpty() || !allowed.getAsBoolean()) {
            throw firstStartOver();
          }
          put(users, fresh(name, Role.ADMIN, password));
        });
  }

  static LadangException firstStartOver() {
    return new LadangException(Codes.FIRST_START_OVER, "The first start is over: there is a user.")
        .next("Log in, or let an admin make you a user.");
  }

  void setPassword(String name, PasswordHash password) {
    change(users -> put(users, in(users, name).withPassword(password, clock.now())));
  }

  /** Replaces a hash by one of the same password; nothing happens when the password was changed meanwhile. */
  void rehash(String name, PasswordHash before, PasswordHash after) {
    change(
        users -> {
          Object entry = users.get(name);
          if (entry != null && UserRecord.of(name, entry).password().equals(before)) {
            UserRecord user = UserRecord.of(name, entry);
            put(users, user.withPassword(after, user.changed()));
          }
        });
  }

  void setRole(String name, Role role) {
    change(
        users -> {
          put(users, in(users, name).withRole(role));
          checkAdmin(users, name);
        });
  }

  void remove(String name) {
    change(
        users -> {
          in(users, name);
          users.remove(name);
          checkAdmin(users, name);
        });
  }

  private void change(Consumer<Map<String, Object>> change) {
    state.update(
        KEY,
        present -> {
          Map<String, Object> users = Shape.map(present);
          change.accept(users);
          return users;
        });
  }

  private UserRecord fresh(String name, Role role, PasswordHash password) {
    return new UserRecord(name, role, clock.now(), clock.now(), password);
  }

  private Map<String, Object> entries() {
    return Shape.map(state.get(KEY).orElse(Map.of()));
  }

  private static void put(Map<String, Object> users, UserRecord user) {
    users.put(user.name(), user.toState());
  }

  private static UserRecord in(Map<String, Object> users, String name) {
    Object entry = users.get(name);
    if (entry == null) {
      throw unknown(name);
    }
    return UserRecord.of(name, entry);
  }

  private static void checkAdmin(Map<String, Object> users, String touched) {
    boolean admin =
        users.entrySet().stream()
            .anyMatch(e -> UserRecord.of(e.getKey(), e.getValue()).role() == Role.ADMIN);
    if (!admin) {
      throw new LadangException(Codes.LAST_ADMIN, touched + " is the last admin.")
          .next("Make another user an admin first.");
    }
  }

  static LadangException unknown(String name) {
    return new LadangException(Codes.NO_USER, "There is no user " + name + ".")
        .next("security:users lists them.");
  }
}
