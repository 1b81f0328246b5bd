package org.ladang.config.provider;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ladang.config.Configuration;
import org.ladang.config.Effective;
import org.ladang.config.Layer;
import org.ladang.config.Schema;
import org.ladang.config.Setting;
import org.ladang.config.Summary;

/** What people see of the layers: defaults filled in, secrets masked. */
final class Shown {
  private final Layers layers;

  Shown(Layers layers) {
    this.layers = layers;
  }

  List<Summary> list() {
    return layers.known().stream().map(this::summary).toList();
  }

  private Summary summary(String pid) {
    Resolved resolved = layers.resolve(pid);
    Set<Layer> used = EnumSet.noneOf(Layer.class);
    resolved
        .winners()
        .values()
        .forEach(
            winner -> {
              used.add(winner.layer());
              used.addAll(winner.covered());
            });
    Optional<Schema> schema = layers.schema(pid);
    return new Summary(
        pid,
        layers.names().nameOf(pid),
        schema.map(Schema::title).orElse(""),
        schema.map(Schema::bundle).orElse(""),
        used,
        problems(pid, resolved).size());
  }

  Effective effective(String pid) {
    Resolved resolved = layers.resolve(pid);
    Map<String, Effective.Value> values = new LinkedHashMap<>();
    layers
        .schema(pid)
        .ifPresent(
            schema -> schema.settings().forEach(s -> values.put(s.key(), byDefault(schema, s))));
    resolved
        .winners()
        .forEach(
            (key, winner) ->
                values.put(
                    key,
                    new Effective.Value(
                        key,
                        Optional.of(
                            Secrets.shown(layers.secret(pid, key), Canonical.of(winner.typed()))),
                        winner.layer(),
                        winner.origin(),
                        winner.covered())));
    return new Effective(
        pid, layers.names().nameOf(pid), List.copyOf(values.values()), problems(pid, resolved));
  }

  private static Effective.Value byDefault(Schema schema, Setting setting) {
    return new Effective.Value(
        setting.key(),
        defaultOf(schema.name(), setting),
        Layer.DEFAULT,
        schema.bundle() + " " + schema.version(),
        List.of());
  }

  private static Optional<Object> defaultOf(String name, Setting setting) {
    if (setting.defaults().isEmpty()) {
      return Optional.empty();
    }
    if (setting.secret()) {
      return Optional.of(Configuration.MASK);
    }
    Object given = setting.many() ? setting.defaults() : setting.defaults().get(0);
    return Coercion.coerce(name, setting, given) instanceof Coercion.Outcome.Sound sound
        ? Optional.of(Canonical.of(sound.typed()))
        : Optional.of(Canonical.of(given));
  }

  private List<String> problems(String pid, Resolved resolved) {
    List<String> problems = new ArrayList<>(resolved.problems());
    // Only where somebody configures it: what nobody touches need not be complete.
    if (!resolved.winners().isEmpty()) {
      layers
          .schema(pid)
          .ifPresent(
              schema ->
                  schema.settings().stream()
                      .filter(s -> s.required() && s.defaults().isEmpty() && !s.many())
                      .filter(s -> !resolved.winners().containsKey(s.key()))
                      .forEach(
                          s -> problems.add(s.key() + " of " + schema.name() + " needs a value.")));
    }
    return problems;
  }
}
