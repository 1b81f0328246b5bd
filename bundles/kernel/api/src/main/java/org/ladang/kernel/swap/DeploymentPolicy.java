package org.ladang.kernel.swap;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A whiteboard service that is asked over each bundle that comes through the inbox, when it was verified and before
 * anything of it is installed: who published it, what it is signed with, what it wants. Asked by the deploy room's
 * worker: do not take long.
 */
@ConsumerType
public interface DeploymentPolicy {
  /**
   * Returns when the bundle may be deployed.
   *
   * @param passport what it says of itself
   * @param sha256 its content
   * @param jar where it is stored; for reading only
   * @throws org.ladang.kernel.LadangException when it may not, with the reason
   */
  void judge(Passport passport, String sha256, Path jar);
}
