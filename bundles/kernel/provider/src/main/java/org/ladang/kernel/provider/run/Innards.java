package org.ladang.kernel.provider.run;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks into the parts of the JDK that hold objects and have no method to list them. That takes {@code --add-opens} of
 * {@code java.lang}, {@code java.util} and {@code java.sql}, which {@code bin/ladang} gives; where they are shut,
 * nothing is found. Reads only.
 */
final class Innards {
  private Innards() {}

  /** The values that a thread keeps in its {@code ThreadLocal}s, and the keys themselves. */
  static List<Object> threadLocals(Thread thread) {
    List<Object> found = new ArrayList<>();
    for (String name : new String[] {"threadLocals", "inheritableThreadLocals"}) {
      field(Thread.class, thread, name)
          .flatMap(map -> field(map.getClass(), map, "table"))
          .ifPresent(
              table -> {
                for (int i = 0; i < Array.getLength(table); i++) {
                  Object entry = Array.get(table, i);
                  if (entry instanceof java.lang.ref.Reference<?> key) {
                    found.add(key.get());
                    field(entry.getClass(), entry, "value").ifPresent(found::add);
                  }
                }
              });
    }
    return found;
  }

  /** The tasks that a {@code java.util.Timer}'s thread has before it; empty for other threads. */
  static List<Object> timerTasks(Thread thread) {
    if (!thread.getClass().getName().equals("java.util.TimerThread")) {
      return List.of();
    }
    List<Object> found = new ArrayList<>();
    field(thread.getClass(), thread, "queue")
        .flatMap(queue -> field(queue.getClass(), queue, "queue"))
        .ifPresent(
            tasks -> {
              for (int i = 0; i < Array.getLength(tasks); i++) {
                found.add(Array.get(tasks, i));
              }
            });
    return found;
  }

  /** The threads that run when the JVM ends. */
  static List<Thread> shutdownHooks() {
    return type("java.lang.ApplicationShutdownHooks")
        .flatMap(type -> field(type, null, "hooks"))
        .map(hooks -> List.copyOf(keys(hooks)))
        .orElse(List.of());
  }

  private static Collection<Thread> keys(Object hooks) {
    List<Thread> found = new ArrayList<>();
    ((Map<?, ?>) hooks).keySet().forEach(key -> found.add((Thread) key));
    return found;
  }

  /** What a thread is to run; empty when it is nothing but itself. */
  static Optional<Object> task(Thread thread) {
    Optional<Object> direct = field(Thread.class, thread, "target");
    // Java 19 and later keep it one step further in.
    return direct.isPresent()
        ? direct
        : field(Thread.class, thread, "holder").flatMap(h -> field(h.getClass(), h, "task"));
  }

  /** The registered JDBC drivers, of whatever class loader. */
  static List<Object> drivers() {
    List<Object> found = new ArrayList<>();
    type("java.sql.DriverManager")
        .flatMap(type -> field(type, null, "registeredDrivers"))
        .ifPresent(
            infos -> {
              for (Object info : (Collection<?>) infos) {
                field(info.getClass(), info, "driver").ifPresent(found::add);
              }
            });
    return found;
  }

  private static Optional<Class<?>> type(String name) {
    try {
      return Optional.of(Class.forName(name, true, ClassLoader.getPlatformClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty(); // A Java without that part.
    }
  }

  private static Optional<Object> field(Class<?> type, Object of, String name) {
    try {
      Field field = type.getDeclaredField(name);
      return field.trySetAccessible() ? Optional.ofNullable(field.get(of)) : Optional.empty();
    } catch (NoSuchFieldException | IllegalAccessException e) {
      return Optional.empty(); // Another Java keeps it elsewhere.
    }
  }
}
