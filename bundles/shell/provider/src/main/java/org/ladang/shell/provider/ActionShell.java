package org.ladang.shell.provider;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ladang.kernel.Clock;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.LadangSubsystem;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Gate;
import org.ladang.kernel.action.Principal;
import org.ladang.shell.Answer;
import org.ladang.shell.Answer.Exit;
import org.ladang.shell.Candidate;
import org.ladang.shell.Request;
import org.ladang.shell.Request.Consent;
import org.ladang.shell.Shell;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The shell: all it knows comes from the list of actions. */
@LadangSubsystem(name = "shell", title = "Shell")
@Component(service = Shell.class)
public final class ActionShell implements Shell {
  private static final String HELP = "help";
  private static final String EXEC = PluginExec.WORD;

  private final ActionCatalog catalog;
  private final ActionCall call;

  @Activate
  public ActionShell(
      @Reference ActionCatalog catalog, @Reference Gate gate, @Reference Clock clock) {
    this.catalog = catalog;
    this.call = new ActionCall(gate, clock);
  }

  @Override
  public Answer run(Request request) {
    // Looked for by hand, since the words may be what cannot be parsed.
    boolean json = request.json() || request.words().contains("--json");
    boolean stack = request.words().contains("--stack");
    try {
      return answer(request);
    } catch (LadangException e) {
      return Failures.answer(e, json, stack);
    }
  }

  @Override
  public List<String> words(String line) {
    return Words.of(line).closed();
  }

  @Override
  public boolean knows(String word) {
    return word.equals(HELP) || word.equals(EXEC) || catalog.find(word).isPresent();
  }

  @Override
  public List<Candidate> complete(Principal principal, String line, int cursor) {
    return new Completion(allowed(principal)).at(line.substring(0, cursor));
  }

  @Override
  public String help(Principal principal, Optional<String> topic) {
    List<ActionInfo> actions = allowed(principal);
    if (topic.isEmpty()) {
      return HelpText.overview(actions, 0);
    }
    return HelpText.topic(actions, topic.get())
        .orElseGet(() -> unknown(actions, topic.get()).line());
  }

  private Answer answer(Request request) {
    List<String> words = request.words();
    if (words.isEmpty()) {
      return new Answer(Exit.OK, "");
    }
    if (words.get(0).equals(HELP)) {
      return help(request, words.subList(1, words.size()));
    }
    if (words.get(0).equals(EXEC)) {
      words = PluginExec.words(words, catalog);
    }
    String id = words.get(0);
    Optional<ActionInfo> action = catalog.find(id);
    if (action.isEmpty()) {
      List<ActionInfo> actions = allowed(request.principal());
      List<ActionInfo> group = actions.stream().filter(a -> a.owner().equals(id)).toList();
      if (!group.isEmpty() && words.size() == 1) {
        return new Answer(Exit.OK, HelpText.group(group));
      }
      throw unknown(actions, id);
    }
    return action(
        request,
        action.get(),
        InvocationParser.parse(action.get(), words.subList(1, words.size())));
  }

  private Answer action(Request request, ActionInfo action, Invocation invocation) {
    if (invocation.help()) {
      return new Answer(Exit.OK, HelpText.action(action));
    }
    if (action.effect() == Effect.DANGER && !invocation.yes()) {
      if (request.consent() == Consent.CAN_ASK) {
        return new Answer(
            Exit.CONFIRM,
            action.id() + " may lose something: " + Cells.line(action.description()) + " Go on?");
      }
      if (request.consent() == Consent.CANNOT_ASK) {
        throw new LadangException("LADANG-SHELL-007", action.id() + " may lose something.")
            .next("Add --yes if that is meant.");
      }
    }
    var answer = call.run(request, action, invocation.arguments());
    if (request.json() || invocation.json()) {
      return new Answer(Exit.OK, Renderer.json(answer.value()));
    }
    String text = Renderer.text(answer.value(), request.width());
    return new Answer(
        Exit.OK,
        answer.servedBy().isEmpty()
            ? text
            : text
                + "\n(Answered by "
                + Cells.line(answer.servedBy())
                + ". "
                + Cells.line(answer.reason())
                + ")");
  }

  private Answer help(Request request, List<String> topics) {
    List<ActionInfo> actions = allowed(request.principal());
    if (topics.isEmpty()) {
      return new Answer(Exit.OK, HelpText.overview(actions, request.width()));
    }
    String topic = topics.get(0);
    return new Answer(
        Exit.OK, HelpText.topic(actions, topic).orElseThrow(() -> unknown(actions, topic)));
  }

  private static LadangException unknown(List<ActionInfo> actions, String typed) {
    Set<String> words =
        new java.util.LinkedHashSet<>(actions.stream().map(ActionInfo::id).toList());
    words.add(HELP);
    List<String> near = Nearest.to(typed, words, 3);
    String guess = near.isEmpty() ? "" : "Did you mean " + String.join(" or ", near) + "? ";
    return new LadangException(
            "LADANG-SHELL-001", "There is no command \"" + Cells.line(typed) + "\".")
        .next(guess + "help lists all.")
        .with("near", near)
        .with("typed", typed.toLowerCase(Locale.ROOT));
  }

  /** What is not allowed is not shown; whoever calls it all the same is refused by the gate. */
  private List<ActionInfo> allowed(Principal principal) {
    return catalog.actions().stream().filter(a -> principal.role().includes(a.role())).toList();
  }
}
