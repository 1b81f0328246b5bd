package org.ladang.config;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The configuration of everything that runs, by PID. A value comes from the highest {@link Layer} that has a sound one;
 * what people change while the runtime runs is the {@link Layer#RUNTIME} layer, checked before it is applied, numbered
 * by revision and kept until it is taken back.
 *
 * <p>Wherever a PID is asked for, its short name does too: without the leading {@code org.ladang.}, or the name of the
 * room or plugin where that has one PID only. An instance of a factory is {@code <factory PID>~<name>}. Values are
 * JSON-shaped; those of secrets never leave: they read {@value #MASK}.
 *
 * <p>Safe for any thread. Every method throws {@link org.ladang.kernel.LadangException}: {@code LADANG-CONFIG-001} no
 * such configuration, {@code -002} the name fits several, {@code -016} a change took too long to wait for.
 */
@ProviderType
public interface Configuration {
  /** What is shown in place of a secret. */
  String MASK = "******";

  /** All PIDs that can be configured or for which a layer has values, in the order of their names. */
  List<Summary> list();

  /**
   * What can be configured under a PID; empty where its bundle is not there or does not say, and only files give values.
   */
  Optional<Schema> describe(String pid);

  /** What is in effect for a PID, key by key, with the layer that won. */
  Effective get(String pid);

  /**
   * Checks a change and says what it would do, without doing it.
   *
   * @return the revision that {@link #set} would make
   * @throws org.ladang.kernel.LadangException as {@link #set}
   */
  Revision check(Change change);

  /**
   * Checks and applies a change: it is on disk when this returns and reaches the components right after. All of it or
   * nothing.
   *
   * @return the new revision; the present one, with no changes, where nothing differs
   * @throws org.ladang.kernel.LadangException {@code LADANG-CONFIG-003} unknown key, {@code -004} wrong type, {@code
   *     -005} not among the options, {@code -006} below the minimum or above the maximum, {@code -007} the mask given as
   *     a secret, {@code -013} the bundle does not say what can be configured, {@code -015} nothing to change
   */
  Revision set(Change change);

  /**
   * What is not as it should be, as sentences: files that are refused, values that do not count, configuration that could
   * not be handed on. Empty where all is well.
   */
  List<String> problems();

  /** The number of the newest revision; 0 where nothing was ever changed. */
  long revision();

  /**
   * The newest revisions, newest first; at least the last 1,000 are kept.
   *
   * @param pid only those of this PID
   * @param limit at most this many
   */
  List<Revision> history(Optional<String> pid, int limit);

  /**
   * What differs in the run-time layer between two revisions; 0 is before the first.
   *
   * @throws org.ladang.kernel.LadangException {@code LADANG-CONFIG-008} no such revision, or it is no longer kept
   */
  List<Difference> diff(long from, long to);

  /**
   * Takes a revision back, as a new revision.
   *
   * @param number the revision to take back; the newest where empty
   * @param author who does so
   * @throws org.ladang.kernel.LadangException {@code LADANG-CONFIG-008} no such revision; {@code -009} a later revision
   *     changed the same key, so that this one would be lost
   */
  Revision undo(Optional<Long> number, String author);

  /**
   * Brings the run-time layer back to how it was after a revision, as a new revision.
   *
   * @param number the revision; 0 is before the first
   * @param author who does so
   * @return the new revision; the present one, with no changes, where nothing differs
   * @throws org.ladang.kernel.LadangException {@code LADANG-CONFIG-008} no such revision, or it is no longer kept; {@code
   *     -004} and following where a former value no longer fits
   */
  Revision restore(long number, String author);
}
