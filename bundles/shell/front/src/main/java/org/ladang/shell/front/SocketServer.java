package org.ladang.shell.front;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.ladang.shell.Answer;
import org.ladang.shell.wire.Frames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections on the shell's socket, each served by a thread of its own, and ends them all when closed. At most
 * {@value #CONNECTIONS} at a time; the next one is told so and closed.
 */
final class SocketServer implements AutoCloseable {
  static final int CONNECTIONS = 32;
  private static final Duration GOODBYE = Duration.ofSeconds(2);
  private static final Logger log = LoggerFactory.getLogger(SocketServer.class);

  /** Talks to one client until it leaves; runs on the connection's thread. */
  interface Talk {
    /** Returns when the client has left. */
    void with(SocketChannel client, String session) throws IOException;
  }

  private final SocketPlace place;
  private final ServerSocketChannel server;
  private final Talk talk;
  private final Map<SocketChannel, Thread> connections = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final Thread acceptor;

  SocketServer(SocketPlace place, Talk talk) throws IOException {
    this.place = place;
    this.server = place.bind(CONNECTIONS);
    this.talk = talk;
    this.acceptor = new Thread(this::accept, "ladang-shell-accept");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  Path socket() {
    return place.socket();
  }

  int connections() {
    return connections.size();
  }

  @Override
  public void close() throws IOException {
    server.close();
    List<Thread> threads = new ArrayList<>(connections.values());
    connections.keySet().forEach(SocketServer::end);
    threads.forEach(Thread::interrupt);
    threads.add(acceptor); // The system's socket is closed only when it no longer waits there.
    place.close();
    long until = System.nanoTime() + GOODBYE.toNanos();
    try {
      for (Thread thread : threads) {
        thread.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
        if (thread.isAlive()) {
          log.warn("{} still runs while the shell stops.", thread.getName());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        welcome(server.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        log.warn("The shell's socket cannot accept connections any more.", e);
        return;
      }
    }
  }

  private void welcome(SocketChannel client) {
    if (connections.size() >= CONNECTIONS) {
      refuse(client);
      return;
    }
    String session = "shell-" + numbers.incrementAndGet();
    Thread thread = new Thread(() -> serve(client, session), "ladang-" + session);
    thread.setDaemon(true);
    connections.put(client, thread);
    thread.start();
    if (!server.isOpen()) {
      end(client); // Closed between accept and put: close() has not seen this one.
    }
  }

  private void serve(SocketChannel client, String session) {
    try (client) {
      talk.with(client, session);
    } catch (ClosedChannelException e) {
      log.debug("The connection of {} was closed.", session);
    } catch (IOException e) {
      log.debug("The connection of {} broke.", session, e);
    } catch (RuntimeException e) {
      log.warn("The connection of {} was closed after a failure.", session, e);
    } finally {
      connections.remove(client);
    }
  }

  private static void refuse(SocketChannel client) {
    String sentence =
        "Already "
            + CONNECTIONS
            + " shells are connected. Leave one of them and try again."
            + " [LADANG-SHELL-011]";
    try (client) {
      client.configureBlocking(false); // Who does not read must not hold up the next one.
      Frames.write(client, Map.of("exit", Answer.Exit.UNREACHABLE.code(), "text", sentence));
    } catch (IOException e) {
      log.debug("A refused connection left before it was told why.", e);
    }
  }

  private static void end(SocketChannel client) {
    try {
      client.close();
    } catch (IOException e) {
      log.debug("A connection did not close cleanly.", e);
    }
  }
}
