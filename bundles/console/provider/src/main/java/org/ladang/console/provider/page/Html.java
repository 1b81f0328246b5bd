package org.ladang.console.provider.page;

import java.util.List;
import java.util.Set;
import org.owasp.encoder.Encode;

/**
 * A piece of HTML that is built, not written: text and attribute values pass through OWASP's encoder on their way out,
 * and there is no way to put markup in. Why not a template library: pages are made of few kinds of parts, a mistake is
 * found by the compiler, and nothing is parsed or looked up when a page is asked for.
 */
final class Html {
  /** Of HTML only: in a picture an element that is not closed holds all that follows. */
  private static final Set<String> VOID = Set.of("meta", "link", "input", "br", "hr");

  private final String tag;
  private final List<Object> parts;

  private Html(String tag, List<Object> parts) {
    this.tag = tag;
    this.parts = parts;
  }

  /**
   * An attribute.
   *
   * @param name one of ours, never a caller's
   * @param value empty for one that is only there or not
   */
  record Attribute(String name, String value) {}

  /**
   * An element.
   *
   * @param tag one of ours, never a caller's
   * @param parts attributes, elements, lists of them, and texts, which are whatever else is given
   */
  static Html tag(String tag, Object... parts) {
    return new Html(tag, List.of(parts));
  }

  /** Parts without an element around them. */
  static Html all(Object... parts) {
    return new Html("", List.of(parts));
  }

  /** Nothing. */
  static Html nothing() {
    return all();
  }

  static Attribute attr(String name, Object value) {
    return new Attribute(name, String.valueOf(value));
  }

  static Attribute cls(String names) {
    return new Attribute("class", names);
  }

  /** An attribute that is there or not. */
  static Object flag(String name, boolean there) {
    return there ? new Attribute(name, "") : nothing();
  }

  /** The text of it. */
  String render() {
    StringBuilder out = new StringBuilder(8192);
    write(out);
    return out.toString();
  }

  private void write(StringBuilder out) {
    if (!tag.isEmpty()) {
      out.append('<').append(tag);
      attributes(parts, out);
      out.append('>');
    }
    content(parts, out);
    if (!tag.isEmpty() && !VOID.contains(tag)) {
      out.append("</").append(tag).append('>');
    }
  }

  private static void attributes(List<?> parts, StringBuilder out) {
    for (Object part : parts) {
      if (part instanceof List<?> more) {
        attributes(more, out);
      } else if (part instanceof Attribute attribute) {
        out.append(' ').append(attribute.name());
        if (!attribute.value().isEmpty()) {
          out.append("=\"").append(Encode.forHtmlAttribute(attribute.value())).append('"');
        } else if (attribute.name().equals("value") || attribute.name().equals("alt")) {
          out.append("=\"\"");
        }
      }
    }
  }

  private static void content(List<?> parts, StringBuilder out) {
    for (Object part : parts) {
      if (part instanceof Html html) {
        html.write(out);
      } else if (part instanceof List<?> more) {
        content(more, out);
      } else if (!(part instanceof Attribute)) {
        out.append(Encode.forHtmlContent(String.valueOf(part)));
      }
    }
  }
}
