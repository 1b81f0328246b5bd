package org.ladang.shell.front;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.felix.gogo.runtime.CommandNotFoundException;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.ladang.shell.Answer;

/** One owner's Gogo session whose output is caught. Used by one thread at a time. */
final class GogoSession implements AutoCloseable {
  /** Gogo's commands colour what they print, whoever reads it. */
  private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");

  private final BoundedOutput output = new BoundedOutput();
  private final CommandSession session;

  GogoSession(CommandProcessor processor) {
    session = processor.createSession(new ByteArrayInputStream(new byte[0]), output, output);
    session.put("SCOPE", "gogo:*");
  }

  /**
   * Runs a line.
   *
   * @return empty when its command is not known
   */
  Optional<Answer> run(String line, int width) {
    output.reset();
    session.put("COLUMNS", width > 0 ? width : 200);
    try {
      Object result = session.execute(line);
      session.getConsole().flush();
      String text = output.text();
      if (result != null) {
        CharSequence shown = session.format(result, Converter.INSPECT);
        text += shown == null ? "" : shown;
      }
      return Optional.of(new Answer(Answer.Exit.OK, plain(text)));
    } catch (CommandNotFoundException e) {
      return Optional.empty();
    } catch (Refusal e) {
      return Optional.of(failed(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(failed("The command was interrupted. [LADANG-SHELL-012]"));
    } catch (Exception | LinkageError e) {
      return Optional.of(failed(sentence(e) + " [LADANG-SHELL-012]"));
    }
  }

  @Override
  public void close() {
    session.close();
  }

  private Answer failed(String sentence) {
    session.getConsole().flush();
    String before = plain(output.text());
    return new Answer(Answer.Exit.FAILED, before.isEmpty() ? sentence : before + "\n" + sentence);
  }

  private static String plain(String text) {
    return COLOUR.matcher(text).replaceAll("").stripTrailing();
  }

  private static String sentence(Throwable e) {
    String message = e.getMessage();
    if (message == null || message.isBlank()) {
      return "Gogo's command failed: " + e.getClass().getSimpleName() + ".";
    }
    String text = "Gogo's command failed: " + message.strip();
    return text.endsWith(".") ? text : text + ".";
  }

  /** Keeps the first megabytes of what a command prints: a runaway one must not fill the heap. */
  private static final class BoundedOutput extends java.io.OutputStream {
    private static final int LIMIT = 4 << 20;
    private final java.io.ByteArrayOutputStream kept = new java.io.ByteArrayOutputStream();
    private boolean cut;

    @Override
    public synchronized void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      int room = Math.min(length, LIMIT - kept.size());
      kept.write(bytes, offset, room);
      cut |= room < length;
    }

    synchronized String text() {
      String text = kept.toString(StandardCharsets.UTF_8);
      return cut
          ? text + "\n… (more than " + LIMIT / 1024 / 1024 + " MiB, the rest is left out)"
          : text;
    }

    synchronized void reset() {
      kept.reset();
      cut = false;
    }
  }
}
