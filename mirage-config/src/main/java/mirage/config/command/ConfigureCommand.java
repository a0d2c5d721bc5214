// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.util.List;
import mirage.config.graph.KeyOption;
import mirage.config.project.SavedConfiguration;
import mirage.config.project.Unikernel;
import mirage.config.resolve.Application;
import mirage.device.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "configure",
    description = "Evaluates config.ml, chooses the devices and writes the project to build.",
    customSynopsis = "mirage configure [OPTION]... [KEY]... [DIR]",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mirage configure -t esp32",
      "  mirage configure -t unix --logs debug samples/hello",
      "  mirage configure --impl console=console-esp32"
    })
final class ConfigureCommand extends Keyed {
  @Mixin InstallOption install = new InstallOption();

  ConfigureCommand(List<KeyOption> known) {
    super(known);
  }

  @Override
  public Integer call() {
    Workflow workflow = new Workflow(root);
    Unikernel unikernel = workflow.find(given.folder);
    SavedConfiguration wanted = workflow.wanted(unikernel, given, keys(), Target.ESP32);
    if (install.asked) {
      workflow.install(unikernel, wanted);
    }
    Application application = workflow.configure(unikernel, wanted);
    if (!workflow.dryRun()) {
      workflow
          .terminal()
          .step(
              "%s is configured for %s; next: mirage build"
                  .formatted(application.name(), application.target().id()));
    }
    return 0;
  }
}
