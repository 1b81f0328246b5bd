package org.ladang.shell.front;

/** What Gogo prints when a command of ours fails: the sentence and nothing else. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  Refusal(String sentence) {
    super(sentence, null, false, false);
  }

  @Override
  public String toString() {
    return getMessage();
  }
}
