package org.ladang.kernel.action;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Marks a Declarative Services component whose {@link Action} methods can be called through the {@link Gate}. The kernel
 * takes it once it is active; nobody else sees it.
 */
@ConsumerType
public interface ActionSource {}
