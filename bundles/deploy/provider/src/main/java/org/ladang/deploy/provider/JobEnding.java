package org.ladang.deploy.provider;

import java.util.concurrent.CompletionException;
import org.ladang.deploy.AppliedSet;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Attempt.Outcome;
import org.ladang.deploy.Job;
import org.ladang.kernel.LadangException;

/** How an order that nobody waits for ended. */
record JobEnding(Job.State state, String sentence, String code) {

  /** Of an order that ended with an attempt: it may have ended with a refusal, and that is no success. */
  static JobEnding of(Job.Order order, Attempt attempt) {
    boolean undone = attempt.outcome() == Outcome.ROLLED_BACK && order != Job.Order.ROLLBACK;
    boolean failed = undone || attempt.outcome() == Outcome.REFUSED;
    return new JobEnding(
        failed ? Job.State.FAILED : Job.State.DONE, attempt.sentence(), attempt.code());
  }

  static JobEnding of(AppliedSet applied) {
    return new JobEnding(Job.State.DONE, applied.sentence(), "");
  }

  static JobEnding of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!(cause instanceof LadangException known)) {
      return new JobEnding(Job.State.FAILED, cause.toString(), "LADANG-DEPLOY-005");
    }
    return known.code().equals("LADANG-DEPLOY-013")
        ? handedOver()
        : new JobEnding(Job.State.FAILED, known.getMessage(), known.code());
  }

  static JobEnding handedOver() {
    return new JobEnding(
        Job.State.HANDED_OVER,
        "The deploy room was replaced or restarted meanwhile; deploy:history tells what it did since.",
        "");
  }
}
