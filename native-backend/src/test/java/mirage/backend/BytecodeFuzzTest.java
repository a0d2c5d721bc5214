// SPDX-License-Identifier: Apache-2.0
package mirage.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mirage.backend.ir.CompileException;
import mirage.formats.BytecodeFile;
import mirage.formats.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged bytecode files through the reader and the whole compiler: each gives code or one message, in little time and memory.
 * {@code -Dfuzz.bytecode=N} sets the number of files, {@code -Dfuzz.seed=N} the number of the first.
 */
class BytecodeFuzzTest {
  private static final int FILES = Integer.getInteger("fuzz.bytecode", 1500);
  private static final long FIRST = Long.getLong("fuzz.seed", 1);
  private static final long SECONDS = 10;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final long MAX_BYTES = 512L << 20;
  private static final long STACK_BYTES = 64L << 20;

  @TempDir Path folder;

  /** What one file did: nothing, or what no file may do. */
  private record Verdict(boolean compiled, String problem) {}

  @Test
  void damagedFilesGiveMessages() throws Exception {
    byte[] good = bytecode();
    assertThat(verdict(good)).isEqualTo(new Verdict(true, ""));
    int compiled = 0;
    for (long seed = FIRST; seed < FIRST + FILES; seed++) {
      byte[] bad = Damage.of(good, new Random(seed));
      Verdict verdict = watched(bad);
      compiled += verdict.compiled() ? 1 : 0;
      if (!verdict.problem().isEmpty()) {
        fail("-Dfuzz.bytecode=1 -Dfuzz.seed=" + seed + ": " + verdict.problem());
      }
    }
    System.out.printf(
        "%d damaged files from seed %d: %d compiled, all others refused%n", FILES, FIRST, compiled);
    assertThat(compiled).as("files damaged so little that they compile").isBetween(1, FILES);
  }

  private byte[] bytecode() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/fuzz/small.ml")) {
      Files.copy(in, folder.resolve("small.ml"));
    }
    Process ocamlc =
        new ProcessBuilder("ocamlc", "-g", "-nopervasives", "-o", "small.byte", "small.ml")
            .directory(folder.toFile())
            .inheritIO()
            .start();
    assertThat(ocamlc.waitFor()).isZero();
    return Files.readAllBytes(folder.resolve("small.byte"));
  }

  private static Verdict watched(byte[] bytes) throws InterruptedException {
    FutureTask<Verdict> task = new FutureTask<>(() -> verdict(bytes));
    Thread thread = new Thread(null, task, "damaged file", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    // Time of the processor, not of the clock: the machine may have other things to do.
    while (THREADS.getThreadCpuTime(thread.getId()) < SECONDS * 1_000_000_000L) {
      try {
        return task.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        continue;
      } catch (ExecutionException e) {
        return new Verdict(false, trace(e.getCause()));
      }
    }
    StringBuilder stack = new StringBuilder();
    for (StackTraceElement element : thread.getStackTrace()) {
      stack.append("\n  ").append(element);
    }
    return new Verdict(false, "still busy after " + SECONDS + " s:" + stack);
  }

  /** On a thread of its own, whose allocations are counted. */
  private static Verdict verdict(byte[] bytes) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean compiled = false;
    try {
      new Compiler(Observer.NONE).compile(BytecodeFile.read("damaged.byte", bytes), true);
      compiled = true;
    } catch (FormatException | CompileException e) {
      if (!e.getMessage().startsWith("damaged.byte: ")) {
        return new Verdict(false, "a message that does not name the file: " + e.getMessage());
      }
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    return new Verdict(
        compiled, allocated > MAX_BYTES ? allocated + " bytes allocated in all" : "");
  }

  private static String trace(Throwable failure) {
    StringBuilder text = new StringBuilder(failure.toString());
    StackTraceElement[] stack = failure.getStackTrace();
    for (int i = 0; i < Math.min(25, stack.length); i++) {
      text.append("\n  ").append(stack[i]);
    }
    return text.toString();
  }
}
