package org.ladang.deploy.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.SwapOutcome;

/** What is said of a candidate. */
sealed interface Verdict {
  /**
   * It was taken.
   *
   * @param touched what else felt it, a sentence each
   */
  record Accepted(SwapOutcome outcome, List<String> touched) implements Verdict {}

  /** Something speaks against it. */
  sealed interface Objection extends Verdict {
    /** How it is refused, now or when nobody waits for it any more. */
    Refusal refusal();
  }

  /** It lacks something that may still come. */
  record Held(Refusal refusal) implements Objection {}

  /**
   * It was not taken.
   *
   * @param trace a stack trace for those who want it; may be empty
   */
  record Refusal(
      String code, String sentence, String next, Map<String, Object> details, String trace)
      implements Objection {

    @Override
    public Refusal refusal() {
      return this;
    }

    static Refusal of(LadangException e) {
      return new Refusal(
          e.code(), e.getMessage(), e.nextStep().orElse(""), e.details(), Traces.of(e));
    }

    static Refusal of(SwapOutcome.Refused refused) {
      Map<String, Object> details = new LinkedHashMap<>(refused.details());
      Object trace = details.remove("trace");
      return new Refusal(
          refused.code(),
          refused.sentence(),
          refused.next(),
          details,
          trace == null ? "" : trace.toString());
    }
  }
}
