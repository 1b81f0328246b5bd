package org.ladang.kernel.swap;

import java.util.List;
import org.ladang.kernel.LadangPlugin;
import org.ladang.kernel.action.ActionInfo;

/**
 * What a jar says of itself, read from its manifest and {@code actions.json} without loading a class.
 *
 * @param kind plugin, subsystem or plain bundle
 * @param name the plugin's or room's name; the symbolic name of a plain bundle
 * @param symbolicName the bundle's symbolic name
 * @param version the passport's version; the bundle's for a plain bundle
 * @param bundleVersion the bundle's version
 * @param title a short title for people; may be empty
 * @param lazy whether it is started at its first call only
 * @param overlap whether two versions may run beside each other
 * @param isolation where it wants to run: {@code none} is the runtime's own JVM
 * @param publisher who publishes it; may be empty
 * @param signature what it is signed with; recorded only; may be empty
 * @param smoke the action that says whether it works, without its first word; empty where it names none
 * @param migration what it does to the files of an earlier version
 * @param grants what it asks to be allowed; recorded only
 * @param requires the plugins that it needs
 * @param actions what it offers; {@code provider} is the symbolic name
 */
public record Passport(
    Kind kind,
    String name,
    String symbolicName,
    String version,
    String bundleVersion,
    String title,
    boolean lazy,
    boolean overlap,
    String isolation,
    String publisher,
    String signature,
    String smoke,
    LadangPlugin.Migration migration,
    List<String> grants,
    List<Need> requires,
    List<ActionInfo> actions) {

  /**
   * A plugin that another one needs.
   *
   * @param plugin its name; empty where the filter names none
   * @param filter the requirement's LDAP filter
   * @param range the versions that will do, for example {@code [1.0,2.0)}; empty where any will
   */
  public record Need(String plugin, String filter, String range) {}
}
