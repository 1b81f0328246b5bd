package org.ladang.console.front;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.ladang.console.WebRequest;
import org.ladang.console.WebResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One page that listens: server-sent events, written without blocking. What a page does not read in time is dropped, and
 * the page is told to look anew; it holds no thread.
 */
final class LiveStream implements WriteListener, AsyncListener {
  private static final Logger log = LoggerFactory.getLogger(LiveStream.class);
  private static final int MOST = 64;
  private static final byte[] GAP = frame("event: message\ndata: {\"type\":\"gap\"}\n\n");

  private final AsyncContext async;
  private final WebRequest request;
  private final Consumer<LiveStream> whenOver;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private ServletOutputStream out;
  private boolean possible;
  private boolean flush;
  private boolean over;

  /**
   * @param request to be asked again, whether the page still may
   * @param whenOver told once, with this
   */
  LiveStream(AsyncContext async, WebRequest request, Consumer<LiveStream> whenOver) {
    this.async = async;
    this.request = request;
    this.whenOver = whenOver;
    async.addListener(this);
  }

  static byte[] frame(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  WebRequest request() {
    return request;
  }

  /** Begins with the handler's answer. */
  synchronized void begin(WebResponse response) {
    try {
      HttpServletResponse servlet = (HttpServletResponse) async.getResponse();
      ServletAnswer.stream(servlet, response);
      waiting.add(response.body());
      out = servlet.getOutputStream();
      out.setWriteListener(this);
    } catch (IOException | IllegalStateException gone) {
      end("The page went away before it listened.", gone);
    }
  }

  /** Sends a frame, soon. */
  synchronized void send(byte[] frame) {
    if (over) {
      return;
    }
    if (waiting.size() >= MOST) {
      waiting.clear();
      waiting.add(GAP);
    }
    waiting.add(frame);
    if (possible) {
      write();
    }
  }

  @Override
  public synchronized void onWritePossible() {
    possible = true;
    write();
  }

  private void write() {
    try {
      while (out.isReady()) {
        byte[] next = waiting.poll();
        if (next != null) {
          out.write(next);
          flush = true;
        } else if (flush) {
          flush = false;
          out.flush();
        } else {
          return;
        }
      }
      possible = false;
    } catch (IOException | IllegalStateException gone) {
      end("The page went away.", gone);
    }
  }

  /** Ends it from our side; the page asks again, and is refused or let in. */
  synchronized void close() {
    end("The page may no longer listen.", null);
  }

  private void end(String why, Exception failure) {
    if (over) {
      return;
    }
    over = true;
    log.debug(why, failure);
    whenOver.accept(this);
    try {
      async.complete();
    } catch (IllegalStateException already) {
      log.debug("It was over already.", already);
    }
  }

  @Override
  public synchronized void onError(Throwable gone) {
    end("The page went away.", null);
  }

  @Override
  public synchronized void onComplete(AsyncEvent event) {
    if (!over) {
      over = true;
      whenOver.accept(this);
    }
  }

  @Override
  public synchronized void onError(AsyncEvent event) {
    end("The page went away.", null);
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    // It has none; the permission is asked for again instead.
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Started once, by the front door.
  }
}
