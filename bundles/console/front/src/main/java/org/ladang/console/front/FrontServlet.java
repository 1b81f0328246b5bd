package org.ladang.console.front;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.ladang.console.WebHandler;
import org.ladang.console.WebRequest;
import org.ladang.console.WebResponse;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.LadangRuntime;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one servlet. Owns the registration for as long as the process runs and hands each request, as a value, through the
 * kernel's proxy to the console's provider.
 */
@Component(service = Servlet.class, configurationPid = FrontConfig.PID)
@Designate(ocd = FrontConfig.class)
@HttpWhiteboardServletName("ladang")
@HttpWhiteboardServletPattern("/*")
@HttpWhiteboardServletAsyncSupported
public final class FrontServlet extends HttpServlet {
  private static final Logger log = LoggerFactory.getLogger(FrontServlet.class);

  private final transient HealthAnswers health;
  private final transient RequestReader reader;
  private final transient Semaphore places;
  private final int mostRequests;
  private final int seconds;
  private final transient LiveStreams live;
  private final transient Semaphore uploads = new Semaphore(2);

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private transient volatile WebHandler handler;

  /** Made by DS. The guard is no more than required: without it nobody checks the host, so nothing is served. */
  @Activate
  @SuppressWarnings("PMD.UnusedFormalParameter")
  public FrontServlet(
      @Reference LadangRuntime runtime,
      @Reference HostGuard guard,
      @Reference LiveStreams live,
      FrontConfig config) {
    this.health = new HealthAnswers(runtime::ready);
    this.reader = new RequestReader(config.max_body_bytes(), config.max_upload_bytes());
    this.live = live;
    live.handler(this::ask);
    this.mostRequests = config.max_requests();
    this.places = new Semaphore(mostRequests);
    this.seconds = config.max_seconds();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String method = request.getMethod();
    Optional<WebResponse> own = health.answer(method, RequestReader.path(request));
    if (own.isPresent()) {
      ServletAnswer.send(response, own.get(), method);
    } else if (!places.tryAcquire()) {
      ServletAnswer.send(
          response, Problem.tooMany(mostRequests).response().header("Retry-After", "1"), method);
    } else {
      serve(request, response, method);
    }
  }

  private void serve(HttpServletRequest request, HttpServletResponse response, String method)
      throws IOException {
    boolean handedOver = false;
    boolean upload = RequestReader.upload(request);
    if (upload && !uploads.tryAcquire()) {
      places.release();
      ServletAnswer.send(
          response,
          Problem.tooManyUploads()
              .response()
              .header("Retry-After", "1")
              .header("Connection", "close"),
          method);
      return;
    }
    try {
      RequestReader.Outcome outcome = reader.read(request);
      if (outcome instanceof RequestReader.Outcome.Refused refused) {
        ServletAnswer.send(
            response, refused.problem().response().header("Connection", "close"), method);
        return;
      }
      WebRequest read = ((RequestReader.Outcome.Read) outcome).request();
      Exchange exchange =
          new Exchange(request.startAsync(), method, seconds(read), () -> release(upload));
      handedOver = true;
      ask(read)
          .whenComplete(
              (answer, failure) -> {
                if (failure == null && LiveStreams.stays(read, answer)) {
                  listen(exchange, read, answer);
                } else {
                  exchange.answer(failure == null ? answer : told(failure));
                }
              });
    } finally {
      if (!handedOver) {
        release(upload);
      }
    }
  }

  private void release(boolean upload) {
    places.release();
    if (upload) {
      uploads.release();
    }
  }

  /** A page that listens has no deadline: whether it still may is asked again and again. */
  private int seconds(WebRequest request) {
    return request.path().equals(LiveStreams.PATH) && request.method().equals("GET") ? 0 : seconds;
  }

  private void listen(Exchange exchange, WebRequest request, WebResponse answer) {
    if (live.full()) {
      exchange.answer(Problem.tooMany(mostRequests).response().header("Retry-After", "5"));
    } else {
      exchange.stream(live, request, answer);
    }
  }

  private CompletionStage<WebResponse> ask(WebRequest request) {
    WebHandler present = handler;
    if (present == null) {
      return CompletableFuture.completedStage(
          Problem.notThere().response().header("Retry-After", "1"));
    }
    try {
      return present.handle(request);
    } catch (RuntimeException failure) {
      return CompletableFuture.failedStage(failure);
    }
  }

  private static WebResponse told(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof LadangException gone) {
      // The proxy's own: the provider did not come back within the grace time.
      return new Problem(
              503,
              "Service Unavailable",
              gone.code(),
              gone.getMessage(),
              gone.nextStep().orElse("Try again in a second."))
          .response()
          .header("Retry-After", "1");
    }
    log.error("The console failed while it answered a request.", cause);
    return Problem.broken().response();
  }
}
