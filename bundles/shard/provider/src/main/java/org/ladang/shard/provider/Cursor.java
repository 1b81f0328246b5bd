package org.ladang.shard.provider;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.ladang.kernel.LadangException;

/** The key behind which the next page begins. It names a row, not a place: rows may come and go meanwhile. */
record Cursor(String owner, String id) {

  String text() {
    try {
      String json = JSON.std.asString(List.of(owner, id));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("Two strings are always JSON", e);
    }
  }

  static Cursor parse(String text) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(text);
      List<Object> parts = JSON.std.listFrom(json);
      if (parts.size() == 2
          && parts.get(0) instanceof String owner
          && parts.get(1) instanceof String id) {
        return new Cursor(owner, id);
      }
      throw bad(null);
    } catch (IOException | IllegalArgumentException e) {
      throw bad(e);
    }
  }

  private static LadangException bad(Exception cause) {
    return new LadangException("LADANG-SHARD-009", "The cursor is not one of a scan's.", cause)
        .next("Leave it out for the first page, then pass on what the page before said.");
  }
}
