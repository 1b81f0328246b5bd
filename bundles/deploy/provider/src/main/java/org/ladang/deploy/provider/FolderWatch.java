package org.ladang.deploy.provider;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the mailbox what the file system says happened in the inbox. Only a hint that saves time: what is true is what a
 * look into the folder finds, and the worker looks every few seconds anyway.
 */
final class FolderWatch implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

  private final Path folder;
  private final Mailbox mailbox;
  private final WatchService service;
  private final Thread thread;

  private FolderWatch(Path folder, Mailbox mailbox, WatchService service) {
    this.folder = folder;
    this.mailbox = mailbox;
    this.service = service;
    this.thread = new Thread(this::run, "ladang-deploy-watch");
    this.thread.setDaemon(true);
  }

  /** Starts to watch; without a watch (the system may have run out of them) the worker still looks by itself. */
  static Closeable start(Path folder, Mailbox mailbox) {
    try {
      WatchService service = folder.getFileSystem().newWatchService();
      FolderWatch watch = new FolderWatch(folder, mailbox, service);
      watch.register();
      watch.thread.start();
      return watch;
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("folder", folder)
          .setCause(e)
          .log("the inbox cannot be watched; it is looked at every few seconds instead");
      return () -> {};
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        WatchKey key = service.poll(5, TimeUnit.SECONDS);
        if (key == null) {
          continue;
        }
        for (WatchEvent<?> event : key.pollEvents()) {
          tell(mailbox, event);
        }
        if (!key.reset()) {
          // The folder itself was taken away: watch the one that comes in its place.
          mailbox.touchEverything();
          again();
        }
      }
    } catch (ClosedWatchServiceException e) {
      LOG.debug("the inbox is no longer watched");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** More events than the system could hold come as one OVERFLOW, which names none of them. */
  static void tell(Mailbox mailbox, WatchEvent<?> event) {
    if (event.kind() == StandardWatchEventKinds.OVERFLOW || event.context() == null) {
      mailbox.touchEverything();
    } else {
      mailbox.touch(event.context().toString());
    }
  }

  private void again() throws InterruptedException {
    while (true) {
      try {
        register();
        mailbox.touchEverything();
        return;
      } catch (IOException e) {
        LOG.debug("the inbox is not there", e);
        TimeUnit.SECONDS.sleep(1);
      }
    }
  }

  private void register() throws IOException {
    folder.register(
        service,
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE);
  }
}
