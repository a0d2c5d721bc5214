// SPDX-License-Identifier: Apache-2.0
package mirage.config.command;

import java.util.concurrent.Callable;
import mirage.config.project.Manifest;
import mirage.config.project.SavedConfiguration;
import mirage.config.project.Unikernel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "build",
    description = "Builds the configured unikernel; the results are in dist/.",
    customSynopsis = "mirage build [OPTION]... [DIR]",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  mirage build",
      "  mirage build --backend bytecode samples/hello",
      "  mirage build --phy libphy.a samples/http"
    })
final class BuildCommand implements Callable<Integer> {
  @Mixin FolderOption given = new FolderOption();

  @Mixin BackEndOption chosen = new BackEndOption();

  @Mixin PhyOption phy = new PhyOption();

  @Mixin InstallOption install = new InstallOption();

  @ParentCommand RootCommand root;

  @Override
  public Integer call() {
    Workflow workflow = new Workflow(root);
    Unikernel unikernel = workflow.find(given.folder);
    SavedConfiguration saved = workflow.saved(unikernel);
    SavedConfiguration wanted =
        (chosen.backEnd == null ? saved : saved.with(chosen.backEnd))
            .with(phy.choice(root.environment, unikernel));
    if (install.asked) {
      workflow.install(unikernel, wanted);
    }
    // What is installed may serve a package that something else did.
    if (install.asked || !wanted.equals(saved)) {
      workflow.configure(unikernel, wanted);
    }
    Manifest manifest = workflow.build(unikernel);
    if (!workflow.dryRun()) {
      workflow
          .terminal()
          .step(
              "%s is built: %s; next: mirage run"
                  .formatted(
                      manifest.name(), unikernel.result(manifest.name(), manifest.target())));
    }
    return 0;
  }
}
