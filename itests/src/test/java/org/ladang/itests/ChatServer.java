package org.ladang.itests;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A chat's REST API with messages and buttons, over real HTTP, with faults that a test turns on and off. */
final class ChatServer implements AutoCloseable {
  /** What goes wrong. */
  enum Fault {
    NONE,
    /** Whatever has buttons is answered with 500. */
    NO_BUTTONS,
    /** Everything is answered with 503. */
    NOTHING
  }

  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final HttpServer server;
  private final Map<String, Map<String, Object>> messages = new ConcurrentHashMap<>();
  private final Map<String, String> nonces = new HashMap<>();
  private final AtomicInteger last = new AtomicInteger();
  private final AtomicInteger failing = new AtomicInteger();
  private final AtomicInteger withButtons = new AtomicInteger();
  private volatile Fault fault = Fault.NONE;

  ChatServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/api/channels/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/api";
  }

  void fault(Fault now) {
    fault = now;
  }

  /** The next so many requests are answered with 500. */
  void failNext(int requests) {
    failing.set(requests);
  }

  /** How many requests with buttons there were. */
  int withButtons() {
    return withButtons.get();
  }

  /** The messages of a channel. */
  List<Map<String, Object>> in(String channel) {
    return messages.values().stream().filter(m -> channel.equals(m.get("channel"))).toList();
  }

  /** The only message of a channel. */
  Map<String, Object> message(String channel) {
    List<Map<String, Object>> all = in(channel);
    if (all.size() != 1) {
      throw new AssertionError("not one message in " + channel + ": " + all);
    }
    return all.get(0);
  }

  boolean hasButtons(String channel) {
    return in(channel).stream().anyMatch(m -> !List.of().equals(m.get("components")));
  }

  String text(String channel) {
    return in(channel).stream().map(m -> m.get("content").toString()).findFirst().orElse("");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, Object> asked = JSON.std.mapFrom(exchange.getRequestBody().readAllBytes());
      boolean buttons = !List.of().equals(asked.getOrDefault("components", List.of()));
      if (buttons) {
        withButtons.incrementAndGet();
      }
      if (failing.getAndUpdate(n -> Math.max(0, n - 1)) > 0
          || fault == Fault.NO_BUTTONS && buttons) {
        say(exchange, 500, Map.of("message", "no buttons today"));
      } else if (fault == Fault.NOTHING) {
        say(exchange, 503, Map.of("message", "closed"));
      } else {
        handle(exchange, asked);
      }
    }
  }

  private synchronized void handle(HttpExchange exchange, Map<String, Object> asked)
      throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    String channel = path[3];
    if (exchange.getRequestMethod().equals("POST")) {
      String known = nonces.get(String.valueOf(asked.get("nonce")));
      String id = known == null ? "m" + last.incrementAndGet() : known;
      nonces.put(String.valueOf(asked.get("nonce")), id);
      say(exchange, 200, keep(channel, id, asked));
      return;
    }
    String id = path[5];
    if (!messages.containsKey(id)) {
      say(exchange, 404, Map.of("message", "Unknown Message"));
    } else if (exchange.getRequestMethod().equals("DELETE")) {
      messages.remove(id);
      exchange.sendResponseHeaders(204, -1);
    } else {
      say(exchange, 200, keep(channel, id, asked));
    }
  }

  /** Somebody deletes a message. */
  void forget(String channel) {
    messages.values().removeIf(m -> channel.equals(m.get("channel")));
  }

  private Map<String, Object> keep(String channel, String id, Map<String, Object> asked) {
    Map<String, Object> message =
        Map.of(
            "id",
            id,
            "channel",
            channel,
            "content",
            asked.get("content"),
            "components",
            asked.get("components"));
    messages.put(id, message);
    return message;
  }

  private static void say(HttpExchange exchange, int status, Map<String, Object> what)
      throws IOException {
    byte[] text = JSON.std.asBytes(what);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, text.length);
    exchange.getResponseBody().write(text);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
