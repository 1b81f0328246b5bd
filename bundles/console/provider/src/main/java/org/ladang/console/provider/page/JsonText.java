package org.ladang.console.provider.page;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as text, for attributes that scripts read. */
final class JsonText {
  private JsonText() {}

  static String of(Object value) {
    try {
      return JSON.std.asString(value);
    } catch (IOException notJsonShaped) {
      throw new UncheckedIOException(notJsonShaped);
    }
  }
}
