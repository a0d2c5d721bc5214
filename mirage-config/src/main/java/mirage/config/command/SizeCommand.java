// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import mirage.bindings.size.SizeReport;
import mirage.config.project.Manifest;
import mirage.config.project.Unikernel;
import mirage.tools.AtomicFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "size",
    description =
        "Shows what takes flash and RAM, by library and module, after building if needed.",
    customSynopsis = "mirage size [OPTION]... [DIR]",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {"  mirage size", "  mirage size -o size.html samples/hello"})
final class SizeCommand implements Callable<Integer> {
  @Mixin FolderOption given = new FolderOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where the drawing is written (dist/NAME.html).")
  Path output;

  @ParentCommand RootCommand root;

  @Override
  public Integer call() {
    Workflow workflow = new Workflow(root);
    Unikernel unikernel = workflow.find(given.folder);
    Optional<Manifest> built = workflow.buildForChip(unikernel, "sizes are those of a chip");
    if (built.isEmpty() || workflow.dryRun()) {
      return 0;
    }
    Manifest manifest = built.get();
    SizeReport report = SizeReport.read(manifest.name(), unikernel.dist());
    Path page =
        output == null ? page(unikernel, manifest) : root.environment.directory().resolve(output);
    AtomicFiles.write(page, report.html());
    workflow.terminal().print(report.text());
    workflow.terminal().step("drawn in " + page);
    return 0;
  }

  /** The drawing, unless the user names another file. */
  static Path page(Unikernel unikernel, Manifest manifest) {
    return unikernel.dist().resolve(manifest.name() + ".html");
  }
}
