package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.cls;
import static org.ladang.console.provider.page.Html.flag;
import static org.ladang.console.provider.page.Html.nothing;
import static org.ladang.console.provider.page.Html.tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.console.WebResponse;
import org.ladang.kernel.action.Role;

/** What stands around every page: head, navigation, the dialog that asks, the line that tells. */
final class Frame {
  /** Nothing inline, nothing foreign. */
  private static final String CSP =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final Map<String, String> PAGES = pages();

  private Frame() {}

  private static Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("/console", "Overview");
    pages.put("/console/plugins", "Plugins");
    pages.put("/console/deploy", "Deploy");
    pages.put("/console/shards", "Shards");
    pages.put("/console/resilience", "Resilience");
    pages.put("/console/config", "Configuration");
    pages.put("/console/events", "Events and logs");
    pages.put("/console/security", "Security");
    pages.put("/console/actions", "Actions");
    return pages;
  }

  /** A page of somebody who is signed in. */
  static WebResponse page(Visit visit, StaticFiles files, String title, Html content) {
    List<Html> links = new ArrayList<>();
    PAGES.forEach(
        (address, name) -> {
          boolean here =
              visit.address().equals(address)
                  || !address.equals("/console") && visit.address().startsWith(address + "/");
          links.add(
              tag(
                  "li",
                  tag(
                      "a",
                      attr("href", address),
                      here ? attr("aria-current", "page") : nothing(),
                      name)));
        });
    if (visit.may(Role.ADMIN)) {
      links.add(tag("li", tag("a", attr("href", "/system/console"), "Felix Web Console")));
    }
    Html body =
        tag(
            "body",
            tag("a", cls("skip"), attr("href", "#content"), "Skip to the content"),
            tag(
                "header",
                tag("a", cls("brand"), attr("href", "/console"), "Ladang"),
                tag("nav", attr("aria-label", "Pages"), tag("ul", links)),
                tag(
                    "div",
                    cls("who"),
                    tag("span", attr("id", "live"), cls("live"), "○ not live"),
                    tag("span", visit.principal().name() + ", " + visit.principal().role()),
                    tag("button", attr("type", "button"), attr("id", "sign-out"), "Sign out"))),
            tag("main", attr("id", "content"), attr("tabindex", "-1"), tag("h1", title), content),
            tag("div", attr("id", "told"), attr("role", "status"), attr("aria-live", "polite")),
            dialog());
    return response(files, title, Optional.of(visit.csrf()), 200, body);
  }

  /** A page for anybody. */
  static WebResponse open(StaticFiles files, String title, int status, Html content) {
    return response(
        files,
        title,
        Optional.empty(),
        status,
        tag(
            "body",
            cls("open"),
            tag(
                "main",
                attr("id", "content"),
                tag("p", cls("brand"), "Ladang"),
                tag("h1", title),
                content)));
  }

  private static WebResponse response(
      StaticFiles files, String title, Optional<String> csrf, int status, Html body) {
    Html head =
        tag(
            "head",
            tag("meta", attr("charset", "utf-8")),
            tag(
                "meta",
                attr("name", "viewport"),
                attr("content", "width=device-width, initial-scale=1")),
            tag("meta", attr("name", "color-scheme"), attr("content", "light dark")),
            csrf.map(token -> tag("meta", attr("name", "csrf"), attr("content", token)))
                .orElse(nothing()),
            tag("title", title + " · Ladang"),
            tag(
                "link",
                attr("rel", "icon"),
                attr("href", files.address("icon.svg")),
                attr("type", "image/svg+xml")),
            tag("link", attr("rel", "stylesheet"), attr("href", files.address("console.css"))),
            csrf.isPresent()
                ? tag(
                    "link", attr("rel", "stylesheet"), attr("href", files.address("uPlot.min.css")))
                : nothing(),
            csrf.isPresent()
                ? tag(
                    "script", attr("src", files.address("uPlot.iife.min.js")), flag("defer", true))
                : nothing(),
            tag(
                "script",
                attr("type", "module"),
                attr("src", files.address(csrf.isPresent() ? "console.js" : "sign-in.js"))));
    String text = "<!DOCTYPE html>\n" + tag("html", attr("lang", "en"), head, body).render();
    return WebResponse.of(status, "text/html; charset=utf-8", text)
        .header("Content-Security-Policy", CSP);
  }

  private static Html dialog() {
    return tag(
        "dialog",
        attr("id", "ask"),
        attr("aria-labelledby", "ask-title"),
        tag("h2", attr("id", "ask-title"), "Do it?"),
        tag("p", attr("id", "ask-describes")),
        tag("pre", attr("id", "ask-effect"), attr("tabindex", "0"), attr("aria-label", "Effect")),
        tag("p", cls("command"), tag("code", attr("id", "ask-command"))),
        tag(
            "div",
            cls("buttons"),
            tag("button", attr("type", "button"), attr("id", "ask-no"), "Leave it"),
            tag("button", attr("type", "button"), attr("id", "ask-yes"), cls("danger"), "Do it")));
  }
}
