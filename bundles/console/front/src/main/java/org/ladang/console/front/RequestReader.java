package org.ladang.console.front;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.ladang.console.WebRequest;

/** Turns a servlet request into a value, or into the refusal of it. */
final class RequestReader {
  private static final String UPLOADS = "/api/v1/upload/";

  private final int mostBytes;
  private final int mostUploadBytes;

  /**
   * @param mostBytes of any body but a jar's
   * @param mostUploadBytes of a jar that is dropped over the web
   */
  RequestReader(int mostBytes, int mostUploadBytes) {
    this.mostBytes = mostBytes;
    this.mostUploadBytes = mostUploadBytes;
  }

  /** Whether a request brings a jar. */
  static boolean upload(HttpServletRequest servlet) {
    return servlet.getMethod().equals("POST") && path(servlet).startsWith(UPLOADS);
  }

  /** What came of reading. */
  sealed interface Outcome {
    /** The request. */
    record Read(WebRequest request) implements Outcome {}

    /** Why there is none. */
    record Refused(Problem problem) implements Outcome {}
  }

  /**
   * Reads the request and its whole body, blocking.
   *
   * @throws IOException when the caller goes away
   */
  Outcome read(HttpServletRequest servlet) throws IOException {
    int most = upload(servlet) ? mostUploadBytes : mostBytes;
    if (servlet.getContentLengthLong() > most) {
      return new Outcome.Refused(Problem.bodyTooBig(most));
    }
    byte[] body = servlet.getInputStream().readNBytes(most + 1);
    if (body.length > most) {
      return new Outcome.Refused(Problem.bodyTooBig(most));
    }
    try {
      return new Outcome.Read(
          new WebRequest(
              servlet.getMethod().toUpperCase(Locale.ROOT),
              path(servlet),
              QueryString.parse(servlet.getQueryString()),
              headers(servlet),
              body,
              servlet.getRemoteAddr(),
              servlet.isSecure()));
    } catch (IllegalArgumentException broken) {
      return new Outcome.Refused(Problem.badRequest(broken.getMessage()));
    }
  }

  /** The decoded path below the context. */
  static String path(HttpServletRequest servlet) {
    String info = servlet.getPathInfo();
    String path = servlet.getServletPath() + (info == null ? "" : info);
    return path.isEmpty() ? "/" : path;
  }

  private static Map<String, String> headers(HttpServletRequest servlet) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : Collections.list(servlet.getHeaderNames())) {
      String lower = name.toLowerCase(Locale.ROOT);
      String separator = lower.equals("cookie") ? "; " : ", ";
      headers.put(lower, String.join(separator, Collections.list(servlet.getHeaders(name))));
    }
    return headers;
  }
}
