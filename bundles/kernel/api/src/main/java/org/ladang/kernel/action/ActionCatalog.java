package org.ladang.kernel.action;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The one list of all that can be asked of Ladang. Safe for any thread. */
@ProviderType
public interface ActionCatalog {
  /** All actions in the order of their ids; those of lazy plugins included. */
  List<ActionInfo> actions();

  /** One action by its id, for example {@code bots:create_bot}. */
  Optional<ActionInfo> find(String id);

  /** Grows with every change of the list; an event {@code actions.changed} follows each. */
  long revision();
}
