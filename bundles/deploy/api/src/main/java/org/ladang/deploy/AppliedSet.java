package org.ladang.deploy;

import java.util.List;

/**
 * What bringing the field to a desired set did, or would do.
 *
 * @param applied whether it was done; false for a dry run and where nothing differed
 * @param sentence what happened, in words
 * @param differences which bundles differ, in the order of their names
 * @param touched what else felt it and why, a sentence each
 */
public record AppliedSet(
    boolean applied,
    String sentence,
    List<GenerationDifference> differences,
    List<String> touched) {

  public AppliedSet {
    differences = List.copyOf(differences);
    touched = List.copyOf(touched);
  }
}
