// SPDX-License-Identifier: Apache-2.0
package mirage.config.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mirage.config.graph.Graph;
import mirage.config.graph.Node;
import mirage.config.graph.Problem;
import mirage.device.DeviceImplementation;
import mirage.device.DeviceKinds;
import mirage.device.Target;

/**
 * Chooses an implementation for every abstract device of a graph, adds the devices that those
 * implementations need themselves, and gives everything its name in main.ml.
 *
 * <p>Of several implementations of a kind, the one the user names wins, then the one from a jar that
 * config.ml names. A functor argument is, by its kind, an argument that config.ml gave, else the
 * kind's device that the whole unikernel shares.
 */
public final class Resolver {
  private final Catalog catalog;
  private final Target target;
  private final Map<String, String> chosen;
  private final Predicate<String> libraries;
  private final Graph graph;

  private final List<Problem> problems = new ArrayList<>();
  private final OcamlNames values = new OcamlNames();
  private final OcamlNames modules = new OcamlNames();
  private final Map<Integer, Node> nodes = new HashMap<>();
  private final Map<Integer, Device> byNode = new HashMap<>();
  private final Map<String, Device> shared = new HashMap<>();
  private final Set<String> underWay = new LinkedHashSet<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private final Set<String> reported = new HashSet<>();
  private final List<Device> devices = new ArrayList<>();

  private Resolver(
      Catalog catalog,
      Target target,
      Map<String, String> chosen,
      Predicate<String> libraries,
      Graph graph) {
    this.catalog = catalog;
    this.target = target;
    this.chosen = chosen;
    this.libraries = libraries;
    this.graph = graph;
    graph.nodes().forEach(node -> nodes.put(node.id(), node));
  }

  /**
   * A graph with every choice made.
   *
   * @param devices all devices, each after those it needs
   * @param init what starts first, in order
   * @param jobs the jobs, in order
   */
  public record Resolution(List<Device> devices, List<Device> init, List<Device> jobs) {}

  /**
   * Resolves a graph.
   *
   * @param chosen device kind to the implementation's name the user wants
   * @param libraries whether an OCaml library is within reach
   * @param problems gets every choice that cannot be made; the resolution is then incomplete
   */
  public static Resolution resolve(
      Catalog catalog,
      Target target,
      Map<String, String> chosen,
      Predicate<String> libraries,
      Graph graph,
      List<Problem> problems) {
    Resolver resolver = new Resolver(catalog, target, chosen, libraries, graph);
    resolver.checkChosen();
    graph.nodes().forEach(node -> resolver.device(node.id()));
    resolver.reportMissing();
    problems.addAll(resolver.problems);
    return new Resolution(
        List.copyOf(resolver.devices), resolver.at(graph.init()), resolver.at(graph.jobs()));
  }

  private List<Device> at(List<Integer> ids) {
    return ids.stream().map(byNode::get).filter(Objects::nonNull).toList();
  }

  /** The device of a node; empty when it or something it needs cannot be had. */
  private Optional<Device> device(int id) {
    if (byNode.containsKey(id)) {
      return Optional.of(byNode.get(id));
    }
    Node node = nodes.get(id);
    if (node == null) {
      throw new IllegalStateException("no node " + id + " in the graph of " + graph.name());
    }
    Optional<Device> device =
        node.kind().isPresent() ? ours(node, node.kind().get()) : Optional.of(theirs(node));
    device.ifPresent(found -> byNode.put(id, found));
    return device;
  }

