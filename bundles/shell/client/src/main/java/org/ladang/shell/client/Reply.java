package org.ladang.shell.client;

/**
 * What the runtime answered.
 *
 * @param exit how it ended: 0 done, 1 failed, 2 wrong usage, 3 no permission, 4 too late, 5 not reachable, 6 a question
 * @param text result, reason or question
 */
record Reply(int exit, String text) {
  static final int OK = 0;
  static final int UNREACHABLE = 5;
  static final int CONFIRM = 6;
}
