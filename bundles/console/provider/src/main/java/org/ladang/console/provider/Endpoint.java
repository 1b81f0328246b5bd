package org.ladang.console.provider;

import java.util.concurrent.CompletionStage;
import org.ladang.console.Route;
import org.ladang.console.WebResponse;

/**
 * A route and what answers it.
 *
 * @param route method, path and who may
 * @param answer makes the response; may throw {@link Refused} and {@code LadangException}
 */
record Endpoint(Route route, Answer answer) {

  /** Makes a response. */
  interface Answer {
    CompletionStage<WebResponse> to(Call call);
  }
}
