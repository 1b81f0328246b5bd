package org.ladang.shell.front;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.apache.felix.service.command.Function;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.swap.LadangRuntime;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Gogo's terminal ours: prompt, no banner, {@code help}, {@code exit}, completion of actions, and a sentence for
 * what is no command. Gogo first runs its own profile in the new session; before it the banner is switched off, after it
 * the rest is set, so no file has to lie anywhere.
 */
@Component(service = CommandSessionListener.class)
public final class TerminalSetup implements CommandSessionListener {
  /** The session variable by which Gogo's sessions with a terminal are told from others. */
  static final String TERMINAL = ".terminal";

  static final String PROMPT = "ladang> ";
  private static final String REVISION = ".ladang.revision";
  private static final Logger log = LoggerFactory.getLogger(TerminalSetup.class);

  private final ActionCatalog catalog;
  private final LiveShell shell;
  private final LadangRuntime runtime;
  private final Set<CommandSession> seen =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  @Activate
  public TerminalSetup(
      @Reference ActionCatalog catalog,
      @Reference LiveShell shell,
      @Reference LadangRuntime runtime) {
    this.catalog = catalog;
    this.shell = shell;
    this.runtime = runtime;
  }

  @Override
  public void beforeExecute(CommandSession session, CharSequence line) {
    if (session.get(TERMINAL) != null && !seen.contains(session)) {
      session.put(".gosh_quiet", true);
    }
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Exception exception) {
    after(session);
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Object result) {
    after(session);
  }

  private void after(CommandSession session) {
    if (session.get(TERMINAL) == null) {
      return;
    }
    if (seen.add(session)) {
      session.put("prompt", PROMPT);
      session.put("help", new ActionFunction(shell, List.of("help")));
      session.put("exit", (Function) (s, arguments) -> exit());
      session.put("default", new ActionFunction(shell, List.of()));
      session.put("__ladang_complete", (Function) (s, arguments) -> complete(arguments));
    }
    completions(session);
  }

  private Object exit() {
    runtime.stop();
    return null;
  }

  /** Tells Gogo's completer which commands are ours; it keeps a list per session. */
  private void completions(CommandSession session) {
    long revision = catalog.revision();
    if (Long.valueOf(revision).equals(session.get(REVISION))) {
      return;
    }
    session.put(REVISION, revision); // Before the commands below, which come back to this listener.
    try {
      for (ActionInfo action : catalog.actions()) {
        session.execute(
            "complete -c "
                + action.id()
                + " -a '__ladang_complete ($.commandLine line) ($.commandLine cursor)'");
      }
    } catch (Exception e) {
      log.debug("Completion of actions is not available in this terminal.", e);
    }
  }

  private List<Object> complete(List<Object> arguments) {
    String line = String.valueOf(arguments.get(0));
    int cursor = Integer.parseInt(String.valueOf(arguments.get(1)));
    return TerminalCandidates.of(shell, Local.ADMIN, line, cursor);
  }
}
