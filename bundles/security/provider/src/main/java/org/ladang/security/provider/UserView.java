package org.ladang.security.provider;

import java.time.Instant;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.Role;

/** A user as people see it. */
public record UserView(
    @Arg("The user's name.") String name,
    @Arg("What the user may do.") Role role,
    @Arg("When the user was made.") Instant created,
    @Arg("When the password was last set.") Instant passwordSet,
    @Arg("How many API tokens the user owns.") int tokens,
    @Arg("How many sessions the user has open.") int sessions) {}
