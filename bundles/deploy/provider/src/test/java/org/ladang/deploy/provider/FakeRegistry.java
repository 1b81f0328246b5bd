package org.ladang.deploy.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.Swapper;
import org.ladang.registry.LegacyModule;
import org.ladang.registry.PluginDescription;
import org.ladang.registry.PluginSummary;
import org.ladang.registry.Registry;

/** Knows requirements by name only; a version 9 suits nobody. */
final class FakeRegistry implements Registry {
  private final Swapper swapper;

  FakeRegistry(Swapper swapper) {
    this.swapper = swapper;
  }

  @Override
  public List<PluginSummary> list() {
    return List.of();
  }

  @Override
  public Optional<PluginDescription> describe(String name) {
    return Optional.empty();
  }

  @Override
  public List<String> why(String name) {
    return List.of();
  }

  @Override
  public List<String> check(Passport candidate, List<Passport> arriving) {
    List<String> missing = new ArrayList<>();
    for (Passport.Need need : candidate.requires()) {
      boolean there =
          swapper.status(need.plugin()).isPresent()
              || arriving.stream().anyMatch(p -> p.name().equals(need.plugin()));
      if (!there) {
        missing.add(candidate.name() + " needs " + need.plugin() + ", and there is none.");
      }
    }
    return missing;
  }

  @Override
  public List<String> checkReplacement(Passport candidate, List<Passport> arriving) {
    return candidate.version().startsWith("9")
        ? users(candidate.name()).stream().map(u -> u + " does not accept 9.").toList()
        : List.of();
  }

  @Override
  public List<String> checkRemoval(String name) {
    return users(name).stream().map(u -> u + " needs " + name + ".").toList();
  }

  @Override
  public CompletionStage<Object> execute(
      CallContext context, String plugin, String action, Map<String, Object> arguments) {
    return CompletableFuture.failedStage(new UnsupportedOperationException());
  }

  @Override
  public List<LegacyModule> legacy() {
    return List.of();
  }

  @Override
  public LegacyModule prefer(String name, LegacyModule.Way way, Optional<String> successor) {
    throw new UnsupportedOperationException();
  }

  private List<String> users(String name) {
    return swapper.statuses().stream()
        .map(BundleStatus::passport)
        .filter(p -> p.requires().stream().anyMatch(n -> n.plugin().equals(name)))
        .map(Passport::name)
        .toList();
  }
}
