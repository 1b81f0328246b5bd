package org.ladang.balancer.provider;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ladang.balancer.Algorithm;
import org.ladang.balancer.Ask;
import org.ladang.balancer.Balancers;
import org.ladang.balancer.Endpoint;
import org.ladang.balancer.Outcome;
import org.ladang.balancer.Permit;
import org.ladang.balancer.PoolSpec;
import org.ladang.balancer.PoolStats;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.Action;
import org.ladang.kernel.action.ActionSource;
import org.ladang.kernel.action.Arg;
import org.ladang.kernel.action.Effect;
import org.ladang.kernel.action.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What can be asked of the balancers. */
@Component(service = ActionSource.class)
public final class BalancerActions implements ActionSource {
  private static final double NANOS = 1e6;
  private static final double LONGEST_MILLIS = 86_400_000;

  /**
   * The algorithms and the pools.
   *
   * @param algorithms what pools can be set to
   * @param pools those that are there
   */
  public record Listing(List<Algorithm> algorithms, List<Line> pools) {}

  /**
   * A pool in short.
   *
   * @param pool its name
   * @param algorithm that picks
   * @param endpoints how many it has
   * @param available how many of them may be called
   * @param panic whether so few are well that all are called
   */
  public record Line(String pool, String algorithm, int endpoints, int available, boolean panic) {}

  /**
   * An endpoint, given by an operator.
   *
   * @param id its name
   * @param address where it is
   * @param zone where it stands
   * @param weight how much it takes beside the others
   */
  public record Given(
      @Arg("Its name.") String id,
      @Arg("Where it is, for example a URL.") Optional<String> address,
      @Arg("Where it stands, from the large to the small: id/jakarta/rack-7.")
          Optional<String> zone,
      @Arg("How much it takes beside the others; 1 by default.") Optional<Double> weight) {
    Endpoint endpoint() {
      return new Endpoint(id, address.orElse(""), zone.orElse(""), weight.orElse(1.0));
    }
  }

  private final Balancers room;

  /** Made by DS. */
  @Activate
  public BalancerActions(@Reference Balancers room) {
    this.room = room;
  }

  @Action(description = "Lists the algorithms and the pools that use them.", role = Role.VIEWER)
  public Listing list() {
    return new Listing(
        room.algorithms(),
        room.pools().stream()
            .map(room::stats)
            .map(
                stats ->
                    new Line(
                        stats.pool(),
                        stats.algorithm(),
                        stats.endpoints().size(),
                        stats.available(),
                        stats.panic()))
            .toList());
  }

  @Action(
      description =
          "Chooses the algorithm of a pool, or makes a pool of given endpoints; kept over restarts.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      idempotent = true)
  public PoolStats set(
      @Arg("The pool.") String pool,
      @Arg("The algorithm, for example `peak-ewma`; as it was by default.")
          Optional<String> algorithm,
      @Arg("The endpoints of a pool of your own; left out, only the algorithm changes.")
          Optional<List<Given>> endpoints) {
    if (algorithm.isEmpty() && endpoints.isEmpty()) {
      throw new LadangException(
              "LADANG-BALANCER-009", "Neither an algorithm nor endpoints were given.")
          .next("Give algorithm=NAME, endpoints=[…] or both.");
    }
    if (endpoints.isPresent()) {
      List<Endpoint> given = endpoints.get().stream().map(Given::endpoint).toList();
      String before =
          room.pools().contains(pool) ? room.stats(pool).algorithm() : PoolSpec.USUAL_ALGORITHM;
      room.keep(PoolSpec.of(pool, given).with(algorithm.orElse(before)));
    } else {
      room.choose(pool, algorithm.get());
    }
    return room.stats(pool);
  }

  @Action(
      description = "Removes a pool that an operator made, and what was wanted of it.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE)
  public String remove(@Arg("The pool.") String pool) {
    room.forget(pool);
    return "The pool " + pool + " is gone.";
  }

  @Action(
      description = "Says how the endpoints of a pool do: state, share, failures, latency.",
      role = Role.VIEWER)
  public PoolStats stats(@Arg("The pool.") String pool) {
    return room.stats(pool);
  }

  @Action(
      description = "Says whether a call could be made now, and who would get it; counts nothing.",
      role = Role.VIEWER)
  public Permit canExecute(
      @Arg("The pool.") String pool,
      @Arg("What calls of the same kind share; for consistent hashing.") Optional<String> key,
      @Arg("Where the caller stands.") Optional<String> zone) {
    return room.canExecute(pool, new Ask(key.map(Ask::key).orElse(0L), zone.orElse("")));
  }

  @Action(
      description = "Records how a call to an endpoint ended that somebody else made.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE)
  public PoolStats recordResult(
      @Arg("The pool.") String pool,
      @Arg("The endpoint.") String endpoint,
      @Arg("How it ended: ok, failed, late or cancelled.") String outcome,
      @Arg("How many milliseconds it took; 0 by default.") Optional<Double> millis) {
    boolean known =
        room.stats(pool).endpoints().stream().anyMatch(stats -> stats.id().equals(endpoint));
    if (!known) {
      throw new LadangException(
              "LADANG-BALANCER-006", "The pool " + pool + " has no endpoint " + endpoint + ".")
          .next("balancer:stats " + pool + " lists them.");
    }
    double took = millis.orElse(0.0);
    if (!(took >= 0 && took <= LONGEST_MILLIS)) {
      throw new LadangException(
          "LADANG-BALANCER-009", "A call cannot have taken " + took + " milliseconds.");
    }
    room.record(pool, endpoint, outcome(outcome), Math.round(took * NANOS));
    return room.stats(pool);
  }

  @Action(
      description =
          "Lets an endpoint run out of calls, or gives it calls again; kept over restarts.",
      role = Role.OPERATOR,
      effect = Effect.CHANGE,
      idempotent = true)
  public PoolStats drain(
      @Arg("The pool.") String pool,
      @Arg("The endpoint.") String endpoint,
      @Arg("false gives it calls again; true by default.") Optional<Boolean> on) {
    room.drain(pool, endpoint, on.orElse(true));
    return room.stats(pool);
  }

  private static Outcome outcome(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "ok" -> Outcome.OK;
      case "failed" -> Outcome.FAILED;
      case "late" -> Outcome.LATE;
      case "cancelled" -> Outcome.CANCELLED;
      default ->
          throw new LadangException(
                  "LADANG-BALANCER-009", "A call does not end with “" + word + "”.")
              .next("Say ok, failed, late or cancelled.");
    };
  }
}
