package org.ladang.console.provider.page;

import static org.ladang.console.provider.page.Html.all;
import static org.ladang.console.provider.page.Html.attr;
import static org.ladang.console.provider.page.Html.tag;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.ladang.console.WebResponse;

/** The pages, as answers. Keeps nothing of a visitor. */
public final class Pages {
  private final StaticFiles files = new StaticFiles();
  private final OverviewPage overview = new OverviewPage();

  /** The first page. */
  public CompletionStage<WebResponse> overview(Visit visit) {
    return page(visit, "Overview", overview::content);
  }

  /** All plugins. */
  public CompletionStage<WebResponse> plugins(Visit visit) {
    return page(visit, "Plugins", PluginPages::index);
  }

  /** One plugin. */
  public CompletionStage<WebResponse> plugin(Visit visit) {
    return page(visit, "Plugin " + visit.path("name"), PluginPages::one);
  }

  /** Where a jar is dropped. */
  public CompletionStage<WebResponse> deploy(Visit visit) {
    return page(visit, "Deploy", DeployPage::content);
  }

  /** The shards. */
  public CompletionStage<WebResponse> shards(Visit visit) {
    return page(visit, "Shards", ShardPage::content);
  }

  /** Breakers, pools and endpoints. */
  public CompletionStage<WebResponse> resilience(Visit visit) {
    return page(visit, "Resilience", ResiliencePage::content);
  }

  /** What can be configured. */
  public CompletionStage<WebResponse> config(Visit visit) {
    return page(visit, "Configuration", ConfigPages::index);
  }

  /** One configuration. */
  public CompletionStage<WebResponse> configuration(Visit visit) {
    return page(visit, "Configuration " + visit.path("pid"), ConfigPages::one);
  }

  /** Events and log. */
  public CompletionStage<WebResponse> events(Visit visit) {
    return page(visit, "Events and logs", EventPages::content);
  }

  /** Users, tokens, audit. */
  public CompletionStage<WebResponse> security(Visit visit) {
    return page(visit, "Security", SecurityPage::content);
  }

  /** All actions. */
  public CompletionStage<WebResponse> actions(Visit visit) {
    return page(visit, "Actions", v -> CompletableFuture.completedStage(ActionPages.index(v)));
  }

  /** One action; empty where there is none of that name. */
  public Optional<CompletionStage<WebResponse>> action(Visit visit) {
    return ActionPages.one(visit)
        .map(
            form ->
                page(
                    visit,
                    visit.path("owner") + ":" + visit.path("action"),
                    v -> CompletableFuture.completedStage(form)));
  }

  private CompletionStage<WebResponse> page(
      Visit visit, String title, Function<Visit, CompletionStage<Html>> content) {
    return content.apply(visit).thenApply(html -> Frame.page(visit, files, title, html));
  }

  /**
   * Where somebody signs in.
   *
   * @param first whether there is no user yet
   */
  public WebResponse signIn(boolean first) {
    return Frame.open(files, first ? "The first user" : "Sign in", 200, SignInPage.content(first));
  }

  /** A refusal, for people. */
  public WebResponse problem(
      int status, String code, String sentence, String next, String traceId) {
    return Frame.open(
        files,
        "That did not work",
        status,
        all(
            tag("p", sentence, " ", tag("code", code)),
            tag("p", next),
            tag("p", "Trace id ", tag("code", traceId)),
            tag("p", tag("a", attr("href", "/console"), "To the first page"))));
  }

  /** A script, a style or the icon. */
  public Optional<WebResponse> file(String name) {
    return files.answer(name);
  }
}
