package org.ladang.kernel.provider.proxy;

import java.util.ArrayDeque;
import org.osgi.framework.Bundle;

/**
 * Which exclusive bundles ({@code overlap=false}) the present thread is inside of. While such a bundle is held for a
 * swap, a call that began before may still call back into it; without that, draining would wait for itself.
 */
final class Inside {
  private static final ThreadLocal<ArrayDeque<Bundle>> BUNDLES =
      ThreadLocal.withInitial(ArrayDeque::new);

  private Inside() {}

  static void push(Bundle bundle) {
    BUNDLES.get().push(bundle);
  }

  static void pop() {
    ArrayDeque<Bundle> stack = BUNDLES.get();
    stack.pop();
    if (stack.isEmpty()) {
      BUNDLES.remove();
    }
  }

  static boolean of(Bundle bundle) {
    return BUNDLES.get().contains(bundle);
  }
}
