package org.ladang.console.provider;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.ladang.deploy.Attempt;
import org.ladang.deploy.Deployments;
import org.ladang.kernel.Home;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionGroup;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Drops a jar that came over the web: an action, so that gate and audit see it as they see every change. */
@ActionGroup("console")
@Component(service = ActionSource.class)
public final class DropActions implements ActionSource {
  private final Deployments deployments;
  private final Path run;

  /** Made by DS. */
  @Activate
  public DropActions(@Reference Deployments deployments, @Reference Home home) {
    this(deployments, home.run());
  }

  DropActions(Deployments deployments, Path run) {
    this.deployments = deployments;
    this.run = run;
  }

  @Action(
      description =
          "Drops a jar into the inbox that POST /api/v1/upload took; that address calls it.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      timeout = "2m")
  public CompletionStage<Attempt> drop(
      @Arg("The jar's name in the inbox.") String file,
      @Arg("The ticket of the upload.") String upload) {
    Path jar =
        Uploads.file(run, upload)
            .orElseThrow(
                () ->
                    new LadangException("LADANG-CONSOLE-048", "There is no such upload.")
                        .next("POST the jar to /api/v1/upload/" + file + "."));
    return deployments.submit(file, jar);
  }
}
