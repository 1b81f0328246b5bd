package org.ladang.kernel.provider.gate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.CallPolicy;
import org.ladang.kernel.action.CallPolicy.StandIn;
import org.ladang.kernel.provider.proxy.ProxyHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the policy of a plugin's calls, if there is one. A policy that itself fails is as good as none: it must not take
 * down what works.
 */
public final class Policing {
  private static final Logger LOG = LoggerFactory.getLogger(Policing.class);

  private final Spi<CallPolicy> policies;

  public Policing(Spi<CallPolicy> policies) {
    this.policies = policies;
  }

  /**
   * What a policy knows of a call.
   *
   * @param policy who was asked; null when nobody
   * @param permit what it gave; negative when it refused
   * @param second whether the call stands in for another one, and nothing stands in for it
   * @param entered whether the target was called
   */
  record Policed(CallPolicy policy, long permit, boolean second, boolean entered) {
    static final Policed NOT = new Policed(null, -1, false, false);
    static final Policed SECOND = new Policed(null, -1, true, false);

    Policed begun() {
      return policy == null ? this : new Policed(policy, permit, second, true);
    }
  }

  /** The same, with the policy that is to be asked. */
  Policed asked(Policed before) {
    List<CallPolicy> all = policies.all();
    if (all.isEmpty()) {
      return before;
    }
    CallPolicy policy = all.get(0);
    return ProxyHandler.vacant(policy) ? before : new Policed(policy, -1, before.second(), false);
  }

  /**
   * Asks for a permit.
   *
   * @throws LadangException when the policy says no
   */
  Policed admit(Policed asked, CallContext context, ActionInfo action) {
    CallPolicy policy = asked.policy();
    if (policy == null) {
      return asked;
    }
    try {
      return new Policed(policy, policy.admit(context, action), asked.second(), false);
    } catch (LadangException e) {
      if (!e.code().startsWith("LADANG-PROXY-")) {
        throw e;
      }
      LOG.warn("the policy of calls does not answer; {} is called without", action.id());
    } catch (RuntimeException e) {
      LOG.warn("the policy of calls failed; {} is called without", action.id(), e);
    }
    return new Policed(null, -1, asked.second(), false);
  }

  void ended(Policed policed, CallContext context, ActionInfo action, String code, long nanos) {
    if (policed.permit() < 0) {
      return;
    }
    try {
      policed.policy().ended(context, action, policed.permit(), code, nanos);
    } catch (RuntimeException e) {
      LOG.warn("the policy of calls failed after {}", action.id(), e);
    }
  }

  Optional<StandIn> standIn(
      Policed policed,
      CallContext context,
      ActionInfo action,
      Map<String, Object> arguments,
      LadangException failure) {
    if (policed.second()) {
      return Optional.empty();
    }
    try {
      return policed.policy().standIn(context, action, arguments, failure, policed.entered());
    } catch (RuntimeException e) {
      LOG.warn("the policy of calls failed; nothing stands in for {}", action.id(), e);
      return Optional.empty();
    }
  }
}
