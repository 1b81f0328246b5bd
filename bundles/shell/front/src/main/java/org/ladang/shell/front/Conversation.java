package org.ladang.shell.front;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.Scheduler;
import org.ladang.shell.Answer;
import org.ladang.shell.Request.Consent;
import org.ladang.shell.wire.Frames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The protocol of one connection; the README of the room describes it. */
final class Conversation implements SocketServer.Talk {
  /** Characters of text in one frame: each may become six bytes of JSON. */
  private static final int PART = 128 * 1024;

  private static final Duration HELLO = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(Conversation.class);

  private final LiveShell shell;
  private final Doorman doorman;
  private final Supplier<Optional<GogoSession>> gogo;
  private final Scheduler scheduler;
  private final String version;

  /**
   * @param gogo opens a session; empty where there is no Gogo
   * @param version what a client is told that it talks to
   */
  Conversation(
      LiveShell shell,
      Doorman doorman,
      Supplier<Optional<GogoSession>> gogo,
      Scheduler scheduler,
      String version) {
    this.shell = shell;
    this.doorman = doorman;
    this.gogo = gogo;
    this.scheduler = scheduler;
    this.version = version;
  }

  @Override
  public void with(SocketChannel client, String session) throws IOException {
    Scheduler.Task impatience = scheduler.after(HELLO, "ladang-shell-hello", () -> hangUp(client));
    Optional<Caller> caller;
    try {
      caller = greet(client);
    } finally {
      impatience.cancel();
    }
    if (caller.isPresent()) {
      try (CommandLine commands = new CommandLine(shell, gogo, caller.get(), session)) {
        serve(client, caller.get(), commands);
      }
    }
  }

  private Optional<Caller> greet(SocketChannel client) throws IOException {
    Optional<Map<String, Object>> hello = Frames.read(client);
    if (hello.isEmpty()) {
      return Optional.empty();
    }
    if (!"hello".equals(hello.get().get("do"))) {
      answer(client, usage("The first frame must be a hello."));
      return Optional.empty();
    }
    try {
      Caller caller = doorman.caller(token(hello.get()));
      Map<String, Object> welcome = new LinkedHashMap<>();
      welcome.put("exit", 0);
      welcome.put("principal", caller.principal().name());
      welcome.put("role", caller.principal().role().name());
      welcome.put("owner", caller.owner());
      welcome.put("version", version);
      Frames.write(client, welcome);
      return Optional.of(caller);
    } catch (LadangException e) {
      answer(client, new Answer(Answer.Exit.FORBIDDEN, e.line()));
      return Optional.empty();
    }
  }

  /** Whatever stands there as a token is one, so that nothing but its absence means the owner. */
  private static Optional<String> token(Map<String, Object> hello) {
    return hello.containsKey("token") ? Optional.of(text(hello, "token")) : Optional.empty();
  }

  private void serve(SocketChannel client, Caller caller, CommandLine commands) throws IOException {
    Optional<Map<String, Object>> frame = Frames.read(client);
    while (frame.isPresent()) {
      Map<String, Object> message = frame.get();
      switch (text(message, "do")) {
        case "run" -> answer(client, run(message, commands));
        case "complete" ->
            Frames.write(client, Map.of("exit", 0, "candidates", complete(message, caller)));
        default -> answer(client, usage("A frame that asks for nothing known: run, complete."));
      }
      frame = Frames.read(client);
    }
  }

  private Answer run(Map<String, Object> message, CommandLine commands) {
    Command command =
        message.get("words") instanceof List<?> words
            ? Command.of(words.stream().map(String::valueOf).toList(), shell)
            : Command.of(text(message, "line"), shell);
    Consent consent = flag(message, "interactive") ? Consent.CAN_ASK : Consent.CANNOT_ASK;
    return commands.run(
        command,
        flag(message, "json"),
        number(message, "width"),
        flag(message, "confirmed") ? Consent.GIVEN : consent);
  }

  private List<Map<String, Object>> complete(Map<String, Object> message, Caller caller) {
    List<Map<String, Object>> candidates = new ArrayList<>();
    String line = text(message, "line");
    int cursor = Math.max(0, Math.min(number(message, "cursor"), line.length()));
    shell
        .complete(caller.principal(), line, cursor)
        .forEach(
            candidate ->
                candidates.add(
                    Map.of(
                        "value", candidate.value(),
                        "description", candidate.description(),
                        "complete", candidate.complete())));
    return candidates;
  }

  private static void answer(SocketChannel client, Answer answer) throws IOException {
    String text = answer.text();
    int from = 0;
    while (text.length() - from > PART) {
      Frames.write(client, Map.of("more", true, "text", text.substring(from, from + PART)));
      from += PART;
    }
    Frames.write(client, Map.of("exit", answer.exit().code(), "text", text.substring(from)));
  }

  private static Answer usage(String sentence) {
    return new Answer(Answer.Exit.USAGE, sentence + " [LADANG-SHELL-014]");
  }

  private static void hangUp(SocketChannel client) {
    try {
      client.close();
    } catch (IOException e) {
      log.debug("A connection that never said hello did not close cleanly.", e);
    }
  }

  private static String text(Map<String, Object> message, String key) {
    return message.get(key) instanceof String text ? text : "";
  }

  private static boolean flag(Map<String, Object> message, String key) {
    return Boolean.TRUE.equals(message.get(key));
  }

  private static int number(Map<String, Object> message, String key) {
    return message.get(key) instanceof Number number ? number.intValue() : 0;
  }
}
