package org.ladang.plugin.hello;

import java.util.Optional;
import org.ladang.kernel.LadangPlugin;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.Role;
import org.osgi.service.component.annotations.Component;

/** The smallest plugin: one component with one action. */
@LadangPlugin(name = "hello", title = "Hello")
@Component(service = ActionSource.class)
public final class Hello implements ActionSource {

  /** Greets somebody. */
  @Action(description = "Greets somebody by name.", role = Role.VIEWER)
  public String greet(@Arg("Who is greeted; the world when left out.") Optional<String> name) {
    return "Hello, " + name.orElse("world") + "!";
  }
}
