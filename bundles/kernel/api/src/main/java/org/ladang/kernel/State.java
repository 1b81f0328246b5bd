package org.ladang.kernel;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A small durable map of a room: what was put is there after {@code kill -9} and after the room's provider was
 * replaced. For settings and positions, thousands of keys at the most; data belongs into {@code shard}. Values are
 * JSON-shaped ({@code Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean}). Safe for any thread.
 */
@ProviderType
public interface State {
  /** The value of a key. */
  Optional<Object> get(String key);

  /** All keys and values, a snapshot in the order of the keys. */
  Map<String, Object> all();

  /**
   * Sets a value, durably: it is on disk (fsync) when this returns.
   *
   * @throws LadangException {@code LADANG-STATE-001} when the disk refuses; nothing has changed then
   */
  void put(String key, Object value);

  /** Removes a key, durably; nothing happens when it is not there. */
  void remove(String key);

  /**
   * Changes a value atomically: no other writer comes between reading and writing.
   *
   * @param change from the present value (null when absent) to the new one (null removes it)
   * @return the new value, or empty when it was removed
   */
  Optional<Object> update(String key, UnaryOperator<Object> change);
}
