package org.ladang.config.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ladang.config.Change;
import org.ladang.config.Configuration;
import org.ladang.config.Difference;
import org.ladang.config.Effective;
import org.ladang.config.Revision;
import org.ladang.config.Schema;
import org.ladang.config.Summary;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What people can ask of the configuration. */
@Component(service = ActionSource.class)
public final class ConfigActions implements ActionSource {
  private static final int USUAL_HISTORY = 20;

  private final Configuration configuration;

  @Activate
  public ConfigActions(@Reference Configuration configuration) {
    this.configuration = configuration;
  }

  @Action(
      description = "Lists what can be configured and which layers have values for it.",
      role = Role.VIEWER)
  public List<Summary> list() {
    return configuration.list();
  }

  @Action(
      description = "Says what can be set: each key with its type, default, limits and meaning.",
      role = Role.VIEWER)
  public Schema describe(@Arg("The PID, or its short name.") String pid) {
    return configuration
        .describe(pid)
        .orElseThrow(
            () ->
                new LadangException(
                        "LADANG-CONFIG-013",
                        "The bundle of "
                            + pid
                            + " does not say what can be configured, or is not"
                            + " there.")
                    .next("config:get " + pid + " shows the values that it is given."));
  }

  @Action(
      description = "Shows the values in effect and, for each, the layer that won.",
      role = Role.VIEWER)
  public Effective get(
      @Arg("The PID, or its short name.") String pid, @Arg("Only this key.") Optional<String> key) {
    Effective all = configuration.get(pid);
    if (key.isEmpty()) {
      return all;
    }
    Effective.Value one =
        all.value(key.get())
            .orElseThrow(
                () ->
                    new LadangException(
                            "LADANG-CONFIG-003", all.name() + " has no setting " + key.get() + ".")
                        .next("config:get " + all.name() + " shows all."));
    return new Effective(all.pid(), all.name(), List.of(one), all.problems());
  }

  @Action(
      description = "Sets a value while the runtime runs; it is checked first and can be undone.",
      role = Role.ADMIN,
      effect = Effect.CHANGE,
      idempotent = true)
  public Revision set(
      CallContext call,
      @Arg("The PID, or its short name.") String pid,
      @Arg("The key.") String key,
      @Arg("The new value; several are separated by commas.") Object value,
      @Arg("Why it is changed.") Optional<String> reason,
      @Arg("Whether it is only checked and not applied.") Optional<Boolean> dryRun) {
    Change change = new Change(pid, Map.of(key, value), Set.of(), author(call), reason.orElse(""));
    return apply(change, dryRun);
  }

  @Action(
      description = "Takes a value back that was set while the runtime ran: what is below shows.",
      role = Role.ADMIN,
      effect = Effect.CHANGE,
      idempotent = true)
  public Revision reset(
      CallContext call,
      @Arg("The PID, or its short name.") String pid,
      @Arg("The key.") String key,
      @Arg("Why it is changed.") Optional<String> reason,
      @Arg("Whether it is only checked and not applied.") Optional<Boolean> dryRun) {
    return apply(new Change(pid, Map.of(), Set.of(key), author(call), reason.orElse("")), dryRun);
  }

  @Action(description = "Lists the changes, newest first.", role = Role.VIEWER)
  public List<Revision> history(
      @Arg("Only changes of this PID or short name.") Optional<String> pid,
      @Arg("How many at the most; 20 unless told.") Optional<Integer> limit) {
    return configuration.history(pid, limit.orElse(USUAL_HISTORY));
  }

  @Action(
      description = "Shows what differs between two revisions of the values set at run time.",
      role = Role.VIEWER)
  public List<Difference> diff(
      @Arg("The earlier revision; 0 is before the first.") long from,
      @Arg("The later revision; the newest unless told.") Optional<Long> to) {
    return configuration.diff(from, to.orElseGet(configuration::revision));
  }

  @Action(
      description = "Takes a revision back; that is a new revision.",
      role = Role.ADMIN,
      effect = Effect.CHANGE)
  public Revision undo(
      CallContext call, @Arg("Which one; the newest unless told.") Optional<Long> revision) {
    return configuration.undo(revision, author(call));
  }

  @Action(
      description = "Brings all values set at run time back to a revision; that is a new revision.",
      role = Role.ADMIN,
      effect = Effect.CHANGE,
      idempotent = true)
  public Revision restore(
      CallContext call, @Arg("Which one; 0 is before the first.") long revision) {
    return configuration.restore(revision, author(call));
  }

  private Revision apply(Change change, Optional<Boolean> dryRun) {
    return dryRun.orElse(false) ? configuration.check(change) : configuration.set(change);
  }

  private static String author(CallContext call) {
    return call.principal().name();
  }
}
