package org.ladang.security.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.Principal;
import org.ladang.kernel.action.Role;

/** The room without a framework, with time that a test drives. */
final class TestRoom implements AutoCloseable {
  static final String PASSWORD = "correct horse battery";

  final FakeClock clock;
  final MapState state;
  final FakeEvents events = new FakeEvents();
  final FakeHome home;
  final AuditFiles files;
  final AuditWriter writer;
  final Desk desk;
  final Doorkeeper door;

  /** The first start of a home. */
  TestRoom(Path folder) {
    this(folder, new MapState(), new FakeClock(), new TestConfig(), "1@start");
  }

  /** Another start, or another version beside, of what has that state. */
  TestRoom(Path folder, MapState state, FakeClock clock, TestConfig config, String process) {
    this.state = state;
    this.clock = clock;
    home = new FakeHome(folder);
    files = new AuditFiles(home.data().resolve("security"));
    AuditAnchors anchors = new AuditAnchors(state);
    AuditLog log = new AuditLog(files, anchors, clock, events, 1 << 20, 100);
    writer = new AuditWriter(log, clock, events);
    AuditTrail trail = new AuditTrail(files, anchors, log, writer, clock);
    desk = Desk.of(home, state, clock, events, config, trail, new SecureRandom(), process);
    door = desk.doorkeeper();
    writer.start();
    desk.open();
  }

  /** The same runtime started anew. */
  TestRoom restarted(String process) {
    close();
    return new TestRoom(home.root(), state, clock, new TestConfig(), process);
  }

  /** A room with the admin ana. */
  TestRoom withAdmin() throws IOException {
    door.firstStart(oneTimeToken(), "ana", PASSWORD);
    return this;
  }

  Path oneTimeFile() {
    return home.run().resolve("first-start.token");
  }

  String oneTimeToken() throws IOException {
    return Files.readString(oneTimeFile()).strip();
  }

  /** A call of an admin. */
  CallContext call() {
    return CallContext.of(
        new Principal("ana", Role.ADMIN), "rest", "trace-1", Instant.parse("2026-01-02T00:00:00Z"));
  }

  List<AuditEntry> audit() {
    return desk.trail().newest(1_000).stream().map(AuditLine::entry).toList();
  }

  @Override
  public void close() {
    desk.close();
    writer.stop();
  }
}
