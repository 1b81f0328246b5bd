package org.ladang.kernel.provider.action;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.swap.Kind;

/** The list that the annotation processor wrote for these tests. */
final class Samples {
  static final CallContext CONTEXT =
      CallContext.of(Principal.SYSTEM, "local", "t-1", Instant.parse("2026-01-31T12:00:00Z"));

  private Samples() {}

  static List<ActionEntry> all() {
    return ActionTable.read(json(), Kind.PLUGIN, "bots", "org.example.bots").stream()
        .filter(entry -> entry.binding().component().equals(SampleActions.class.getName()))
        .toList();
  }

  static ActionEntry entry(String name) {
    return all().stream()
        .filter(entry -> entry.info().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static BoundAction bind(String name) {
    return BoundAction.of(new SampleActions(), entry(name));
  }

  static byte[] json() {
    try (InputStream in = Samples.class.getClassLoader().getResourceAsStream(ActionTable.PATH)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
