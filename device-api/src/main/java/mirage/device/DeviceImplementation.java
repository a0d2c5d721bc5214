// SPDX-License-Identifier: Apache-2.0
package mirage.device;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One way to serve a device kind.
 *
 * @param name unique within the tool, such as {@code "console-uart"}; users select it by this name
 * @param kind the device kind it serves, such as {@code "console"}; see {@link DeviceKind}
 * @param targets the targets it serves
 * @param module OCaml module, or functor when {@code arguments} is not empty. If there is a
 *     generator that makes the module, a name the tool makes unique by a number behind it ({@code
 *     "Static"} becomes {@code "Static1"})
 * @param arguments kinds of the functor's arguments, in order; {@code connect} sees their values
 * @param connect OCaml expression of type {@code 'a Lwt.t} that yields the device value. In it
 *     {@code {module}} stands for the (applied) module, {@code {0} {1} ...} for the argument values,
 *     {@code {name}} for a parameter the config.ml gave, such as a block device's name
 * @param libraries findlib names to link
 * @param generator writes sources or data made from the unikernel's own files; empty for most
 */
public record DeviceImplementation(
    String name,
    String kind,
    Set<Target> targets,
    String module,
    List<String> arguments,
    String connect,
    List<String> libraries,
    Optional<DeviceGenerator> generator) {

  /** An implementation that is a plain module: no functor arguments, nothing generated. */
  public static DeviceImplementation of(
      String name,
      String kind,
      Set<Target> targets,
      String module,
      String connect,
      String... libraries) {
    return new DeviceImplementation(
        name, kind, targets, module, List.of(), connect, List.of(libraries), Optional.empty());
  }

  /** The same as a functor over devices of these kinds. */
  public DeviceImplementation withArguments(String... kinds) {
    return new DeviceImplementation(
        name, kind, targets, module, List.of(kinds), connect, libraries, generator);
  }

  /** The same with sources or data made at build time. */
  public DeviceImplementation withGenerator(DeviceGenerator maker) {
    return new DeviceImplementation(
        name, kind, targets, module, arguments, connect, libraries, Optional.of(maker));
  }
}
