package org.ladang.config.provider;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ladang.kernel.State;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Makes ConfigurationAdmin show what is in effect. It touches only configurations that it made itself or that a layer
 * names, and only where values differ. Not thread-safe.
 */
final class Projection {
  /** Any bundle may have it: a concrete location would leave the next version of a bundle unsatisfied. */
  private static final String ANYWHERE = "?";

  private static final String KEY = "projected";
  private static final Set<String> OWN =
      Set.of(
          Constants.SERVICE_PID,
          ConfigurationAdmin.SERVICE_FACTORYPID,
          ConfigurationAdmin.SERVICE_BUNDLELOCATION);

  private final ConfigurationAdmin admin;
  private final State state;
  private final Set<String> projected = new TreeSet<>();

  Projection(ConfigurationAdmin admin, State state) {
    this.admin = admin;
    this.state = state;
    state
        .get(KEY)
        .ifPresent(pids -> ((List<?>) pids).forEach(pid -> projected.add(pid.toString())));
  }

  /** The PIDs that were handed on before. */
  Set<String> pids() {
    return Set.copyOf(projected);
  }

  /**
   * Shows these values, or takes the configuration away where there are none.
   *
   * @throws IOException when ConfigurationAdmin cannot write
   */
  void show(String pid, Map<String, Object> values) throws IOException {
    if (values.isEmpty()) {
      if (projected.contains(pid)) {
        remove(pid);
        projected.remove(pid);
        remember();
      }
      return;
    }
    if (projected.add(pid)) {
      remember();
    }
    Configuration configuration = configuration(pid);
    if (!ANYWHERE.equals(configuration.getBundleLocation())) {
      configuration.setBundleLocation(ANYWHERE);
    }
    if (!same(values, configuration.getProperties())) {
      configuration.update(new Hashtable<>(values));
    }
  }

  private Configuration configuration(String pid) throws IOException {
    return Pids.instance(pid)
        ? admin.getFactoryConfiguration(Pids.declared(pid), Pids.instanceName(pid), ANYWHERE)
        : admin.getConfiguration(pid, ANYWHERE);
  }

  private void remove(String pid) throws IOException {
    try {
      Configuration[] found = admin.listConfigurations("(service.pid=" + escaped(pid) + ")");
      for (Configuration configuration : found == null ? new Configuration[0] : found) {
        configuration.delete();
      }
    } catch (InvalidSyntaxException e) {
      throw new IOException("The PID " + pid + " cannot be looked for.", e);
    }
  }

  private static String escaped(String pid) {
    return pid.replaceAll("([\\\\()*])", "\\\\$1");
  }

  private void remember() {
    state.put(KEY, List.copyOf(projected));
  }

  private static boolean same(Map<String, Object> values, Dictionary<String, Object> present) {
    if (present == null) {
      return false;
    }
    Map<String, Object> others = new HashMap<>();
    for (String key : Collections.list(present.keys())) {
      if (!OWN.contains(key)) {
        others.put(key, present.get(key));
      }
    }
    return others.keySet().equals(values.keySet())
        && values.entrySet().stream()
            .allMatch(e -> Arrays.deepEquals(boxed(e.getValue()), boxed(others.get(e.getKey()))));
  }

  private static Object[] boxed(Object value) {
    return new Object[] {value};
  }
}
