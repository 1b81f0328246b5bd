package org.ladang.security.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ladang.kernel.LadangException;
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

/** What can be done with API tokens. */
@Component(service = ActionSource.class)
public final class TokenActions implements ActionSource {
  private final Desk desk;

  @Activate
  public TokenActions(@Reference Authenticator room) {
    this(SecurityRoom.desk(room));
  }

  TokenActions(Desk desk) {
    this.desk = desk;
  }

  @Action(description = "Lists the API tokens, without the tokens themselves.", role = Role.ADMIN)
  public List<TokenView> tokens() {
    return desk.tokens().all().stream().map(this::view).toList();
  }

  @Action(
      description = "Makes an API token. It is shown this once: only its hash is kept.",
      role = Role.ADMIN,
      effect = Effect.CHANGE)
  public NewToken createToken(
      CallContext context,
      @Arg("What the token is for, for example ci.") String name,
      @Arg("What its bearer may do; not more than its owner.") Role role,
      @Arg(
              "The user it belongs to; by default who calls, which is `local` for the shell on this machine.")
          Optional<String> owner,
      @Arg("How long it is good for; by default 90 days.") Optional<Duration> life) {
    String whose = owner.orElseGet(() -> caller(context));
    Role most = desk.users().roleOf(whose).orElseThrow(() -> Users.unknown(whose));
    if (!most.includes(role)) {
      throw new LadangException(
              Codes.TOKEN_RULE,
              "A token of " + whose + " cannot have a higher role than " + word(most) + ".")
          .next("Ask for a lower role, or change the user's.");
    }
    Tokens.Made made = desk.tokens().create(name, whose, role, life.orElse(Tokens.DEFAULT_LIFE));
    TokenRecord record = made.record();
    desk.trail()
        .note(
            context,
            "security:token.created",
            record.principal(),
            "Id " + record.id() + ", role " + word(role) + ", until " + record.expires() + ".");
    return new NewToken(record.id(), record.principal(), role, record.expires(), made.token());
  }

  @Action(
      description = "Revokes an API token; it is refused from then on.",
      role = Role.ADMIN,
      effect = Effect.CHANGE)
  public TokenView revokeToken(
      CallContext context, @Arg("The token's id, as security:tokens shows it.") String id) {
    TokenRecord token = desk.tokens().revoke(id);
    desk.trail().note(context, "security:token.revoked", token.principal(), "Id " + id + ".");
    return view(token);
  }

  /** An API token as people see it. */
  public record TokenView(
      @Arg("Names the token when it is to be revoked.") String id,
      @Arg("What it is for.") String name,
      @Arg("The user it belongs to.") String owner,
      @Arg("What its bearer may do.") Role role,
      @Arg("When it was made.") Instant created,
      @Arg("Until when it is good.") Instant expires,
      @Arg("Whether it has expired.") boolean expired,
      @Arg("When it was last used, if ever.") Optional<Instant> lastUsed) {}

  /** An API token at the only moment at which it can be seen. */
  public record NewToken(
      @Arg("Names the token when it is to be revoked.") String id,
      @Arg("Owner and name, as they stand in the audit trail.") String principal,
      @Arg("What its bearer may do.") Role role,
      @Arg("Until when it is good.") Instant expires,
      @Arg("The token; it cannot be shown again.") String token) {

    @Override
    public String toString() {
      return "NewToken[" + id + "]";
    }
  }

  private TokenView view(TokenRecord token) {
    return new TokenView(
        token.id(),
        token.name(),
        token.owner(),
        token.role(),
        token.created(),
        token.expires(),
        desk.tokens().expired(token),
        Optional.of(token.used()).filter(Instant.EPOCH::isBefore));
  }

  /** The user behind a call, be it made with a token. */
  private static String caller(CallContext context) {
    String name = context.principal().name();
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  private static String word(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
