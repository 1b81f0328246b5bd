package org.ladang.breaker.provider;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.ladang.kernel.LadangException;

/** Tells what an error says of those who were called. */
final class Failures {
  private Failures() {}

  /** What an error means for the breaker. */
  enum Meaning {
    /** The called failed. */
    FAILURE,
    /** The called works; the error is the caller's, or an answer. */
    ANSWER,
    /** The call was given up: that says nothing. */
    NOTHING
  }

  static Meaning of(Throwable error, List<String> ignored) {
    if (error instanceof InterruptedException || error instanceof CancellationException) {
      return Meaning.NOTHING;
    }
    for (String each : ignored) {
      if (error instanceof LadangException known && fits(known.code(), each)) {
        return Meaning.ANSWER;
      }
      for (Class<?> type = error.getClass(); type != Object.class; type = type.getSuperclass()) {
        if (fits(type.getName(), each)) {
          return Meaning.ANSWER;
        }
      }
    }
    return Meaning.FAILURE;
  }

  private static boolean fits(String name, String pattern) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }

  /** The error itself, out of what stages wrap around it. */
  static Throwable bare(Throwable error) {
    Throwable bare = error;
    while ((bare instanceof CompletionException || bare instanceof ExecutionException)
        && bare.getCause() != null) {
      bare = bare.getCause();
    }
    return bare;
  }
}
