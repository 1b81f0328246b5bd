package org.ladang.bench.balance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Eleven HTTP servers in a process of their own. Each answers after 5 to 15 ms; the last one after 2 s while it is told to
 * by a line of input. No thread waits for an answer to be due.
 */
final class SlowServers {
  private static final int SERVERS = 11;
  private static final int SLOW = 2_000;

  private static volatile boolean slow;

  private SlowServers() {}

  /** Prints a port a line, then reads {@code slow} and {@code fast} until its input ends. */
  public static void main(String[] args) throws IOException {
    ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
    for (int i = 0; i < SERVERS; i++) {
      boolean last = i == SERVERS - 1;
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            long millis = last && slow ? SLOW : 5 + ThreadLocalRandom.current().nextInt(11);
            timer.schedule(() -> answer(exchange), millis, TimeUnit.MILLISECONDS);
          });
      server.start();
      say(Integer.toString(server.getAddress().getPort()));
    }
    byte[] line = new byte[16];
    for (int n = System.in.read(line); n > 0; n = System.in.read(line)) {
      slow = line[0] == 's';
    }
    System.exit(0);
  }

  private static void say(String line) throws IOException {
    System.out.write((line + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    System.out.flush();
  }

  private static void answer(HttpExchange exchange) {
    try {
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
    } catch (IOException e) {
      // The caller has given up; that is what is measured, at the other end.
      exchange.close();
    }
  }
}
