package org.ladang.kernel;

import org.osgi.annotation.versioning.ProviderType;

/** Gives each room its {@link State}. The kernel keeps it open, so that it passes from one provider to the next. */
@ProviderType
public interface States {
  /**
   * The state of a room; the same one for the same name.
   *
   * @param room lower-case letters, digits, {@code .}, {@code -} and {@code _}
   */
  State open(String room);
}
