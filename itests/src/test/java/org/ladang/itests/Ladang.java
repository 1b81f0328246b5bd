package org.ladang.itests;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A running Ladang: the real distribution as a child process on a home of its own, on any free port. Every wait has a
 * deadline; {@link #close} ends the process whatever state it is in.
 */
final class Ladang implements AutoCloseable {
  static final Duration START = Duration.ofSeconds(60);
  static final Duration STOP = Duration.ofSeconds(40);
  private static final Duration CALL = Duration.ofSeconds(60);

  private final Path home;
  private final Map<String, String> environment;
  private final HttpClient web =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private Process process;
  private Path console;
  private String token = "";

  private Ladang(Path home, Path javaHome) {
    this.home = home;
    this.environment = new HashMap<>();
    environment.put("LADANG_HOME", home.toString());
    environment.put("LADANG_HTTP_PORT", "0");
    environment.put("JAVA_HOME", javaHome.toString());
    environment.put("LADANG_JAVA_OPTS", coverage());
  }

  /** A runtime on that home with the JDK of this test; not started. */
  static Ladang on(Path home) {
    return on(home, JavaHomes.running());
  }

  /** A runtime on that home with that JDK; not started. */
  static Ladang on(Path home, Path javaHome) {
    return new Ladang(home, javaHome);
  }

  /** Sets a variable of the environment of what is started from now on. */
  Ladang with(String variable, String value) {
    environment.merge(
        variable, value, (old, now) -> variable.equals("LADANG_JAVA_OPTS") ? old + " " + now : now);
    return this;
  }

  /** Starts it in the foreground, without a terminal, and waits until it is ready. */
  Ladang start() {
    launch();
    // What a killed process left in run/ is not this one's word.
    try {
      await("ready", START, () -> isReady() || !process.isAlive());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("not ready:\n" + console() + log() + threads(), e);
    }
    if (!process.isAlive()) {
      throw new AssertionError("it ended with " + process.exitValue() + ":\n" + console());
    }
    return this;
  }

  /** What its threads do; empty where the JDK has no tool that tells. */
  private String threads() {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jstack");
    return Files.isExecutable(tool)
        ? Command.run(
                Distribution.ROOT,
                Map.of(),
                CALL,
                List.of(tool.toString(), Long.toString(process.pid())))
            .out()
        : "";
  }

  private boolean isReady() {
    return said(run("pid")).strip().equals(Long.toString(process.pid()))
        && Files.exists(run("ready"));
  }

  /** What stands in a file that a starting process may take away between two looks; empty without it. */
  private static String said(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it in the foreground and waits for nothing. */
  Ladang launch() {
    try {
      Files.createDirectories(home);
      console = Files.createTempFile("ladang-it", ".console");
      process =
          Command.builder(
                  Distribution.ROOT, environment, List.of(Distribution.command().toString(), "run"))
              .redirectErrorStream(true)
              .redirectOutput(console.toFile())
              .start();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs {@code bin/ladang} with this home. */
  Command ladang(String... words) {
    List<String> command = new ArrayList<>(List.of(Distribution.command().toString()));
    command.addAll(List.of(words));
    return Command.run(Distribution.ROOT, environment, CALL, command);
  }

  /** Runs one command in its shell, with JSON as the answer. */
  Command shell(String... words) {
    List<String> command = new ArrayList<>(List.of("shell", "--json"));
    command.addAll(List.of(words));
    return ladang(command.toArray(String[]::new));
  }

  /** An API token of an admin, made through the shell at the first call. */
  String token() {
    if (token.isEmpty()) {
      shell("security:create_user", "name=itest", "role=ADMIN", "password=only for these tests")
          .succeeded();
      token =
          shell("security:create_token", "name=itest", "role=ADMIN", "owner=itest", "life=PT1H")
              .object()
              .get("token")
              .toString();
    }
    return token;
  }

  /** Asks over HTTP with an admin's token; the body, if any, is JSON. */
  HttpResponse<String> http(String method, String path, String body) {
    return http(method, path, body, Map.of("Authorization", "Bearer " + token()));
  }

  /** Asks over HTTP with these headers. */
  HttpResponse<String> http(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    try {
      return web.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The JSON list of objects in an answer. */
  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> list(HttpResponse<String> answer) {
    try {
      return JSON.std.listFrom(answer.body()).stream().map(o -> (Map<String, Object>) o).toList();
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + answer.body(), e);
    }
  }

  /** The JSON object in an answer. */
  static Map<String, Object> object(HttpResponse<String> answer) {
    try {
      return JSON.std.mapFrom(answer.body());
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + answer.body(), e);
    }
  }

  int port() {
    return Integer.parseInt(read(run("http.port")).strip());
  }

  /** Copies a jar into the inbox under its own name, renamed in. */
  String drop(Path jar) {
    return drop(jar, jar.getFileName().toString());
  }

  /** Copies a file into the inbox under that name, renamed in. */
  String drop(Path jar, String name) {
    try {
      Path part = home.resolve("deploy").resolve("." + name + ".part");
      Files.copy(jar, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, home.resolve("deploy").resolve(name), StandardCopyOption.ATOMIC_MOVE);
      return name;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a file was refused; returns what lies beside it in {@code .failed}. */
  String reason(String file) {
    return reason(file, Duration.ofSeconds(30));
  }

  /** As {@link #reason(String)}, with that deadline. */
  String reason(String file, Duration deadline) {
    Path reason = home.resolve("deploy/.failed").resolve(file + ".reason.txt");
    await("a reason for " + file, deadline, () -> Files.exists(reason) && Files.size(reason) > 0);
    return read(reason);
  }

  /** Waits until a plugin is in that state. */
  Map<String, Object> awaitPlugin(String name, String state) {
    Awaitility.await("plugin " + name + " " + state)
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> plugin(name).getOrDefault("state", "absent").equals(state));
    return plugin(name);
  }

  /** A plugin as the registry lists it; empty when it does not. */
  Map<String, Object> plugin(String name) {
    return shell("plugin:list").list().stream()
        .filter(p -> name.equals(p.get("name")))
        .findFirst()
        .orElse(Map.of());
  }

  /** Kills the process as a power cut would. */
  void kill9() {
    process.destroyForcibly();
    ended(Duration.ofSeconds(10));
  }

  /** Asks it to stop with SIGTERM and waits. */
  int stop() {
    process.destroy();
    return ended(STOP);
  }

  /** Waits until the process has ended by itself. */
  int ended(Duration deadline) {
    try {
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("still running after " + deadline + ":\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  long pid() {
    return process.pid();
  }

  Path home() {
    return home;
  }

  Path run(String file) {
    return home.resolve("run").resolve(file);
  }

  /** What the log file says. */
  String log() {
    Path log = home.resolve("log/ladang.log");
    return Files.exists(log) ? read(log) : "";
  }

  /** What it printed since it was last started. */
  String console() {
    return read(console);
  }

  /** Waits for a condition. */
  static void await(String what, Duration deadline, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(deadline).pollInterval(Duration.ofMillis(20)).until(condition);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number of the newest generation, by the file that was renamed in. */
  long generation() {
    try (Stream<Path> files = Files.list(home.resolve("data/generations"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d+\\.json"))
          .mapToLong(name -> Long.parseLong(name.substring(0, name.length() - 5)))
          .max()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      process.destroyForcibly();
      ended(Duration.ofSeconds(10));
    }
    try {
      if (console != null) {
        Files.deleteIfExists(console);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where this JVM is measured by JaCoCo, its children are too, into the same file. */
  private static String coverage() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:") && argument.contains("jacoco"))
        .collect(Collectors.joining(" "));
  }
}
