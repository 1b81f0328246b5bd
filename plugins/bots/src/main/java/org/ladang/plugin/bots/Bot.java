package org.ladang.plugin.bots;

import java.time.Instant;
import java.util.Optional;
import org.ladang.kernel.action.Arg;

/** A bot as the registry knows it. */
public record Bot(
    @Arg("Names the bot.") String id,
    @Arg("The name it goes by.") String name,
    @Arg("How it is.") Status status,
    @Arg("What it works at.") Category category,
    @Arg("Who runs it; unknown where nobody said.") String operator,
    @Arg("What it calls itself in its requests.") String userAgent,
    @Arg("Where it is described.") String url,
    @Arg("Where it runs.") String region,
    @Arg("Which list it came from; empty when it was created or registered here.") String source,
    @Arg("Since when it is known.") Instant added,
    @Arg("When it registered last; absent when it never did.") Optional<Instant> seen,
    @Arg("Changes with every write.") long version) {

  /** The same bot, with what differs between two writes set to this. */
  Bot with(Status newStatus, Instant newAdded, Optional<Instant> newSeen) {
    return new Bot(
        id, name, newStatus, category, operator, userAgent, url, region, source, newAdded, newSeen,
        version);
  }
}
