package org.ladang.kernel.provider.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Each kind of thing that a bundle may leave behind, left behind. */
class LeakHolderTest {
  private final ClassLoader loader = new Weedy();

  @Test
  void aThreadThatRunsItsCode() throws Exception {
    Thread left = new Thread(made(Waiter.class, Runnable.class), "left-thread");
    left.setContextClassLoader(null);
    left.setDaemon(true);
    left.start();
    try {
      assertThat(LeakHolder.of(loader)).startsWith("held by the thread left-thread");
    } finally {
      left.interrupt();
      left.join(5_000);
    }
  }

  @Test
  void aTimerWithOneOfItsTasks() throws Exception {
    Timer timer = new Timer("left-timer", true);
    try {
      timer.schedule(made(Task.class, TimerTask.class), TimeUnit.HOURS.toMillis(1));
      assertThat(LeakHolder.of(loader))
          .contains("the timer left-timer")
          .contains(Task.class.getName());
    } finally {
      timer.cancel();
    }
  }

  @Test
  void aThreadLocalOfAThreadOfOthers() throws Exception {
    ThreadLocal<Object> local = new ThreadLocal<>();
    for (Object kept :
        new Object[] {
          made(Waiter.class, Runnable.class), List.of(made(Waiter.class, Object.class))
        }) {
      local.set(kept);
      try {
        assertThat(LeakHolder.of(loader))
            .contains("a ThreadLocal of the thread " + Thread.currentThread().getName());
      } finally {
        local.remove();
      }
    }
  }

  @Test
  void aShutdownHook() throws Exception {
    Thread hook = new Thread(made(Waiter.class, Runnable.class), "left-hook");
    hook.setContextClassLoader(null);
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      assertThat(LeakHolder.of(loader)).isEqualTo("held by the shutdown hook left-hook");
    } finally {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  @Test
  void aRegisteredJdbcDriver() throws Exception {
    Driver driver = made(NoDriver.class, Driver.class);
    DriverManager.registerDriver(driver);
    try {
      assertThat(LeakHolder.of(loader))
          .isEqualTo("held by the registered JDBC driver " + NoDriver.class.getName());
    } finally {
      // DriverManager lets only classes of the driver's own loader take it out.
      made(NoDriver.class, AutoCloseable.class, driver).close();
    }
    assertThat(LeakHolder.of(loader)).doesNotContain("JDBC");
  }

  @Test
  void anMBean() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("org.example:type=Left");
    Object bean = made(Left.class, Object.class);
    beans.registerMBean(bean, name);
    try {
      assertThat(LeakHolder.of(loader)).isEqualTo("held by the MBean org.example:type=Left");
    } finally {
      beans.unregisterMBean(name);
    }
  }

  @Test
  void whatCannotBeSeenIsSaidToBeSo() {
    assertThat(LeakHolder.of(loader)).contains("cannot be seen from outside");
  }

  private <T> T made(Class<?> type, Class<T> as) throws ReflectiveOperationException {
    return as.cast(loader.loadClass(type.getName()).getConstructor().newInstance());
  }

  private <T> T made(Class<?> type, Class<T> as, Object argument)
      throws ReflectiveOperationException {
    return as.cast(
        loader.loadClass(type.getName()).getConstructor(Driver.class).newInstance(argument));
  }

  /** Defines the classes below anew, as a bundle's own loader would. */
  private static final class Weedy extends ClassLoader {
    Weedy() {
      super(LeakHolderTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(LeakHolderTest.class.getName() + "$")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
          return known;
        }
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
          byte[] code = in.readAllBytes();
          return defineClass(name, code, 0, code.length);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    }
  }

  public static final class Waiter implements Runnable {
    @Override
    public void run() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  public static final class Task extends TimerTask {
    @Override
    public void run() {
      throw new IllegalStateException("never due");
    }
  }

  public interface LeftMBean {
    int getSeeds();
  }

  public static final class Left implements LeftMBean {
    @Override
    public int getSeeds() {
      return 7;
    }
  }

  public static final class NoDriver implements Driver, AutoCloseable {
    private final Driver registered;

    public NoDriver() {
      this(null);
    }

    public NoDriver(Driver registered) {
      this.registered = registered;
    }

    @Override
    public void close() throws SQLException {
      DriverManager.deregisterDriver(registered);
    }

    @Override
    public Connection connect(String url, Properties info) {
      return null;
    }

    @Override
    public boolean acceptsURL(String url) {
      return false;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 0;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }
  }
}
