package org.ladang.itests;

import java.io.IOException;
import java.nio.file.Path;
import org.ladang.itests.field.BundleBuilder;

/** Plugins that listen to what others tell. */
final class Listeners {
  private Listeners() {}

  /** Leaves a file at the first event, and does not return from it until its thread is interrupted. */
  static Path holdsOnToEvents(String name, Path sign, Path folder) throws IOException {
    return BundleBuilder.bundle("itest." + name)
        .version("1.0.0")
        .against(Distribution.jar("system/base", "org.apache.felix.eventadmin"))
        .source(
            "itest." + name + ".Ear",
            """
            package itest.%1$s;

            import java.nio.file.*;
            import org.ladang.kernel.LadangPlugin;
            import org.ladang.kernel.action.*;
            import org.osgi.service.component.annotations.*;
            import org.osgi.service.event.*;

            @LadangPlugin(name = "%1$s")
            @Component(
                service = {ActionSource.class, EventHandler.class},
                property = {"event.topics=*", "event.filter=(bundle.symbolicName=*)"})
            public final class Ear implements ActionSource, EventHandler {
              public void handleEvent(Event event) {
                try {
                  Files.writeString(Path.of("%2$s"), event.getTopic());
                  new java.util.concurrent.CountDownLatch(1).await();
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }
            }
            """
                .formatted(name, sign))
        .build(folder);
  }
}
