package org.ladang.deploy;

/**
 * One bundle that two generations do not agree on.
 *
 * @param name the plugin's or room's name, or the symbolic name
 * @param what what becomes of it on the way from the first generation to the second
 * @param from its version in the first; empty where it is not there
 * @param to its version in the second; empty where it is not there
 * @param file its file in the inbox, that of the second generation where there is one; may be empty
 */
public record GenerationDifference(String name, What what, String from, String to, String file) {

  /** What becomes of a bundle. */
  public enum What {
    /** It comes. */
    ADDED,
    /** It goes. */
    REMOVED,
    /** Another content takes its place, be the version another or not. */
    REPLACED,
    /** It is stopped. */
    STOPPED,
    /** It is started. */
    STARTED
  }
}
