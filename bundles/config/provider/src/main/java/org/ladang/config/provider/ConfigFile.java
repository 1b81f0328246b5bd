package org.ladang.config.provider;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.ladang.kernel.LadangException;

/** One file {@code <pid>.properties} or {@code <pid>.json}, UTF-8. */
record ConfigFile(Path path, String pid, boolean json) {
  private static final long LARGEST = 1024 * 1024;

  /** The file, where its name is one of a configuration. */
  static Optional<ConfigFile> of(Path path) {
    String name = path.getFileName().toString();
    for (String ending : new String[] {".properties", ".json"}) {
      if (name.endsWith(ending) && name.length() > ending.length() && !name.startsWith(".")) {
        String pid = name.substring(0, name.length() - ending.length());
        return Optional.of(new ConfigFile(path, pid, ending.equals(".json")));
      }
    }
    return Optional.empty();
  }

  /** As people know it. */
  String shown() {
    return "conf/" + path.getFileName();
  }

  /**
   * Its keys and values.
   *
   * @throws LadangException {@code LADANG-CONFIG-010} with the reason
   */
  Map<String, Object> read() {
    String text;
    try {
      if (Files.size(path) > LARGEST) {
        throw refused("it is larger than 1 MiB", null);
      }
      text = Files.readString(path, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw refused("it is not UTF-8", e);
    } catch (IOException e) {
      throw refused("it cannot be read (" + e.getMessage() + ")", e);
    }
    return json ? json(text) : properties(text);
  }

  private Map<String, Object> properties(String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException | IllegalArgumentException e) {
      throw refused("it is no sound properties file (" + e.getMessage() + ")", e);
    }
    Map<String, Object> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k).trim()));
    return values;
  }

  private Map<String, Object> json(String text) {
    Map<String, Object> object;
    try {
      object = JSON.std.with(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS).mapFrom(text);
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw refused("it is no JSON object (" + reason + ")", e);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    object.forEach(
        (key, value) -> {
          boolean list =
              value instanceof Collection<?> many && many.stream().allMatch(ConfigFile::simple);
          if (!list && !simple(value)) {
            throw refused("the value of " + key + " is neither simple nor a list of such", null);
          }
          values.put(key, Canonical.of(value));
        });
    return values;
  }

  private static boolean simple(Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private LadangException refused(String why, Exception cause) {
    return new LadangException("LADANG-CONFIG-010", shown() + " is refused: " + why + ".", cause)
        .with("file", shown());
  }
}
