package org.ladang.discovery.provider;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.ladang.discovery.HttpCall;

/** Whether an endpoint over HTTP answers, and well where a path for that is named. */
final class HttpProbe implements Probe {
  private static final int NOT_WELL = 400;
  private static final int LARGEST = 1 << 16;

  private final HttpDoor door;

  HttpProbe(HttpDoor door) {
    this.door = door;
  }

  @Override
  public CompletionStage<Finding> ask(Entry entry) {
    String path = entry.offer().check().what();
    Duration timeout = entry.offer().check().timeout();
    HttpCall call =
        new HttpCall("GET", path.isEmpty() ? "/" : path, java.util.Map.of(), "", timeout, LARGEST);
    return door.send(entry.offer(), call, timeout)
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .handle((answer, failure) -> finding(path, answer, failure));
  }

  private static Finding finding(String path, HttpResponse<byte[]> answer, Throwable failure) {
    if (failure == null) {
      return path.isEmpty() || answer.statusCode() < NOT_WELL
          ? Finding.WELL
          : Finding.sick(path + " answers " + answer.statusCode() + ".");
    }
    Throwable cause = HttpDoor.cause(failure);
    if (cause instanceof BoundedBody.TooLarge) {
      return Finding.WELL;
    }
    return cause instanceof java.net.ConnectException
        ? Finding.dead("Nobody listens there.")
        : Finding.sick("No answer: " + Checker.said(cause) + ".");
  }
}
