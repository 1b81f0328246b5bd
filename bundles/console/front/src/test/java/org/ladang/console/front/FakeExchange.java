package org.ladang.console.front;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A servlet request and its response, as far as the guards look at them. */
final class FakeExchange {
  final Map<String, String> requestHeaders = new HashMap<>();
  final Map<String, String> responseHeaders = new HashMap<>();
  final ByteArrayOutputStream body = new ByteArrayOutputStream();
  String method = "GET";
  String path = "/";
  String query;
  Optional<Cookie> cookie = Optional.empty();
  int status;

  FakeExchange() {
    requestHeaders.put("Host", "localhost:8080");
  }

  String text() {
    return body.toString(StandardCharsets.UTF_8);
  }

  HttpServletRequest request() {
    return fake(
        HttpServletRequest.class,
        (name, arguments) ->
            switch (name) {
              case "getMethod" -> method;
              case "getHeader" -> requestHeaders.get(arguments[0]);
              case "getServletPath" -> "";
              case "getPathInfo" -> path;
              case "getQueryString" -> query;
              case "getLocalPort" -> 8080;
              case "getRemoteAddr" -> "127.0.0.1";
              case "getCookies" -> cookie.map(c -> new Cookie[] {c}).orElse(null);
              default -> throw new AssertionError(name);
            });
  }

  HttpServletResponse response() {
    return fake(
        HttpServletResponse.class,
        (name, arguments) -> {
          switch (name) {
            case "setStatus" -> status = (int) arguments[0];
            case "setHeader" -> responseHeaders.put((String) arguments[0], (String) arguments[1]);
            case "getOutputStream" -> {
              return out();
            }
            case "setContentLength", "flushBuffer" -> {
              return null;
            }
            default -> throw new AssertionError(name);
          }
          return null;
        });
  }

  private ServletOutputStream out() {
    return new ServletOutputStream() {
      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setWriteListener(WriteListener listener) {
        throw new AssertionError("Guards answer at once.");
      }

      @Override
      public void write(int b) {
        body.write(b);
      }
    };
  }

  private interface Answer {
    Object to(String method, Object[] arguments);
  }

  private static <T> T fake(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }
}
