// SPDX-License-Identifier: Apache-2.0
package mirage.plugin;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import mirage.config.build.BuildDriver;
import mirage.config.build.BuildMessage;
import mirage.config.build.BuildMessage.Kind;
import mirage.config.maven.JarFinder;
import mirage.config.project.Manifest;
import mirage.config.project.Unikernel;
import mirage.config.report.Reporter;
import mirage.config.resolve.Catalog;
import mirage.config.resolve.Providers;
import mirage.tools.BuildCache;
import mirage.tools.MirageException;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Builds the unikernel that a generated project stands for; the results are in dist/. */
@Mojo(
    name = "build",
    defaultPhase = LifecyclePhase.PACKAGE,
    requiresDependencyResolution = ResolutionScope.RUNTIME,
    threadSafe = true)
public final class BuildMojo extends AbstractMojo {
  @Parameter(defaultValue = "${project.basedir}", readonly = true)
  private File folder;

  @Parameter(defaultValue = "${project.runtimeClasspathElements}", readonly = true)
  private List<String> classPath;

  /** The unikernel's config.ml, from the project's folder. */
  @Parameter(required = true)
  private String config;

  /** Of all that went into the generated project; the mirage command gives it and compares it later. */
  @Parameter(property = "mirage.fingerprint", defaultValue = "")
  private String fingerprint;

  @Override
  public void execute() throws MojoFailureException {
    try {
      Path project = folder.toPath().toAbsolutePath();
      Unikernel unikernel = new Unikernel(project.resolve(config).normalize(), project.getParent());
      List<String> jars = Manifest.read(unikernel.manifest()).jars();
      List<Path> elements = classPath.stream().map(Path::of).toList();
      Catalog catalog =
          Providers.load(BuildMojo.class.getClassLoader(), JarFinder.among(jars, elements));
      new BuildDriver(unikernel, catalog, BuildCache.user(), new Lines())
          .build(fingerprint == null ? "" : fingerprint);
    } catch (MirageException e) {
      print(Kind.ERROR, e.getMessage());
      throw new MojoFailureException(e.getMessage(), e);
    }
  }

  private void print(Kind kind, String text) {
    getLog().info(new BuildMessage(kind, text).line());
  }

  /** Passes messages on as lines that the mirage command finds in Maven's output. */
  private final class Lines implements Reporter {
    @Override
    public void step(String line) {
      print(Kind.STEP, line);
    }

    @Override
    public void detail(String line) {
      print(Kind.DETAIL, line);
    }

    @Override
    public void warning(String text) {
      print(Kind.WARNING, text);
    }
  }
}
