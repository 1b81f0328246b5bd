package org.ladang.itests;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a finished program left.
 *
 * @param exit its exit code
 * @param out its standard output
 * @param err its standard error
 */
record Command(int exit, String out, String err) {

  /** Runs a program to its end, without input; kills it after {@code deadline} and fails. */
  static Command run(
      Path folder, Map<String, String> environment, Duration deadline, List<String> words) {
    try {
      Path out = Files.createTempFile("ladang-it", ".out");
      Path err = Files.createTempFile("ladang-it", ".err");
      try {
        Process process =
            builder(folder, environment, words)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          throw new AssertionError(
              words
                  + " took more than "
                  + deadline
                  + "\n"
                  + Files.readString(out)
                  + Files.readString(err));
        }
        return new Command(process.exitValue(), Files.readString(out), Files.readString(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  static ProcessBuilder builder(Path folder, Map<String, String> environment, List<String> words) {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    Map<String, String> env = new HashMap<>(environment);
    env.forEach(builder.environment()::put);
    return builder;
  }

  /** This, when it succeeded; fails with what it said otherwise. */
  Command succeeded() {
    if (exit != 0) {
      throw new AssertionError("exit code " + exit + "\n" + out + err);
    }
    return this;
  }

  /** The output as a JSON value. */
  Object json() {
    try {
      return JSON.std.anyFrom(succeeded().out);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + out, e);
    }
  }

  /** The output as a JSON object. */
  @SuppressWarnings("unchecked")
  Map<String, Object> object() {
    return (Map<String, Object>) json();
  }

  /** The output as a JSON list of objects. */
  @SuppressWarnings("unchecked")
  List<Map<String, Object>> list() {
    return (List<Map<String, Object>>) json();
  }
}