  /** A module that config.ml names. */
  private Device theirs(Node node) {
    List<Device> arguments = present(node.arguments());
    List<Device> dependencies = present(node.dependencies());
    String module = node.module().orElseThrow();
    return add(
        new Device(
            values.next(OcamlNames.ocamlify(node.name())),
            arguments.isEmpty() ? module : modules.next(OcamlNames.head(module)),
            arguments.isEmpty() ? Optional.empty() : Optional.of(module),
            arguments,
            dependencies,
            node.connect().orElse("return ()"),
            node.params(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            node.position()));
  }

  private List<Device> present(List<Integer> ids) {
    return ids.stream().map(this::device).flatMap(Optional::stream).toList();
  }

  /** A device of a kind, its implementation chosen here. */
  private Optional<Device> ours(Node node, String kind) {
    boolean plain = shareable(node);
    if (plain && shared.containsKey(kind)) {
      return Optional.of(shared.get(kind));
    }
    Optional<Offer<DeviceImplementation>> offer = choose(kind, node.type(), asker(node));
    if (offer.isEmpty()) {
      return Optional.empty();
    }
    List<Device> given = new ArrayList<>(present(node.arguments()));
    given.addAll(present(node.dependencies()));
    Optional<Device> device =
        build(
            offer.get(),
            new Wanted(node.name(), node.type(), node.params(), given, node.position()));
    if (plain) {
      device.ifPresent(found -> shared.put(kind, found));
    }
    return device;
  }

  /** What a device is built with, whoever implements it. */
  private record Wanted(
      String name,
      Optional<String> type,
      Map<String, String> parameters,
      List<Device> given,
      Optional<String> position) {}

  private static boolean shareable(Node node) {
    return node.params().isEmpty() && node.arguments().isEmpty() && node.dependencies().isEmpty();
  }

  private String asker(Node node) {
    return node.position().map(at -> " (" + at + ")").orElse("");
  }

  /** The one device of a kind that everything without a wish of its own uses. */
  private Optional<Device> shared(String kind, String asker) {
    if (shared.containsKey(kind)) {
      return Optional.of(shared.get(kind));
    }
    for (Node node : graph.nodes()) {
      if (node.kind().equals(Optional.of(kind)) && shareable(node)) {
        return device(node.id());
      }
    }
    Optional<Offer<DeviceImplementation>> offer = choose(kind, Optional.empty(), asker);
    if (offer.isEmpty()) {
      return Optional.empty();
    }
    if (!underWay.add(kind)) {
      problem(
          "device kinds that need each other: %s; choose another implementation of one with --impl KIND=NAME"
              .formatted(String.join(" -> ", underWay)));
      return Optional.empty();
    }
    Wanted plain = new Wanted(kind, Optional.of(kind), Map.of(), List.of(), Optional.empty());
    Optional<Device> device = build(offer.get(), plain);
    underWay.remove(kind);
    device.ifPresent(found -> shared.put(kind, found));
    return device;
  }

  private Optional<Device> build(Offer<DeviceImplementation> offer, Wanted wanted) {
    DeviceImplementation item = offer.item();
    List<Device> rest = new ArrayList<>(wanted.given());
    List<Device> arguments = new ArrayList<>();
    for (String kind : item.arguments()) {
      Optional<Device> argument =
          take(rest, kind).or(() -> shared(kind, " (needed by " + item.name() + ")"));
      if (argument.isEmpty()) {
        return Optional.empty();
      }
      arguments.add(argument.get());
    }
    boolean own = item.generator().isPresent() || !arguments.isEmpty();
    return Optional.of(
        add(
            new Device(
                values.next(OcamlNames.ocamlify(wanted.name())),
                own ? modules.next(OcamlNames.head(item.module())) : item.module(),
                arguments.isEmpty() ? Optional.empty() : Optional.of(item.module()),
                arguments,
                List.copyOf(rest),
                item.connect(),
                wanted.parameters(),
                Optional.of(item.kind()),
                wanted.type().or(() -> Optional.of(item.kind())),
                Optional.of(offer),
                wanted.position())));
  }

  /** The given device of that kind; a module of config.ml may stand for any kind. */
  private static Optional<Device> take(List<Device> given, String kind) {
    Optional<Device> found =
        given.stream()
            .filter(
                device ->
                    Stream.of(device.kind(), device.type())
                        .flatMap(Optional::stream)
                        .anyMatch(it -> DeviceKinds.fits(kind, it)))
            .findFirst()
            .or(() -> given.stream().filter(device -> device.kind().isEmpty()).findFirst());
    found.ifPresent(given::remove);
    return found;
  }

  private Device add(Device device) {
    devices.add(device);
    return device;
  }

  /** An implementation of the kind itself, if its libraries are there, comes before one of the type its users see. */
  private Optional<Offer<DeviceImplementation>> choose(
      String kind, Optional<String> type, String asker) {
    List<Offer<DeviceImplementation>> all = catalog.serving(kind, target);
    if (chosen.containsKey(kind)) {
      return all.stream().filter(offer -> offer.item().name().equals(chosen.get(kind))).findFirst();
    }
    if (type.isPresent()
        && !type.get().equals(kind)
        && !catalog.serving(type.get(), target).isEmpty()
        && all.stream().noneMatch(this::complete)) {
      return choose(type.get(), Optional.empty(), asker);
    }
    List<Offer<DeviceImplementation>> named = all.stream().filter(Offer::named).toList();
    List<Offer<DeviceImplementation>> candidates = named.isEmpty() ? all : named;
    if (candidates.size() == 1) {
      return Optional.of(candidates.get(0));
    }
    if (candidates.isEmpty()) {
      missing.add(missing(kind, asker));
    } else {
      problem(
          "unikernel %s: device kind '%s' has %d implementations for target %s: %s; choose one with --impl %s=NAME"
              .formatted(
                  graph.name(), kind, candidates.size(), target.id(), names(candidates), kind));
    }
    return Optional.empty();
  }

  private boolean complete(Offer<DeviceImplementation> offer) {
    return offer.item().libraries().stream().allMatch(libraries);
  }

  /** A kind nobody serves, with what helps to understand it. */
  private String missing(String kind, String asker) {
    String elsewhere =
        catalog.implementations().stream()
            .filter(offer -> offer.item().kind().equals(kind))
            .flatMap(offer -> offer.item().targets().stream())
            .map(Target::id)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return "'"
        + kind
        + "'"
        + asker
        + (elsewhere.isEmpty() ? "" : " (there is one for " + elsewhere + ")");
  }

  /** All of them in one message: a network stack is a dozen kinds. */
  private void reportMissing() {
    if (!missing.isEmpty()) {
      problem(
          "unikernel %s asks for devices that have no implementation for target %s: %s; jars that offer some can be named in config.ml: jar \"group:artifact:version\""
              .formatted(graph.name(), target.id(), String.join(", ", missing)));
    }
  }

  /** Wishes given with {@code --impl} that nothing fulfils. */
  private void checkChosen() {
    chosen.forEach(
        (kind, name) -> {
          List<Offer<DeviceImplementation>> all = catalog.serving(kind, target);
          if (all.stream().noneMatch(offer -> offer.item().name().equals(name))) {
            problem(
                "option --impl",
                all.isEmpty()
                    ? "no device kind '%s' for target %s; there are %s"
                        .formatted(kind, target.id(), String.join(", ", catalog.kinds(target)))
                    : "device kind '%s' has no implementation '%s' for target %s; there are %s"
                        .formatted(kind, name, target.id(), names(all)));
          }
        });
  }

  private void problem(String message) {
    problem("", message);
  }

  private void problem(String where, String message) {
    if (reported.add(message)) {
      problems.add(new Problem(message, where));
    }
  }

  private static String names(List<Offer<DeviceImplementation>> offers) {
    return offers.stream()
        .map(offer -> offer.item().name() + " (" + offer.origin() + ")")
        .collect(Collectors.joining(", "));
  }
}
