// SPDX-License-Identifier: Apache-2.0
package mirage.config.resolve;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mirage.device.DeviceImplementation;

/**
 * A device of the unikernel with everything chosen; one lazy value in main.ml.
 *
 * @param value its value's name in main.ml, such as {@code time1}
 * @param module the OCaml module it is, with its functor applied
 * @param functor what {@code module} is an application of; empty for a plain module
 * @param arguments devices the functor is applied to
 * @param dependencies further devices whose values {@code connect} gets
 * @param connect OCaml expression with {@code {module}}, {@code {0}}... and the names of parameters
 * @param parameters what config.ml gave for it
 * @param kind the device kind; empty for a module that config.ml names
 * @param type what its users see it as, such as {@code kv_ro}; empty for a module that config.ml names
 * @param implementation what was chosen for the kind; empty for a module that config.ml names
 * @param position where config.ml names it
 */
public record Device(
    String value,
    String module,
    Optional<String> functor,
    List<Device> arguments,
    List<Device> dependencies,
    String connect,
    Map<String, String> parameters,
    Optional<String> kind,
    Optional<String> type,
    Optional<Offer<DeviceImplementation>> implementation,
    Optional<String> position) {

  /** Arguments, then dependencies: what {@code {0}}, {@code {1}}... stand for. */
  public List<Device> needed() {
    return Stream.concat(arguments.stream(), dependencies.stream()).toList();
  }

  /** What a person calls it: the implementation's name, or the module of config.ml. */
  public String label() {
    return implementation.map(offer -> offer.item().name()).orElse(functor.orElse(module));
  }
}
