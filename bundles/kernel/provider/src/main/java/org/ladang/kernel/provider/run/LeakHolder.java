package org.ladang.kernel.provider.run;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Guesses what holds a class loader, among what can be seen without a heap dump. */
final class LeakHolder {
  // The surest first: a thread that runs the code, down to what merely knows an object of it.
  private static final List<Function<ClassLoader, Optional<String>>> LOOKS =
      List.of(
          LeakHolder::timer,
          LeakHolder::shutdownHook,
          LeakHolder::thread,
          LeakHolder::threadLocal,
          LeakHolder::driver,
          LeakHolder::bean);

  private LeakHolder() {}

  /** What is likely to hold it, in words. */
  static String of(ClassLoader loader) {
    return LOOKS.stream()
        .flatMap(look -> look.apply(loader).stream())
        .findFirst()
        .map(holder -> "held by " + holder)
        .orElse(
            "held by something that cannot be seen from outside,"
                + " such as a static field of another bundle or a listener");
  }

  private static Optional<String> thread(ClassLoader loader) {
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      Thread thread = entry.getKey();
      StackTraceElement[] frames = entry.getValue();
      if (belongs(thread, loader) || runsIn(frames, loader)) {
        return Optional.of(
            "the thread " + thread.getName() + (frames.length == 0 ? "" : " at " + frames[0]));
      }
    }
    return Optional.empty();
  }

  private static boolean belongs(Thread thread, ClassLoader loader) {
    return thread.getClass().getClassLoader() == loader
        || thread.getContextClassLoader() == loader
        || Innards.task(thread).filter(task -> isOf(task, loader)).isPresent();
  }

  private static Optional<String> timer(ClassLoader loader) {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      for (Object task : Innards.timerTasks(thread)) {
        if (isOf(task, loader)) {
          return Optional.of(
              "the timer " + thread.getName() + " with the task " + task.getClass().getName());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> threadLocal(ClassLoader loader) {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      for (Object value : Innards.threadLocals(thread)) {
        if (isOf(value, loader)) {
          return Optional.of(
              "a ThreadLocal of the thread "
                  + thread.getName()
                  + " with a "
                  + value.getClass().getName());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> shutdownHook(ClassLoader loader) {
    return Innards.shutdownHooks().stream()
        .filter(hook -> belongs(hook, loader))
        .findFirst()
        .map(hook -> "the shutdown hook " + hook.getName());
  }

  private static Optional<String> driver(ClassLoader loader) {
    return Innards.drivers().stream()
        .filter(driver -> isOf(driver, loader))
        .findFirst()
        .map(driver -> "the registered JDBC driver " + driver.getClass().getName());
  }

  private static Optional<String> bean(ClassLoader loader) {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName name : beans.queryNames(null, null)) {
      try {
        if (beans.getClassLoaderFor(name) == loader) {
          return Optional.of("the MBean " + name);
        }
      } catch (InstanceNotFoundException e) {
        // It was unregistered while we looked: it holds nothing any more.
        continue;
      }
    }
    return Optional.empty();
  }

  /** Whether it is an object of the loader's classes, one of them, or a collection that holds one. */
  private static boolean isOf(Object value, ClassLoader loader) {
    if (value == null) {
      return false;
    }
    if (value == loader
        || value.getClass().getClassLoader() == loader
        || (value instanceof Class<?> type && type.getClassLoader() == loader)) {
      return true;
    }
    // Only the JDK's own collections: code of a bundle is not run to find its leak.
    if (value.getClass().getClassLoader() != null) {
      return false;
    }
    Collection<?> elements =
        value instanceof Collection<?> all
            ? all
            : value instanceof Map<?, ?> map ? map.values() : List.of();
    return !elements.isEmpty() && anyOf(elements, loader);
  }

  private static boolean anyOf(Collection<?> elements, ClassLoader loader) {
    try {
      return elements.stream().anyMatch(e -> e != null && e.getClass().getClassLoader() == loader);
    } catch (RuntimeException e) {
      return false; // It belongs to another thread, which changed it while we looked.
    }
  }

  private static boolean runsIn(StackTraceElement[] frames, ClassLoader loader) {
    for (StackTraceElement frame : frames) {
      if (frame.getClassLoaderName() == null && !frame.getClassName().startsWith("java.")) {
        try {
          if (Class.forName(frame.getClassName(), false, loader).getClassLoader() == loader) {
            return true;
          }
        } catch (ClassNotFoundException | LinkageError | IllegalStateException e) {
          // Not a class of that bundle, or one that its dead loader no longer gives.
          continue;
        }
      }
    }
    return false;
  }
}
