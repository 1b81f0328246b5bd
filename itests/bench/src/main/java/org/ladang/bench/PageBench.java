package org.ladang.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ladang.bench.peer.Child;
import org.ladang.bench.peer.Ladang;
import org.ladang.bench.peer.ShellLine;
import org.ladang.itests.field.BundleBuilder;

/**
 * The console's first page while many plugins are there, asked for by somebody who is signed in, over one connection: how
 * long it takes, and how heavy it is with all that it loads. The peer is a bare servlet in the same Jetty, asked in turn
 * with the page, so that what the machine does otherwise meets both.
 */
final class PageBench {
  private static final Duration DEADLINE = Duration.ofMinutes(5);
  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final int WARM_UP = 1_000;
  private static final int ASKED = 500;
  private static final String PASSWORD = "a long one for the bench";
  private static final Pattern LOADED =
      Pattern.compile(
          "(?:src|href)=\"(/console/static/[^\"]+)\"|from '\\./([\\w.-]+)'|^import '\\./([\\w.-]+)'");

  private final Workshop shop;
  private final int plugins;
  private final HttpClient web =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  PageBench(Workshop shop, int plugins) {
    this.shop = shop;
    this.plugins = plugins;
  }

  void run(Ladang ladang) throws IOException {
    Crowd crowd = new Crowd(Files.createDirectories(shop.folder().resolve("page-crowd")));
    Table table =
        new Table(
            "first page",
            "p50 ms",
            "p95 ms",
            "CPU ms each",
            "bare servlet p50, p95, CPU ms",
            "ratio of p50",
            "of CPU",
            "page kB",
            "with all it loads kB");
    measure(ladang, "no plugin", List.of(), table);
    measure(ladang, plugins + " lazy plugins", crowd.jars(plugins, true), table);
    measure(ladang, plugins + " started plugins", crowd.jars(plugins, false), table);
    table.print(shop.out());
  }

  private void measure(Ladang ladang, String what, List<Path> jars, Table table)
      throws IOException {
    Path home = shop.fresh("page");
    Path deploy = Files.createDirectories(home.resolve("deploy"));
    Files.copy(bare(), deploy.resolve("bare.jar"));
    try (Child child = ladang.start(home);
        ShellLine line = ShellLine.to(home)) {
      for (Path jar : jars) {
        Path part = deploy.resolve("." + jar.getFileName() + ".part");
        Files.copy(jar, part);
        Files.move(part, deploy.resolve(jar.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      }
      child.await("all plugins", DEADLINE, INTERVAL, () -> taken(home) == jars.size());
      String own = "http://127.0.0.1:" + Files.readString(home.resolve("run/http.port")).strip();
      String cookie = signIn(line, own);
      child.await(
          "the bare servlet", DEADLINE, INTERVAL, () -> get(own + "/bare", "").statusCode() == 200);
      for (int i = 0; i < WARM_UP; i++) {
        get(own + "/console", cookie);
        get(own + "/bare", "");
      }
      double[] page = new double[ASKED];
      double[] peer = new double[ASKED];
      for (int i = 0; i < ASKED; i++) {
        page[i] = millis(own + "/console", cookie);
        peer[i] = millis(own + "/bare", "");
      }
      double pageCpu = cpu(child, own + "/console", cookie);
      double peerCpu = cpu(child, own + "/bare", "");
      String html = get(own + "/console", cookie).body();
      if (!jars.isEmpty() && !html.contains(jars.size() + " plugins")) {
        throw new IllegalStateException("The page does not know all plugins:\n" + html);
      }
      table.row(
          what,
          number(at(page, 50)),
          number(at(page, 95)),
          number(pageCpu),
          number(at(peer, 50)) + ", " + number(at(peer, 95)) + ", " + number(peerCpu),
          number(at(page, 50) / at(peer, 50)),
          number(pageCpu / peerCpu),
          kilo(bytes(html)),
          kilo(bytes(html) + loaded(own, html)));
    }
  }

  /** How many of the crowd the newest generation names: asking costs the runtime nothing. */
  private static long taken(Path home) {
    try (Stream<Path> files = Files.list(home.resolve("data/generations"))) {
      Path newest =
          files
              .filter(f -> f.getFileName().toString().matches("\\d+\\.json"))
              .max(Path::compareTo)
              .orElseThrow();
      return Files.readString(newest).split("\"file\":\"crowd", -1).length - 1L;
    } catch (IOException e) {
      return -1;
    }
  }

  private String signIn(ShellLine line, String own) {
    ShellLine.Said made =
        line.run("security:create_user", "name=bench", "role=VIEWER", "password=" + PASSWORD);
    if (made.exit() != 0) {
      throw new IllegalStateException("No user: " + made);
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(own + "/api/v1/session"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"user\":\"bench\",\"password\":\"" + PASSWORD + "\"}"))
            .build();
    String cookie = send(request).headers().firstValue("Set-Cookie").orElseThrow();
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private double millis(String address, String cookie) {
    long began = System.nanoTime();
    get(address, cookie);
    return (System.nanoTime() - began) / 1e6;
  }

  /** CPU time of the process for each of many requests, in milliseconds; the client is another process. */
  private double cpu(Child child, String address, String cookie) {
    double before = child.cpuSeconds();
    for (int i = 0; i < ASKED; i++) {
      get(address, cookie);
    }
    return (child.cpuSeconds() - before) * 1000 / ASKED;
  }

  private HttpResponse<String> get(String address, String cookie) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address)).header("Accept", "text/html");
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    HttpResponse<String> answer = send(request.build());
    if (!cookie.isEmpty() && answer.statusCode() != 200) {
      throw new IllegalStateException(address + " answered " + answer.statusCode());
    }
    return answer;
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return web.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The bytes of scripts and styles that the page loads, and that those load. Nothing is sent compressed. */
  private long loaded(String own, String html) {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>();
    names(html, "", seen, open);
    long bytes = 0;
    while (!open.isEmpty()) {
      String address = open.pop();
      String text = get(own + address, "").body();
      bytes += bytes(text);
      names(text, address.substring(0, address.lastIndexOf('/') + 1), seen, open);
    }
    return bytes;
  }

  private static void names(String text, String folder, Set<String> seen, Deque<String> open) {
    Matcher found = LOADED.matcher(text);
    while (found.find()) {
      String address =
          found.group(1) != null
              ? found.group(1)
              : folder + (found.group(2) != null ? found.group(2) : found.group(3));
      if (seen.add(address)) {
        open.push(address);
      }
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static double at(double[] values, int percent) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }

  private Path bare() throws IOException {
    Path servlets;
    try (Stream<Path> base = Files.list(shop.dist().resolve("system/base"))) {
      servlets =
          base.filter(jar -> jar.getFileName().toString().contains("http.servlet-api"))
              .findFirst()
              .orElseThrow();
    }
    return BundleBuilder.bundle("org.example.bare")
        .against(servlets)
        .source(
            "org.example.bare.Bare",
            """
            package org.example.bare;

            import jakarta.servlet.Servlet;
            import jakarta.servlet.http.*;
            import java.io.IOException;
            import org.osgi.service.component.annotations.*;

            @Component(service = Servlet.class, property = "osgi.http.whiteboard.servlet.pattern=/bare")
            public final class Bare extends HttpServlet {
              @Override
              protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.setContentType("text/html; charset=utf-8");
                response.getOutputStream().write("<!DOCTYPE html><title>Bare</title>".getBytes("UTF-8"));
              }
            }
            """)
        .build(shop.folder());
  }

  private static String kilo(long bytes) {
    return String.valueOf(Math.round(bytes / 1000.0));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
