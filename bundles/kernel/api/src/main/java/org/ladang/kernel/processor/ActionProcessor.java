package org.ladang.kernel.processor;

import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;
import org.ladang.kernel.action.Action;

/**
 * Writes {@code OSGI-INF/ladang/actions.json}: for each component with {@link Action} methods their names, roles and
 * JSON schemas, so that discovery reads the jar and never loads a class. What cannot be an action is a compile error
 * that names the method, the parameter and what is allowed.
 *
 * <p>Components are collected over all rounds and written once, at the end, in the order of their names. When only some
 * sources are compiled, the entries of the components that were not are kept.
 */
public final class ActionProcessor extends AbstractProcessor {
  /** Where the list lies in a jar. */
  static final String PATH = "OSGI-INF/ladang/actions.json";

  private final Map<String, ComponentModel> components = new TreeMap<>();
  private final Set<String> compiled = new HashSet<>();

  /** All types, so that a list is emptied when the last action is taken away. */
  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("*");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    for (TypeElement type : ElementFilter.typesIn(round.getRootElements())) {
      note(type);
    }
    Set<TypeElement> owners = new LinkedHashSet<>();
    for (Element method : round.getElementsAnnotatedWith(Action.class)) {
      owners.add((TypeElement) method.getEnclosingElement());
    }
    owners.forEach(this::read);
    if (round.processingOver() && !round.errorRaised()) {
      write();
    }
    return false;
  }

  private void note(TypeElement type) {
    compiled.add(processingEnv.getElementUtils().getBinaryName(type).toString());
    ElementFilter.typesIn(type.getEnclosedElements()).forEach(this::note);
  }

  private void read(TypeElement owner) {
    ActionReader reader =
        new ActionReader(processingEnv.getElementUtils(), processingEnv.getTypeUtils());
    try {
      ComponentModel component = reader.component(owner, this::error);
      component.refuseDuplicates(components.values(), this::error);
      components.put(component.name(), component);
    } catch (Refusal refusal) {
      error(refusal);
    }
  }

  private void error(Refusal refusal) {
    processingEnv
        .getMessager()
        .printMessage(Diagnostic.Kind.ERROR, refusal.getMessage(), refusal.element());
  }

  private void write() {
    List<String> former = FormerList.read(processingEnv.getFiler());
    Map<String, String> lines = new TreeMap<>();
    for (String line : former) {
      String name = FormerList.component(line);
      if (!compiled.contains(name) && stillHasActions(name)) {
        lines.put(name, line);
      }
    }
    components.forEach((name, component) -> lines.put(name, JsonText.of(component.toJson())));
    if (lines.isEmpty() && former.isEmpty()) {
      return;
    }
    Element[] origins =
        components.values().stream().map(ComponentModel::element).toArray(Element[]::new);
    try (Writer out =
        processingEnv
            .getFiler()
            .createResource(StandardLocation.CLASS_OUTPUT, "", PATH, origins)
            .openWriter()) {
      out.write("{\"components\":[\n" + String.join(",\n", lines.values()) + "\n]}\n");
    } catch (IOException e) {
      processingEnv
          .getMessager()
          .printMessage(
              Diagnostic.Kind.ERROR, "Cannot write " + PATH + ": " + e.getMessage() + ".");
    }
  }

  private boolean stillHasActions(String binaryName) {
    TypeElement type = processingEnv.getElementUtils().getTypeElement(binaryName.replace('$', '.'));
    return type != null
        && type.getKind() == ElementKind.CLASS
        && ElementFilter.methodsIn(type.getEnclosedElements()).stream()
            .anyMatch(ActionProcessor::isAction);
  }

  private static boolean isAction(ExecutableElement method) {
    return method.getAnnotation(Action.class) != null;
  }
}
