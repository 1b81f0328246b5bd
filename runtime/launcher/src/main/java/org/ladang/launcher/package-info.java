/**
 * The program behind {@code bin/ladang}: takes a home, builds the framework's properties and runs the base.
 *
 * <p>It embeds the framework and uses Felix Main's {@link org.apache.felix.main.AutoProcessor} to install the base
 * instead of calling Felix Main's own {@code main}: that one always exits with 0, reads its configuration from one file
 * only, and knows neither a lock on a home nor a deadline for stopping.
 */
package org.ladang.launcher;
