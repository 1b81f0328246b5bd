package org.ladang.console.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Reads and writes JSON text. */
final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final JSON JR =
      JSON.builder(FACTORY)
          .enable(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS, JSON.Feature.WRITE_NULL_PROPERTIES)
          .build();

  private Json() {}

  /** The text of a JSON-shaped value, with a line feed at its end. */
  static String write(Object value) {
    try {
      return JR.asString(value) + "\n";
    } catch (IOException notJsonShaped) {
      throw new UncheckedIOException(notJsonShaped);
    }
  }

  /**
   * Reads a body, which is an object, or nothing, which counts as an empty one.
   *
   * @throws Refused when it is not; the sentence says where
   */
  static Map<String, Object> object(byte[] body) {
    if (body.length == 0) {
      return Map.of();
    }
    try (JsonParser parser = FACTORY.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw notAnObject();
      }
      Map<String, Object> object = JR.mapFrom(parser);
      if (parser.nextToken() != null) {
        throw broken("something follows the object", parser.currentTokenLocation());
      }
      return object;
    } catch (JsonProcessingException wrong) {
      throw broken(firstLine(wrong.getOriginalMessage()), wrong.getLocation());
    } catch (IOException unreadable) {
      throw broken(unreadable.getMessage(), JsonLocation.NA);
    }
  }

  /**
   * Reads any JSON value.
   *
   * @throws IOException when it is none
   */
  static Object value(String text) throws IOException {
    return JR.anyFrom(text);
  }

  private static Refused notAnObject() {
    return new Refused(
        new Problem(
            400,
            "LADANG-CONSOLE-030",
            "The body is JSON, but not an object with one member for each argument.",
            "Send for example {\"id\":\"x\"}, or nothing where there are no arguments."));
  }

  private static Refused broken(String why, JsonLocation at) {
    JsonLocation where = at == null ? JsonLocation.NA : at;
    String position =
        where.getLineNr() > 0
            ? " at line " + where.getLineNr() + ", column " + where.getColumnNr()
            : "";
    return new Refused(
        new Problem(
            400,
            "LADANG-CONSOLE-030",
            "The body is not JSON" + position + ": " + why + ".",
            "Send a JSON object in UTF-8.",
            where.getLineNr() > 0
                ? Map.of("line", where.getLineNr(), "column", where.getColumnNr())
                : Map.of()));
  }

  private static String firstLine(String message) {
    String line = message.lines().findFirst().orElse("it ends too early");
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
