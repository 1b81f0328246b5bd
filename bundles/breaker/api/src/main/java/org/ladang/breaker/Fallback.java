package org.ladang.breaker;

/**
 * Somebody else who can answer.
 *
 * @param name as it is shown to whoever gets the answer
 * @param answer from the first error
 */
public record Fallback<T>(String name, Answer<T> answer) {
  /** Answers instead. */
  @FunctionalInterface
  public interface Answer<T> {
    /**
     * Answers, given the first error.
     *
     * @throws Exception when it cannot either; the next fallback is asked
     */
    T after(Throwable error) throws Exception;
  }
}
