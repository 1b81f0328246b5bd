package org.ladang.shell.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;
import org.ladang.shell.Answer;
import org.ladang.shell.Answer.Exit;
import org.ladang.shell.Request.Consent;

class GogoTest {
  private final FakeShell fake = new FakeShell();
  private final LiveShell shell = new LiveShell(fake);
  private final ThreadIOImpl streams = new ThreadIOImpl();
  private CommandProcessorImpl processor;

  @BeforeEach
  void start() {
    streams.start();
    processor = new CommandProcessorImpl(streams);
    processor.addCommand("bots", new ActionFunction(shell, List.of("bots:list")), "list");
    processor.addCommand("bots", new ActionFunction(shell, List.of("bots:wipe")), "wipe");
    processor.addCommand("bots", new ActionFunction(shell, List.of("nope")), "refused");
    processor.addCommand("gogo", (Function) GogoTest::shout, "shout");
    processor.addCommand("gogo", (Function) GogoTest::fail, "fail");
  }

  @AfterEach
  void stop() {
    processor.stop();
    streams.stop();
  }

  @Test
  void theOwnersOtherWordsGoToGogo() {
    assertThat(run(Caller.OWNER, "shout hi")).isEqualTo(new Answer(Exit.OK, "printed\nHI"));
    assertThat(fake.requests).isEmpty();
  }

  @Test
  void anActionGoesToTheShellDirectly() {
    assertThat(run(Caller.OWNER, "bots:list id=x"))
        .isEqualTo(new Answer(Exit.OK, "local [bots:list, id=x]"));
    assertThat(fake.requests.get(0).session()).isEqualTo("s-1");
  }

  @Test
  void aPipelineWithAnActionGoesToGogo() {
    assertThat(run(Caller.OWNER, "bots:list id=x ; shout done").text()).contains("DONE");
    assertThat(fake.requests.get(0).words()).containsExactly("bots:list", "id=x");
  }

  @Test
  void aRoleBoundCallerNeverReachesGogo() {
    Caller vic = new Caller(new Principal("vic", Role.ADMIN), false);
    assertThat(run(vic, "shout hi").exit()).isEqualTo(Exit.USAGE);
    assertThat(run(vic, "bots:list | shout").text()).isEqualTo("vic [bots:list, |, shout]");
  }

  @Test
  void whatNobodyKnowsIsTheShellsToExplain() {
    assertThat(run(Caller.OWNER, "nonsense"))
        .isEqualTo(new Answer(Exit.USAGE, "There is no command \"nonsense\"."));
  }

  @Test
  void gogosErrorsAreSentences() {
    assertThat(run(Caller.OWNER, "fail"))
        .isEqualTo(
            new Answer(Exit.FAILED, "Gogo's command failed: out of luck. [LADANG-SHELL-012]"));
    assertThat(run(Caller.OWNER, "bots:refused ; shout x").text())
        .contains("There is no command \"nope\".");
  }

  @Test
  void withoutAShellTheOwnerStillHasGogo() {
    CommandLine line = new CommandLine(new LiveShell(), this::session, Caller.OWNER, "s-1");
    assertThat(
            line.run(Command.of("shout hi", new LiveShell()), false, 80, Consent.CANNOT_ASK).ok())
        .isTrue();
    assertThat(
            line.run(Command.of("bots:x", new LiveShell()), false, 80, Consent.CANNOT_ASK).text())
        .contains("[LADANG-SHELL-010]");
  }

  @Test
  void variablesLastAsLongAsTheConnection() {
    CommandLine line = new CommandLine(shell, this::session, Caller.OWNER, "s-1");
    line.run(Command.of("x = abc", shell), false, 80, Consent.CANNOT_ASK);
    assertThat(line.run(Command.of("shout $x", shell), false, 80, Consent.CANNOT_ASK).text())
        .contains("ABC");
  }

  @Test
  void dangerWithoutATerminalIsNotAskedFor() {
    run(Caller.OWNER, "bots:wipe ; shout x");
    assertThat(fake.requests.get(0).consent()).isEqualTo(Consent.CANNOT_ASK);
  }

  @Test
  void argumentsOfAProcessBecomeALineThatMeansTheSame() {
    assertThat(Command.of(List.of("echo", "a b", "{\"id\":1}", ""), shell).line())
        .isEqualTo("echo 'a b' '{\"id\":1}' ''");
    Command quoted = Command.of(List.of("shout", "it's \"so\" \\ and so"), shell);
    try (CommandLine commands = new CommandLine(shell, this::session, Caller.OWNER, "s-1")) {
      assertThat(commands.run(quoted, false, 80, Consent.CANNOT_ASK).text())
          .endsWith("\nIT'S \"SO\" \\ AND SO");
    }
    assertThat(Command.of(List.of("lb | grep x"), shell).words())
        .containsExactly("lb", "|", "grep", "x");
  }

  private Answer run(Caller caller, String line) {
    try (CommandLine commands = new CommandLine(shell, this::session, caller, "s-1")) {
      return commands.run(Command.of(line, shell), false, 80, Consent.CANNOT_ASK);
    }
  }

  private Optional<GogoSession> session() {
    return Optional.of(new GogoSession(processor));
  }

  private static Object shout(CommandSession session, List<Object> arguments) {
    System.out.println("\u001B[31mprinted\u001B[0m");
    return String.valueOf(arguments.get(0)).toUpperCase(java.util.Locale.ROOT);
  }

  private static Object fail(CommandSession session, List<Object> arguments) {
    throw new IllegalStateException("out of luck");
  }
}
