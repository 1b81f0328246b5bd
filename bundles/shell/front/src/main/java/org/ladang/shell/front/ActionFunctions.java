package org.ladang.shell.front;

import java.util.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.apache.felix.service.command.Function;
import org.ladang.kernel.action.ActionCatalog;
import org.ladang.kernel.action.ActionInfo;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps one Gogo command per action, in step whenever Gogo runs a line: only what differs is registered or taken back.
 * Where nobody uses Gogo there are none, so that a thousand plugins cost nothing here.
 */
@Component(service = CommandSessionListener.class)
public final class ActionFunctions implements CommandSessionListener {
  /** Commands of the shell that are no actions. */
  private static final Map<String, List<String>> OWN =
      Map.of("plugin:exec", List.of("plugin:exec"), "ladang:help", List.of("help"));

  private final BundleContext context;
  private final ActionCatalog catalog;
  private final LiveShell shell;
  private final Map<String, ServiceRegistration<Function>> registered = new HashMap<>();
  private long revision = -1;
  private boolean open = true;

  @Activate
  public ActionFunctions(
      BundleContext context, @Reference ActionCatalog catalog, @Reference LiveShell shell) {
    this.context = context;
    this.catalog = catalog;
    this.shell = shell;
  }

  @Override
  public void beforeExecute(CommandSession session, CharSequence line) {
    synchronise();
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Exception exception) {
    // Nothing to do: the next line looks again.
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence line, Object result) {
    // Nothing to do: the next line looks again.
  }

  @Deactivate
  synchronized void close() {
    open = false;
    registered.values().forEach(ServiceRegistration::unregister);
    registered.clear();
  }

  private synchronized void synchronise() {
    // First this, then the list: what changes in between is seen at the next line.
    long now = catalog.revision();
    if (!open || now == revision) {
      return;
    }
    revision = now;
    Set<String> wanted = new HashSet<>(OWN.keySet());
    catalog.actions().stream().map(ActionInfo::id).forEach(wanted::add);
    registered
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !wanted.contains(entry.getKey());
              if (gone) {
                entry.getValue().unregister();
              }
              return gone;
            });
    wanted.forEach(id -> registered.computeIfAbsent(id, this::register));
  }

  private ServiceRegistration<Function> register(String id) {
    int colon = id.indexOf(':');
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(CommandProcessor.COMMAND_SCOPE, id.substring(0, colon));
    properties.put(CommandProcessor.COMMAND_FUNCTION, id.substring(colon + 1));
    Function function = new ActionFunction(shell, OWN.getOrDefault(id, List.of(id)));
    return context.registerService(Function.class, function, properties);
  }
}
