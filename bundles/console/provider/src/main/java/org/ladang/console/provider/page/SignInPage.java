package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.all;
import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.cls;
import static org.ladang.console.provider.page.Html.flag;
import static org.ladang.console.provider.page.Html.tag;

/** Where somebody signs in, or makes the first user with the one-time token. */
final class SignInPage {
  private SignInPage() {}

  static Html content(boolean first) {
    return first ? first() : again();
  }

  private static Html first() {
    return all(
        tag(
            "p",
            "There is no user yet. The first start printed a one-time token; it also stands in run/first-start.token, which only the owner of the process can read."),
        tag(
            "form",
            attr("id", "first-start"),
            cls("open"),
            field("token", "One-time token", "password", "one-time-code"),
            field("user", "Your name", "text", "username"),
            field("password", "A password of your own", "password", "new-password"),
            field("again", "The same password again", "password", "new-password"),
            tag("button", attr("type", "submit"), "Make the first user"),
            problem()));
  }

  private static Html again() {
    return tag(
        "form",
        attr("id", "sign-in"),
        cls("open"),
        field("user", "Name", "text", "username"),
        field("password", "Password", "password", "current-password"),
        tag("button", attr("type", "submit"), "Sign in"),
        problem());
  }

  private static Html field(String name, String label, String type, String autocomplete) {
    return tag(
        "p",
        tag("label", attr("for", name), label),
        tag(
            "input",
            attr("id", name),
            attr("name", name),
            attr("type", type),
            attr("autocomplete", autocomplete),
            flag("required", true)));
  }

  private static Html problem() {
    return tag("p", attr("id", "problem"), attr("role", "alert"));
  }
}
