package org.ladang.registry;

/**
 * What a plugin needs of another one, and whether it is there.
 *
 * @param plugin the other plugin's name; empty where the requirement names none
 * @param range the versions that will do, for example {@code [1.0,2.0)}; empty where any will
 * @param satisfied whether it is there and in range
 * @param explanation what was found; where it is not satisfied, what is wrong and what to do, as a sentence
 */
public record Requirement(String plugin, String range, boolean satisfied, String explanation) {}
