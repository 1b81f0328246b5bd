package org.ladang.launcher;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Calls something when the process is asked to stop (TERM, INT, HUP), so that it can end by itself with 0. A shutdown
 * hook alone cannot: it runs when the exit code is already that of the signal.
 *
 * <p>{@code sun.misc.Signal} is exported by {@code jdk.unsupported} on every JDK since 9, but compiling against it
 * warns; where it is absent the shutdown hook still stops the framework.
 */
final class StopSignals {
  private StopSignals() {}

  static void call(Runnable stop) {
    for (String name : List.of("TERM", "INT", "HUP")) {
      try {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object calls =
            Proxy.newProxyInstance(
                StopSignals.class.getClassLoader(),
                new Class<?>[] {handler},
                (proxy, method, arguments) -> {
                  switch (method.getName()) {
                    case "handle" -> stop.run();
                    case "hashCode" -> {
                      return System.identityHashCode(proxy);
                    }
                    case "equals" -> {
                      return proxy == arguments[0];
                    }
                    case "toString" -> {
                      return "Ladang's stop";
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                  }
                  return null;
                });
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), calls);
      } catch (ReflectiveOperationException e) {
        // The JVM keeps this signal for itself, or the system has none of that name: the shutdown
        // hook does the work.
        continue;
      }
    }
  }
}
