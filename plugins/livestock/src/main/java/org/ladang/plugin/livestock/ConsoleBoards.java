package org.ladang.plugin.livestock;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Boards as text, for the shell and for whoever has no server: {@code livestock:show} reads them. */
final class ConsoleBoards implements BoardClient {
  private final Map<String, Message> shown = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();

  @Override
  public String create(String channel, Message message, String nonce) {
    shown.put(channel, message);
    return "console-" + last.incrementAndGet();
  }

  @Override
  public void edit(String channel, String id, Message message) {
    shown.put(channel, message);
  }

  @Override
  public void delete(String channel, String id) {
    shown.remove(channel);
  }

  @Override
  public String name() {
    return "the console";
  }

  /** A message as text: each row of buttons is a line. */
  static String text(Message message) {
    return message.rows().stream()
        .map(
            row ->
                row.stream()
                    .map(b -> b.disabled() ? "(" + b.label() + ")" : "[" + b.label() + "]")
                    .collect(Collectors.joining(" ")))
        .collect(Collectors.joining("\n", message.text() + "\n", ""))
        .strip();
  }
}
