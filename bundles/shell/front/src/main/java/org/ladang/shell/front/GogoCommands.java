package org.ladang.shell.front;

import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Opens Gogo sessions for owners who have no terminal of the process. */
@Component(service = GogoCommands.class)
public final class GogoCommands {
  private final CommandProcessor processor;
  private final GogoBuiltins builtins;

  @Activate
  public GogoCommands(BundleContext context, @Reference CommandProcessor processor) {
    this.processor = processor;
    this.builtins = new GogoBuiltins(context, processor);
  }

  /** A session of its own, with its own variables; the caller closes it. */
  GogoSession open() {
    builtins.ensure();
    return new GogoSession(processor);
  }
}
