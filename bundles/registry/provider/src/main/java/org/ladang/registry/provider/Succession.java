package org.ladang.registry.provider;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.State;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Swapper;
import org.ladang.registry.LegacyModule;
import org.ladang.registry.LegacyModule.Way;

/**
 * Legacy plugins and the bundles that take their place. Both run beside each other under names of their own; who calls
 * the plain name gets whichever is preferred, and the other one while that does not serve. Safe for any thread.
 */
final class Succession {
  /** As the wrapper names them. */
  private static final String SUFFIX = "-legacy";

  private static final String PREFIX = "succession.";
  private static final String WAY = "way";
  private static final String SUCCESSOR = "successor";

  private final Swapper swapper;
  private final State state;

  /** Remembers in {@code state} what was preferred and declared. */
  Succession(Swapper swapper, State state) {
    this.swapper = swapper;
    this.state = state;
  }

  /** The plugin that a call to a name goes to; empty where there is none. */
  Optional<BundleStatus> target(String name) {
    Optional<BundleStatus> exact = plugin(name);
    if (exact.map(s -> s.entry().legacy()).orElse(false)) {
      return exact; // Whoever says so means it.
    }
    return plugin(name + SUFFIX)
        .filter(s -> s.entry().legacy())
        .map(old -> choose(name, old))
        .or(() -> exact);
  }

  private BundleStatus choose(String name, BundleStatus old) {
    Optional<BundleStatus> next = successor(name);
    if (next.isEmpty()) {
      return old;
    }
    BundleStatus preferred = preferred(name) == Way.LEGACY ? old : next.get();
    BundleStatus other = preferred == old ? next.get() : old;
    return serves(preferred) || !serves(other) ? preferred : other;
  }

  List<LegacyModule> modules() {
    return swapper.statuses().stream()
        .filter(s -> s.entry().legacy())
        .map(this::module)
        .sorted(Comparator.comparing(LegacyModule::name))
        .toList();
  }

  LegacyModule prefer(String name, Way way, Optional<String> successor) {
    String plain = plain(name);
    BundleStatus old =
        plugin(plain + SUFFIX)
            .filter(s -> s.entry().legacy())
            .orElseThrow(
                () ->
                    new LadangException(
                            "LADANG-REGISTRY-012", "There is no legacy plugin " + name + ".")
                        .next("plugin:migration lists what is still legacy."));
    Map<String, Object> told = new LinkedHashMap<>(told(plain));
    told.put(WAY, way.name());
    successor.ifPresent(s -> told.put(SUCCESSOR, s));
    state.put(PREFIX + plain, told);
    return module(old);
  }

  private LegacyModule module(BundleStatus old) {
    boolean plugin = old.passport().kind() == Kind.PLUGIN;
    String name = plugin ? plain(old.passport().name()) : old.passport().name();
    Optional<BundleStatus> next = plugin ? successor(name) : Optional.empty();
    boolean toOld = plugin && choose(name, old) == old;
    return new LegacyModule(
        name,
        old.passport().symbolicName(),
        old.passport().version(),
        old.entry().file(),
        plugin,
        PluginStates.text(old.state()),
        next.map(s -> s.passport().name()).orElse(plugin ? declared(name).orElse("") : ""),
        next.map(s -> s.passport().version()).orElse(""),
        next.map(s -> PluginStates.text(s.state())).orElse(""),
        plugin ? Optional.of(toOld ? Way.LEGACY : Way.OSGI) : Optional.empty(),
        sentence(old, name, plugin, next, toOld));
  }

  private String sentence(
      BundleStatus old, String name, boolean plugin, Optional<BundleStatus> next, boolean toOld) {
    if (!plugin) {
      return "Drop a bundle with the symbolic name "
          + old.passport().symbolicName()
          + " to replace it.";
    }
    if (next.isEmpty()) {
      return "Drop a plugin named "
          + declared(name).orElse(name)
          + " to take its place, or declare another one by plugin:prefer.";
    }
    String successor = next.get().passport().name() + " " + next.get().passport().version();
    if (toOld) {
      return preferred(name) == Way.LEGACY
          ? "plugin:prefer name=" + name + " way=OSGI sends calls to " + successor + "."
          : "Calls go to the legacy jar, because "
              + successor
              + " does not serve: it is "
              + PluginStates.text(next.get().state()).toLowerCase(Locale.ROOT)
              + ".";
    }
    return preferred(name) == Way.OSGI
        ? "Calls go to " + successor + "; plugin:remove " + name + SUFFIX + " ends the migration."
        : "Calls go to "
            + successor
            + ", because the legacy jar does not serve: it is "
            + PluginStates.text(old.state()).toLowerCase(Locale.ROOT)
            + ".";
  }

  private Optional<BundleStatus> successor(String name) {
    return plugin(declared(name).orElse(name)).filter(s -> !s.entry().legacy());
  }

  private Optional<BundleStatus> plugin(String name) {
    return swapper.status(name).filter(s -> s.passport().kind() == Kind.PLUGIN);
  }

  private Optional<String> declared(String name) {
    return Optional.ofNullable(told(name).get(SUCCESSOR)).map(Object::toString);
  }

  private Way preferred(String name) {
    return Way.valueOf(told(name).getOrDefault(WAY, Way.OSGI.name()).toString());
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> told(String name) {
    return state.get(PREFIX + name).map(v -> (Map<String, Object>) v).orElse(Map.of());
  }

  private static String plain(String name) {
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  private static boolean serves(BundleStatus status) {
    return status.state() == Condition.ACTIVE || status.state() == Condition.READY_LAZY;
  }
}
