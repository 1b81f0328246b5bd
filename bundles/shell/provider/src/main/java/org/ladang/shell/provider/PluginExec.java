package org.ladang.shell.provider;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionCatalog;

/**
 * {@code plugin:exec NAME ACTION id=x}: where the plugin declares the action it is another way to say {@code NAME:ACTION
 * id=x}; for a bare plugin, of whose arguments no schema is known, they are handed over as one JSON object.
 */
final class PluginExec {
  static final String WORD = "plugin:exec";

  private PluginExec() {}

  static List<String> words(List<String> words, ActionCatalog catalog) {
    if (words.contains("--help") && catalog.find(WORD).isPresent()) {
      return List.of(WORD, "--help");
    }
    if (words.size() < 3) {
      throw new LadangException("LADANG-SHELL-008", WORD + " needs a plugin and an action.")
          .next("Write " + WORD + " NAME ACTION and its arguments.");
    }
    String id = words.get(1) + ":" + words.get(2);
    List<String> rest = words.subList(3, words.size());
    boolean named = words.get(1).contains("=") || words.get(1).startsWith("--");
    if (named) {
      return words; // As the action itself is described, by its own arguments.
    }
    if (catalog.find(id).isPresent() || catalog.find(WORD).isEmpty()) {
      List<String> direct = new ArrayList<>(List.of(id));
      direct.addAll(rest);
      return direct;
    }
    return bare(words.get(1), words.get(2), rest);
  }

  private static List<String> bare(String plugin, String action, List<String> rest) {
    List<String> words = new ArrayList<>(List.of(WORD, "--", plugin, action));
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (int i = 0; i < rest.size(); i++) {
      String word = rest.get(i);
      int equals = word.indexOf('=');
      if (word.equals("--args") && i + 1 < rest.size()) {
        arguments.putAll(object(rest.get(++i)));
      } else if (word.startsWith("--")) {
        words.add(1, word);
      } else if (equals > 0) {
        arguments.put(word.substring(0, equals), word.substring(equals + 1));
      } else {
        throw new LadangException(
                "LADANG-SHELL-003",
                "It is not known which argument of "
                    + plugin
                    + ":"
                    + action
                    + " \""
                    + word
                    + "\" is.")
            .next("Write name=" + word + ", with the argument's name.");
      }
    }
    if (!arguments.isEmpty()) {
      words.add(Renderer.json(arguments));
    }
    return words;
  }

  private static Map<String, Object> object(String text) {
    try {
      return JSON.std.mapFrom(text);
    } catch (IOException e) {
      throw new LadangException("LADANG-SHELL-005", "What follows --args is not a JSON object.", e)
          .next("Write it in single quotes: --args '{\"id\":\"x\"}'.");
    }
  }
}
