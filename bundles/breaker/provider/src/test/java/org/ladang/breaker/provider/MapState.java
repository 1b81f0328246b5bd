package org.ladang.breaker.provider;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;

/** A state that went through JSON, as that of a disk does, and that can be made to refuse. */
final class MapState implements State {
  private final Map<String, String> disk = new TreeMap<>();
  boolean refuses;

  @Override
  public synchronized Optional<Object> get(String key) {
    return Optional.ofNullable(disk.get(key)).map(MapState::read);
  }

  @Override
  public synchronized Map<String, Object> all() {
    Map<String, Object> all = new TreeMap<>();
    disk.forEach((key, value) -> all.put(key, read(value)));
    return all;
  }

  @Override
  public void put(String key, Object value) {
    update(key, present -> value);
  }

  @Override
  public void remove(String key) {
    update(key, present -> null);
  }

  @Override
  public synchronized Optional<Object> update(String key, UnaryOperator<Object> change) {
    Object next = change.apply(get(key).orElse(null));
    if (refuses) {
      throw new LadangException("LADANG-STATE-001", "The disk refuses.");
    }
    if (next == null) {
      disk.remove(key);
    } else {
      disk.put(key, write(next));
    }
    return get(key);
  }

  private static Object read(String json) {
    try {
      return JSON.std.anyFrom(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String write(Object value) {
    try {
      return JSON.std.asString(value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
