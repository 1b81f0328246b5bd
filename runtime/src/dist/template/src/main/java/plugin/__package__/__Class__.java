package plugin.__package__;

import org.ladang.kernel.LadangPlugin;
import org.ladang.kernel.PluginContext;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A plugin with one action: {@code __name__:greet name=world}. */
@LadangPlugin(name = "__name__", title = "__name__")
@Component(service = ActionSource.class)
public final class __Class__ implements ActionSource {
  private final PluginContext context;

  @Activate
  public __Class__(@Reference PluginContext context) {
    this.context = context;
  }

  /** What a greeting says, and which version of the plugin says it. */
  public record Greeting(String text, String version) {}

  @Action(description = "Greets somebody.", role = Role.VIEWER, effect = Effect.READ)
  public Greeting greet(@Arg("Who is greeted.") String name) {
    return new Greeting("Hello, " + name + ".", context.version());
  }
}
