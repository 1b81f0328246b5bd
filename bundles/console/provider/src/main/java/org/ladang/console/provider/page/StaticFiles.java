package org.ladang.console.provider.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.ladang.console.WebResponse;

/** Scripts, styles and the icon; their folder changes with their content, so that a browser may keep them. */
public final class StaticFiles {
  static final String FOLDER = "/console/static/";

  private static final Map<String, String> TYPES =
      Map.of(
          "console.css", "text/css; charset=utf-8",
          "uPlot.min.css", "text/css; charset=utf-8",
          "uPlot.iife.min.js", "text/javascript; charset=utf-8",
          "console.js", "text/javascript; charset=utf-8",
          "charts.js", "text/javascript; charset=utf-8",
          "actions.js", "text/javascript; charset=utf-8",
          "sign-in.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml");

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final String version;

  /** Reads them all. */
  public StaticFiles() {
    CRC32C crc = new CRC32C();
    TYPES.keySet().stream()
        .sorted()
        .forEach(
            name -> {
              byte[] bytes = read(name);
              crc.update(bytes);
              files.put(name, bytes);
            });
    version = Long.toHexString(crc.getValue());
  }

  private static byte[] read(String name) {
    try (InputStream in = StaticFiles.class.getResourceAsStream("static/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The bundle lacks " + name + ".");
      }
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  String address(String name) {
    return FOLDER + version + "/" + name;
  }

  /** A file; empty where there is none of that name. */
  public Optional<WebResponse> answer(String name) {
    return Optional.ofNullable(files.get(name))
        .map(
            bytes ->
                WebResponse.of(200, TYPES.get(name), bytes)
                    .header("Cache-Control", "max-age=31536000, immutable"));
  }
}
