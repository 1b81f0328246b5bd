package org.ladang.shell.client;

import java.io.IOException;

/** Nobody answers at the home's socket, or the connection was lost; the message is a sentence. */
final class Unreachable extends IOException {
  private static final long serialVersionUID = 1L;

  Unreachable(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
