package org.ladang.kernel.action;

/** What an action does to the world. */
public enum Effect {
  /** Nothing. */
  READ,
  /** It changes something that can be changed back. */
  CHANGE,
  /** It may lose something: doors ask once before they call it. */
  DANGER
}
