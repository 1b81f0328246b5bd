package org.ladang.deploy.provider;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.swap.DeploymentPolicy;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Passport;

/** Whose bundles may come in: the configured publishers, and whatever policies are there. */
final class Policies implements DeploymentPolicy {
  private final List<String> publishers;
  private final Supplier<List<DeploymentPolicy>> others;

  /**
   * Asks the list, then the others.
   *
   * @param publishers empty allows every publisher
   */
  Policies(List<String> publishers, Supplier<List<DeploymentPolicy>> others) {
    this.publishers = publishers.stream().map(String::strip).filter(p -> !p.isEmpty()).toList();
    this.others = others;
  }

  @Override
  public void judge(Passport passport, String sha256, Path jar) {
    // A plain bundle has no passport of its own: whoever is strict about it brings a policy.
    if (!publishers.isEmpty()
        && passport.kind() != Kind.PLAIN
        && !publishers.contains(passport.publisher())) {
      throw new LadangException(
              "LADANG-DEPLOY-022",
              passport.name()
                  + " "
                  + passport.version()
                  + (passport.publisher().isEmpty()
                      ? " does not say who publishes it"
                      : " is published by " + passport.publisher())
                  + "; allowed are "
                  + String.join(", ", publishers)
                  + ".")
          .next("Have it published by one of them, or add its publisher to `publishers`.");
    }
    for (DeploymentPolicy policy : others.get()) {
      policy.judge(passport, sha256, jar);
    }
  }
}
