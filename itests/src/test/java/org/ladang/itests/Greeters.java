package org.ladang.itests;

import org.ladang.itests.field.BundleBuilder;

/** Plugins whose only action, {@code name:greet}, tells which version is asked. */
final class Greeters {
  private Greeters() {}

  /** A plugin that answers {@code answer}. */
  static BundleBuilder plugin(String name, String version, String answer) {
    String identifier = name.replace("-", "").replace("_", "");
    return BundleBuilder.bundle("itest." + identifier)
        .version(version)
        .source(
            "itest." + identifier + ".Greeter",
            """
            package itest.%s;

            import org.ladang.kernel.LadangPlugin;
            import org.ladang.kernel.action.*;
            import org.osgi.service.component.annotations.*;

            @LadangPlugin(name = "%s")
            @Component(service = ActionSource.class)
            public final class Greeter implements ActionSource {
              @Action(description = "Greets.", role = Role.VIEWER)
              public String greet() {
                return "%s";
              }
            }
            """
                .formatted(identifier, name, answer));
  }
}
