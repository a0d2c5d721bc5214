// SPDX-License-Identifier: Apache-2.0
package mirage.config.configure;

import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import mirage.config.graph.PackageRequest;
import mirage.config.graph.Problem;
import mirage.config.resolve.Application.FoundPackage;
import mirage.config.resolve.Catalog;
import mirage.device.Target;
import mirage.opam.program.PackageCatalogue;
import mirage.opam.sysroot.Sysroot;
import mirage.tools.BuildCache;

/** Packages served by libraries in jars, and by those the distribution has installed. */
public final class DistributionPackages implements Packages {
  private final BuildCache cache;

  public DistributionPackages(BuildCache cache) {
    this.cache = cache;
  }

  @Override
  public Reach within(Catalog catalog, Target target) {
    return new InSysroot(Sysroot.of(target, catalog.providers(), cache));
  }

  private record InSysroot(Sysroot sysroot) implements Reach {
    @Override
    public boolean has(String library) {
      return sysroot.usable(library);
    }

    @Override
    public Found find(String unikernel, List<PackageRequest> requests, List<Problem> problems) {
      PackageCatalogue.Answer answer =
          new PackageCatalogue(sysroot)
              .find(unikernel, requests.stream().map(DistributionPackages::request).toList());
      answer.problems().forEach(message -> problems.add(new Problem(message, "")));
      SortedSet<String> libraries = new TreeSet<>();
      answer.packages().forEach(found -> libraries.addAll(found.libraries()));
      return new Found(
          answer.packages().stream()
              .map(found -> new FoundPackage(found.opam(), found.version().orElse("")))
              .sorted(Comparator.comparing(FoundPackage::opam))
              .toList(),
          List.copyOf(libraries));
    }
  }

  private static PackageCatalogue.Request request(PackageRequest declared) {
    return new PackageCatalogue.Request(
        declared.opam(), declared.findlib(), declared.min(), declared.max(), declared.build());
  }
}
