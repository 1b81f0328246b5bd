package org.ladang.kernel.provider.action;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.ladang.kernel.provider.json.JsonObject;
import org.ladang.kernel.swap.Kind;

/** Reads {@code OSGI-INF/ladang/actions.json}, which the annotation processor wrote. */
public final class ActionTable {
  /** Where the list lies in a jar. */
  public static final String PATH = "OSGI-INF/ladang/actions.json";

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern GROUP = Pattern.compile("[a-z][a-z0-9_-]*");

  private final Kind kind;
  private final String name;
  private final String provider;

  private ActionTable(Kind kind, String name, String provider) {
    this.kind = kind;
    this.name = name;
    this.provider = provider;
  }

  /**
   * Reads a list. The first word of a plugin's actions is the plugin's name; that of a room's is the component's group,
   * or the room's name.
   *
   * @param json the file's content
   * @param name the plugin's or room's name
   * @param provider the bundle's symbolic name
   * @throws LadangException {@code LADANG-JAR-008} when the list is damaged, {@code LADANG-JAR-007} when a plugin names
   *     a group
   */
  public static List<ActionEntry> read(byte[] json, Kind kind, String name, String provider) {
    return new ActionTable(kind, name, provider).entries(json);
  }

  private List<ActionEntry> entries(byte[] json) {
    List<ActionEntry> entries = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    try {
      JsonObject list = JsonObject.of(JSON.std.mapFrom(json));
      for (JsonObject component : list.objects("components")) {
        String owner = owner(component);
        for (JsonObject action : component.objects("actions")) {
          ActionEntry entry = entry(owner, component.text("component"), action);
          if (!ids.add(entry.info().id())) {
            throw new JsonObject.Damage("it lists `" + entry.info().id() + "` twice");
          }
          entries.add(entry);
        }
      }
    } catch (JsonObject.Damage damage) {
      throw damaged(damage.getMessage(), damage);
    } catch (IOException e) {
      throw damaged("it is no JSON object", e);
    }
    return List.copyOf(entries);
  }

  private String owner(JsonObject component) {
    String group = component.text("group");
    if (group.isEmpty()) {
      return name;
    }
    if (kind == Kind.PLUGIN) {
      throw new LadangException(
              "LADANG-JAR-007",
              "Plugin "
                  + name
                  + " names its actions `"
                  + group
                  + ":...`, but those of a plugin begin with its name.")
          .next("Remove @ActionGroup from " + component.text("component") + ".")
          .with("group", group);
    }
    return require(GROUP, group, "group");
  }

  private ActionEntry entry(String owner, String component, JsonObject action) {
    List<String> parameters = action.texts("parameters");
    List<String> types = action.texts("parameterTypes");
    Map<String, Object> arguments = action.map("arguments");
    if (!(arguments.get("properties") instanceof Map<?, ?> properties)
        || !List.copyOf(properties.keySet()).equals(parameters)
        || types.stream().filter(type -> !type.equals(ActionBinding.CONTEXT)).count()
            != parameters.size()) {
      throw new JsonObject.Damage(
          "the arguments of `" + action.text("name") + "` and its schema do not agree");
    }
    String category = action.text("category");
    ActionInfo info =
        new ActionInfo(
            owner,
            require(NAME, action.text("name"), "action name"),
            action.text("description"),
            action.constant("role", Role.class),
            action.constant("effect", Effect.class),
            action.flag("idempotent"),
            Duration.ofMillis(action.positive("timeoutMillis")),
            category.isEmpty() ? owner : category,
            arguments,
            action.map("result"),
            provider);
    return new ActionEntry(
        info, new ActionBinding(component, action.text("method"), types, parameters));
  }

  private static String require(Pattern pattern, String text, String what) {
    if (!pattern.matcher(text).matches()) {
      throw new JsonObject.Damage("`" + text + "` is no " + what);
    }
    return text;
  }

  private LadangException damaged(String reason, Exception cause) {
    return new LadangException(
            "LADANG-JAR-008", PATH + " of " + provider + " is damaged: " + reason + ".", cause)
        .next(
            "Build the bundle again; its list of actions is written by Ladang's annotation processor.");
  }
}
