package org.ladang.kernel.provider.action;

import org.ladang.kernel.action.ActionInfo;

/**
 * One action of a bundle as its {@code actions.json} lists it.
 *
 * @param info what others may know of it
 * @param binding where it is
 */
public record ActionEntry(ActionInfo info, ActionBinding binding) {}
