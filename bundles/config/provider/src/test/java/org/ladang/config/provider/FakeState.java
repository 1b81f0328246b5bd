package org.ladang.config.provider;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;

/** Keeps JSON text, so that what is read back went through what a disk keeps. */
final class FakeState implements State {
  private final Map<String, String> disk = new TreeMap<>();

  /** How many more writes the disk takes. */
  int writesLeft = Integer.MAX_VALUE;

  @Override
  public synchronized Optional<Object> get(String key) {
    return Optional.ofNullable(disk.get(key)).map(FakeState::read);
  }

  @Override
  public synchronized Map<String, Object> all() {
    Map<String, Object> all = new TreeMap<>();
    disk.forEach((key, value) -> all.put(key, read(value)));
    return all;
  }

  @Override
  public synchronized void put(String key, Object value) {
    write();
    try {
      disk.put(key, JSON.std.asString(value));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public synchronized void remove(String key) {
    write();
    disk.remove(key);
  }

  @Override
  public synchronized Optional<Object> update(String key, UnaryOperator<Object> change) {
    Object next = change.apply(get(key).orElse(null));
    if (next == null) {
      remove(key);
    } else {
      put(key, next);
    }
    return get(key);
  }

  private void write() {
    if (writesLeft-- <= 0) {
      throw new LadangException("LADANG-STATE-001", "The disk refuses.");
    }
  }

  private static Object read(String json) {
    try {
      return JSON.std.anyFrom(json);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
