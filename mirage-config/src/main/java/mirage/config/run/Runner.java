// SPDX-License-Identifier: Apache-2.0
package mirage.config.run;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import mirage.config.report.Reporter;
import mirage.tools.Command;
import mirage.tools.MirageException;

/** Runs a unikernel and answers its exit status. */
public final class Runner {
  private final OutputStream out;
  private final InputStream in;
  private final Reporter reporter;

  public Runner(OutputStream out, InputStream in, Reporter reporter) {
    this.out = out;
    this.in = in;
    this.reporter = reporter;
  }

  /** Boots a flash image on the emulated chip. */
  public int image(Path image, List<String> boot, RunSettings settings) {
    throw new MirageException("not yet");
  }

  /** Runs a program of target unix. */
  public int program(Path program, List<String> boot, RunSettings settings) {
    return Command.of(program.toString()).with(boot).interact();
  }
}
