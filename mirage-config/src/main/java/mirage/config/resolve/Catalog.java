// SPDX-License-Identifier: Apache-2.0
package mirage.config.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import mirage.config.graph.Problem;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceKind;
import mirage.device.DeviceKinds;
import mirage.device.DeviceProvider;
import mirage.device.Target;

/**
 * All that the jars in reach offer.
 *
 * @param providers the jars' doors
 * @param implementations device implementations
 */
public record Catalog(
    List<DeviceProvider> providers, List<Offer<DeviceImplementation>> implementations) {
  public Catalog {
    providers = List.copyOf(providers);
    implementations = List.copyOf(implementations);
  }

  /** What these providers offer. */
  public static Catalog of(List<Offer<DeviceProvider>> providers) {
    List<Offer<DeviceImplementation>> implementations = new ArrayList<>();
    for (Offer<DeviceProvider> provider : providers) {
      String origin = provider.origin();
      boolean named = provider.named();
      provider.item().implementations().stream()
          .map(item -> new Offer<>(item, origin, named))
          .forEach(implementations::add);
    }
    return new Catalog(providers.stream().map(Offer::item).toList(), implementations);
  }

  /** What is known of a device kind. */
  public Optional<DeviceKind> kind(String name) {
    return providers.stream()
        .flatMap(provider -> provider.kinds().stream())
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .or(() -> DeviceKinds.find(name));
  }

  /** The implementation of that name. */
  public Optional<Offer<DeviceImplementation>> implementation(String name) {
    return implementations.stream().filter(offer -> offer.item().name().equals(name)).findFirst();
  }

  /** The implementations of a kind on a target. */
  public List<Offer<DeviceImplementation>> serving(String kind, Target target) {
    return implementations.stream()
        .filter(offer -> offer.item().kind().equals(kind))
        .filter(offer -> offer.item().targets().contains(target))
        .toList();
  }

  /** All kinds somebody implements on a target. */
  public Set<String> kinds(Target target) {
    Set<String> kinds = new TreeSet<>();
    implementations.stream()
        .filter(offer -> offer.item().targets().contains(target))
        .forEach(offer -> kinds.add(offer.item().kind()));
    return kinds;
  }

  /** Names that two implementations claim: users could not tell them apart. */
  public List<Problem> clashes() {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < implementations.size(); i++) {
      for (int j = 0; j < i; j++) {
        Offer<DeviceImplementation> one = implementations.get(j);
        Offer<DeviceImplementation> other = implementations.get(i);
        if (one.item().name().equals(other.item().name())) {
          problems.add(
              new Problem(
                  "two implementations are called '%s': one in %s, one in %s; keep one of the jars"
                      .formatted(one.item().name(), one.origin(), other.origin()),
                  ""));
        }
      }
    }
    return problems;
  }
}
