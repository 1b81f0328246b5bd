package org.ladang.shell.front;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.ladang.kernel.action.Principal;

/** Completions in the words of Gogo's terminal. Apart, because only this class needs JLine to be there. */
final class TerminalCandidates {
  private TerminalCandidates() {}

  static List<Object> of(LiveShell shell, Principal principal, String line, int cursor) {
    List<Object> candidates = new ArrayList<>();
    for (var found : shell.complete(principal, line, cursor)) {
      String description = found.description().isEmpty() ? null : found.description();
      candidates.add(
          new Candidate(
              found.value(), found.value(), null, description, null, null, found.complete()));
    }
    return candidates;
  }
}
