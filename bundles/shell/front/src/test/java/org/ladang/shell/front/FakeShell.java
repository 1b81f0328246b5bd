package org.ladang.shell.front;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Principal;
import org.ladang.shell.Answer;
import org.ladang.shell.Answer.Exit;
import org.ladang.shell.Candidate;
import org.ladang.shell.Request;
import org.ladang.shell.Request.Consent;
import org.ladang.shell.Shell;

/** Knows what begins with {@code bots:} and echoes it. */
final class FakeShell implements Shell {
  final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  final CountDownLatch waiting = new CountDownLatch(1);

  @Override
  public Answer run(Request request) {
    requests.add(request);
    String first = request.words().get(0);
    if (first.equals("bots:wait")) {
      return waitForEver();
    }
    if (first.equals("bots:broken")) {
      throw new LadangException("LADANG-SWAP-001", "The shell is being replaced.");
    }
    if (first.equals("bots:long")) {
      return new Answer(Exit.OK, "🌾".repeat(300_000));
    }
    if (first.equals("bots:wipe") && request.consent() == Consent.CAN_ASK) {
      return new Answer(Exit.CONFIRM, "Sure?");
    }
    return knows(first)
        ? new Answer(Exit.OK, request.principal().name() + " " + request.words())
        : new Answer(Exit.USAGE, "There is no command \"" + first + "\".");
  }

  @Override
  public List<String> words(String line) {
    return line.isBlank() ? List.of() : List.of(line.strip().split("\\s+"));
  }

  @Override
  public boolean knows(String word) {
    return word.startsWith("bots:");
  }

  @Override
  public List<Candidate> complete(Principal principal, String line, int cursor) {
    return List.of(new Candidate("bots:" + line.substring(0, cursor), principal.name(), true));
  }

  @Override
  public String help(Principal principal, Optional<String> topic) {
    return "help";
  }

  private Answer waitForEver() {
    waiting.countDown();
    try {
      Thread.sleep(60_000);
      return new Answer(Exit.FAILED, "slept");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(Exit.FAILED, "interrupted");
    }
  }
}
