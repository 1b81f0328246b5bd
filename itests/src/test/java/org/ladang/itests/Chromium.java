package org.ladang.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's Chromium without a window, driven by Playwright. Where there is none, the test that needs it is skipped, loudly. */
final class Chromium implements AutoCloseable {
  private static final Path EXECUTABLE = Path.of("/usr/bin/chromium");
  private static final Path SHOTS = Distribution.ROOT.resolve("itests/target/screenshots");
  private static final List<String> WCAG =
      List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

  private final Playwright playwright;
  private final Browser browser;
  private final List<String> troubles = new ArrayList<>();

  private Chromium() {
    playwright = Playwright.create();
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(EXECUTABLE)
                    .setArgs(
                        List.of(
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  static Chromium start() {
    boolean there = Files.isExecutable(EXECUTABLE);
    if (!there) {
      System.err.println(
          "!!! SKIPPED: there is no "
              + EXECUTABLE
              + ", so the console is not tested in a browser.");
    }
    assumeTrue(there, "needs " + EXECUTABLE);
    return new Chromium();
  }

  /** A visitor of their own, who sends everything that goes wrong in the browser, and every foreign request, to {@link #troubles}. */
  BrowserContext visitor(String own, ColorScheme scheme, int width, int height) {
    BrowserContext visitor =
        browser.newContext(
            new Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setBaseURL(own)
                .setViewportSize(width, height));
    visitor.setDefaultTimeout(20_000);
    visitor.onPage(
        page -> {
          page.onPageError(error -> troubles.add("script: " + error));
          page.onConsoleMessage(
              message -> {
                if (message.text().contains("Content Security Policy")) {
                  troubles.add("policy: " + message.text());
                }
              });
          page.onRequest(
              request -> {
                if (!request.url().startsWith(own) && !request.url().startsWith("data:")) {
                  troubles.add("foreign: " + request.url());
                }
              });
        });
    return visitor;
  }

  /** A visitor whose browser runs no script. */
  BrowserContext visitorWithoutScript(String own) {
    BrowserContext visitor =
        browser.newContext(
            new Browser.NewContextOptions().setBaseURL(own).setJavaScriptEnabled(false));
    visitor.setDefaultTimeout(20_000);
    return visitor;
  }

  /** Script errors, breaches of the content security policy and requests to other hosts, so far. */
  List<String> troubles() {
    return List.copyOf(troubles);
  }

  static void signIn(Page page, String user, String password) {
    page.navigate("/sign-in");
    page.fill("#user", user);
    page.fill("#password", password);
    page.click("button[type=submit]");
    page.waitForURL("**/console");
  }

  /** A picture of what is seen, among the test's output; small enough to stand in a README. */
  static Path shot(Page page, String name) {
    Path file = SHOTS.resolve(name + ".png");
    try {
      Palette.write(page.screenshot(), file);
      assertThat(Files.size(file)).as("%s", file).isLessThan(150_000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** What axe finds against WCAG 2.2 AA, as sentences. */
  static List<String> violations(Page page) {
    page.evaluate(axe());
    Object found =
        page.evaluate(
            "async (tags) => (await axe.run(document, {runOnly: tags})).violations.map(v => "
                + "v.id + ': ' + v.help + ' at ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.html.slice(0, 120)).slice(0, 3).join(' | '))",
            WCAG);
    assertThat(found).isInstanceOf(List.class);
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }

  private static String axe() {
    try (InputStream in = Chromium.class.getResourceAsStream("/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Object> json(String text) {
    try {
      return JSON.std.mapFrom(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
