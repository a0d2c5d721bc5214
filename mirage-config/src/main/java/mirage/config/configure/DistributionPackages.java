// SPDX-License-Identifier: Apache-2.0
package mirage.config.configure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import mirage.config.graph.PackageRequest;
import mirage.config.graph.Problem;
import mirage.config.resolve.Application.FoundPackage;
import mirage.config.resolve.Catalog;
import mirage.device.Target;
import mirage.tools.BuildCache;

/** Packages served by libraries in jars, and by those the distribution has installed. */
public final class DistributionPackages implements Packages {
  private final BuildCache cache;

  public DistributionPackages(BuildCache cache) {
    this.cache = cache;
  }

  @Override
  public Found find(
      Catalog catalog,
      Target target,
      String unikernel,
      List<PackageRequest> requests,
      List<Problem> problems) {
    List<FoundPackage> found = new ArrayList<>();
    SortedSet<String> libraries = new TreeSet<>();
    for (PackageRequest request : requests) {
      if (!request.build()) {
        libraries.addAll(request.findlib());
        found.add(new FoundPackage(request.opam(), "0"));
      }
    }
    found.sort(Comparator.comparing(FoundPackage::opam));
    return new Found(found, List.copyOf(libraries));
  }
}
