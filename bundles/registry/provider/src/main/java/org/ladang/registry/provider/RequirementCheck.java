package org.ladang.registry.provider;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ladang.kernel.Event;
import org.ladang.kernel.EventListener;
import org.ladang.kernel.LadangException;
import org.ladang.kernel.Scheduler;
import org.ladang.kernel.action.ActionInfo;
import org.ladang.kernel.action.CallContext;
import org.ladang.kernel.action.GateCheck;
import org.ladang.kernel.swap.BundleStatus;
import org.ladang.kernel.swap.BundleStatus.Condition;
import org.ladang.kernel.swap.Kind;
import org.ladang.kernel.swap.Swapper;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Refuses calls to a plugin whose required plugins are not there. What is missing is worked out when bundles change, not
 * when they are called: a call costs one look into a map that is nearly always empty. A refusal is looked at again first
 * where something has changed since, so that nobody is turned away by old news.
 */
@Component(service = {GateCheck.class, EventListener.class})
public final class RequirementCheck implements GateCheck, EventListener {
  /** A thousand changes in a moment are worked out a few times, not a thousand times. */
  private static final Duration CALM = Duration.ofMillis(50);

  /** At the most one part in ten of a thread's time goes into it. */
  private static final int SHARE = 10;

  private final Swapper swapper;
  private final Scheduler scheduler;
  private final Object working = new Object();
  private Scheduler.Task planned;
  private boolean closed;
  private Duration calm = CALM;
  private volatile boolean stale;
  private volatile Map<String, List<String>> unmet = Map.of();

  @Activate
  public RequirementCheck(@Reference Swapper swapper, @Reference Scheduler scheduler) {
    this.swapper = swapper;
    this.scheduler = scheduler;
    work();
  }

  @Deactivate
  void close() {
    synchronized (working) {
      closed = true;
      if (planned != null) {
        planned.cancel();
      }
    }
  }

  @Override
  public void check(CallContext context, ActionInfo action) {
    Map<String, List<String>> now = unmet;
    if (now.isEmpty() || !now.containsKey(action.provider())) {
      return;
    }
    if (stale) {
      work();
    }
    List<String> sentences = unmet.get(action.provider());
    if (sentences != null) {
      throw new LadangException("LADANG-REGISTRY-003", String.join(" ", sentences))
          .next("plugin:why " + action.owner() + " shows what it needs.")
          .with("plugin", action.owner());
    }
  }

  @Override
  public void onEvent(Event event) {
    if (!event.type().startsWith("swap.") && !event.type().equals("actions.changed")) {
      return;
    }
    synchronized (working) {
      stale = true;
      if (planned == null && !closed) {
        planned = scheduler.after(calm, "registry-requirements", this::work);
      }
    }
  }

  /** By symbolic name, what each plugin misses. */
  private void work() {
    synchronized (working) {
      planned = null;
      long begin = System.nanoTime();
      // First this, then the look: a change during the look makes it stale again.
      stale = false;
      List<BundleStatus> statuses = swapper.statuses();
      PluginView view = PluginView.of(statuses);
      Map<String, List<String>> found = new HashMap<>();
      for (BundleStatus status : statuses) {
        if (status.passport().kind() == Kind.PLUGIN && status.state() != Condition.REFUSED) {
          List<String> sentences = Requirements.unmet(status.passport(), view);
          if (!sentences.isEmpty()) {
            found.put(status.passport().symbolicName(), sentences);
          }
        }
      }
      unmet = Map.copyOf(found);
      Duration longer = Duration.ofNanos(System.nanoTime() - begin).multipliedBy(SHARE);
      calm = longer.compareTo(CALM) > 0 ? longer : CALM;
    }
  }
}
