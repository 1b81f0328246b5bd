package org.ladang.config.provider;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ladang.config.Layer;
import org.ladang.config.Schema;
import org.ladang.config.Setting;

/** Lays the layers over each other. A value that is not sound does not count, and the one below it shows. */
final class Layers {
  private final Schemas schemas;
  private final FileLayer files;
  private final RuntimeLayer runtime;
  private final Variables.Assigned environment;
  private final Names names;
  private final Set<String> known = new TreeSet<>();

  /** A view of how things stand now; make a new one after a change. */
  Layers(Schemas schemas, FileLayer files, RuntimeLayer runtime, Variables variables) {
    this.schemas = schemas;
    this.files = files;
    this.runtime = runtime;
    schemas.declared().forEach(declared -> known.add(declared.pid()));
    known.addAll(files.pids());
    known.addAll(runtime.pids());
    this.names = new Names(schemas.declared(), known);
    this.environment = variables.assign(keys());
  }

  private Map<String, Collection<String>> keys() {
    Map<String, Collection<String>> keys = new TreeMap<>();
    for (String pid : known) {
      Set<String> of = new TreeSet<>(runtime.values(pid).keySet());
      files.source(pid).ifPresent(source -> of.addAll(source.values().keySet()));
      Optional<Schema> schema = schemas.schema(pid);
      if (schema.isPresent() && schema.get().factory() == Pids.instance(pid)) {
        schema.get().settings().forEach(setting -> of.add(setting.key()));
      }
      keys.put(pid, of);
    }
    return keys;
  }

  /** All PIDs with a declaration or a value, in order. */
  Set<String> known() {
    return known;
  }

  Names names() {
    return names;
  }

  /** What is declared for a PID, under its name for people. */
  Optional<Schema> schema(String pid) {
    return schemas
        .schema(pid)
        .map(
            s ->
                new Schema(
                    s.pid(),
                    names.nameOf(s.pid()),
                    s.title(),
                    s.description(),
                    s.factory(),
                    s.open(),
                    s.bundle(),
                    s.version(),
                    s.settings()));
  }

  /** While nobody declares one of our own PIDs, nobody knows which of its values are secrets: all are. */
  boolean secret(String pid, String key) {
    boolean unknown = schemas.schema(pid).isEmpty() && pid.startsWith(Pids.OURS);
    return unknown
        || Secrets.named(key)
        || runtime.wasSecret(pid, key)
        || schemas.schemas(pid).stream()
            .anyMatch(s -> s.setting(key).map(Setting::secret).orElse(false));
  }

  Resolved resolve(String pid) {
    Resolved resolved = new Resolved(new TreeMap<>(), new ArrayList<>());
    files
        .source(pid)
        .ifPresent(
            source ->
                source
                    .values()
                    .forEach((k, v) -> lay(resolved, pid, k, v, Layer.FILE, source.file())));
    environment
        .of(pid)
        .forEach((k, v) -> lay(resolved, pid, k, v.value(), Layer.ENVIRONMENT, v.variable()));
    runtime
        .values(pid)
        .forEach(
            (k, v) ->
                lay(
                    resolved,
                    pid,
                    k,
                    v.value(),
                    Layer.RUNTIME,
                    "revision " + v.revision() + " by " + v.author()));
    resolved.problems().addAll(environment.problemsOf(pid));
    return resolved;
  }

  private void lay(
      Resolved resolved, String pid, String key, Object value, Layer layer, String origin) {
    Coercion.Outcome outcome = coerce(pid, key, value);
    if (outcome instanceof Coercion.Outcome.Unsound unsound) {
      resolved
          .problems()
          .add(
              unsound.sentence()
                  + " What "
                  + origin
                  + " says does not count. ["
                  + unsound.code()
                  + "]");
      return;
    }
    List<Layer> covered = new ArrayList<>();
    Resolved.Winner former = resolved.winners().get(key);
    if (former != null) {
      covered.addAll(former.covered());
      covered.add(former.layer());
    }
    Object typed = ((Coercion.Outcome.Sound) outcome).typed();
    resolved.winners().put(key, new Resolved.Winner(typed, layer, origin, List.copyOf(covered)));
  }

  /** The value in the type that the newest version declares for which it fits; as it is where nothing is declared. */
  Coercion.Outcome coerce(String pid, String key, Object value) {
    Coercion.Outcome first = null;
    for (Schema schema : schemas.schemas(pid)) {
      Coercion.Outcome outcome = coerce(schema, pid, key, value);
      if (outcome instanceof Coercion.Outcome.Sound) {
        return outcome;
      }
      first = first == null ? outcome : first;
    }
    return first == null ? new Coercion.Outcome.Sound(plain(value)) : first;
  }

  private Coercion.Outcome coerce(Schema schema, String pid, String key, Object value) {
    Optional<Setting> setting = Schemas.setting(schema, key);
    if (setting.isPresent()) {
      return Coercion.coerce(names.nameOf(pid), setting.get(), value);
    }
    return schema.open()
        ? new Coercion.Outcome.Sound(plain(value))
        : new Coercion.Outcome.Unsound(
            "LADANG-CONFIG-003", names.nameOf(pid) + " has no setting " + key + ".");
  }

  // ConfigurationAdmin takes lists of one simple type only: mixed ones become text.
  private static Object plain(Object value) {
    if (!(value instanceof Collection<?> many)) {
      return value;
    }
    return many.stream().map(String::valueOf).toArray(String[]::new);
  }

  /** Sentences about all values of a file that do not fit. */
  List<String> judge(String pid, Map<String, Object> values) {
    List<String> wrong = new ArrayList<>();
    new LinkedHashMap<>(values)
        .forEach(
            (key, value) -> {
              if (coerce(pid, key, value) instanceof Coercion.Outcome.Unsound unsound) {
                wrong.add(unsound.sentence());
              }
            });
    return wrong;
  }
}
