package org.ladang.kernel.processor;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.lang.model.element.TypeElement;

/**
 * One component as it is written into the list.
 *
 * @param element the class
 * @param name its binary name
 * @param group the first word of its actions where it is not the bundle's own; may be empty
 * @param actions in the order of the source
 */
record ComponentModel(TypeElement element, String name, String group, List<ActionModel> actions) {

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("component", name);
    json.put("group", group);
    json.put("actions", actions.stream().map(ActionModel::toJson).toList());
    return json;
  }

  /** Says which actions have the name of another one of the same first word, here or in {@code others}. */
  void refuseDuplicates(Collection<ComponentModel> others, Consumer<Refusal> refused) {
    Map<String, String> taken = new HashMap<>();
    for (ComponentModel other : others) {
      if (other.group.equals(group)) {
        other.actions.forEach(action -> taken.put(action.name(), other.place(action)));
      }
    }
    for (ActionModel action : actions) {
      String first = taken.putIfAbsent(action.name(), place(action));
      if (first != null) {
        refused.accept(
            new Refusal(
                action.element(),
                "Action `"
                    + action.name()
                    + "` of "
                    + place(action)
                    + " is already the name of "
                    + first
                    + ": give one of them another `name`."));
      }
    }
  }

  private String place(ActionModel action) {
    return element.getSimpleName() + "." + action.element().getSimpleName() + "()";
  }
}
