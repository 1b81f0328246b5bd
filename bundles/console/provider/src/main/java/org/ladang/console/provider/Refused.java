package org.ladang.console.provider;

import org.ladang.console.WebResponse;

/** Ends the handling of a request with a problem, from however deep; caught in one place. Carries no stack trace. */
final class Refused extends RuntimeException {
  private final transient Problem problem;
  private final String header;
  private final String value;

  Refused(Problem problem) {
    this(problem, "", "");
  }

  /** A refusal that needs a header: {@code Allow}, {@code WWW-Authenticate}. */
  Refused(Problem problem, String header, String value) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.header = header;
    this.value = value;
  }

  Problem problem() {
    return problem;
  }

  WebResponse response(String traceId) {
    WebResponse response = problem.response(traceId);
    return header.isEmpty() ? response : response.header(header, value);
  }
}
