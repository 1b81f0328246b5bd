package org.ladang.kernel.swap;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** A bundle that runs beside what serves, and that nobody else sees yet. Valid only while its trial lasts. */
@ProviderType
public interface Staged {
  /** What it says of itself. */
  Passport passport();

  /** The bundle's own service objects of that type. They are the raw ones: do not keep them. */
  <T> List<T> services(Class<T> type);

  /**
   * Calls one of the bundle's own actions, past the gate.
   *
   * @param action its second word
   * @return the JSON-shaped result; a stage has been waited for
   * @throws org.ladang.kernel.LadangException when there is no such action, an argument is wrong, or the action failed
   */
  Object call(String action, Map<String, Object> arguments);
}
