// SPDX-License-Identifier: Apache-2.0
package mirage.plugin;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;

/**
 * Lets Maven take the tool's own jars, and what they need, from the directory that the tool itself runs
 * from, before it looks into the user's local repository: there, another checkout may have installed the
 * same version. The mirage command starts Maven with this jar as a core extension.
 */
public final class ToolRepository implements WorkspaceReader {
  /** System property: a directory laid out as a Maven repository; without it nothing is found here. */
  public static final String PROPERTY = "mirage.repository";

  private final WorkspaceRepository repository = new WorkspaceRepository("mirage");

  @Override
  public WorkspaceRepository getRepository() {
    return repository;
  }

  @Override
  public File findArtifact(Artifact artifact) {
    String classifier = artifact.getClassifier().isEmpty() ? "" : "-" + artifact.getClassifier();
    String version = artifact.getBaseVersion();
    File file =
        new File(
            folder(artifact),
            "%s/%s-%s%s.%s"
                .formatted(
                    version,
                    artifact.getArtifactId(),
                    version,
                    classifier,
                    artifact.getExtension()));
    return file.isFile() ? file : null;
  }

  @Override
  public List<String> findVersions(Artifact artifact) {
    List<String> versions = new ArrayList<>();
    File[] folders = folder(artifact).listFiles(File::isDirectory);
    for (File folder : folders == null ? new File[0] : folders) {
      versions.add(folder.getName());
    }
    return versions;
  }

  private static File folder(Artifact artifact) {
    return new File(
        System.getProperty(PROPERTY, "/nonexistent"),
        artifact.getGroupId().replace('.', '/') + "/" + artifact.getArtifactId());
  }
}
