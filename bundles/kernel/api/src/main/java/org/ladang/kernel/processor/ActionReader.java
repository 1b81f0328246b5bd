package org.ladang.kernel.processor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionGroup;
import org.ladang.kernel.action.Arg;

/** Reads a class with {@link Action} methods, and refuses what cannot be called. */
final class ActionReader {
  private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern GROUP = Pattern.compile("[a-z][a-z0-9_-]*");
  private static final String SOURCE = "org.ladang.kernel.action.ActionSource";
  private static final String CONTEXT = "org.ladang.kernel.action.CallContext";

  private final Elements elements;
  private final Types types;
  private final SchemaWriter schemas;

  ActionReader(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
    this.schemas = new SchemaWriter(types);
  }

  /**
   * Reads one class.
   *
   * @param refused is told of each method that cannot be an action
   * @throws Refusal when the whole class cannot hold actions
   */
  ComponentModel component(TypeElement owner, Consumer<Refusal> refused) {
    if (owner.getKind() != ElementKind.CLASS || owner.getModifiers().contains(Modifier.ABSTRACT)) {
      throw new Refusal(
          owner,
          owner.getSimpleName() + " holds actions but is no concrete class: move them to one.");
    }
    TypeElement source = elements.getTypeElement(SOURCE);
    if (!types.isAssignable(owner.asType(), source.asType())) {
      throw new Refusal(
          owner,
          owner.getSimpleName() + " holds actions but does not implement " + SOURCE + ": add it.");
    }
    ActionGroup group = owner.getAnnotation(ActionGroup.class);
    if (group != null && !GROUP.matcher(group.value()).matches()) {
      throw new Refusal(
          owner,
          "@ActionGroup(\""
              + group.value()
              + "\") must be lower-case letters, digits, `-` and `_`.");
    }
    List<ActionModel> actions = new ArrayList<>();
    for (ExecutableElement method : ElementFilter.methodsIn(owner.getEnclosedElements())) {
      Action action = method.getAnnotation(Action.class);
      if (action != null) {
        try {
          actions.add(action(owner, method, action));
        } catch (Refusal refusal) {
          refused.accept(refusal);
        }
      }
    }
    return new ComponentModel(
        owner,
        elements.getBinaryName(owner).toString(),
        group == null ? "" : group.value(),
        actions);
  }

  private ActionModel action(TypeElement owner, ExecutableElement method, Action action) {
    String place = owner.getSimpleName() + "." + method.getSimpleName() + "()";
    if (!method.getModifiers().contains(Modifier.PUBLIC)
        || method.getModifiers().contains(Modifier.STATIC)) {
      throw new Refusal(method, "Action method " + place + " must be public and not static.");
    }
    String name = action.name().isEmpty() ? snakeCase(method) : action.name();
    if (!ACTION.matcher(name).matches()) {
      throw new Refusal(
          method,
          "Action name `"
              + name
              + "` of "
              + place
              + " must be lower-case letters, digits and `_`.");
    }
    if (!isSentence(action.description())) {
      throw new Refusal(
          method,
          "The description of " + place + " must be a sentence that ends with a full stop.");
    }
    if (Timeouts.millis(action.timeout()).isEmpty()) {
      throw new Refusal(
          method,
          "The timeout `"
              + action.timeout()
              + "` of "
              + place
              + " must be a time such as 500ms, 10s, 5m or 1h, of at most 24h.");
    }
    List<String> parameterTypes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Properties arguments = new Properties();
    for (VariableElement parameter : method.getParameters()) {
      TypeMirror type = parameter.asType();
      parameterTypes.add(erasedName(type));
      if (!isContext(type)) {
        String argument = parameter.getSimpleName().toString();
        names.add(argument);
        String where = "parameter `" + argument + "` of " + place;
        arguments.add(
            argument,
            schemas.optional(type),
            description(parameter, where),
            schemas.property(type, parameter, where));
      }
    }
    return new ActionModel(
        method,
        name,
        action,
        parameterTypes,
        names,
        arguments.schema(),
        schemas.result(method.getReturnType(), method, "the result of " + place));
  }

  /** The description that {@link Arg} gives; empty where there is none. */
  static String description(Element element, String where) {
    Arg arg = element.getAnnotation(Arg.class);
    String text = arg == null ? "" : arg.value();
    if (!text.isEmpty() && !isSentence(text)) {
      throw new Refusal(
          element, "The @Arg of " + where + " must be a sentence that ends with a full stop.");
    }
    return text;
  }

  private static boolean isSentence(String text) {
    return text.strip().length() > 1 && text.endsWith(".");
  }

  private boolean isContext(TypeMirror type) {
    return types.asElement(type) instanceof TypeElement element
        && element.getQualifiedName().contentEquals(CONTEXT);
  }

  private String erasedName(TypeMirror type) {
    TypeMirror erased = types.erasure(type);
    return types.asElement(erased) instanceof TypeElement element
        ? elements.getBinaryName(element).toString()
        : erased.toString();
  }

  private static String snakeCase(ExecutableElement method) {
    return method
        .getSimpleName()
        .toString()
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** Builds the schema of an object from its properties. */
  static final class Properties {
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();

    void add(String name, boolean optional, String description, Map<String, Object> schema) {
      Map<String, Object> property = new LinkedHashMap<>(schema);
      if (!description.isEmpty()) {
        property.put("description", description);
      }
      properties.put(name, property);
      if (!optional) {
        required.add(name);
      }
    }

    Map<String, Object> schema() {
      Map<String, Object> schema = new LinkedHashMap<>();
      schema.put("type", "object");
      schema.put("properties", properties);
      schema.put("required", List.copyOf(required));
      schema.put("additionalProperties", false);
      return schema;
    }
  }
}
