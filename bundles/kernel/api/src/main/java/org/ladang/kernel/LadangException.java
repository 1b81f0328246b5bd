package org.ladang.kernel;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A refusal or failure that a person can act upon: a stable code, one sentence, what to do next, and details for
 * programs. It is what every door shows; the stack trace is never the message.
 *
 * <p>Immutable: {@link #next} and {@link #with} return a new exception with the same stack trace.
 */
public final class LadangException extends RuntimeException {
  private final String code;
  private final String nextStep;
  private final transient Map<String, Object> details;

  /**
   * @param code stable, of the form {@code LADANG-ROOM-012}, listed in the room's README
   * @param sentence what is wrong, and with which plugin, file or argument; ends with a full stop
   */
  public LadangException(String code, String sentence) {
    this(code, sentence, null, Map.of(), null);
  }

  /**
   * @param cause what led here; may be null
   */
  public LadangException(String code, String sentence, Throwable cause) {
    this(code, sentence, null, Map.of(), cause);
  }

  private LadangException(
      String code, String sentence, String nextStep, Map<String, Object> details, Throwable cause) {
    super(sentence, cause);
    this.code = Objects.requireNonNull(code, "code");
    this.nextStep = nextStep;
    this.details = details;
  }

  /** The stable code, for example {@code LADANG-GATE-001}. */
  public String code() {
    return code;
  }

  /** What the reader can do about it, as a sentence. */
  public Optional<String> nextStep() {
    return Optional.ofNullable(nextStep);
  }

  /** Values for programs, JSON-shaped, in the order in which they were added. */
  public Map<String, Object> details() {
    return details == null ? Map.of() : details;
  }

  /** The same failure with what the reader can do about it. */
  public LadangException next(String sentence) {
    return copy(sentence, details());
  }

  /** The same failure with one more detail; {@code value} is JSON-shaped. */
  public LadangException with(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(details());
    more.put(key, value);
    return copy(nextStep, Collections.unmodifiableMap(more));
  }

  /** The sentence, the next step and the code, on one line. */
  public String line() {
    return getMessage() + (nextStep == null ? "" : " " + nextStep) + " [" + code + "]";
  }

  private LadangException copy(String next, Map<String, Object> more) {
    LadangException copy = new LadangException(code, getMessage(), next, more, getCause());
    copy.setStackTrace(getStackTrace());
    return copy;
  }
}
