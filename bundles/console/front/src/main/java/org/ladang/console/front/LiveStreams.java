package org.ladang.console.front;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.ladang.console.WebRequest;
import org.ladang.console.WebResponse;
import org.ladang.kernel.Event;
import org.ladang.kernel.EventListener;
import org.ladang.kernel.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages that listen, and the events that they get. Lives in the base, so that pages stay connected while the
 * console's provider is replaced; whether a page may still listen is asked of the provider every ten seconds.
 */
@Component(service = {LiveStreams.class, EventListener.class})
public final class LiveStreams implements EventListener {
  /** Where pages listen. */
  static final String PATH = "/console/live";

  private static final Logger log = LoggerFactory.getLogger(LiveStreams.class);
  private static final int MOST = 100;
  private static final Duration CHECK = Duration.ofSeconds(10);
  private static final byte[] ALIVE = LiveStream.frame(": alive\n\n");

  private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();
  private final Scheduler.Task task;
  private volatile Function<WebRequest, CompletionStage<WebResponse>> handler;

  /** Made by DS. */
  @Activate
  public LiveStreams(@Reference Scheduler scheduler) {
    this.task = scheduler.every(CHECK, "console-live", this::check);
  }

  /** Ends all streams. */
  @Deactivate
  void close() {
    task.cancel();
    streams.forEach(LiveStream::close);
  }

  /** Who says whether a page may listen. */
  void handler(Function<WebRequest, CompletionStage<WebResponse>> asked) {
    handler = asked;
  }

  boolean full() {
    return streams.size() >= MOST;
  }

  /** Whether an answer is one that stays open. */
  static boolean stays(WebRequest request, WebResponse response) {
    return request.path().equals(PATH)
        && request.method().equals("GET")
        && response.status() == 200
        && response
            .headers()
            .getOrDefault("Content-Type", java.util.List.of())
            .contains("text/event-stream");
  }

  void add(LiveStream stream, WebResponse response) {
    streams.add(stream);
    stream.begin(response);
  }

  void remove(LiveStream stream) {
    streams.remove(stream);
  }

  @Override
  public void onEvent(Event event) {
    if (!streams.isEmpty()) {
      byte[] frame = LiveStream.frame("data: " + json(event) + "\n\n");
      streams.forEach(stream -> stream.send(frame));
    }
  }

  private static String json(Event event) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("at", event.at().toString());
    members.put("severity", event.severity().name());
    members.put("type", event.type());
    members.put("subject", event.subject());
    members.put("sentence", event.sentence());
    try {
      // JSON has no line feeds of its own, so one line holds it.
      return JSON.std.asString(members);
    } catch (IOException notJsonShaped) {
      log.debug("An event cannot be told.", notJsonShaped);
      return "{\"type\":\"gap\"}";
    }
  }

  private void check() {
    Function<WebRequest, CompletionStage<WebResponse>> asked = handler;
    for (LiveStream stream : streams) {
      stream.send(ALIVE);
      if (asked != null) {
        asked
            .apply(stream.request())
            .whenComplete(
                (answer, failure) -> {
                  // Where nobody answers, the provider is being replaced: the page stays.
                  if (failure == null
                      && answer.status() < 500
                      && !stays(stream.request(), answer)) {
                    stream.close();
                  }
                });
      }
    }
  }
}
