package org.ladang.kernel.provider.gate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.provider.action.BoundAction;
import org.ladang.kernel.provider.proxy.TargetInspector;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;
import org.ladang.kernel.swap.TargetLifecycle;
import org.osgi.framework.Bundle;

/**
 * Prepares a service object for calls: looks its action methods up once, and asks whoever wants to be asked before a
 * plugin's object serves.
 */
public final class ActionBinder implements TargetInspector {
  private final Spi<TargetLifecycle> lifecycles;
  private final PassportOf passports;

  /** Knows the passport of an installed bundle. */
  public interface PassportOf {
    /** The passport of a bundle; empty where the kernel did not install it. */
    Optional<Passport> of(Bundle bundle);

    /** The methods behind the actions of one of its components, by action name; empty where it has none. */
    Map<String, BoundAction> bind(Bundle bundle, Object component);
  }

  public ActionBinder(Spi<TargetLifecycle> lifecycles, PassportOf passports) {
    this.lifecycles = lifecycles;
    this.passports = passports;
  }

  @Override
  public Object inspect(Bundle bundle, String component, Object service) {
    Map<String, BoundAction> bound =
        service instanceof ActionSource ? passports.bind(bundle, service) : Map.of();
    Optional<Passport> plugin = plugin(bundle);
    if (plugin.isPresent()) {
      for (TargetLifecycle lifecycle : List.copyOf(lifecycles.all())) {
        lifecycle.beforeLive(plugin.get(), service);
      }
    }
    return bound;
  }

  @Override
  public void retired(Bundle bundle, Object service) {
    Optional<Passport> plugin = plugin(bundle);
    if (plugin.isPresent()) {
      for (TargetLifecycle lifecycle : List.copyOf(lifecycles.all())) {
        lifecycle.afterRetired(plugin.get(), service);
      }
    }
  }

  private Optional<Passport> plugin(Bundle bundle) {
    return passports.of(bundle).filter(passport -> passport.kind() == Kind.PLUGIN);
  }
}
