package org.ladang.security.provider;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

/** What can be done with sessions, and who one is oneself. */
@Component(service = ActionSource.class)
public final class SessionActions implements ActionSource {
  private final Desk desk;

  @Activate
  public SessionActions(@Reference Authenticator room) {
    this(SecurityRoom.desk(room));
  }

  SessionActions(Desk desk) {
    this.desk = desk;
  }

  @Action(description = "Says who is calling and what they may do.", role = Role.VIEWER)
  public WhoAmI whoami(CallContext context) {
    return new WhoAmI(context.principal().name(), context.principal().role(), context.door());
  }

  @Action(description = "Lists the open sessions.", role = Role.ADMIN)
  public List<SessionView> sessions() {
    return desk.sessions().live().stream().map(this::view).toList();
  }

  @Action(
      description = "Ends all sessions of a user, or of everybody: whoever it was logs in again.",
      role = Role.ADMIN,
      effect = Effect.CHANGE,
      idempotent = true)
  public Closed closeSessions(
      CallContext context, @Arg("The user's name; by default everybody.") Optional<String> user) {
    user.ifPresent(name -> desk.users().get(name));
    int closed = desk.sessions().closeAll(s -> user.isEmpty() || s.user().equals(user.get()));
    desk.trail()
        .note(context, "security:sessions.closed", user.orElse("*"), closed + " sessions ended.");
    return new Closed(closed);
  }

  @Action(
      description = "Signs you out everywhere: ends all your own sessions, this one too.",
      role = Role.VIEWER,
      effect = Effect.CHANGE,
      idempotent = true)
  public Closed signOutEverywhere(CallContext context) {
    String user = context.principal().name();
    int closed = desk.sessions().closeAll(s -> s.user().equals(user));
    desk.trail().note(context, "security:sessions.closed", user, closed + " sessions ended.");
    return new Closed(closed);
  }

  /** Who is calling. */
  public record WhoAmI(
      @Arg("The user's name; owner and name of an API token.") String name,
      @Arg("What they may do.") Role role,
      @Arg("Where the call came in.") String door) {}

  /** An open session. */
  public record SessionView(
      @Arg("The user whose it is.") String user,
      @Arg("Whether it was opened with an API token.") boolean byToken,
      @Arg("When it was opened.") Instant opened,
      @Arg("When it was last used.") Instant used,
      @Arg("When it ends at the latest.") Instant ends) {}

  /** How many sessions were ended. */
  public record Closed(@Arg("How many sessions were ended.") int closed) {}

  private SessionView view(SessionRecord session) {
    return new SessionView(
        session.user(),
        !session.token().isEmpty(),
        session.opened(),
        session.used(),
        desk.sessions().ends(session));
  }
}
