package org.ladang.console.provider.page;

import java.util.Optional;
import org.ladang.kernel.LadangException;

/**
 * What came of asking an action for a panel.
 *
 * @param command how the shell asks the same
 * @param value JSON-shaped; null where there is none
 * @param refusal why there is none
 */
record Asked(String command, Object value, Optional<LadangException> refusal) {

  static Asked got(String command, Object value) {
    return new Asked(command, value, Optional.empty());
  }

  static Asked refused(String command, LadangException why) {
    return new Asked(command, null, Optional.of(why));
  }

  boolean there() {
    return refusal.isEmpty();
  }

  Shape shape() {
    return Shape.of(value);
  }
}
