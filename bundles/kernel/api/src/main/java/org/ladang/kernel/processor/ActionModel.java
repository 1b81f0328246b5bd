package org.ladang.kernel.processor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.ExecutableElement;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.Effect;

/**
 * One action as it is written into the list.
 *
 * @param element the method
 * @param name the action's name
 * @param about its annotation
 * @param parameterTypes erased binary names of all parameters
 * @param parameters names of the arguments, in the method's order
 * @param arguments their JSON schema
 * @param result the result's JSON schema
 */
record ActionModel(
    ExecutableElement element,
    String name,
    Action about,
    List<String> parameterTypes,
    List<String> parameters,
    Map<String, Object> arguments,
    Map<String, Object> result) {

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("method", element.getSimpleName().toString());
    json.put("parameterTypes", parameterTypes);
    json.put("parameters", parameters);
    json.put("description", about.description());
    json.put("role", about.role().name());
    json.put("effect", about.effect().name());
    json.put("idempotent", about.idempotent() || about.effect() == Effect.READ);
    json.put("timeoutMillis", Timeouts.millis(about.timeout()).orElseThrow());
    json.put("category", about.category());
    json.put("arguments", arguments);
    json.put("result", result);
    return json;
  }
}
