package org.ladang.discovery.provider;

import java.util.concurrent.CompletionStage;

/** Asks one kind of endpoint whether it is alive. */
interface Probe {
  /**
   * Asks; must not block.
   *
   * @return done within the check's timeout, with what it says
   */
  CompletionStage<Finding> ask(Entry entry);

  /**
   * What a check has found.
   *
   * @param well whether it is alive
   * @param certain whether there is no doubt that it is not
   * @param why it is not
   */
  record Finding(boolean well, boolean certain, String why) {
    static final Finding WELL = new Finding(true, false, "");

    static Finding sick(String why) {
      return new Finding(false, false, why);
    }

    static Finding dead(String why) {
      return new Finding(false, true, why);
    }
  }
}
