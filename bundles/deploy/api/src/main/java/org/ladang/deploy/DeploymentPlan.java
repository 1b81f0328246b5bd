package org.ladang.deploy;

import java.util.List;

/**
 * What would happen if a file were dropped.
 *
 * @param file its name
 * @param name the plugin's or room's name, or the symbolic name; empty where the file does not say
 * @param kind plugin, subsystem or plain; empty where the file does not say
 * @param from the version that would go; empty where there is none
 * @param to the version that would come; empty where the file does not say
 * @param road how it would get its place: new, beside, in place, at first call, none
 * @param accepted whether nothing speaks against it yet; its start and its health are not tried
 * @param sentence what would happen, or why it would be refused
 * @param touched what else would feel it and why, a sentence each
 * @param code the stable code of the reason; empty where it would be accepted
 * @param next what to do; empty where there is nothing to do
 */
public record DeploymentPlan(
    String file,
    String name,
    String kind,
    String from,
    String to,
    String road,
    boolean accepted,
    String sentence,
    List<String> touched,
    String code,
    String next) {

  public DeploymentPlan {
    touched = List.copyOf(touched);
  }
}
