// SPDX-License-Identifier: Apache-2.0
package mirage.config.build;

import mirage.config.maven.JarFinder;
import mirage.config.project.Manifest;
import mirage.config.project.Unikernel;
import mirage.config.report.Reporter;
import mirage.config.resolve.Catalog;
import mirage.config.resolve.Providers;
import mirage.tools.BuildCache;

/** Builds in this process: no Maven, the same result. */
public record DirectBuilder(BuildCache cache) implements ProjectBuilder {
  @Override
  public void build(Unikernel unikernel, String fingerprint, Reporter reporter) {
    Catalog catalog =
        Providers.load(
            DirectBuilder.class.getClassLoader(),
            new JarFinder(cache).find(Manifest.read(unikernel.manifest()).jars()));
    new BuildDriver(unikernel, catalog, cache, reporter).build(fingerprint);
  }
}
