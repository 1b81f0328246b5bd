package org.ladang.console.provider.page;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that needs attention; its sentences are put into plain words.
 *
 * @param bad whether something does not work, rather than not as intended
 * @param subject the plugin, room, shard or file
 * @param cause what is wrong, as a sentence
 * @param since since when; empty where nobody knows
 * @param done what Ladang did about it, as a sentence; may be empty
 * @param advice what to do, as a sentence; may be empty
 * @param steps what can be done here
 */
record Need(
    boolean bad,
    String subject,
    String cause,
    Optional<Instant> since,
    String done,
    String advice,
    List<Step> steps) {
  Need {
    cause = Plain.words(cause);
    done = Plain.words(done);
    advice = Plain.words(advice);
  }

  /**
   * Something that can be done.
   *
   * @param label of the button or link
   * @param action the action's id; empty for a link
   * @param arguments of the action
   * @param address of the link; empty for an action
   */
  record Step(String label, String action, Map<String, Object> arguments, String address) {
    static Step link(String label, String address) {
      return new Step(label, "", Map.of(), address);
    }

    static Step action(String label, String action, Map<String, Object> arguments) {
      return new Step(label, action, arguments, "");
    }
  }
}
