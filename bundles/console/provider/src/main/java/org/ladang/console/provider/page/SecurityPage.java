package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.all;
import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.nothing;
import static org.ladang.console.provider.page.Html.tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Users, tokens, sessions, and the audit trail with its proof. What a role may not see says so in its panel. */
final class SecurityPage {
  private SecurityPage() {}

  static CompletionStage<Html> content(Visit visit) {
    CompletableFuture<Asked> users = visit.ask("security:users");
    CompletableFuture<Asked> tokens = visit.ask("security:tokens");
    CompletableFuture<Asked> sessions = visit.ask("security:sessions");
    CompletableFuture<Asked> audit = visit.ask("security:audit", "limit", 100);
    return CompletableFuture.allOf(users, tokens, sessions, audit)
        .thenApply(
            none ->
                all(
                    Parts.panel(
                        "users",
                        "Users",
                        users.join(),
                        asked -> Parts.value("Users", asked.value())),
                    Parts.panel(
                        "tokens",
                        "API tokens",
                        tokens.join(),
                        asked -> Parts.value("API tokens", asked.value())),
                    Parts.panel(
                        "sessions",
                        "Sessions",
                        sessions.join(),
                        asked -> Parts.value("Sessions", asked.value())),
                    Parts.panel(
                        "mine",
                        "My sessions",
                        Parts.button(
                            visit,
                            "Sign me out everywhere",
                            "security:sign_out_everywhere",
                            Map.of()),
                        Parts.command(Command.of("security:whoami", Map.of()))),
                    Parts.panel("audit", "Audit trail", audit.join(), asked -> audit(visit, asked)),
                    ActionPages.forms(visit, "security", "What can be asked of security")));
  }

  private static Html audit(Visit visit, Asked asked) {
    List<Object> entries = new ArrayList<>();
    Shape audit = asked.shape();
    entries.addAll(audit.members().get("entries") instanceof List<?> list ? list : List.of());
    return all(
        Parts.button(visit, "Verify the whole chain", "security:audit", Map.of("verify", true)),
        tag("div", attr("data-result", ""), attr("role", "status")),
        entries.isEmpty()
            ? tag("p", "Nothing yet.")
            : Parts.value("Audit trail, the newest first", entries),
        nothing());
  }
}
