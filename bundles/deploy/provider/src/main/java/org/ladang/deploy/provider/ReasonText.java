package org.ladang.deploy.provider;

import java.time.Instant;

/** What {@code deploy/.failed/<file>.reason.txt} says: the sentence first, the stack trace last. */
final class ReasonText {
  private ReasonText() {}

  static String of(String file, Instant at, Verdict.Refusal refusal) {
    StringBuilder text = new StringBuilder();
    text.append(refusal.sentence()).append('\n');
    if (!refusal.next().isEmpty()) {
      text.append(refusal.next()).append('\n');
    }
    text.append('\n');
    text.append("code: ").append(refusal.code()).append('\n');
    text.append("file: ").append(file).append('\n');
    text.append("at:   ").append(at).append('\n');
    refusal
        .details()
        .forEach(
            (k, v) -> {
              if (!k.equals("file") && !k.equals("code")) {
                text.append(k).append(": ").append(v).append('\n');
              }
            });
    if (!refusal.trace().isEmpty()) {
      text.append('\n').append(refusal.trace());
    }
    return text.toString();
  }
}
