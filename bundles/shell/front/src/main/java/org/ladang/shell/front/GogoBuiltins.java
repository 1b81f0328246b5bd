package org.ladang.shell.front;

import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.function.Supplier;
import org.apache.felix.gogo.jline.Posix;
import org.apache.felix.gogo.jline.Procedural;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code grep}, {@code each} and their like, for a process without terminal. They belong to the bundle that also starts
 * a terminal, so here they are registered without starting it, and not before somebody comes who may want them.
 */
final class GogoBuiltins {
  private static final String[] PIPES = {
    "cat", "echo", "grep", "head", "sort", "tail", "wc", "date"
  };
  private static final String[] FLOW = {"each", "if", "not", "throw", "try", "until", "while"};
  private static final Logger log = LoggerFactory.getLogger(GogoBuiltins.class);

  private final BundleContext context;
  private final CommandProcessor processor;
  private boolean done;

  GogoBuiltins(BundleContext context, CommandProcessor processor) {
    this.context = context;
    this.processor = processor;
  }

  synchronized void ensure() {
    if (done || terminalRuns()) {
      return;
    }
    done = true;
    try {
      register(() -> new Posix(processor), PIPES);
      register(Procedural::new, FLOW);
    } catch (NoClassDefFoundError e) {
      log.info(
          "Pipes have no grep and no each here: {} is not installed.", ForegroundTerminal.BUNDLE);
    }
  }

  private boolean terminalRuns() {
    return Arrays.stream(context.getBundles())
        .anyMatch(
            bundle ->
                ForegroundTerminal.BUNDLE.equals(bundle.getSymbolicName())
                    && bundle.getState() == Bundle.ACTIVE);
  }

  private void register(Supplier<Object> commands, String[] functions) {
    Object target = commands.get();
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(CommandProcessor.COMMAND_SCOPE, "gogo");
    properties.put(CommandProcessor.COMMAND_FUNCTION, functions);
    context.registerService(target.getClass().getName(), target, properties);
  }
}
