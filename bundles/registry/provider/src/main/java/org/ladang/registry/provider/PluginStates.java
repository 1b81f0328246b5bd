package org.ladang.registry.provider;

import org.ladang.kernel.swap.BundleStatus;
import org.ladang.registry.PluginHealth;

/** The kernel's conditions in the words that people read. */
final class PluginStates {
  private PluginStates() {}

  static String text(BundleStatus.Condition state) {
    return state == BundleStatus.Condition.READY_LAZY ? "READY (lazy)" : state.name();
  }

  /** How a plugin feels that says nothing itself, or that cannot be asked. */
  static PluginHealth health(BundleStatus status) {
    return switch (status.state()) {
      case ACTIVE, READY_LAZY -> PluginHealth.healthy();
      case STARTING, WAITING, STOPPED -> PluginHealth.degraded(sentence(status));
      case REFUSED, STUCK, QUARANTINED -> PluginHealth.unhealthy(sentence(status));
    };
  }

  private static String sentence(BundleStatus status) {
    if (!status.sentence().isEmpty()) {
      return status.sentence();
    }
    String name = status.passport().name();
    return switch (status.state()) {
      case STARTING -> name + " is starting.";
      case WAITING -> name + " waits for something; plugin:why " + name + " says for what.";
      case STOPPED -> name + " was stopped by an operator: plugin:start " + name + " starts it.";
      case REFUSED -> name + " was refused.";
      case QUARANTINED -> name + " failed too often: plugin:release " + name + " starts it again.";
      case STUCK -> name + " is stuck until the runtime is restarted.";
      default -> "";
    };
  }
}
