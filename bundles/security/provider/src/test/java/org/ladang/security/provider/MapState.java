package org.ladang.security.provider;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.ladang.kernel.State;

/** A state in memory that keeps its values as text, so that only what is JSON-shaped survives. */
final class MapState implements State {
  private final Map<String, String> kept = new TreeMap<>();

  @Override
  public synchronized Optional<Object> get(String key) {
    return Optional.ofNullable(kept.get(key)).map(MapState::read);
  }

  @Override
  public synchronized Map<String, Object> all() {
    Map<String, Object> all = new TreeMap<>();
    kept.forEach((k, v) -> all.put(k, read(v)));
    return all;
  }

  @Override
  public void put(String key, Object value) {
    update(key, before -> value);
  }

  @Override
  public void remove(String key) {
    update(key, before -> null);
  }

  @Override
  public synchronized Optional<Object> update(String key, UnaryOperator<Object> change) {
    Object next = change.apply(get(key).orElse(null));
    if (next == null) {
      kept.remove(key);
    } else {
      kept.put(key, write(next));
    }
    return get(key);
  }

  /** All that is kept, as text. */
  synchronized String text() {
    return kept.toString();
  }

  private static Object read(String json) {
    try {
      return JSON.std.anyFrom(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String write(Object value) {
    try {
      return JSON.std.asString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
