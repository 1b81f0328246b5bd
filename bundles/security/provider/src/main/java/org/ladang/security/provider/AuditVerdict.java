package org.ladang.security.provider;

/**
 * What a walk along the chain has found.
 *
 * @param ok whether every kept entry is what was written, and none is missing
 * @param sentence the verdict in words
 * @param first the number of the first entry that is kept; 0 when there is none
 * @param last the number of the last entry that was reached
 * @param head the hash of the last entry that was reached: noted elsewhere, it proves all before it
 * @param torn how many torn ends were found, each where the process had ended suddenly
 * @param file the file of the first broken line; empty when nothing is broken
 * @param line its number in that file, from 1; 0 when nothing is broken
 */
record AuditVerdict(
    boolean ok,
    String sentence,
    long first,
    long last,
    String head,
    int torn,
    String file,
    long line) {}
