package org.ladang.discovery.provider;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import org.ladang.discovery.HttpCall;
import org.ladang.discovery.Offer;
import org.slf4j.LoggerFactory;

/** The JDK's HTTP client, for calls and checks alike. Follows no redirects: an endpoint is what was configured. */
final class HttpDoor {
  /** For how long it is tried to connect; a machine that is gone answers nothing at all. */
  private static final Duration CONNECT = Duration.ofSeconds(1);

  private final HttpClient client;

  HttpDoor(ExecutorService threads) {
    client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();
  }

  CompletableFuture<HttpResponse<byte[]>> send(Offer offer, HttpCall call, Duration limit) {
    String base = offer.instance().address();
    String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + call.path()))
            .timeout(limit)
            .method(
                call.method(),
                call.body().isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(call.body()));
    if (base.startsWith("http:")) {
      request.version(HttpClient.Version.HTTP_1_1);
    }
    Map<String, String> access = offer.access();
    if (access.containsKey("user")) {
      String pair = access.get("user") + ":" + access.getOrDefault("password", "");
      request.header(
          "Authorization",
          "Basic "
              + Base64.getEncoder()
                  .encodeToString(pair.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
    call.headers().forEach(request::setHeader);
    return client.sendAsync(request.build(), info -> new BoundedBody(call.largest()));
  }

  /** Whether the request has certainly not reached anybody. */
  static boolean unreached(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof ConnectException
          || each instanceof HttpConnectTimeoutException
          || each instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  /** What went wrong, without what the library wrapped around it. */
  static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Ends what is under way. From Java 21 on the client can be told; before, it ends when nobody holds it. */
  void close() {
    try {
      HttpClient.class.getMethod("shutdownNow").invoke(client);
    } catch (NoSuchMethodException e) {
      LoggerFactory.getLogger(HttpDoor.class).trace("This Java ends the client by itself", e);
    } catch (ReflectiveOperationException e) {
      LoggerFactory.getLogger(HttpDoor.class).warn("The HTTP client could not be ended", e);
    }
  }
}
