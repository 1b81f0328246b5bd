package org.ladang.kernel.provider.action;

import java.util.List;

/**
 * Which method an action is.
 *
 * @param component the binary name of the component's class
 * @param method the method's name
 * @param parameterTypes erased binary names of all its parameters
 * @param parameters the arguments' names, in the method's order, without the call's context
 */
public record ActionBinding(
    String component, String method, List<String> parameterTypes, List<String> parameters) {
  /** The type of a parameter that is no argument. */
  static final String CONTEXT = "org.ladang.kernel.action.CallContext";

  public ActionBinding {
    parameterTypes = List.copyOf(parameterTypes);
    parameters = List.copyOf(parameters);
  }

  @Override
  public String toString() {
    return component + "." + method + "(" + String.join(", ", parameterTypes) + ")";
  }
}
