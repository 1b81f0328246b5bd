package org.ladang.console.front;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ladang.console.WebRequest;
import org.ladang.console.WebResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request under way: the first answer counts, be it the handler's or that of the deadline. Writes without blocking,
 * so that a caller who does not read holds none of the threads that actions run on.
 */
final class Exchange implements AsyncListener {
  private static final Logger log = LoggerFactory.getLogger(Exchange.class);

  private final AsyncContext async;
  private final String method;
  private final int seconds;
  private final Runnable whenOver;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final AtomicBoolean over = new AtomicBoolean();

  /**
   * @param seconds after which the request is answered with 504
   * @param whenOver called once, when nothing more will be written
   */
  Exchange(AsyncContext async, String method, int seconds, Runnable whenOver) {
    this.async = async;
    this.method = method;
    this.seconds = seconds;
    this.whenOver = whenOver;
    async.setTimeout(seconds * 1000L);
    async.addListener(this);
  }

  /** Answers, on whatever thread; the second and later answers are dropped. */
  void answer(WebResponse response) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    try {
      HttpServletResponse servlet = (HttpServletResponse) async.getResponse();
      ServletAnswer.head(servlet, response);
      if (method.equals("HEAD") || response.body().length == 0) {
        async.complete();
      } else {
        ServletOutputStream out = servlet.getOutputStream();
        out.setWriteListener(new Writer(out, response.body()));
      }
    } catch (IOException | IllegalStateException gone) {
      log.debug("The caller went away before the answer.", gone);
    }
  }

  /** Keeps the answer open, for events to be written to it. */
  void stream(LiveStreams live, WebRequest request, WebResponse response) {
    if (answered.compareAndSet(false, true)) {
      LiveStream stream = new LiveStream(async, request, live::remove);
      // A page that listens takes none of the places of requests under way.
      end();
      live.add(stream, response);
    }
  }

  private final class Writer implements WriteListener {
    private final ServletOutputStream out;
    private final byte[] body;
    private boolean written;

    Writer(ServletOutputStream out, byte[] body) {
      this.out = out;
      this.body = body;
    }

    @Override
    public void onWritePossible() throws IOException {
      while (out.isReady()) {
        if (written) {
          async.complete();
          return;
        }
        written = true;
        out.write(body);
      }
    }

    @Override
    public void onError(Throwable gone) {
      log.debug("The caller went away during the answer.", gone);
      async.complete();
    }
  }

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {
    if (answered.compareAndSet(false, true)) {
      HttpServletResponse servlet = (HttpServletResponse) async.getResponse();
      ServletAnswer.send(servlet, Problem.late(seconds).response(), method);
    }
    async.complete();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    end();
  }

  @Override
  public void onError(AsyncEvent event) {
    log.debug("The exchange failed.", event.getThrowable());
    answered.set(true);
    end();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Started once, by the front door.
  }

  private void end() {
    if (over.compareAndSet(false, true)) {
      whenOver.run();
    }
  }
}
