package org.ladang.security.provider;

import java.util.List;
import java.util.Locale;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.ladang.security.Authenticator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What can be done with users. */
@Component(service = ActionSource.class)
public final class UserActions implements ActionSource {
  private final Desk desk;

  @Activate
  public UserActions(@Reference Authenticator room) {
    this(SecurityRoom.desk(room));
  }

  UserActions(Desk desk) {
    this.desk = desk;
  }

  @Action(description = "Lists the users.", role = Role.ADMIN)
  public List<UserView> users() {
    List<TokenRecord> tokens = desk.tokens().all();
    List<SessionRecord> sessions = desk.sessions().live();
    return desk.users().all().stream().map(u -> view(u, tokens, sessions)).toList();
  }

  @Action(
      description = "Makes a user who logs in with a password.",
      role = Role.ADMIN,
      effect = Effect.CHANGE)
  public UserView createUser(
      CallContext context,
      @Arg("The new user's name: 2 to 32 lower-case letters, digits, '.', '_' or '-'.") String name,
      @Arg("What the user may do.") Role role,
      @Arg("The password: at least 10 characters, not the name.") String password) {
    Users.checkName(name);
    Passwords.check(name, password);
    desk.users().create(name, role, desk.passwords().hash(password));
    desk.trail().note(context, "security:user.created", name, "Role " + word(role) + ".");
    return view(name);
  }

  @Action(
      description = "Sets a user's password and ends the user's sessions.",
      role = Role.ADMIN,
      effect = Effect.CHANGE)
  public UserView setPassword(
      CallContext context,
      @Arg("The user's name.") String name,
      @Arg("The new password: at least 10 characters, not the name.") String password) {
    desk.users().get(name);
    Passwords.check(name, password);
    desk.users().setPassword(name, desk.passwords().hash(password));
    int closed = desk.sessions().closeAll(s -> s.user().equals(name));
    desk.trail()
        .note(
            context,
            "security:user.password",
            name,
            "Password set, " + closed + " sessions ended.");
    return view(name);
  }

  @Action(
      description = "Changes what a user may do; the user's tokens and sessions follow at once.",
      role = Role.ADMIN,
      effect = Effect.CHANGE,
      idempotent = true)
  public UserView setRole(
      CallContext context,
      @Arg("The user's name.") String name,
      @Arg("What the user may do from now on.") Role role) {
    Role before = desk.users().get(name).role();
    desk.users().setRole(name, role);
    desk.trail()
        .note(
            context,
            "security:user.role",
            name,
            "From " + word(before) + " to " + word(role) + ".");
    return view(name);
  }

  @Action(
      description = "Removes a user with all tokens and sessions; the last admin stays.",
      role = Role.ADMIN,
      effect = Effect.DANGER)
  public Removed removeUser(CallContext context, @Arg("The user's name.") String name) {
    desk.users().remove(name);
    int tokens = desk.tokens().revokeAllOf(name);
    int sessions = desk.sessions().closeAll(s -> s.user().equals(name));
    desk.trail()
        .note(
            context,
            "security:user.removed",
            name,
            tokens + " tokens revoked, " + sessions + " sessions ended.");
    return new Removed(name, tokens, sessions);
  }

  /** What went with a user. */
  public record Removed(
      @Arg("The user's name.") String name,
      @Arg("How many tokens were revoked.") int tokens,
      @Arg("How many sessions were ended.") int sessions) {}

  private UserView view(String name) {
    return view(desk.users().get(name), desk.tokens().all(), desk.sessions().live());
  }

  private static UserView view(
      UserRecord user, List<TokenRecord> tokens, List<SessionRecord> sessions) {
    return new UserView(
        user.name(),
        user.role(),
        user.created(),
        user.changed(),
        (int) tokens.stream().filter(t -> t.owner().equals(user.name())).count(),
        (int) sessions.stream().filter(s -> s.user().equals(user.name())).count());
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
