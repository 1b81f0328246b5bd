package org.ladang.shell.client;

import java.io.Console;
import java.lang.reflect.Method;

/** Whether a person sits in front of this process. */
final class Terminals {
  private Terminals() {}

  /** {@code Console.isTerminal} came with JDK 22; before, a console alone meant a terminal. */
  static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      Method isTerminal = Console.class.getMethod("isTerminal");
      return (Boolean) isTerminal.invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
