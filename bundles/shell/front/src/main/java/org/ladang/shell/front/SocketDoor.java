package org.ladang.shell.front;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ladang.kernel.Home;
import org.ladang.kernel.Scheduler;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shell's socket in the home's {@code run} folder, for as long as this runs. */
@Component(
    service = {},
    immediate = true)
public final class SocketDoor {
  private static final Logger log = LoggerFactory.getLogger(SocketDoor.class);

  private final SocketServer server;

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile GogoCommands gogo;

  /** Fails, and says so in the log, when the socket cannot be opened. */
  @Activate
  public SocketDoor(
      @Reference Home home,
      @Reference Scheduler scheduler,
      @Reference LiveShell shell,
      @Reference Doorman doorman)
      throws IOException {
    Conversation conversation =
        new Conversation(shell, doorman, this::session, scheduler, home.version());
    SocketPlace place =
        SocketPlace.in(home.run(), Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    this.server = new SocketServer(place, conversation);
    log.debug("The shell listens at {}.", server.socket());
  }

  @Deactivate
  void close() throws IOException {
    server.close();
  }

  private Optional<GogoSession> session() {
    return Optional.ofNullable(gogo).map(GogoCommands::open);
  }
}
