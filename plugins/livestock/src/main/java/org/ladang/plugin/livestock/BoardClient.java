package org.ladang.plugin.livestock;

/**
 * Where boards are shown. Every call ends in a bounded time; what fails is a {@link org.ladang.kernel.LadangException}:
 * {@code LADANG-LIVESTOCK-010} refused, {@code -011} not reached, {@code -012} an answer that is not what was asked for.
 * Safe for any thread.
 */
interface BoardClient {
  /**
   * Shows a message that was not there.
   *
   * @param nonce the same for every attempt at one and the same message, so that it is made once
   * @return names it
   */
  String create(String channel, Message message, String nonce);

  /** Shows something else in its place. */
  void edit(String channel, String id, Message message);

  /** Takes it away; nothing happens when it is not there. */
  void delete(String channel, String id);

  /** Where that is, for people. */
  String name();
}
