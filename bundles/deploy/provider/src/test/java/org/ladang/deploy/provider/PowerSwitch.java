package org.ladang.deploy.provider;

/** Cuts a test's process off at the step that it is set to; counts the steps otherwise. */
final class PowerSwitch implements Runnable {
  /** The process is gone. An Error, so that nothing takes it for a failure that it could mend. */
  static final class Off extends Error {
    private static final long serialVersionUID = 1;

    Off() {
      super("The power is off.");
    }
  }

  private int steps;
  private int cutAt = Integer.MAX_VALUE;

  /** Cuts at that step from now, 1 being the next. */
  void cutAt(int step) {
    steps = 0;
    cutAt = step;
  }

  /** The power is back. */
  void on() {
    cutAt = Integer.MAX_VALUE;
  }

  @Override
  public void run() {
    if (++steps >= cutAt) {
      throw new Off();
    }
  }
}
