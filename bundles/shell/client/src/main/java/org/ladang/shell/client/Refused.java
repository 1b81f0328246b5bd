package org.ladang.shell.client;

import java.io.IOException;

/** The runtime answered the hello with a no. */
final class Refused extends IOException {
  private static final long serialVersionUID = 1L;
  private final transient Reply reply;

  Refused(Reply reply) {
    super(reply.text());
    this.reply = reply;
  }

  Reply reply() {
    return reply;
  }
}
