package org.ladang.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Changes what runs. Everything is done by one worker, one after the other; callers get a stage and are never kept
 * waiting. What was changed is written into the next generation before the stage is complete, so that a restart brings
 * it back. Safe for any thread.
 *
 * <p>A stage that fails does so with a {@link org.ladang.kernel.LadangException}; what ran before still runs then.
 */
@ProviderType
public interface Deployments {
  /** The files of the inbox and how each stands, in the order of their names. */
  List<InboxFile> inbox();

  /**
   * The newest attempts, newest first.
   *
   * @param limit at most this many; 500 are kept
   */
  List<Attempt> history(int limit);

  /**
   * Puts a file into the inbox, as if somebody had dropped it.
   *
   * @param fileName its name there, without a folder; a file of that name is replaced
   * @param content read once before the stage is returned; stays where it is
   * @return how the attempt ended, a refusal included; fails with {@code LADANG-DEPLOY-007} where nothing was decided
   *     within a minute
   */
  CompletionStage<Attempt> submit(String fileName, Path content);

  /**
   * What would happen if a file were dropped; nothing is changed.
   *
   * @param file the name of a file in the inbox or in one of its drawers {@code .failed} and {@code .replaced}
   * @return fails with {@code LADANG-DEPLOY-021} where there is none
   */
  CompletionStage<DeploymentPlan> plan(String file);

  /** As {@link #plan(String)}, for any file of this machine. */
  CompletionStage<DeploymentPlan> plan(Path jar);

  /**
   * Takes a file back that lies in {@code deploy/.failed/}, and tries it again.
   *
   * @param force whether it may touch more others than {@code blast.limit}
   * @return fails with {@code LADANG-DEPLOY-021} where there is none
   */
  CompletionStage<Attempt> accept(String file, boolean force);

  /**
   * Starts a stopped bundle; does nothing where it runs.
   *
   * @param name the plugin's name or the symbolic name
   * @param author who wants it
   */
  CompletionStage<Attempt> start(String name, String author);

  /** Stops a plugin or plain bundle and keeps it stopped, also over a restart, until it is started or dropped anew. */
  CompletionStage<Attempt> stop(String name, String author);

  /**
   * Takes a bundle out; its file moves to {@code deploy/.replaced/}. Refused while another plugin needs it, and for what
   * came with the distribution.
   */
  CompletionStage<Attempt> remove(String name, String author);

  /**
   * Brings the field to what a file says is to run, all of it or nothing; applying it twice changes nothing the second
   * time.
   *
   * @param file a JSON file of this machine; paths in it begin in its folder
   * @param dryRun whether only to say what would change
   * @param force whether it may touch more others than {@code blast.limit}
   * @param author who wants it
   * @return fails with {@code LADANG-DEPLOY-024} the file is wrong, {@code -025} a jar is not what it should be, or with
   *     the code of the bundle that was refused: then everything is as before
   */
  CompletionStage<AppliedSet> apply(Path file, boolean dryRun, boolean force, String author);

  /**
   * Gives an order and does not wait for it. What it replaces may be this very room: the job is found all the same.
   *
   * @param argument what the order is about
   * @param force as for {@link #accept} and {@link #apply}
   */
  Job begin(Job.Order order, String argument, boolean force, String author);

  /** The newest jobs, newest first; 50 are kept. */
  List<Job> jobs(int limit);

  /**
   * How an order stands that nobody waits for.
   *
   * @param id as {@link #begin} gave it
   * @throws org.ladang.kernel.LadangException {@code LADANG-DEPLOY-027} there is no such job, or it is no longer kept
   */
  Job job(String id);

  /** The kept generations, newest first. */
  List<GenerationInfo> generations();

  /**
   * What differs between two kept generations, in the order of the names.
   *
   * @throws org.ladang.kernel.LadangException {@code LADANG-DEPLOY-015} one of them is not kept
   */
  List<GenerationDifference> diff(long from, long to);

  /**
   * Brings back what a kept generation says: its bundles, the files of the inbox, and the configuration that was set
   * while it ran. All of it or nothing; the result is a new generation. What does not differ keeps running untouched.
   *
   * @param to the generation; the one before the present where empty
   * @param author who wants it
   * @return fails with {@code LADANG-DEPLOY-015} no such generation, {@code -016} it names another provider of this very
   *     room, {@code -017} a jar of it is no longer in the store, or with the code of the bundle that did not start:
   *     then everything is as before
   */
  CompletionStage<Attempt> rollback(Optional<Long> to, String author);
}
