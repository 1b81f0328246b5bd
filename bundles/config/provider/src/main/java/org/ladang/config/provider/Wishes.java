package org.ladang.config.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.ladang.config.Change;
import org.ladang.config.Configuration;
import org.ladang.config.Schema;
import org.ladang.config.Setting;
import org.ladang.kernel.LadangException;

/** Checks what people wish to change, against what is declared, and says what it would change. */
final class Wishes {
  private final Layers layers;
  private final RuntimeLayer runtime;

  Wishes(Layers layers, RuntimeLayer runtime) {
    this.layers = layers;
    this.runtime = runtime;
  }

  /** The changes; none where the layer is like that already. */
  List<StoredChange> plan(Change wish) {
    if (wish.set().isEmpty() && wish.reset().isEmpty()) {
      throw new LadangException("LADANG-CONFIG-015", "The change of " + wish.pid() + " is empty.")
          .next("Name a key and its value.");
    }
    String pid = layers.names().resolve(wish.pid());
    String name = layers.names().nameOf(pid);
    Schema schema = declared(pid, name);
    List<LadangException> wrong = new ArrayList<>();
    List<StoredChange> changes = new ArrayList<>();
    wish.set()
        .forEach(
            (key, value) -> {
              try {
                add(changes, pid, key, Optional.of(checked(schema, name, pid, key, value)));
              } catch (LadangException e) {
                wrong.add(e);
              }
            });
    if (!wrong.isEmpty()) {
      throw all(wrong);
    }
    for (String key : new TreeSet<>(wish.reset())) {
      if (!wish.set().containsKey(key)) {
        resettable(schema, name, pid, key);
        add(changes, pid, key, Optional.empty());
      }
    }
    return changes;
  }

  /** What takes a revision back; its former values are checked too, since declarations change. */
  List<StoredChange> planUndo(StoredRevision revision) {
    List<StoredChange> changes = new ArrayList<>();
    for (StoredChange done : revision.changes()) {
      runtime
          .laterThan(revision.number(), done.pid(), done.key())
          .ifPresent(
              later -> {
                throw new LadangException(
                        "LADANG-CONFIG-009",
                        "Revision "
                            + revision.number()
                            + " cannot be taken back: revision "
                            + later.number()
                            + " by "
                            + later.author()
                            + " changed "
                            + done.key()
                            + " of "
                            + layers.names().nameOf(done.pid())
                            + " after it.")
                    .next("Take that one back first, or set the value.")
                    .with("later", later.number());
              });
      done.before().ifPresent(value -> fits(done.pid(), done.key(), value));
      changes.add(
          new StoredChange(done.pid(), done.key(), done.after(), done.before(), done.secret()));
    }
    return changes;
  }

  /** What brings the layer back to a revision. */
  List<StoredChange> planRestore(long number) {
    List<StoredChange> changes = new Comparison(runtime, layers).changes(runtime.newest(), number);
    for (StoredChange change : changes) {
      change.after().ifPresent(value -> fits(change.pid(), change.key(), value));
    }
    return changes;
  }

  private void fits(String pid, String key, Object value) {
    if (layers.coerce(pid, key, value) instanceof Coercion.Outcome.Unsound unsound) {
      throw new LadangException(unsound.code(), unsound.sentence())
          .next("The former value no longer fits: set another one.");
    }
  }

  private Schema declared(String pid, String name) {
    Schema schema =
        layers
            .schema(pid)
            .orElseThrow(
                () ->
                    new LadangException(
                            "LADANG-CONFIG-013",
                            "The bundle of "
                                + name
                                + " does not say what can be configured, or is"
                                + " not there.")
                        .next("Write conf/" + pid + ".properties, which is passed on as it is."));
    if (Pids.instance(pid) && !schema.factory()) {
      throw new LadangException(
              "LADANG-CONFIG-001",
              "There can be only one " + schema.name() + ", so there is no " + name + ".")
          .next("Configure " + schema.name() + ".");
    }
    return schema;
  }

  private Object checked(Schema schema, String name, String pid, String key, Object value) {
    Setting setting = Schemas.setting(schema, key).orElseThrow(() -> unknown(schema, name, key));
    if (layers.secret(pid, key) && Configuration.MASK.equals(value)) {
      throw new LadangException(
              "LADANG-CONFIG-007",
              Configuration.MASK + " is how " + key + " is shown, not its value.")
          .next("Give the true value.");
    }
    Coercion.Outcome outcome = Coercion.coerce(name, setting, value);
    if (outcome instanceof Coercion.Outcome.Unsound unsound) {
      throw new LadangException(unsound.code(), unsound.sentence())
          .next("config:describe " + schema.name() + " says what is allowed.")
          .with("key", key);
    }
    return Canonical.of(((Coercion.Outcome.Sound) outcome).typed());
  }

  private void resettable(Schema schema, String name, String pid, String key) {
    if (!runtime.values(pid).containsKey(key) && Schemas.setting(schema, key).isEmpty()) {
      throw unknown(schema, name, key);
    }
  }

  private static LadangException unknown(Schema schema, String name, String key) {
    List<String> keys = schema.settings().stream().map(Setting::key).toList();
    String meant = Closest.to(key, keys).map(k -> "Did you mean " + k + "? ").orElse("");
    return new LadangException("LADANG-CONFIG-003", name + " has no setting " + key + ".")
        .next(meant + "config:describe " + schema.name() + " lists them.")
        .with("key", key);
  }

  private void add(List<StoredChange> changes, String pid, String key, Optional<Object> after) {
    Optional<Object> before =
        Optional.ofNullable(runtime.values(pid).get(key)).map(RuntimeLayer.Entry::value);
    if (!before.equals(after)) {
      changes.add(new StoredChange(pid, key, before, after, layers.secret(pid, key)));
    }
  }

  private static LadangException all(List<LadangException> wrong) {
    LadangException first = wrong.get(0);
    if (wrong.size() == 1) {
      return first;
    }
    String sentences = String.join(" ", wrong.stream().map(Throwable::getMessage).toList());
    LadangException all =
        new LadangException(first.code(), sentences)
            .with(
                "problems",
                wrong.stream()
                    .map(e -> Map.of("code", e.code(), "sentence", e.getMessage()))
                    .toList());
    return first.nextStep().map(all::next).orElse(all);
  }
}
