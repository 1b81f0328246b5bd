package org.ladang.discovery.provider;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.ladang.kernel.State;

/** State that lives as long as a test. */
final class Memory implements State {
  private final Map<String, Object> values = new TreeMap<>();

  @Override
  public synchronized Optional<Object> get(String key) {
    return Optional.ofNullable(values.get(key));
  }

  @Override
  public synchronized Map<String, Object> all() {
    return new TreeMap<>(values);
  }

  @Override
  public synchronized void put(String key, Object value) {
    values.put(key, value);
  }

  @Override
  public synchronized void remove(String key) {
    values.remove(key);
  }

  @Override
  public Optional<Object> update(String key, UnaryOperator<Object> change) {
    throw new UnsupportedOperationException();
  }
}
