// SPDX-License-Identifier: Apache-2.0
package mirage.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * The end of this process, by ctrl-C or otherwise: the programs it runs end with it, what it has not finished is deleted, and nothing
 * new begins.
 */
public final class Shutdown {
  /** How long programs may take to end by themselves. */
  private static final long PATIENCE_MILLIS = 10_000;

  /** How often a folder is deleted that others are still writing to. */
  private static final int ATTEMPTS = 20;

  private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

  private static volatile boolean begun;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Shutdown::end, "shutdown"));
  }

  private Shutdown() {}

  /** Something that is begun: a program, a folder. */
  @FunctionalInterface
  public interface Beginning<T> {
    T begin() throws IOException;
  }

  /** Begins something that the end of the process finds; when that has come, never returns. */
  public static <T> T begin(Beginning<T> beginning) throws IOException {
    synchronized (Shutdown.class) {
      if (!begun) {
        return beginning.begin();
      }
    }
    return parked();
  }

  /** Returns unless the process is ending: what would be done next could only fail, for others are gone already. */
  public static void pass() {
    if (begun) {
      parked();
    }
  }

  private static <T> T parked() {
    while (true) {
      LockSupport.park();
    }
  }

  /** From now on the end of the process deletes this folder. */
  static void delete(Path folder) {
    UNFINISHED.add(folder);
  }

  /** The folder is finished, or gone. */
  static void keep(Path folder) {
    UNFINISHED.remove(folder);
  }

  private static void end() {
    begun = true;
    synchronized (Shutdown.class) {
      // Whatever was just being begun is begun now, and found below.
    }
    List<ProcessHandle> programs = ProcessHandle.current().descendants().toList();
    programs.forEach(ProcessHandle::destroy);
    long patience = System.currentTimeMillis() + PATIENCE_MILLIS;
    for (ProcessHandle program : programs) {
      await(program, patience - System.currentTimeMillis());
    }
    UNFINISHED.forEach(Shutdown::discard);
  }

  private static void await(ProcessHandle program, long millis) {
    try {
      program.onExit().get(Math.max(millis, 1), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      program.descendants().forEach(ProcessHandle::destroyForcibly);
      program.destroyForcibly();
    } catch (ExecutionException | InterruptedException e) {
      // Nobody waits for more than the rest.
      return;
    }
  }

  /** Threads of ours may still write there: what is left after some attempts is not worth a message. */
  private static void discard(Path place) {
    for (int i = 0; i < ATTEMPTS && Files.exists(place); i++) {
      try {
        AtomicFiles.delete(place);
      } catch (MirageException e) {
        LockSupport.parkNanos(20_000_000);
      }
    }
  }
}
