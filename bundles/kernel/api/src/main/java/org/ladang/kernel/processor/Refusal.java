package org.ladang.kernel.processor;

import javax.lang.model.element.Element;

/** Why something cannot be an action: a sentence for the compiler to print at an element. */
final class Refusal extends RuntimeException {
  private final transient Element element;

  Refusal(Element element, String sentence) {
    super(sentence, null, false, false);
    this.element = element;
  }

  /** Where the compiler points to. */
  Element element() {
    return element;
  }
}
