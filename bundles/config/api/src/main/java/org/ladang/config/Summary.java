package org.ladang.config;

import java.util.Set;

/**
 * A PID in the list.
 *
 * @param pid the PID
 * @param name the shortest name that people can use for it
 * @param title a short title; may be empty
 * @param bundle the symbolic name of the bundle that declares it; empty where none does yet
 * @param layers the layers that have values for it, besides the defaults
 * @param problems how many of its values are not sound
 */
public record Summary(
    String pid, String name, String title, String bundle, Set<Layer> layers, int problems) {}
