package org.ladang.console.front;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.ladang.console.WebResponse;

/** Puts a {@link WebResponse} on a servlet response. */
final class ServletAnswer {
  private ServletAnswer() {}

  /** Status and headers of an answer whose length nobody knows yet. */
  static void stream(HttpServletResponse servlet, WebResponse response) {
    head(servlet, response, false);
  }

  /** Status and headers, with the security headers where the response has none of its own. */
  static void head(HttpServletResponse servlet, WebResponse response) {
    head(servlet, response, true);
  }

  private static void head(HttpServletResponse servlet, WebResponse response, boolean lengthKnown) {
    servlet.setStatus(response.status());
    SecurityHeaders.common().forEach(servlet::setHeader);
    SecurityHeaders.data().forEach(servlet::setHeader);
    response
        .headers()
        .forEach(
            (name, values) -> {
              for (int i = 0; i < values.size(); i++) {
                if (i == 0) {
                  servlet.setHeader(name, values.get(i));
                } else {
                  servlet.addHeader(name, values.get(i));
                }
              }
            });
    boolean bodiless = response.status() == 204 || response.status() == 304;
    if (!bodiless && lengthKnown) {
      servlet.setContentLength(response.body().length);
    }
  }

  /** All of it, on the caller's thread; for short answers before anything asynchronous began. */
  static void send(HttpServletResponse servlet, WebResponse response, String method)
      throws IOException {
    head(servlet, response);
    if (!method.equals("HEAD")) {
      servlet.getOutputStream().write(response.body());
    }
    servlet.flushBuffer();
  }
}
