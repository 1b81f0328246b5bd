package org.ladang.kernel.provider.run;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.provider.action.ActionEntry;
import org.ladang.kernel.provider.action.ActionTable;
import org.ladang.kernel.provider.action.BoundAction;
import org.ladang.kernel.provider.gate.ActionBinder;
import org.ladang.kernel.swap.Passport;
import org.osgi.framework.Bundle;

/** The passports of the bundles that the kernel has installed, and the methods behind their actions. */
public final class InstalledPassports implements ActionBinder.PassportOf {
  private final Map<Long, Passport> passports = new ConcurrentHashMap<>();

  void put(Bundle bundle, Passport passport) {
    passports.put(bundle.getBundleId(), passport);
  }

  void remove(Bundle bundle) {
    passports.remove(bundle.getBundleId());
  }

  @Override
  public Optional<Passport> of(Bundle bundle) {
    return Optional.ofNullable(passports.get(bundle.getBundleId()));
  }

  @Override
  public Map<String, BoundAction> bind(Bundle bundle, Object component) {
    Passport passport = passports.get(bundle.getBundleId());
    URL list = bundle.getEntry(ActionTable.PATH);
    if (passport == null || list == null) {
      return Map.of();
    }
    Map<String, BoundAction> bound = new HashMap<>();
    for (ActionEntry entry :
        ActionTable.read(
            read(bundle, list), passport.kind(), passport.name(), passport.symbolicName())) {
      if (entry.binding().component().equals(component.getClass().getName())) {
        bound.put(entry.info().name(), BoundAction.of(component, entry));
      }
    }
    return Map.copyOf(bound);
  }

  private static byte[] read(Bundle bundle, URL list) {
    try (InputStream in = list.openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new LadangException(
          "LADANG-JAR-008",
          "The list of actions of " + bundle.getSymbolicName() + " cannot be read.",
          e);
    }
  }
}
