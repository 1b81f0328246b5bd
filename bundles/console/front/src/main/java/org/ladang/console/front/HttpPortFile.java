package org.ladang.console.front;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.ladang.kernel.Home;
import org.ladang.kernel.LadangException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes {@code run/http.port}, the port that is really bound, so that scripts need not guess what 0 became. */
@Component(service = {})
public final class HttpPortFile {
  private static final Logger log = LoggerFactory.getLogger(HttpPortFile.class);
  private static final String ENDPOINT = "osgi.http.endpoint";

  private final Path file;
  private OptionalInt written = OptionalInt.empty();

  /** Made by DS. */
  @Activate
  public HttpPortFile(@Reference Home home) {
    this(home.run().resolve("http.port"));
  }

  HttpPortFile(Path file) {
    this.file = file;
  }

  @Reference(policy = ReferencePolicy.DYNAMIC, updated = "updatedRuntime", unbind = "unsetRuntime")
  void setRuntime(HttpServiceRuntime runtime, Map<String, Object> properties) {
    serving(endpoints(properties));
  }

  void updatedRuntime(HttpServiceRuntime runtime, Map<String, Object> properties) {
    serving(endpoints(properties));
  }

  void unsetRuntime(HttpServiceRuntime runtime) {
    // What replaces it is bound before this is called; the file goes with the component.
  }

  /** Writes the port of the first endpoint, plain HTTP before TLS. */
  synchronized void serving(List<String> endpoints) {
    OptionalInt port = port(endpoints);
    if (port.isEmpty() || port.equals(written)) {
      return;
    }
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, port.getAsInt() + "\n");
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      written = port;
      log.atInfo().addKeyValue("port", port.getAsInt()).log("The web is served.");
    } catch (IOException refused) {
      throw new LadangException(
              "LADANG-CONSOLE-011", "The port cannot be written to " + file + ".", refused)
          .next("Look whether the disk is full or the folder read only.");
    }
  }

  /** Nobody is to look for a port that is no longer served. */
  @Deactivate
  synchronized void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException refused) {
      log.atWarn().addKeyValue("file", file).setCause(refused).log("The port file stays behind.");
    }
  }

  static List<String> endpoints(Map<String, Object> properties) {
    Object value = properties.get(ENDPOINT);
    if (value instanceof String[] several) {
      return Arrays.asList(several);
    }
    return value == null ? List.of() : List.of(value.toString());
  }

  static OptionalInt port(List<String> endpoints) {
    return endpoints.stream()
        .filter(e -> e.startsWith("http"))
        .sorted((a, b) -> Boolean.compare(a.startsWith("https"), b.startsWith("https")))
        .mapToInt(e -> URI.create(e).getPort())
        .filter(p -> p > 0)
        .findFirst();
  }
}
