package org.ladang.itests;

import org.ladang.itests.field.BundleBuilder;

/** A plugin that fails while there is a file {@code sick} in its folder. */
final class Wells {
  private Wells() {}

  /** The plugin of that name and version, whose {@code depth} answers with its name. */
  static BundleBuilder plugin(String name, String version) {
    return BundleBuilder.bundle("itest." + name)
        .version(version)
        .source("itest." + name + ".Wells", source(name));
  }

  private static String source(String name) {
    return """
        package itest.%1$s;

        import java.nio.file.Files;
        import java.util.Map;
        import java.util.concurrent.CompletableFuture;
        import java.util.concurrent.CompletionStage;
        import org.ladang.kernel.LadangException;
        import org.ladang.kernel.LadangPlugin;
        import org.ladang.kernel.PluginContext;
        import org.ladang.kernel.action.*;
        import org.osgi.service.component.annotations.*;

        @LadangPlugin(name = "%1$s")
        @Component(service = ActionSource.class)
        public final class Wells implements ActionSource {
          private final PluginContext context;
          private volatile CompletableFuture<String> slow = new CompletableFuture<>();

          @Activate public Wells(@Reference PluginContext context) { this.context = context; }

          private void work() {
            if (Files.exists(context.dataDir().resolve("sick"))) {
              throw new IllegalStateException("the pump is broken");
            }
          }

          @Action(description = "Says how deep it is.", role = Role.VIEWER)
          public Map<String, Object> depth(@Arg("Which.") String well) {
            work();
            if (well.equals("none")) {
              throw new LadangException("WELLS-001", "There is no such well.");
            }
            return Map.of("by", "%1$s", "well", well);
          }

          @Action(description = "Digs.", role = Role.VIEWER, effect = Effect.CHANGE)
          public String dig() {
            work();
            return "%1$s";
          }

          @Action(description = "Answers when it is told to.", role = Role.VIEWER, timeout = "5m")
          public CompletionStage<String> slowly() {
            return slow;
          }

          @Action(description = "Lets slow ones answer.", role = Role.VIEWER)
          public void finish() {
            slow.complete("done");
            slow = new CompletableFuture<>();
          }
        }
        """
        .formatted(name);
  }
}
