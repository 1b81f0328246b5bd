package org.ladang.launcher;

import java.nio.file.Path;
import java.util.List;

/**
 * Entry point. Arguments: {@code run}, or {@code status [--json]}. The distribution and the home are the system
 * properties {@code ladang.dist} and {@code ladang.home}; {@code bin/ladang} sets both.
 */
@SuppressWarnings("PMD.SystemPrintln") // What is refused here is told to the terminal.
public final class Main {
  private Main() {}

  /** Exits with 0 when done, otherwise with the code that {@code runtime/README.md} lists. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    try {
      HomeFolder home = new HomeFolder(folder("ladang.home"));
      String command = arguments.isEmpty() ? "run" : arguments.get(0);
      return switch (command) {
        case "run" -> new Run(home, folder("ladang.dist")).untilStopped();
        case "status" -> new Status(home).print(System.out, arguments.contains("--json"));
        default ->
            throw new Refusal(
                Refusal.USAGE,
                "LADANG-LAUNCH-001",
                "There is no command " + command + ": use run or status.");
      };
    } catch (Refusal refusal) {
      System.err.println("ladang: " + refusal.getMessage());
      return refusal.exitCode();
    }
  }

  private static Path folder(String property) {
    String value = System.getProperty(property, "");
    if (value.isBlank()) {
      throw new Refusal(
          Refusal.USAGE,
          "LADANG-LAUNCH-002",
          "The system property " + property + " names no folder: start Ladang with bin/ladang.");
    }
    return Path.of(value).toAbsolutePath().normalize();
  }
}
