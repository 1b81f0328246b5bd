package org.ladang.plugin.livestock;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Boards as messages of a chat, over a REST API of Discord's form: channels, messages, rows of button components. */
final class HttpBoards implements BoardClient {
  private static final int ROW = 1;
  private static final int BUTTON = 2;
  private static final int GONE = 404;
  private static final int FIRST_BAD = 300;

  private final URI base;
  private final String token;
  private final Duration limit;
  private final HttpClient client;

  /**
   * @param base the API's address, for example {@code https://discord.com/api/v10}
   * @param token of the bot; empty for none
   * @param limit how long one call may take
   */
  HttpBoards(URI base, String token, Duration limit) {
    this.base = base;
    this.token = token;
    this.limit = limit;
    this.client = HttpClient.newBuilder().connectTimeout(limit).build();
  }

  @Override
  public String create(String channel, Message message, String nonce) {
    Map<String, Object> body = body(message);
    body.put("nonce", nonce);
    body.put("enforce_nonce", true);
    Map<String, Object> made = answer(send("POST", path(channel), body));
    checkButtons(message, made);
    if (!(made.get("id") instanceof String id) || id.isBlank()) {
      throw Refusals.notAMessage(null);
    }
    return id;
  }

  @Override
  public void edit(String channel, String id, Message message) {
    checkButtons(message, answer(send("PATCH", path(channel) + "/" + id, body(message))));
  }

  @Override
  public void delete(String channel, String id) {
    HttpResponse<String> response = send("DELETE", path(channel) + "/" + id, Map.of());
    if (response.statusCode() != GONE) {
      good(response);
    }
  }

  @Override
  public String name() {
    return base.toString();
  }

  private static String path(String channel) {
    return "/channels/" + channel + "/messages";
  }

  private static Map<String, Object> body(Message message) {
    List<Map<String, Object>> rows =
        message.rows().stream()
            .map(
                row ->
                    Map.<String, Object>of(
                        "type",
                        ROW,
                        "components",
                        row.stream().map(HttpBoards::component).toList()))
            .toList();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("content", message.text());
    body.put("components", rows);
    return body;
  }

  private static Map<String, Object> component(Button button) {
    return Map.of(
        "type", BUTTON,
        "style", button.style().number,
        "label", button.label(),
        "custom_id", button.id(),
        "disabled", button.disabled());
  }

  private HttpResponse<String> send(String method, String path, Map<String, Object> body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(base + path))
              .timeout(limit)
              .header("Content-Type", "application/json")
              .header("User-Agent", "Ladang (livestock, 1)")
              .method(method, BodyPublishers.ofString(JSON.std.asString(body)));
      if (!token.isEmpty()) {
        request.header("Authorization", "Bot " + token);
      }
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw Refusals.unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusals.unreachable(e);
    }
  }

  private static HttpResponse<String> good(HttpResponse<String> response) {
    if (response.statusCode() >= FIRST_BAD) {
      throw Refusals.refused(response.statusCode(), detail(response.body()));
    }
    return response;
  }

  private static Map<String, Object> answer(HttpResponse<String> response) {
    try {
      return JSON.std.mapFrom(good(response).body());
    } catch (IOException e) {
      throw Refusals.notAMessage(e);
    }
  }

  private static String detail(String body) {
    try {
      return JSON.std.mapFrom(body).get("message") instanceof String text ? text : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** A server that leaves buttons out has not made the board that was asked for. */
  private static void checkButtons(Message asked, Map<String, Object> made) {
    List<String> wanted = asked.buttons().stream().map(Button::id).toList();
    long got = wanted.stream().filter(ids(made.get("components"))::contains).count();
    if (got < wanted.size()) {
      throw Refusals.otherButtons(wanted.size(), got);
    }
  }

  private static List<String> ids(Object components) {
    if (!(components instanceof List<?> list)) {
      return List.of();
    }
    return list.stream()
        .filter(Map.class::isInstance)
        .map(Map.class::cast)
        .flatMap(
            c ->
                c.containsKey("components")
                    ? ids(c.get("components")).stream()
                    : java.util.stream.Stream.of(String.valueOf(c.get("custom_id"))))
        .toList();
  }
}
