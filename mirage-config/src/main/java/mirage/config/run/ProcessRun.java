// SPDX-License-Identifier: Apache-2.0
package mirage.config.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import mirage.tools.AtomicFiles;
import mirage.tools.Command;
import mirage.tools.MirageException;
import mirage.tools.Shutdown;

/** Runs a unikernel of target unix as a process, watching what it prints when asked to. */
final class ProcessRun {
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  ProcessRun(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /** Answers the process's own status; with an expected text 0 once it came, 1 if it did not. */
  int run(Path program, List<String> boot, RunSettings settings) {
    boolean ours = in == System.in;
    if (settings.how().expect().isEmpty() && settings.how().timeout() == 0 && ours) {
      return Command.of(program.toString()).with(boot).interact();
    }
    List<String> words = new ArrayList<>(List.of(program.toString()));
    words.addAll(boot);
    try {
      Process process =
          Shutdown.begin(
              new ProcessBuilder(words)
                      .redirectInput(
                          ours ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.PIPE)
                      .redirectErrorStream(true)
                  ::start);
      if (!ours) {
        type(process);
      }
      return watch(process, settings);
    } catch (IOException e) {
      throw new MirageException("cannot run " + program + ": " + AtomicFiles.reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MirageException("interrupted");
    }
  }

  /** Gives the process what was given to us; it need not read it. */
  private void type(Process process) {
    background(
        "input",
        () -> {
          try (OutputStream keyboard = process.getOutputStream()) {
            in.transferTo(keyboard);
          } catch (IOException e) {
            // The process ended first.
            return;
          }
        });
  }

  private int watch(Process process, RunSettings settings) throws InterruptedException {
    AtomicBoolean seen = new AtomicBoolean();
    AtomicReference<MirageException> lost = new AtomicReference<>();
    Thread reader =
        background(
            "output",
            () -> {
              try {
                copy(process, settings.how().expect().orElse(null), seen);
              } catch (MirageException e) {
                lost.set(e);
                process.destroy();
              }
            });
    boolean ended =
        settings.how().timeout() == 0
            ? process.waitFor() >= 0
            : process.waitFor((long) (settings.how().timeout() * 1000), TimeUnit.MILLISECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    reader.join();
    if (lost.get() != null) {
      throw lost.get();
    }
    if (seen.get()) {
      return 0;
    }
    String unseen =
        settings
            .how()
            .expect()
            .map(text -> "; the expected text '" + text + "' did not appear")
            .orElse("");
    if (!ended) {
      err.println("mirage: still running after " + settings.how().timeout() + " s" + unseen);
      return 1;
    }
    if (!unseen.isEmpty()) {
      err.println("mirage: ended with status " + process.exitValue() + unseen);
      return 1;
    }
    return process.exitValue();
  }

  private static Thread background(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Passes the output on; ends the process when the expected text has come. */
  private void copy(Process process, String expect, AtomicBoolean seen) {
    StringBuilder tail = new StringBuilder();
    byte[] buffer = new byte[4096];
    try (InputStream stream = process.getInputStream()) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
        if (expect != null) {
          tail.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
          if (tail.indexOf(expect) >= 0) {
            seen.set(true);
            process.destroy();
            return;
          }
          tail.delete(0, Math.max(0, tail.length() - expect.length()));
        }
      }
    } catch (IOException e) {
      // The process was ended; its status says how.
    }
  }
}
